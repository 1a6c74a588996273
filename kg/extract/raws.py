"""Words as a parser gave them, while their tree is being put right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.grammar import Grammar


@dataclass(slots=True)
class Raw:
    """A word as the parser gave it; its head and role are changed until the tree stands."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    label: str
    start: int
    end: int
    morph: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    opens: bool = False
    role: str = ""
    prep: str = ""
    passive: bool = False

    @property
    def low(self) -> str:
        """The form in lower case, with straight apostrophes."""
        return self.text.casefold().replace("’", "'")


class Words:
    """Raw words with a way to look below them; the base of what changes them."""

    def __init__(self, raws: list[Raw], grammar: Grammar) -> None:
        self.raws = raws
        self.grammar = grammar

    def kids(self, i: int, *roles: str) -> list[Raw]:
        """The dependents of ``i``; roles change all the time, so nothing is cached."""
        w = self.raws[i]
        # dependents stand near their head: look within a window, which keeps long texts linear
        around = self.raws[max(0, w.i - 80) : w.i + 81]
        return [k for k in around if k.head == i and k.i != i and (not roles or k.role in roles)]

    def finite(self, w: Raw) -> bool:
        """Is a verb finite, by itself or by an auxiliary?"""
        return any(k.morph.get("VerbForm") == "Fin" for k in (w, *self.kids(w.i, "aux", "auxpass")))

    def above(self, w: Raw) -> Iterator[Raw]:
        """The heads above a word, nearest first."""
        seen = {w.i}
        while w.head not in seen:
            w = self.raws[w.head]
            seen.add(w.i)
            yield w
