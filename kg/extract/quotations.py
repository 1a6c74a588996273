"""The layer of attributions: every place where somebody is quoted or reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Mention, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.claims import Assembly
    from kg.extract.lexicon import Operator
    from kg.extract.quotes import Quote
    from kg.extract.tree import Word


SILENT = frozenset({"-"})  # of verbs that report a wish or a finding, and no words
OPENING = 8  # words that *according to X* at the head of a sentence may take


def quotations(assembly: Assembly) -> Iterator[Quotation]:
    """Direct quotations, reported clauses and topics, and what is said *according to* somebody."""
    found = [*_direct(assembly), *_indirect(assembly), *_topics(assembly), *_according(assembly)]
    yield from sorted(found, key=lambda q: (q.content[0].start, q.content[-1].end))


def _direct(assembly: Assembly) -> Iterator[Quotation]:
    article = assembly.article
    for group in _groups(assembly):
        first = group[0].voice[0]
        words = assembly.tree.words_between(group[0].start, group[0].end)
        if words:
            yield Quotation(
                article.id,
                article.lang,
                assembly.passage(words[0]),
                "direct",
                first.stance,
                _quoted(assembly, group),
                first.speaker,
                group[0].cue,
            )


def _groups(assembly: Assembly) -> list[list[Quote]]:
    """*"A," he said. "B."*: quotations of one word of saying are one."""
    groups: list[list[Quote]] = []
    for quote in assembly.contexts.quotes:
        if quote.voice:
            if groups and groups[-1][0].cue_word == quote.cue_word is not None:
                groups[-1].append(quote)
            else:
                groups.append([quote])
    return groups


def _quoted(assembly: Assembly, group: list[Quote]) -> tuple[Span, ...]:
    """The words between the marks; with those around them where a quotation is a part of what is reported."""
    text = assembly.tree.text
    spans = [Span(text[q.start : q.end], q.start, q.end) for q in group]
    cue = group[0].cue_word
    around = _content(assembly, cue) if cue is not None else ()
    if not around or not around[0].start < spans[0].start - 2 < around[-1].end:
        return tuple(spans)
    return (*around, *(s for s in spans if s.start >= around[-1].end))


def _indirect(assembly: Assembly) -> Iterator[Quotation]:
    contexts, tree = assembly.contexts, assembly.tree
    quoted = {q.cue_word for q in contexts.quotes}
    for word in tree.words:
        operator = contexts.clauses.operator(word.i)
        if not operator or not operator.stance or word.i in quoted or _places(assembly, word) == SILENT:
            continue
        content, speaker = _content(assembly, word.i), _who(assembly, word.i, operator)
        if content and speaker and not _speaks_on(assembly, word.i, operator):
            yield Quotation(
                assembly.article.id,
                assembly.article.lang,
                assembly.passage(word.i),
                "indirect",
                operator.stance,
                content,
                speaker,
                contexts.cue(word.i),
            )


def _topics(assembly: Assembly) -> Iterator[Quotation]:
    """*criticised the plan*, *revient sur le vote*: verbs that tell of words without a clause."""
    contexts, tree = assembly.contexts, assembly.tree
    quoted = {q.cue_word for q in contexts.quotes}
    for word in tree.words:
        places = _places(assembly, word) if not _is_infinitive(assembly, word) else frozenset()
        places -= SILENT
        operator = contexts.clauses.operator(word.i) if places else None
        if not places or word.i in quoted or (operator and operator.stance and _content(assembly, word.i)):
            continue
        content = _said_phrase(assembly, word.i, places)
        speaker = _of_words(assembly, contexts.clauses.subjects(word.i)) if content else None
        if speaker:
            cue = contexts.cue(word.i)
            passage = assembly.passage(word.i)
            yield Quotation(
                assembly.article.id, assembly.article.lang, passage, "indirect", "asserts", content, speaker, cue
            )


def _places(assembly: Assembly, word: Word) -> frozenset[str]:
    if word.pos not in VERBAL or word.role in ("aux", "auxpass", "cop"):
        return frozenset()
    clauses = assembly.contexts.clauses
    keys = [lemma for _, lemma in clauses.keys(word.i)]
    return next((clauses.lexicon.reports[k] for k in keys if k in clauses.lexicon.reports), frozenset())


def _is_infinitive(assembly: Assembly, word: Word) -> bool:
    return word.morph.get("VerbForm") == "Inf" and not assembly.contexts.clauses.is_finite(word.i)


def _of_words(assembly: Assembly, words: list[int]) -> Mention | None:
    known = [m for k in words[:1] for m in assembly.contexts.speaker(k)]
    return known[0] if known else _by_words(assembly, words)


def _who(assembly: Assembly, i: int, operator: Operator) -> Mention | None:
    """Who speaks by a word of saying, if only by a pronoun."""
    voice = assembly.contexts.voice(i, operator, operator.stance or "asserts")
    return voice[0].speaker if voice else _by_words(assembly, assembly.contexts.speakers(i, operator))


def _speaks_on(assembly: Assembly, i: int, operator: Operator) -> bool:
    """*"I think that …"*: inside a quotation the first person is the one who is quoted anyhow."""
    words, place = assembly.tree.words, assembly.tree.words[i].start
    first = assembly.contexts.grammar.words["pronouns.first_singular"]
    inside = any(q.start <= place < q.end for q in assembly.contexts.quotes)
    return inside and any(words[k].low in first for k in assembly.contexts.speakers(i, operator))


def _by_words(assembly: Assembly, words: list[int]) -> Mention | None:
    """Somebody whom the text only points at (*je*, *they*, *experts*): an entity by these words."""
    if not words:
        return None
    start, end = assembly.contexts.clauses.phrase_span(words[0])
    text = assembly.tree.text[start:end]
    return Mention(assembly.mentions.actors.local(text), text, start, end, None, "local")


def _content(assembly: Assembly, i: int) -> tuple[Span, ...]:
    """What is said: the clause below the word of saying, or the clause it is thrown into, or a phrase."""
    contexts, tree = assembly.contexts, assembly.tree
    below = [k for k in tree.kids(i, "comp", "xcomp", "acl") if k.pos in VERBAL or tree.kids(k.i, "cop", "subj")]
    if below:
        asked = [k for k in tree.kids(i, "obj", "iobj") if below[0].role == "xcomp" and i < k.i < below[0].i]
        return (_span(assembly, [j for k in (*asked, below[0]) for j in tree.subtree(k.i)]),)
    if tree.words[i].pos in VERBAL and tree.words[i].role in ("parataxis", "advcl") and contexts.is_inserted(i):
        own = set(tree.subtree(i))
        around = [k for k in tree.subtree(tree.words[i].head) if k not in own]
        before, after = [k for k in around if k < i], [k for k in around if k > i and tree.words[k].pos != "PUNCT"]
        return tuple(_span(assembly, part) for part in (before, after) if part)
    every = contexts.clauses.operators(i)
    operator = next((o for o in every if o.stance and "comp" in o.content), next(iter(every), None))
    if tree.words[i].pos not in VERBAL or operator is None:
        return ()
    return _rest(assembly, i, operator) or _said_phrase(assembly, i, frozenset({"obj", *operator.content}))


def _rest(assembly: Assembly, i: int, operator: Operator) -> tuple[Span, ...]:
    """What a verb of saying reports where the parser lost the clause: the words behind its *that*, or all behind it."""
    tree, marks = assembly.tree, assembly.contexts.grammar.words["that"]
    behind = [k for k in tree.sentences[tree.sentence_of[i]] if k > i]
    that = next((k for k in behind if tree.words[k].low in marks and tree.words[k].pos != "DET"), None)
    if "comp" not in operator.content or that is None or not assembly.contexts.clauses.is_finite(i):
        return ()
    clause = [k for k in behind if k > that]
    return (_span(assembly, clause),) if any(tree.words[k].pos in VERBAL for k in clause) else ()


def _said_phrase(assembly: Assembly, i: int, places: frozenset[str]) -> tuple[Span, ...]:
    """*announced the arrest of X*, *called the deal a mistake*, *appelle à la retenue*: what is said as a noun."""
    tree = assembly.tree
    behind = [k for k in tree.kids(i) if k.i > i]
    objects = [k for k in behind if k.role == "obj" and "obj" in places and k.pos in ("NOUN", "PROPN", "PRON")]
    judged = [k for k in behind if k.role in ("attr", "xcomp") and objects]
    named = [k for k in behind if k.role in ("obl", "xcomp", "advcl") and k.prep and k.prep in places]
    parts = [*(objects if objects and (objects[0].pos != "PRON" or judged or named) else []), *judged, *named]
    if not parts:
        return ()
    return (_span(assembly, [j for k in parts for j in tree.subtree(k.i)]),)


def _according(assembly: Assembly) -> Iterator[Quotation]:
    contexts, tree = assembly.contexts, assembly.tree
    for clause, sources in contexts.sources.items():
        for k, operator in sources:
            own = set(tree.subtree(k))
            content = [j for j in tree.subtree(clause) if j not in own]
            speakers = contexts.speaker(k)
            if not content or (tree.words[clause].pos not in VERBAL and not tree.kids(clause, "cop")):
                words = tree.sentences[tree.sentence_of[k]]
                content = [j for j in words if j not in own] if k < words.start + OPENING else []
            if not content:
                continue
            case = tree.kids(k, "case")
            cue = Span(tree.text[case[0].start : case[-1].end], case[0].start, case[-1].end) if case else None
            yield Quotation(
                assembly.article.id,
                assembly.article.lang,
                assembly.passage(k),
                "according-to",
                operator.stance or "asserts",
                (_span(assembly, content),),
                speakers[0] if speakers else _by_words(assembly, [k]),
                cue,
            )


def _span(assembly: Assembly, words: list[int]) -> Span:
    words = sorted(words)
    while len(words) > 1 and assembly.tree.words[words[0]].pos == "PUNCT":
        words = words[1:]
    while len(words) > 1 and assembly.tree.words[words[-1]].pos == "PUNCT":
        words = words[:-1]
    start, end = assembly.tree.words[words[0]].start, assembly.tree.words[words[-1]].end
    return Span(assembly.tree.text[start:end], start, end)
