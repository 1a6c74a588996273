"""Negation: of a clause, and of one part of it (*neither A nor B*, *by A but not by B*)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.clauses import Clauses
    from kg.extract.tree import Word

NEAR = 3  # words between coordinated verbs and what denies both
PHRASE = 6  # words between a negator and the name it bears on
INSIDE = frozenset({"DET", "ADP", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})  # what may stand between them
NAMING = frozenset({"NOUN", "PROPN", "PRON"})


class Negation:
    """Reads off one tree what is negated."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.words = clauses.grammar.words
        self._starts = [w.start for w in self.tree.words]

    def of_clause(self, i: int) -> bool:
        """Is the predicate negated: by a particle, or by *aucun*, *no* on what it bears on?"""
        particles = [k.low for k in self.particles(i)]
        partners = self.words["negation_partners"]
        alone = self.words["negators"] - (set() if partners & set(particles) else self.words["negators_with_partner"])
        none = self.words["negative_determiners"]
        if alone & set(particles) or any(self._is_no_longer(k) for k in self.particles(i)):
            return True
        near = [i, *(k.i for k in self.tree.kids(i, "obj", "subj", "attr"))]
        if any(k.low in none and not self._of_part(k) for n in near for k in self.tree.kids(n, "det", "amod")):
            return True
        without = self.words["negative_prepositions"]
        return any(k.low in without for k in self.tree.kids(i, "mark", "case"))

    def ends(self, i: int) -> bool:
        """Does the negation also end what stood until then: *ne … plus*, *no longer*?"""
        return any(k.low in self.words["no_longer"] for k in self.particles(i))

    def particles(self, i: int) -> list[Word]:
        """The small words below a predicate that might negate it, those of one of its parts aside."""
        kids = self.tree.kids(i, "neg", "advmod", "det", "dep", "obl", "subj", "obj", "cc", "punct")
        return [k for k in kids if not self._of_part(k)]

    def neither(self, i: int) -> bool:
        """*neither confirm nor deny*: opposite words of saying, both denied."""
        pair = [k for k in self.tree.conjuncts(self.tree.first_conjunct(i)) if k != i]
        stances = {o.stance for k in pair if (o := self.clauses.operator(k))}
        first = min([i, *pair])
        near = {self.tree.words[k].low for k in range(max(0, first - NEAR), max([i, *pair]))}
        return bool(stances - {None}) and bool(near & self.words["neither"])

    def excludes(self, place: int) -> bool:
        """Is the phrase that begins at a character left out: *ni A*, *but not by A*, *et non A*?"""
        return self._excluded(bisect_right(self._starts, place) - 1, depth=0)

    def _excluded(self, i: int, *, depth: int) -> bool:
        first = self.tree.sentences[self.tree.sentence_of[i]].start
        for k in range(i - 1, max(first, i - PHRASE) - 1, -1):
            word = self.tree.words[k]
            if self._of_part(word):
                return True
            if word.pos not in INSIDE:
                break
        word = self.tree.words[i]
        listed = word.role == "conj" and word.head < i and depth < PHRASE
        joined = {self.tree.words[k].low for k in range(word.head, i)} if listed else set()
        return listed and not joined & self.words["but"] and self._excluded(word.head, depth=depth + 1)

    def _of_part(self, word: Word) -> bool:
        """Does a negator bear on the noun phrase behind it and on nothing else?"""
        both = word.low in self.words["neither"]
        if not both and word.low not in self.words["excluding"]:
            return False
        sentence = self.tree.sentences[self.tree.sentence_of[word.i]]
        before = self.tree.words[word.i - 1] if word.i > sentence.start else None
        paired = any(
            self.tree.words[k].low in self.words["neither"]
            for k in sentence
            if k != word.i and abs(k - word.i) <= 2 * PHRASE
        )
        if not (paired if both else before is None or before.pos == "CCONJ" or before.text in ",—–("):
            return False
        return self._names(word.i, sentence.stop)

    def _names(self, i: int, stop: int) -> bool:
        """Do a preposition, an article or adjectives and then a noun follow?"""
        for k in range(i + 1, min(stop, i + PHRASE)):
            pos = self.tree.words[k].pos
            if pos in NAMING:
                return True
            if pos not in INSIDE:
                return False
        return False

    def _is_no_longer(self, word: Word) -> bool:
        """*no longer*: the negation stands on the adverb."""
        before = self.tree.words[word.i - 1].low if word.i else ""
        return word.low in self.words["no_longer"] and before in self.words["negative_determiners"]
