"""Verbs of saying that the parsers hung inside what is said: *said that …, adding that …*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import REACH, Words

if TYPE_CHECKING:
    from kg.extract.lexicon import Forms
    from kg.extract.raws import Raw

NEAR = 16  # words between a name with its apposition and its verb
STOPS = frozenset({",", ".", ";", "!", "?", "»", "”", '"', ":", "—", "–"})
ENDS = frozenset({".", "!", "?", ";"})
MAIN = ("root", "comp", "conj", "parataxis")
THROWN = ("advcl", "acl", "dep", "parataxis", "relcl", "conj", "xcomp", "amod")  # roles given to a verb thrown in
OPENING, CLOSING, EITHER = frozenset("«“"), frozenset("»”"), frozenset('"')


class Sayings(Words):
    """Puts what its speaker goes on to say beside the verb of saying that reports."""

    forms: Forms

    def inserted_sayings(self) -> None:
        """*Le port, dit le ministre, est fermé*, *…, souffle un conseiller.*: who speaks stands behind the verb."""
        for w in self.raws:
            if w.pos != "VERB" or w.lemma not in self.forms.aloud or not w.i or self.raws[w.i - 1].text != ",":
                continue
            telling = w.lemma in self.grammar.words["telling"]
            if telling or not self._may_be_finite(w) or self.kids(w.i, "comp", "mark", "aux", "cc", "expl"):
                continue
            speaker = self._phrase_behind(w)
            host = self._host(w) if speaker is not None else None
            said_by = [k for k in self.kids(w.i, "subj") if k.i < w.i]
            if speaker is None or host is None or (said_by and host.i < w.i):
                continue
            for k in said_by:
                k.head, k.role = host.i, "dep" if self.kids(host.i, "subj", "subjpass") else "subj"
            speaker.head, speaker.role = w.i, "subj"
            w.head, w.role, w.morph = host.i, "parataxis", {**w.morph, "VerbForm": "Fin"}

    def inverted_roots(self) -> None:
        """*Les sanctions seraient levées, laisse-t-on entendre à X*: the clause before is the main one."""
        for w in self.in_role("root"):
            clitic = [k for k in self.kids(w.i, "subj", "expl") if k.i > w.i and k.low.startswith("-")]
            if w.lemma not in self.forms.speech or not clitic or not w.i:
                continue
            clauses = [k for k in self.kids(w.i, "advcl", "comp", "parataxis") if k.i < w.i and self.finite(k)]
            main = next((k for k in clauses if not self.kids(k.i, "mark")), None)
            if main is not None and self.raws[w.i - 1].text in STOPS:
                main.head, main.role = main.i, "root"
                w.head, w.role = main.i, "parataxis"

    def _may_be_finite(self, w: Raw) -> bool:
        """Finite, or a form that may be: *dit*, *souffle*."""
        return self.finite(w) or w.low in self.forms.verbs or w.low in self.grammar.words["finite_participles"]

    def _phrase_behind(self, w: Raw) -> Raw | None:
        """The noun whose bare phrase fills all between a verb and the next mark."""
        end = next((k for k in range(w.i + 1, min(len(self.raws), w.i + REACH)) if self.raws[k].text in STOPS), None)
        inside = range(w.i + 1, end or w.i + 1)
        tops = [self.raws[k] for k in inside if self.raws[k].head not in inside and self.raws[k].pos != "PUNCT"]
        if len(tops) != 1 or tops[0].pos not in ("NOUN", "PROPN"):
            return None
        bare = not any(k.i < tops[0].i for k in self.kids(tops[0].i, "case", "prep")) and tops[0].role != "pobj"
        return tops[0] if bare and tops[0].lemma not in self.grammar.words["time_nouns"] else None

    def _host(self, w: Raw) -> Raw | None:
        """The verb of the clause that a verb of saying is thrown into."""
        above = [a for a in self.above(w) if a.pos in ("VERB", "AUX", "ADJ")]
        if w.role not in THROWN or not above:
            return None
        if above[0].i > w.i or w.role != "acl":
            return above[0] if above[0].i > w.i else above[-1]
        return None

    def told_at_the_end(self) -> None:
        """*…, and it will leave the bloc, Jane Doe, the minister, told reporters.*: said of all before."""
        for w in self.raws:
            if w.role != "conj" or w.lemma not in self.forms.aloud or self.kids(w.i, "comp", "xcomp", "cc", "mark"):
                continue
            subject = next((k for k in self.kids(w.i, "subj") if k.i < w.i), None)
            if subject is None or not self.finite(w):
                continue
            first = min([subject.i, *(k.i for k in self.kids(subject.i))])
            last = max([w.i, *(k.i for k in self.kids(w.i) if k.pos != "PUNCT")])
            ends = last + 1 >= len(self.raws) or self.raws[last + 1].text in ENDS
            if first and self.raws[first - 1].text == "," and ends:
                top = next((a for a in self.above(w) if a.role != "conj"), self.raws[w.head])
                w.head, w.role = top.i, "parataxis"

    def lost_tellers(self) -> None:
        """*Asked about X, Jane Doe, the minister, said …*: the name before an apposition is the subject."""
        for w in self.raws:
            if w.lemma not in self.forms.speech or w.pos != "VERB" or w.role not in MAIN or not self.finite(w):
                continue
            name = self._name_before(w)
            subject = next(iter(self.kids(w.i, "subj")), None)
            listed = subject is not None and (name is None or name.head != subject.i or self.kids(subject.i, "cc"))
            if name is None or listed or self.kids(name.i, "cc", "conj"):
                continue
            if subject is not None:
                subject.role = "dep"
            name.head, name.role = w.i, "subj"

    def _name_before(self, w: Raw) -> Raw | None:
        """The name between commas whose apposition ends before a verb."""
        comma = min([w.i, *(k.i for k in self.kids(w.i, "aux", "advmod") if k.i < w.i)]) - 1
        if comma < 1 or self.raws[comma].text != ",":
            return None
        apposed = [k for k in self.raws[max(0, comma - NEAR) : comma] if k.role == "appos" and k.head < k.i]
        names = [self.raws[k.head] for k in apposed if self.raws[k.head].pos == "PROPN"]
        if not names or names[-1].role not in ("conj", "appos", "dep"):
            return None
        first = min([names[-1].i, *(k.i for k in self.kids(names[-1].i) if k.i < names[-1].i)])
        return names[-1] if first and self.raws[first - 1].text == "," else None

    def by_relatives(self) -> None:
        """*X, selon qui Y part*: a relative pronoun behind a preposition is no conjunction."""
        relatives = self.grammar.words["relative.subject"] - self.grammar.words["that"]
        for w in self.raws:
            if w.role == "mark" and w.pos == "PRON" and w.low in relatives:
                case = [k for k in self.kids(w.i, "case") if k.i == w.i - 1]
                if case and self.raws[self.raws[w.head].head].lemma not in self.forms.speech_nouns:
                    w.role, w.prep = "obl", case[0].low
                    self.raws[w.head].role = "relcl" if self.raws[w.head].role == "acl" else self.raws[w.head].role

    def as_said_by(self) -> None:
        """*comme l'a rappelé le ministre*: who speaks stands behind the verb."""
        words = self.grammar.words
        for w in self.raws:
            if w.lemma not in self.forms.speech or self.kids(w.i, "subj"):
                continue
            if not any(k.low in words["as_said"] for k in self.kids(w.i, "mark", "advmod")):
                continue
            behind = [k for k in self.kids(w.i, "obj", "obl") if k.i > w.i and k.pos in ("NOUN", "PROPN")]
            bare = [k for k in behind if not self.kids(k.i, "case") and k.lemma not in words["time_nouns"]]
            if bare:
                bare[0].role = "subj"

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
        thing = self.raws[first.head].pos == "NOUN" and self.raws[first.head].lemma not in self.grammar.anonymous
        if first.role == "relcl" and thing and w.lemma in self.forms.aloud and not self.kids(w.i, "mark", "subj"):
            return next((a for a in self.above(first) if a.pos == "VERB" and self.finite(a) and a.i < first.i), None)
        reported = first.role == "comp" and told and w.lemma in self.forms.speech
        return above if reported and alike and above.lemma in self.forms.speech and not self.kids(w.i, "mark") else None

    def _modal(self, w: Raw) -> bool:
        """*would order*: has a verb a modal auxiliary?"""
        modals = self.grammar["mood"]["modals"].values()
        return any(k.low in forms for k in self.kids(w.i, "aux") for forms in modals)
