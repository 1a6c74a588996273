"""What *two days after the raid* dates: the raid, counted from the day that is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.grammar import grammar
from kg.extract.tree import NOMINAL, VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date as Date  # noqa: N812 - a parameter of the same name would hide it

    from kg.extract.dates import Point
    from kg.extract.times import TimeExpression
    from kg.extract.tree import Tree

INNER = frozenset({"subj", "det", "case", "amod", "compound", "conj", "nummod", "poss", "flat", "mark", "advmod", "cc"})
LEAD = 3  # sentences at the head of an article that tell of its own day


class Place(NamedTuple):
    """The day to count from (empty: none is known), and the predicate or the nouns that are dated so."""

    base: str
    owner: int
    nouns: tuple[int, ...]


def offset_place(
    tree: Tree, lang: str, point: Point, found: Sequence[TimeExpression], date: Date | None
) -> Place | None:
    """Find what an expression like *two days after* dates, and the time of the clause around it."""
    target = _target(tree, point)
    if target is None:
        return None
    nouns = () if tree.is_verbal(target) else tuple(_nouns(tree, lang, target))
    return Place(_base(tree, target, point, found, date), -1 if nouns else target, nouns)


def _target(tree: Tree, point: Point) -> int | None:
    """The verb or noun behind the expression that it counts from."""
    sentence = tree.sentences[tree.sentence_of[point.first]]
    i = point.last
    while i < sentence.stop:
        word = tree.words[i]
        if word.pos in VERBAL and word.role not in ("aux", "auxpass", "cop", "amod"):
            return i
        inside = word.role in INNER or word.pos not in NOMINAL
        if not inside or word.head < point.last or word.head == i:
            return i if word.pos in NOMINAL else None
        i = word.head
    return None


def _nouns(tree: Tree, lang: str, i: int) -> Iterator[int]:
    """A noun and those that it is the outset of: *le déclenchement de l'offensive*."""
    possessive = grammar(lang)["prepositions"]["possessive"]
    yield i
    for k in tree.kids(i, "obl"):
        if k.prep == possessive and k.pos == "NOUN":
            yield from _nouns(tree, lang, k.i)


def _base(tree: Tree, target: int, point: Point, found: Sequence[TimeExpression], date: Date | None) -> str:
    """The time of the clause around, else the article's date where the clause tells of its day."""
    sentence = tree.sentences[tree.sentence_of[point.first]]
    above = {up.i for up in tree.ancestors(target)} | {k.i for k in tree.kids(target, "advcl")}
    near = [t for t in found if t.start_word in sentence and t.owner in above and not t.nouns]
    if near:
        return min(near, key=lambda t: abs(t.start_word - point.first)).value
    main = next((i for i in above if tree.words[i].pos in VERBAL), target)
    fresh = any(k.morph.get("Tense") == "Pres" for k in (tree.words[main], *tree.kids(main, "aux")))
    return str(date) if date and (fresh or tree.sentence_of[target] < LEAD) else ""
