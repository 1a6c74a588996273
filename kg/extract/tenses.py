"""Past tenses that the parser took for participles of a noun: *had armed rebels*, *the pact of X angered Y*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.raws import Raw

FINITE: Mapping[str, str] = {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Past"}
HANGING = ("obl", "advcl", "agent", "advmod", "xcomp")  # what may have been hung on the auxiliary


class Tenses(Words):
    """Gives such verbs their auxiliary, their subject and their object back."""

    def perfects(self) -> None:
        """*that Chad had sheltered rebels*, *has armed militias*: no verb of having, whose object is armed."""
        for w in self.in_role("amod"):
            noun = self.raws[w.head]
            have = self.raws[noun.head]
            beside = w.pos == "VERB" and noun.role == "obj" and have.i == w.i - 1 < noun.i
            if beside and have.low in self.grammar.words["perfect"] and self._is_past(w) and self.kids(have.i, "subj"):
                self._put_over(w, have)
                noun.head = w.i

    def _put_over(self, w: Raw, have: Raw) -> None:
        """The participle takes the place of what was taken for the verb, and all that hung on it."""
        w.head, w.role = (have.head, have.role) if have.head != have.i else (w.i, "root")
        for k in self.kids(have.i):
            if k is not w:
                k.head = w.i
        have.head, have.role, have.pos = w.i, "aux", "AUX"

    def swallowed(self) -> None:
        """*A pact between Oman and Chad angered Mali*: the last name is the object of the verb."""
        for w in self.raws[1:]:
            last, name = self.raws[w.head], self.raws[w.i - 1]
            noun = self.raws[last.head]
            inside = w.role == "amod" and w.pos == "VERB" and self._is_past(w) and noun.i < w.i < last.i
            first = self._first_name(name, last) if inside else None
            if first is None or noun.pos != "NOUN" or last.role != "obl" or noun.role not in ("root", "dep", "comp"):
                continue
            first.head, first.role, first.prep = noun.i, last.role, last.prep
            for k in self.kids(last.i):
                k.head = first.i if k.i < w.i else k.head
            w.head, w.role, w.morph = (noun.head, noun.role, FINITE) if noun.head != noun.i else (w.i, "root", FINITE)
            last.head, last.role, last.prep, noun.head, noun.role = w.i, "obj", "", w.i, "subj"

    def _first_name(self, name: Raw, last: Raw) -> Raw | None:
        """The first of the names before the verb, all of which the parser took for a part of the one behind it."""
        row = self.raws[name.head] if name.role == "conj" else name
        parts = row.pos == "PROPN" == last.pos and row.role in ("compound", "nmod") and row.head == last.i
        return row if name.pos == "PROPN" and parts else None

    @staticmethod
    def _is_past(w: Raw) -> bool:
        return w.morph.get("Tense") == "Past"

    def resultatives(self) -> None:
        """*shot dead two soldiers*, *took sailors hostage*: how the object ends is no part of it and no object."""
        words = self.grammar.words["resultatives"]
        for w in self.raws:
            if w.low not in words:
                continue
            noun = self.raws[w.head]
            verb = self.raws[noun.head]
            before = w.role == "amod" and noun.role == "obj" and verb.i == w.i - 1 and verb.pos == "VERB"
            if before:
                w.head, w.role = verb.i, "particle"
            elif w.role == "obj" and [k for k in self.kids(noun.i, "obj") if k.i < w.i] and not self.kids(w.i, "det"):
                w.role = "advmod"

    def titled_by_nationality(self) -> None:
        """*British national Mark Mason*: a noun of belonging before a name, taken for an adjective."""
        for w in self.raws:
            name = self.raws[w.head]
            if w.role == "amod" and w.low in self.grammar.words["belonging"] and name.pos == "PROPN" and w.i < name.i:
                w.pos, w.role = "NOUN", "compound"
                for k in self.kids(name.i, "amod"):
                    if k.i < w.i:
                        k.head = w.i
