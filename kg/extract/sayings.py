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

    def inserted_sayings(self) -> None:
        """*Le port, dit le ministre, est fermé*: the verb of saying has its subject behind it, the clause its own."""
        for w in self.raws:
            if w.pos != "VERB" or w.lemma not in self.forms.aloud or not w.i or self.raws[w.i - 1].text != ",":
                continue
            main = self._main_behind(w)
            speaker = self._speaker_before_comma(w)
            if main is None or speaker is None or self.kids(w.i, "comp", "mark", "aux", "cc"):
                continue
            stolen = [k for k in self.kids(w.i, "subj") if k.i < w.i]
            for k in stolen:
                k.head, k.role = main.i, "dep" if self.kids(main.i, "subj", "subjpass") else "subj"
            speaker.role = "subj"
            w.head, w.role = main.i, "parataxis"
            w.morph = {**w.morph, "VerbForm": "Fin"}

    def as_said_by(self) -> None:
        """*comme l'a rappelé le ministre*: who speaks stands behind the verb."""
        words = self.grammar.words
        for w in self.raws:
            marked = any(k.low in words["as_said"] for k in self.kids(w.i, "mark", "advmod"))
            if not marked or w.lemma not in self.forms.speech or self.kids(w.i, "subj"):
                continue
            behind = [k for k in self.kids(w.i, "obj", "obl") if k.i > w.i and k.pos in ("NOUN", "PROPN")]
            bare = [k for k in behind if not self.kids(k.i, "case") and k.lemma not in words["time_nouns"]]
            if bare:
                bare[0].role = "subj"

    def _speaker_before_comma(self, w: Raw) -> Raw | None:
        """The bare noun straight behind a verb that a comma follows."""
        behind = [k for k in self.kids(w.i, "obj", "subj", "obl") if k.i > w.i and k.pos in ("NOUN", "PROPN")]
        for noun in behind[:1] if not any(k.role == "case" for n in behind[:1] for k in self.kids(n.i)) else ():
            last = noun.i
            while last + 1 < len(self.raws) and self.raws[last + 1].head in range(noun.i, last + 1):
                if self.raws[last + 1].text == ",":
                    break
                last += 1
            closed = last + 1 < len(self.raws) and self.raws[last + 1].text == ","
            return noun if closed and noun.lemma not in self.grammar.words["time_nouns"] else None
        return None

    def _main_behind(self, w: Raw) -> Raw | None:
        """The verb behind an inserted one whose subject stands before both."""
        head = self.raws[w.head]
        if w.role == "acl" and head.role in ("subj", "subjpass"):
            head = self.raws[head.head]
        return head if head.i > w.i and w.role in ("advcl", "acl", "dep", "parataxis") else None

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
