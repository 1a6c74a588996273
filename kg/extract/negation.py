"""Negation: of a clause, and of one part of it (*neither A nor B*, *by A but not by B*)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL

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
        particles = [k.low for k in self.particles(i) if not self._is_not_only(k)]
        partners = self.words["negation_partners"]
        alone = self.words["negators"] - (set() if partners & set(particles) else self.words["negators_with_partner"])
        none = self.words["negative_determiners"]
        if alone & set(particles) or any(self._is_no_longer(k) for k in self.particles(i)):
            return True
        if self._is_split(i) or self._is_behind_neither(i):
            return True
        near = [i, *(k.i for k in self.tree.kids(i, "obj", "subj", "attr"))]
        if any(k.low in none and not self._of_part(k) for n in near for k in self.tree.kids(n, "det", "amod")):
            return True
        without = self.words["negative_prepositions"]
        return any(k.low in without for k in self.tree.kids(i, "mark", "case"))

    def _is_not_only(self, word: Word) -> bool:
        """*targets not just ports but towns*, *does not merely arm X*: that, and more."""
        after = self.tree.words[word.i + 1].low if word.i + 1 < len(self.tree.words) else ""
        return word.low in self.words["negators"] and after in self.words["but_more"]

    def ends(self, i: int) -> bool:
        """Does the negation also end what stood until then: *ne … plus*, *no longer*, but not *pas non plus*?"""
        return any(k.low in self.words["no_longer"] and not self._is_likewise(k) for k in self.particles(i))

    def _is_likewise(self, word: Word) -> bool:
        return self.tree.words[word.i - 1].low in self.words["excluding"]

    def _is_split(self, i: int) -> bool:
        """*n'a pas encore livré*, *n'a à aucun moment livré*: the two halves stand around or behind the verb.

        The second may hang on an adverb or a noun; some verbs need none (*ne peut livrer*).
        """
        group = sorted([i, *(k.i for k in self.tree.kids(i, "aux", "auxpass", "cop"))])
        opening = self._opening(group[0])
        if opening is None:
            return False
        halves = [k for k in range(opening + 1, self._end(group[-1])) if k not in group]
        second = [k for k in halves if self._is_second_half(k, group[-1])]
        bare = not second and self.tree.words[i].lemma in self.words["negated_alone"]
        restricted = any(self.tree.words[k].low in self.words["not_only"] for k in (*halves, self._end(group[-1])))
        return bool(second or bare) and not restricted

    def _opening(self, first: int) -> int | None:
        """The *ne* before a verb and its clitics."""
        for k in range(first - 1, max(-1, first - NEAR - 1), -1):
            word = self.tree.words[k]
            if word.low in self.words["negation_partners"]:
                return k
            if word.pos not in ("PRON", "ADV"):
                return None
        return None

    def _end(self, last: int) -> int:
        """Where the adverbs behind a verb end."""
        k = last + 1
        while k < len(self.tree.words) and (
            self.tree.words[k].pos == "ADV" or self.tree.words[k].low in self.words["neither"]
        ):
            k += 1
        return min(k, len(self.tree.words) - 1)

    def _is_second_half(self, k: int, last: int) -> bool:
        """Does a word negate the verb, and no part of its clause? *Ni* behind a verb does before a verb of its own."""
        word = self.tree.words[k]
        if word.low not in self.words["negators"] or self._of_part(word):
            return False
        return word.low not in self.words["neither"] or k < last or self._opening(k + 2) is not None

    def _is_behind_neither(self, i: int) -> bool:
        """*n'a ni condamné ni soutenu*, *ne reconnaît ni ne soutient*: *ni* straight before the verb."""
        if not self.words["negation_partners"] or self.tree.words[i].pos not in VERBAL:
            return False
        first = min([i, *(k.i for k in self.tree.kids(i, "aux", "auxpass", "cop"))])
        k = first - 1
        while k > 0 and self.tree.words[k].pos == "PRON":
            k -= 1
        return k >= 0 and self.tree.words[k].low in self.words["neither"]

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
        apart = before is None or before.pos == "CCONJ" or before.text in ",—–(" or self._cleaves(word)
        if not (paired if both else apart):
            return False
        return self._names(word.i, sentence.stop)

    def _cleaves(self, word: Word) -> bool:
        """*ce n'est pas X qui l'a fait*: of several that might have, one did not."""
        head = self.tree.words[word.head]
        impersonal = any(k.low in self.words["pronouns.impersonal"] for k in self.tree.kids(head.i, "subj", "expl"))
        copula = any(k.i < word.i for k in self.tree.kids(head.i, "cop"))
        said = [k for k in self.tree.kids(head.i, "relcl", "acl") if k.i > head.i and k.pos in VERBAL]
        return impersonal and copula and bool(said) and word.i < head.i

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
