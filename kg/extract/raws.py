"""Words as a parser gave them, while their tree is being put right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.grammar import Grammar

REACH = 80  # words between a head and the dependents that repairs look at, which keeps endless sentences linear


@dataclass(slots=True)
class Raw:
    """A word as the parser gave it; its head and role are changed until the tree stands.

    ``over`` is the number of its head: read and change it as ``head``, which keeps ``below`` (the numbers of
    all words' dependents, once ``Words`` has set it up) true.
    """

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    over: int
    label: str
    start: int
    end: int
    low: str  # the form in lower case, with straight apostrophes
    morph: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    opens: bool = False
    role: str = ""
    prep: str = ""
    passive: bool = False
    below: list[list[int]] | None = field(default=None, repr=False, compare=False)

    @property
    def head(self) -> int:
        """The number of the word that this one depends on; its own at the top of a sentence."""
        return self.over

    @head.setter
    def head(self, head: int) -> None:
        if self.below is not None and head != self.over:
            if self.over != self.i:
                siblings = self.below[self.over]
                del siblings[bisect_left(siblings, self.i)]
            if head != self.i:
                insort(self.below[head], self.i)
        self.over = head


class Words:
    """Raw words with a way to look below them; the base of what changes them."""

    def __init__(self, raws: list[Raw], grammar: Grammar) -> None:
        self.raws = raws
        self.grammar = grammar
        self.below = (raws[0].below if raws else []) or _index(raws)

    def kids(self, i: int, *roles: str) -> list[Raw]:
        """The dependents of ``i`` that stand near it, in text order; roles change all the time and are looked at."""
        below = self.below[i]
        if not below:
            return []
        if below[0] < i - REACH or below[-1] > i + REACH:
            below = below[bisect_left(below, i - REACH) : bisect_right(below, i + REACH)]
        raws = self.raws
        return [w for k in below if (w := raws[k]).role in roles] if roles else [raws[k] for k in below]

    def in_role(self, *roles: str) -> Iterator[Raw]:
        """Go through the words that are in one of these roles when their turn comes."""
        return (w for w in self.raws if w.role in roles)

    def finite(self, w: Raw) -> bool:
        """Is a verb finite, by itself or by an auxiliary?"""
        finite = w.morph.get("VerbForm") == "Fin"
        return finite or any(k.morph.get("VerbForm") == "Fin" for k in self.kids(w.i, "aux", "auxpass"))

    def above(self, w: Raw) -> Iterator[Raw]:
        """The heads above a word, nearest first."""
        seen = {w.i}
        while w.head not in seen:
            w = self.raws[w.head]
            seen.add(w.i)
            yield w


def _index(raws: list[Raw]) -> list[list[int]]:
    """For every word the numbers of its dependents, kept by the words themselves from now on."""
    below: list[list[int]] = [[] for _ in raws]
    for w in raws:
        if w.head != w.i:
            below[w.head].append(w.i)
        w.below = below
    return below
