"""Verbs of saying that the parsers hung inside what is said: *said that …, adding that …*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from kg.extract.lexicon import Forms
    from kg.extract.raws import Raw

OPENING, CLOSING, EITHER = frozenset("«“"), frozenset("»”"), frozenset('"')


class Sayings(Words):
    """Puts what its speaker goes on to say beside the verb of saying that reports."""

    forms: Forms

    def reported_participles(self) -> None:
        """*said he had left, adding that …*: whoever said it adds it, not he who left."""
        for w in self.raws:
            behind_comma = w.i > 0 and self.raws[w.i - 1].text == ","
            if behind_comma and w.role in ("advcl", "acl") and self._adds(w):
                teller = self._teller(w)
                if teller is not None and not self._quoted_between(teller, w):
                    w.head, w.role = teller.i, "advcl"

    def _adds(self, w: Raw) -> bool:
        present = w.morph.get("VerbForm") in ("Part", "Ger") and w.morph.get("Tense") != "Past"
        return present and w.pos == "VERB" and w.lemma in self.forms.aloud and not self.kids(w.i, "subj", "mark", "aux")

    def _teller(self, w: Raw) -> Raw | None:
        """The verb of saying whose content a word hangs in; relative clauses tell by themselves."""
        for above in self.above(w):
            teller = self.raws[above.head]
            if above.role == "relcl":
                return None
            if above.role == "comp" and teller.i < above.i and teller.lemma in self.forms.speech:
                return teller if teller.pos == "VERB" and self.finite(teller) else None
        return None

    def _quoted_between(self, teller: Raw, w: Raw) -> bool:
        """Does a quotation begin between two words and not end?"""
        marks = [k.text for k in self.raws[teller.i : w.i]]
        opened = sum(m in OPENING for m in marks) - sum(m in CLOSING for m in marks)
        return opened > 0 or sum(m in EITHER for m in marks) % 2 == 1

    def saying_above(self, w: Raw, first: Raw, *, alike: bool) -> Raw | None:
        """*assure que son pays n'a plus … et reproche à*: a verb of saying goes with the one that reports."""
        above = self.raws[first.head]
        told = first.lemma not in self.forms.speech or (self._modal(first) and not self._modal(w))
        reported = first.role == "comp" and told and w.lemma in self.forms.speech
        return above if reported and alike and above.lemma in self.forms.speech and not self.kids(w.i, "mark") else None

    def _modal(self, w: Raw) -> bool:
        """*would order*: has a verb a modal auxiliary?"""
        modals = self.grammar["mood"]["modals"].values()
        return any(k.low in forms for k in self.kids(w.i, "aux") for forms in modals)
