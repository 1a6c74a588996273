"""The layer of attributions: every place where somebody is quoted or reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.claims import Assembly
    from kg.extract.quotes import Quote


def quotations(assembly: Assembly) -> Iterator[Quotation]:
    """Direct quotations, reported clauses, and what is said *according to* somebody."""
    found = [*_direct(assembly), *_indirect(assembly), *_according(assembly)]
    yield from sorted(found, key=lambda q: (q.content[0].start, q.content[-1].end))


def _direct(assembly: Assembly) -> Iterator[Quotation]:
    article = assembly.article
    for group in _groups(assembly):
        first = group[0].voice[0]
        words = [w.i for w in assembly.tree.words if group[0].start <= w.start < group[0].end]
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
        if not operator or not operator.stance or word.i in quoted:
            continue
        content = _content(assembly, word.i)
        if not content:
            continue
        voice = contexts.voice(word.i, operator, operator.stance)
        yield Quotation(
            assembly.article.id,
            assembly.article.lang,
            assembly.passage(word.i),
            "indirect",
            operator.stance,
            content,
            voice[0].speaker if voice else None,
            contexts.cue(word.i),
        )


def _content(assembly: Assembly, i: int) -> tuple[Span, ...]:
    """What is said: the clause below the word of saying, or the clause it is thrown into."""
    contexts, tree = assembly.contexts, assembly.tree
    below = [k for k in tree.kids(i, "comp", "xcomp", "acl") if k.pos in VERBAL or tree.kids(k.i, "cop")]
    if below:
        return (_span(assembly, tree.subtree(below[0].i)),)
    if tree.words[i].pos in VERBAL and tree.words[i].role in ("parataxis", "advcl") and contexts.is_inserted(i):
        own = set(tree.subtree(i))
        around = [k for k in tree.subtree(tree.words[i].head) if k not in own]
        before, after = [k for k in around if k < i], [k for k in around if k > i and tree.words[k].pos != "PUNCT"]
        return tuple(_span(assembly, part) for part in (before, after) if part)
    return _said_object(assembly, i)


def _said_object(assembly: Assembly, i: int) -> tuple[Span, ...]:
    """*announced the arrest of X*, *rappeler le rôle de Y*, *deny the charge*: what is said as a noun."""
    tree = assembly.tree
    objects = [k for k in tree.kids(i, "obj") if k.pos in ("NOUN", "PROPN") and k.i > i]
    if tree.words[i].pos not in VERBAL or not objects:
        return ()
    return (_span(assembly, tree.subtree(objects[0].i)),)


def _according(assembly: Assembly) -> Iterator[Quotation]:
    contexts, tree = assembly.contexts, assembly.tree
    for clause, sources in contexts.sources.items():
        for k, operator in sources:
            own = set(tree.subtree(k))
            content = [j for j in tree.subtree(clause) if j not in own]
            speakers = contexts.speaker(k)
            if not content or (tree.words[clause].pos not in VERBAL and not tree.kids(clause, "cop")):
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
                speakers[0] if speakers else None,
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
