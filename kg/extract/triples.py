"""The open layer: every verb with its subject and each of its arguments, the active way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Phrase, Span, Triple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.claims import Assembly


def triples(assembly: Assembly) -> Iterator[Triple]:
    """All pairs of verb and argument that have both ends."""
    tree = assembly.tree
    clauses = assembly.contexts.clauses
    for word in tree.words:
        if word.pos not in VERBAL or word.role in ("aux", "auxpass", "cop"):
            continue
        subjects = clauses.subjects(word.i)
        if not subjects:
            continue
        context = assembly.contexts.read(word.i)
        for role, k in _arguments(assembly, word.i):
            for s in subjects:
                if s == k:
                    continue
                yield Triple(
                    assembly.article.id,
                    assembly.article.lang,
                    assembly.passage(word.i),
                    _phrase(assembly, s),
                    assembly.contexts.cue(word.i),
                    word.lemma,
                    _phrase(assembly, k),
                    role,
                    clauses.is_passive(word.i),
                    assembly.contexts.is_negated(word.i),
                    context.modality,
                    _speaker(assembly, word.i),
                )


def _arguments(assembly: Assembly, i: int) -> Iterator[tuple[str, int]]:
    clauses = assembly.contexts.clauses
    for k in clauses.objects(i):
        yield "object", k
    direct = [o for o in clauses.obliques(i) if o.depth == 0 and assembly.tree.words[o.i].role != "agent"]
    for o in direct:
        for k in clauses.spread([o.i]):
            yield f"oblique:{o.prep}", k


def _phrase(assembly: Assembly, i: int) -> Phrase:
    word = assembly.tree.words[i]
    start, end = assembly.contexts.clauses.phrase_span(i)
    return Phrase(assembly.tree.text[start:end], start, end, word.text, word.start)


def _speaker(assembly: Assembly, i: int) -> Span | None:
    chain = assembly.contexts.read(i).attribution
    return Span(chain[-1].speaker.text, chain[-1].speaker.start, chain[-1].speaker.end) if chain else None
