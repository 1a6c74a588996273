"""Phrases that the parsers hung on the wrong side of a verb, a comma or a *par*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from kg.extract.lexicon import Forms
    from kg.extract.raws import Raw

REACH = 6  # words between two *ni*
INSIDE = ("DET", "ADJ", "NUM", "ADV")  # what may stand between a verb and the noun behind it
APART = frozenset(',»”"')  # marks before a verb of saying that is thrown in
MOVED = ("conj", "advmod", "flat", "appos", "subj")  # roles that a lost object may have been given


class Strays(Words):
    """Puts subjects, objects and agents back where the word order says they belong."""

    forms: Forms

    def strayed_phrases(self) -> None:
        """All of it, when prepositions are known."""
        self._places_of_clitics()
        self._nouns_with_articles()
        self._phrases_with_de()
        self._no_objects()
        self._phrases_behind_objects()
        self._joined_participles()
        self._objects_straight_behind()
        self._agents_of_participles()
        self._participles_that_agree()
        self._participles_behind_names()
        self._like_the_other()

    def neither_nor(self) -> None:
        """*Ni Paris ni Rome ne soutiennent X*: the first of two hung on its *ni*."""
        ni = self.grammar.words["neither"]
        for w in self.raws[:-1]:
            first = self.raws[w.i + 1]
            if w.low not in ni or first.head != w.i or first.pos not in ("PROPN", "NOUN"):
                continue
            second = next((k for k in self.raws[w.i + 2 : w.i + REACH] if k.low in ni), None)
            other = self.raws[second.i + 1] if second and second.i + 1 < len(self.raws) else first
            if other is not first and other.pos in ("PROPN", "NOUN") and other.head != first.i:
                first.head, first.role, w.head, w.role = other.head, other.role, first.i, "cc"
                other.head, other.role = first.i, "conj"
                if second is not None:
                    second.head, second.role = other.i, "cc"

    def _places_of_clitics(self) -> None:
        """*Londres y déploiera une brigade*: a place, unless the verb says that there is something."""
        words = self.grammar.words
        for w in self.raws:
            verb = self.raws[w.head]
            empty = w.role == "expl" and w.low in words["pronouns.place"] and verb.pos == "VERB"
            if empty and verb.lemma not in words["there_is"]:
                w.role, w.prep = "obl", self.grammar["prepositions"]["dative"]

    def _nouns_with_articles(self) -> None:
        """*a refusé l'offre de X*: what has an article and is the object of a verb is a noun."""
        for w in self.raws[1:]:
            article = self.raws[w.i - 1]
            noun = w.pos == "VERB" and w.role == "obj" and article.head == w.i and article.role == "det"
            if noun and article.pos == "DET" and w.morph.get("VerbForm") == "Fin" and not self.kids(w.i, "subj", "obj"):
                w.pos, w.lemma = "NOUN", w.low

    def _phrases_with_de(self) -> None:
        """*se rapproche de la Chine*, *exige de l'Iran qu'il cède*: a name behind *de* is no part of a mass."""
        for w in self.in_role("obj"):
            verb = self.raws[w.head]
            of = [k for k in self.kids(w.i, "det") if k.pos == "ADP" and k.i < w.i]
            if w.prep or not of or verb.pos != "VERB" or verb.i > w.i:
                continue
            named = w.pos == "PROPN" and of[0].low in self.grammar.words["partitives"]
            reflexive = any(k.low in self.grammar.words["reflexive_clitics"] for k in self.kids(verb.i))
            if named or reflexive or verb.lemma in self.grammar.words["only_with_de"]:
                w.role, w.prep, of[0].role = "obl", self.grammar["prepositions"]["possessive"], "case"

    def _no_objects(self) -> None:
        """*des combats ont éclaté entre X et Y*: no phrase with such a preposition is an object."""
        for w in self.in_role("obj"):
            of = w.prep == self.grammar["prepositions"]["possessive"] and w.pos == "PROPN"
            if of or w.prep in self.grammar.prepositions["between"]:
                w.role = "obl"  # so is *a obtenu de Berlin des chars*

    def _phrases_behind_objects(self) -> None:
        """*a assuré le pays de son soutien*: what somebody is assured or robbed of is no part of them."""
        words = self.grammar.words
        own = words["possessives.singular"] | words["possessives.plural"]
        for w in self.in_role("obl"):
            noun = self.raws[w.head]
            verb = self.raws[noun.head]
            of = w.prep == self.grammar["prepositions"]["possessive"] and noun.role == "obj"
            if of and verb.lemma in words["object_and_de"] and any(k.low in own for k in self.kids(w.i, "det", "poss")):
                w.head = verb.i

    def _joined_participles(self) -> None:
        """*a intercepté le navire et arrêté X*: a participle behind *et* goes with the participle of the perfect."""
        for w in self.in_role("conj"):
            noun = self.raws[w.head]
            verb = self.raws[noun.head]
            if w.pos != "VERB" or noun.pos not in ("NOUN", "PROPN") or noun.i > w.i:
                continue
            perfect = self._past(w) and self._past(verb) and bool(self.kids(verb.i, "aux"))
            if perfect and verb.i < noun.i and self.kids(w.i, "cc") and not self.kids(w.i, "aux", "auxpass", "subj"):
                w.head = verb.i
                for k in self.kids(noun.i, "appos", "flat"):
                    if k.i > w.i and k.name:
                        k.head, k.role = w.i, "obj"

    def _objects_straight_behind(self) -> None:
        """*ont resserré leurs liens*, *a inscrit Huawei sur*: a bare phrase right behind an active verb."""
        for w in self.raws[1:]:
            if w.role not in MOVED or w.prep or w.pos not in ("NOUN", "PROPN") or self.kids(w.i, "cc", "cop"):
                continue
            k = w.i - 1
            while k > 0 and self.raws[k].head == w.i and self.raws[k].pos in INSIDE:
                k -= 1
            verb = self.raws[k]
            if self._lacks_object(verb) and self._is_strange_to(w, verb) and not self._is_time(w):
                w.head, w.role = verb.i, "obj"

    def _lacks_object(self, verb: Raw) -> bool:
        """Is it a verb in the perfect or the present, active, with a subject before it and no object yet?"""
        active = verb.pos == "VERB" and self.finite(verb) and not self.kids(verb.i, "auxpass", "obj", "comp", "xcomp")
        reflexive = any(k.low in self.grammar.words["reflexive_clitics"] for k in self.kids(verb.i))
        before = any(k.i < verb.i and k.pos not in ("PRON", "SCONJ") for k in self.kids(verb.i, "subj"))
        known = verb.lemma not in (*self.grammar.words["telling"], *self.grammar.words["intransitive"])
        first = min([verb.i, *(k.i for k in self.kids(verb.i, "aux"))])
        inserted = verb.lemma in self.forms.speech and self.raws[first - 1].text in APART  # *…, ont déclaré X et Y*
        return active and before and known and not reflexive and not inserted

    def _is_strange_to(self, w: Raw, verb: Raw) -> bool:
        """Does its role say nothing: coordinated with what stands before the verb, adverb, second subject?"""
        if w.role == "conj":
            return w.head < verb.i or w.head == verb.i
        return w.head == verb.i and (w.role in ("subj", "flat") or w.pos == "PROPN")

    def _is_time(self, w: Raw) -> bool:
        return w.lemma.casefold() in self.grammar.words["time_nouns"]

    def _agents_of_participles(self) -> None:
        """*l'alliance nouée par X avec Y*: whoever stands behind *par* did what the participle says."""
        for w in self.raws:
            if w.role != "obl" or w.prep not in self.grammar.prepositions["agent"]:
                continue
            first = min([w.i, *(k.i for k in self.kids(w.i, "case", "det"))])
            done = self.raws[first - 1] if first else w
            if done.head == w.head and done.role == "acl" and self._past(done):
                w.head = done.i

    def _participles_that_agree(self) -> None:
        """*la mort de X, tué par Y*: a participle behind a name and a comma is the name's, where it agrees alone."""
        for w in self.raws[2:]:
            noun = self.raws[w.head]
            apart = w.role == "acl" and self._past(w) and self.raws[w.i - 1].text == ","
            if not apart or noun.pos != "NOUN" or not self._disagree(w, noun):
                continue
            names = [k for k in self.kids(noun.i, "obl") if k.i < w.i and k.pos == "PROPN" and k.name]
            last = max((i for k in names[-1:] for i in (k.i, *(f.i for f in self.kids(k.i, "flat")))), default=0)
            if names and last == w.i - 2:
                w.head = names[-1].i

    def _participles_behind_names(self) -> None:
        """*Kherson, reprise par Kiev, est bombardée*: behind the comma of a name a participle modifies it."""
        for w in self.raws[2:]:
            name = self.raws[w.head]
            loose = w.role in ("obl", "appos", "dep") and w.pos == "VERB" and self._past(w) and not w.prep
            behind = name.pos == "PROPN" and name.i < w.i and self.raws[w.i - 1].text == ","
            if loose and behind and not self.kids(w.i, "aux", "subj", "mark"):
                w.role = "acl"

    def _like_the_other(self) -> None:
        """*Rome comme Madrid soutiennent X*: two names with such a word alone between are coordinated."""
        for w in self.raws:
            name = self.raws[w.head]
            if w.prep not in self.grammar.words["coordinating_names"] or w.role != "obl":
                continue
            first = min([w.i, *(k.i for k in self.kids(w.i, "case", "det"))])
            beside = self.raws[first - 1].text != "," and name.i < first
            if beside and name.role == "subj" and name.pos == w.pos == "PROPN":
                w.role, w.prep = "conj", ""

    @staticmethod
    def _past(w: Raw) -> bool:
        return w.morph.get("VerbForm") == "Part" and w.morph.get("Tense") == "Past"

    @staticmethod
    def _disagree(a: Raw, b: Raw) -> bool:
        return any((v := b.morph.get(k)) and a.morph.get(k, v) != v for k in ("Gender", "Number"))
