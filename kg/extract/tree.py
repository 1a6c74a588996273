"""The tree of a text: words with heads and roles, one scheme for all languages.

Parsers disagree on labels; everything after this module sees the roles below and prepositions as a
property of the word they introduce (``Russia`` in *to Russia* is ``obl`` with ``prep`` = ``to``).

Roles: ``root subj obj obl agent amod poss appos conj cc comp xcomp advcl relcl acl aux auxpass cop neg
mark det case compound flat advmod nummod expl particle parataxis attr punct dep``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
VERBAL = frozenset({"VERB", "AUX"})
CLAUSAL = frozenset({"comp", "xcomp", "advcl", "relcl", "acl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an article; ``i`` and ``head`` count from the article's first word."""

    i: int
    text: str
    lemma: str
    pos: str
    head: int
    role: str
    start: int
    end: int
    low: str  # the form in lower case, with straight apostrophes
    prep: str = ""
    morph: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    passive: bool = False


@dataclass(frozen=True)
class Tree:
    """All words of a text with its sentences (ranges of word numbers) and the text itself.

    ``after_datelines`` are the words that a sentence begins with behind a dateline (*LONDON, 3 May -*).
    """

    text: str
    words: tuple[Word, ...]
    sentences: tuple[range, ...]
    paragraphs: tuple[range, ...] = ()
    after_datelines: frozenset[int] = frozenset()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For every word its dependents, in text order."""
        below: dict[int, list[int]] = {}
        for word in self.words:
            if word.head != word.i:
                below.setdefault(word.head, []).append(word.i)
        return tuple(tuple(below.get(i, ())) for i in range(len(self.words)))

    @cached_property
    def starts(self) -> list[int]:
        """Where every word begins."""
        return [word.start for word in self.words]

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For every word the number of its sentence."""
        return tuple(n for n, words in enumerate(self.sentences) for _ in words)

    @cached_property
    def paragraph_of(self) -> tuple[int, ...]:
        """For every word the number of its paragraph."""
        return tuple(n for n, words in enumerate(self.paragraphs) for _ in words)

    def words_between(self, start: int, end: int) -> range:
        """The numbers of the words that begin between two places of the text."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def kids(self, i: int, *roles: str) -> list[Word]:
        """The dependents of word ``i`` in these roles (all, if none is named)."""
        below = self.children[i]
        if not below:
            return []
        words = self.words
        return [w for k in below if (w := words[k]).role in roles] if roles else [words[k] for k in below]

    def ancestors(self, i: int) -> Iterator[Word]:
        """The heads above word ``i``, nearest first."""
        seen = {i}
        while (head := self.words[i].head) not in seen:
            seen.add(head)
            i = head
            yield self.words[i]

    def subtree(self, i: int) -> list[int]:
        """The numbers of a word and of all below it, in text order."""
        found, todo = set[int](), [i]
        while todo:
            k = todo.pop()
            if k not in found:
                found.add(k)
                todo.extend(self.children[k])
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """A word and those coordinated with it, the first at the front: *Paris, Rome and Bonn*."""
        found = [i]
        for k in found:
            found.extend(w.i for w in self.kids(k, "conj") if w.i not in found)
        return sorted(found)

    def first_conjunct(self, i: int) -> int:
        """The word at the front of the coordination that ``i`` stands in."""
        seen = {i}
        while self.words[i].role == "conj" and self.words[i].head not in seen:
            i = self.words[i].head
            seen.add(i)
        return i

    def is_verbal(self, i: int) -> bool:
        """Is this word the predicate of a clause: a verb, or a noun or adjective under a copula?"""
        return self.words[i].pos in VERBAL or bool(self.kids(i, "cop"))
