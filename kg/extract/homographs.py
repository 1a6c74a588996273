"""Verbs that the tagger takes for the noun that looks like them: *L'Iran livre des missiles*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words
from kg.extract.tree import NOMINAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.grammar import Grammar
    from kg.extract.lexicon import Forms
    from kg.extract.raws import Raw


GERUND: Mapping[str, str] = {"VerbForm": "Part", "Tense": "Pres", "Aspect": "Prog"}
PARTICIPLE: Mapping[str, str] = {"VerbForm": "Part", "Tense": "Past"}
BEHIND = 3  # words between a verb and the infinitive behind it
ACRONYM = 3  # letters of an acronym that may be taken for a verb
INFINITIVE: Mapping[str, str] = {"VerbForm": "Inf"}
FINITE: Mapping[str, str] = {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres"}


class Homographs(Words):
    """Gives such verbs back their subjects and objects."""

    def __init__(self, raws: list[Raw], grammar: Grammar, forms: Forms) -> None:
        super().__init__(raws, grammar)
        self.forms = forms

    def homographs(self) -> None:
        """*L'Iran livre des missiles*: a verb taken for the noun that looks like it (*livre*, *presse*, *visite*).

        A noun needs an article or a preposition before it; straight after a name it is a verb.
        """
        self._participles()
        self._nouns()
        endings = tuple(self.grammar.words["infinitive_endings"])
        for w in self.raws[1:]:
            lemma = self.forms.verbs.get(w.low)
            if not lemma and w.role == "xcomp" and w.pos == "VERB" and w.low == w.lemma and w.low.endswith(endings):
                w.morph = INFINITIVE  # whatever the tagger says
            if not lemma:
                continue
            if w.pos == "VERB":
                w.lemma = lemma
                if w.morph.get("VerbForm") in (None, "Inf"):
                    w.morph = FINITE  # a third person, whatever the tagger says
                if not any(k.role == "obj" for k in self.kids(w.i)):
                    self._first_object(w)
            elif w.pos != "AUX":
                self._noun_or_verb(w, lemma)

    def _participles(self) -> None:
        """*Doha a parrainé*, *is backed by*: a participle behind its auxiliary, taken for a noun or an adjective."""
        for w in self.raws[1:]:
            self._gerund(w)
            lemma = self.forms.participles.get(w.low)
            if not lemma or w.pos not in ("NOUN", "ADJ", "PROPN"):
                continue
            if w.pos == "ADJ" and w.role == "amod" and self.kids(w.i, "subj"):
                self._make_past_tense(w, lemma)
                continue
            k = w.i - 1
            while k > 0 and self.raws[k].pos == "ADV":
                k -= 1
            if self.raws[k].low in self.grammar.words["perfect"]:
                self._put_over_auxiliary(w, self.raws[k], lemma)
            elif w.pos == "ADJ" and (self.kids(w.i, "auxpass", "agent") or self._by_behind(w)):
                w.pos, w.lemma, w.morph = "VERB", lemma, PARTICIPLE

    def _gerund(self, w: Raw) -> None:
        """*which is mediating between*: a progressive taken for a noun."""
        lemma = self.forms.gerunds.get(w.low) if w.pos in ("NOUN", "ADJ") else None
        before = self.raws[w.i - 1].low
        if (
            lemma
            and before in self.grammar.words["progressive"]
            and self.kids(w.i, "aux", "cop")
            and self.kids(w.i, "subj")
        ):
            w.pos, w.lemma, w.morph = "VERB", lemma, GERUND

    def _make_past_tense(self, w: Raw, lemma: str) -> None:
        """*alleges South Africa armed Russia*: a past tense taken for the adjective of its object."""
        noun = self.raws[w.head]
        if noun.i > w.i:
            w.pos, w.lemma, w.morph = "VERB", lemma, FINITE
            w.head, w.role = (noun.head, "comp") if noun.head != noun.i else (w.i, "root")
            noun.head, noun.role = w.i, "obj"

    def _nouns(self) -> None:
        """*l'opposant Juan Guaidó*: a word behind its own article is no verb, nor is *ECOWAS*."""
        for w in self.raws:
            article = self.raws[max(0, w.i - 1)]
            if w.pos == "VERB" and w.text.isupper() and len(w.text) >= ACRONYM and not article.text.isupper():
                w.pos, w.lemma = "PROPN", w.low
            if (
                w.pos == "VERB"
                and w.text[0].isupper()
                and w.role in ("subj", "compound")
                and not self.kids(w.i, "subj", "aux")
            ):
                w.pos, w.lemma = "PROPN", w.low  # *Blinken and Lammy accuse*
            if w.pos == "VERB" and article.pos == "DET" and article.head == w.i and w.morph.get("VerbForm") != "Fin":
                w.pos, w.lemma = "NOUN", w.low
                for k in self.kids(w.i, "obj", "obl"):
                    if k.i == w.i + 1 and k.pos == "PROPN":
                        k.role = "appos"

    def _by_behind(self, w: Raw) -> bool:
        after = self.raws[w.i + 1] if w.i + 1 < len(self.raws) else None
        return after is not None and after.low in self.grammar.prepositions["agent"]

    def _put_over_auxiliary(self, w: Raw, aux: Raw, lemma: str) -> None:
        """The participle is the verb, whatever the parser made of its auxiliary."""
        w.pos, w.lemma, w.morph = "VERB", lemma, PARTICIPLE
        if aux.head != w.i:
            w.head, w.role = (aux.head, aux.role) if aux.head != aux.i else (w.i, "root")
            if self.raws[w.head].head == w.i or w.head == w.i:
                w.head, w.role = w.i, "root"
            for k in self.kids(aux.i):
                if k is not w:
                    k.head = w.i
        aux.head, aux.role, aux.pos = w.i, "aux", "AUX"
        self._first_object(w)

    def _noun_or_verb(self, w: Raw, lemma: str) -> None:
        """Decide by what stands before and behind."""
        before = self.raws[w.i - 1]
        after = self.raws[w.i + 1] if w.i + 1 < len(self.raws) else None
        reflexive = before.low in self.grammar.words["reflexive_clitics"] and before.head == w.i
        predicative = w.pos == "ADJ" and after is not None and after.pos == "ADP"
        if before.low in self.grammar.words["relative.object"] | self.grammar.words["relative.subject"]:
            self._make_relative(w, before, lemma)
        elif w.pos == "ADV" and before.pos == "PROPN" and self.raws[w.head].i < w.i:
            self._make_verb(w, lemma)  # *Minsk dément les accusations*
        elif w.pos == "ADV":
            self._make_verb_over_infinitive(w, lemma)
        elif w.role == "relcl" and self._heads_relative(w):
            self._make_verb_in_place(w, lemma)  # *whom Chad accuses of*
        elif reflexive or (self._has_subject(w) and not predicative):
            self._make_verb_in_place(w, lemma)
        elif (
            after is None
            or (after.pos not in self.grammar.words["verb_followers"] | {"CCONJ"} and not after.name)
            or before.pos not in ("PROPN", "NOUN", "ADJ", "CCONJ", "PUNCT")
            or before.low in self.forms.verbs
        ):
            return
        elif before.pos == "CCONJ":
            self._make_second_verb(w, lemma)
        elif before.text == ",":
            self._make_verb_of_top(w, lemma)
        elif any(k.pos == "PROPN" or k.name for k in self.raws[max(0, w.i - 3) : w.i]):
            self._make_verb(w, lemma)

    def opening_participles(self) -> None:
        """*Soutenu et armé par X, le groupe a frappé Y*: a participle at the start modifies the subject behind it."""
        for w in self.raws:
            past = w.pos == "VERB" and w.morph.get("VerbForm") == "Part" and w.morph.get("Tense") == "Past"
            lemma = self.forms.participles.get(w.low) or (w.lemma if past else None)
            opens = lemma and w.head == w.i and (w.i == 0 or self.raws[w.i - 1].pos in ("PUNCT", "SPACE"))
            if not opens:
                continue
            below = self.kids(w.i, "parataxis", "obl", "dep", "conj")
            main = next((k for k in below if self.finite(k) and k.pos == "VERB"), None)
            subject = next((k for k in self.kids(main.i, "subj") if k.i > w.i), None) if main else None
            if not (main and subject) or self.kids(w.i, "subj", "cop", "aux") or subject.i > main.i:
                continue
            if self.raws[self._first_of_name(subject, w) - 1].text == ",":
                main.head, main.role = main.i, "root"
                for k in self.kids(w.i):
                    k.head = main.i if k.i > main.i else k.head
                w.head, w.role, w.pos, w.lemma = subject.i, "acl", "VERB", str(lemma)
                w.morph = {"VerbForm": "Part", "Tense": "Past", "Voice": "Pass"}

    def _first_of_name(self, subject: Raw, participle: Raw) -> int:
        """Where a subject begins; parts of its name that were hung on the participle are put under it."""
        first = self._first_of(subject)
        while self.raws[first].name.startswith("I-"):
            first -= 1
        for k in self.raws[first : subject.i]:
            if k.head == participle.i:
                k.head, k.role = subject.i, "flat"
        return first

    def _first_of(self, w: Raw) -> int:
        return min([w.i, *(k.i for k in self.kids(w.i, "det", "amod", "case"))])

    def _has_subject(self, w: Raw) -> bool:
        """*La France, de son côté, demande*, *qui arme le Hezbollah*: the parser knew, the tagger did not."""
        subjects = [k for k in self.kids(w.i, "subj") if k.i < w.i]
        bare = w.pos in ("NOUN", "PROPN", "ADJ") and not self.kids(w.i, "cop", "det", "case")
        return bare and bool(subjects)

    def _heads_relative(self, w: Raw) -> bool:
        """A relative pronoun as object, and straight before the word a name: its subject, not a part of it."""
        name = self.raws[w.i - 1]
        relative = any(k.low in self.grammar.words["relative.object"] for k in self.kids(w.i, "obj"))
        if relative and name.pos == "PROPN" and name.head == w.i and name.role == "compound":
            name.role = "subj"
        return relative and name.role == "subj"

    def _make_verb_in_place(self, w: Raw, lemma: str) -> None:
        w.pos, w.lemma, w.morph = "VERB", lemma, FINITE
        for k in self.kids(w.i, "subj"):
            if k.i > w.i:
                k.role = "obj"
        self._first_object(w)

    def _make_relative(self, w: Raw, pronoun: Raw, lemma: str) -> None:
        """*l'ANL, qu'arment les Émirats*: a verb behind a relative pronoun, its subject behind it."""
        k = pronoun.i - 1
        while k > 0 and (self.raws[k].text == "," or self.raws[k].pos == "ADJ"):
            k -= 1
        noun = self.raws[k]
        if noun.pos not in ("NOUN", "PROPN") or self.kids(w.i, "det"):
            return
        subject = pronoun.low in self.grammar.words["relative.subject"]
        w.pos, w.lemma, w.morph, w.head, w.role = "VERB", lemma, FINITE, noun.i, "relcl"
        pronoun.head, pronoun.role, pronoun.pos = w.i, "subj" if subject else "obj", "PRON"
        behind = next((k for k in self.raws[w.i + 1 : w.i + 6] if k.pos in ("NOUN", "PROPN")), None)
        if behind and not subject and not self.kids(behind.i, "case"):
            behind.head, behind.role = w.i, "subj"

    def _make_verb_over_infinitive(self, w: Raw, lemma: str) -> None:
        """*Bakou dément avoir bombardé …*: a verb taken for an adverb of the infinitive behind it."""
        infinitive = self.raws[w.head]
        if w.i < infinitive.i <= w.i + BEHIND and infinitive.pos == "VERB":
            w.pos, w.lemma, w.morph = "VERB", lemma, FINITE
            w.head, w.role = (infinitive.head, infinitive.role) if infinitive.head != infinitive.i else (w.i, "root")
            infinitive.head, infinitive.role = w.i, "xcomp"
            for k in self.kids(infinitive.i):
                if k.i < w.i:
                    k.head = w.i

    def _make_verb_of_top(self, w: Raw, lemma: str) -> None:
        """*Kiev, de son côté, presse Washington*: the name on top of the sentence is the subject."""
        top = self.raws[w.head]
        if top.i < w.i and top.pos == "PROPN" and top.head == top.i and self.raws[w.i + 1].pos in ("DET", "PROPN"):
            w.pos, w.lemma, w.morph, w.head, w.role = "VERB", lemma, FINITE, w.i, "root"
            top.head, top.role = w.i, "subj"
            self._first_object(w)
            for k in self.kids(w.i, "acl"):
                k.role = "xcomp"

    def _make_second_verb(self, w: Raw, lemma: str) -> None:
        """*a dépêché … et presse l'Union*: a verb coordinated with the one before."""
        verb = next((k for k in reversed(self.raws[max(0, w.i - 25) : w.i]) if k.pos == "VERB"), None)
        after = next((k for k in self.raws[w.i + 1 : w.i + 5] if k.pos in ("NOUN", "PROPN")), None)
        if verb is None or after is None or self.raws[w.i + 1].pos not in ("DET", "PROPN", "ADP"):
            return
        w.pos, w.lemma, w.morph, w.head, w.role = "VERB", lemma, FINITE, verb.i, "conj"
        if not w.i <= after.head <= w.i + 5:
            after.head, after.role = w.i, "obj"
        self._first_object(w)

    def _make_verb(self, w: Raw, lemma: str) -> None:
        """Put a verb over the phrase before it (its subject) and the phrase behind it (its object)."""
        subject = self._top_before(w)
        w.pos, w.lemma, w.morph = "VERB", lemma, FINITE
        if subject.head != w.i:
            w.head, w.role = (subject.head, subject.role) if subject.head != subject.i else (w.i, "root")
        if w.i in (subject.head, w.head) or not subject.i < w.head < w.i:
            subject.head, subject.role = w.i, "subj"
        for k in self.kids(subject.i):
            if k.i > w.i:
                k.head = w.i
        self._first_object(w)

    def _top_before(self, w: Raw) -> Raw:
        top = self.raws[w.i - 1]
        seen = {w.i}
        while (
            top.head < w.i
            and top.head not in seen
            and self.raws[top.head].pos in ("PROPN", "NOUN", "ADJ")
            and top.head != top.i
        ):
            seen.add(top.i)
            top = self.raws[top.head]
        return top

    def _first_object(self, w: Raw) -> None:
        """The first phrase behind a new verb is its object unless a true preposition opens it."""
        contracted = self.grammar["prepositions"]["contractions"]
        dative = {form for form, whole in contracted.items() if whole == self.grammar["prepositions"]["dative"]}
        articles = (self.grammar.words["definite"] | self.grammar.words["indefinite"]) - dative
        if w.lemma in self.grammar.words["verbs_with_de"]:
            articles -= contracted.keys()
        for k in sorted(self.kids(w.i), key=lambda k: k.i):
            if k.i > w.i and k.pos in NOMINAL and k.role not in ("conj", "subj"):
                cases = self.kids(k.i, "case")
                if all(c.low in articles and c.i == w.i + 1 for c in cases):
                    k.role = "obj"
                    for c in cases:
                        c.role = "det"
                return
