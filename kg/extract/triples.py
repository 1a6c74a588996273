"""The open layer: every verb with its subject and each of its arguments, the active way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Phrase, Span, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.claims import Assembly
    from kg.extract.context import Context
    from kg.extract.tree import Word


def triples(assembly: Assembly) -> Iterator[Triple]:
    """All pairs of verb and argument that have both ends."""
    tree, clauses = assembly.tree, assembly.contexts.clauses
    for word in tree.words:
        if word.pos not in VERBAL or word.role in ("aux", "auxpass", "cop") or _is_adjunct(assembly, word):
            continue
        pairs = [(s, role, k) for role, k in _arguments(assembly, word.i) for s in clauses.subjects(word.i) if s != k]
        if pairs:
            context = assembly.contexts.read(word.i)
            yield from (_triple(assembly, word, context, *pair) for pair in pairs)


def _triple(assembly: Assembly, word: Word, context: Context, subject: int, role: str, argument: int) -> Triple:
    return Triple(
        assembly.article.id,
        assembly.article.lang,
        assembly.passage(word.i),
        _phrase(assembly, subject),
        assembly.contexts.cue(word.i),
        word.lemma,
        _phrase(assembly, argument),
        role,
        assembly.contexts.clauses.is_passive(word.i),
        assembly.contexts.is_negated(word.i),
        context.modality,
        _speaker(context),
    )


def _is_adjunct(assembly: Assembly, word: Word) -> bool:
    """*pour voler …*, *after cutting …*, *venus de X*: nothing in the tree itself says whose deed it is."""
    clauses = assembly.contexts.clauses
    bare = not clauses.is_finite(word.i) and not assembly.tree.kids(word.i, "subj")
    reduced = word.role == "acl" and word.morph.get("Tense") == "Past" and not word.passive
    return bare and (word.role == "advcl" or reduced)


def _arguments(assembly: Assembly, i: int) -> Iterator[tuple[str, int]]:
    """Objects and what is said, else prepositional arguments; a verb with an object keeps adjuncts beside it."""
    clauses, tree = assembly.contexts.clauses, assembly.tree
    own = [k.i for k in tree.kids(i, "obj")]
    objects = (list(clauses.objects(i)) or own) if own or clauses.is_passive(i) else []  # not *the stuff they eat*
    clause = [k.i for k in tree.kids(i, "comp") if k.i > i and tree.words[i].pos == "VERB"]
    small = {k: s.i for k in clause if not clauses.is_finite(k) for s in tree.kids(k, "subj")}
    objects += [s for s in small.values() if s not in objects]  # *made it available*, *got the work done*
    said = [k for k in clause if k not in small]
    yield from (("object", k) for k in objects)
    yield from (("complement", k) for k in said)
    if objects or said:
        return
    direct = [o for o in clauses.obliques(i) if o.depth == 0 and tree.words[o.i].role != "agent"]
    times = assembly.contexts.grammar.words["time_nouns"]
    for o in direct:
        if o.prep and tree.words[o.i].lemma not in times:
            yield from ((f"oblique:{o.prep}", k) for k in clauses.spread([o.i]))


def _phrase(assembly: Assembly, i: int) -> Phrase:
    word = assembly.tree.words[i]
    start, end = assembly.contexts.clauses.phrase_span(i)
    head = _first_name(assembly, word)
    return Phrase(assembly.tree.text[start:end], start, end, head.text, head.start)


def _first_name(assembly: Assembly, word: Word) -> Word:
    """The head of a person's name is its first word, as in Universal Dependencies, whatever the parser's scheme."""
    tagged = assembly.contexts.grammar["tags"].get(word.name.partition("-")[2]) == "Person"
    while tagged and word.name.startswith("I-") and word.i:
        word = assembly.tree.words[word.i - 1]
    return word


def _speaker(context: Context) -> Span | None:
    chain = context.attribution
    return Span(chain[-1].speaker.text, chain[-1].speaker.start, chain[-1].speaker.end) if chain else None
