"""Subjects that the parsers lost: behind insertions, on participles, on an auxiliary taken for a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from kg.extract.raws import Raw

CLAUSES = ("dep", "comp", "parataxis", "conj", "advcl", "xcomp")
LOOSE = ("obl", "dep", "advmod", "appos")


class Subjects(Words):
    """Gives finite verbs back the phrases that stand before them."""

    def lost_auxiliaries(self) -> None:
        """*had a day earlier blamed*, *ont, dans la foulée, sanctionné*: the verb is the participle."""
        for w in self.in_role(*CLAUSES, "acl"):
            if w.pos != "VERB":
                continue
            have = self._auxiliary_of(w)
            if self._between_pronoun(w, have):
                continue
            bare = w.morph.get("Tense") == "Past" and not self.kids(w.i, "aux")
            astray = have.role != "aux" or have.head > w.i
            far = have.low in self.grammar.words["perfect"] and astray and have.i < w.i
            if not (bare and far) or self.kids(w.i, "subj", "mark"):
                continue
            if any(k.role == "obj" and k.i < w.i for k in self.kids(have.i)):
                continue  # *had a ship seized*
            role = "parataxis" if have.role == "aux" else have.role
            w.head, w.role = (have.head, role) if have.head != have.i else (w.i, "root")
            for k in self.kids(have.i):
                if k is not w:
                    k.head = w.i
            have.head, have.role, have.pos = w.i, "aux", "AUX"

    def _between_pronoun(self, w: Raw, top: Raw) -> bool:
        """*avaient eux aussi condamné*: a stressed pronoun between auxiliary and verb is nobody's head."""
        stressed = top.low in self.grammar.words.get("stressed", ()) and w.role == "acl"
        auxiliaries = [k for k in self.kids(top.i, "aux") if k.i < top.i < w.i] if stressed else []
        if not auxiliaries or w.morph.get("VerbForm") != "Part":
            return False
        w.head, w.role = (top.head, top.role) if top.head != top.i else (w.i, "root")
        objects = self.kids(w.i, "obj")
        for k in self.kids(top.i):
            if k is not w:
                k.head = objects[-1].i if k.role == "relcl" and objects and objects[-1].i < k.i else w.i
        top.head, top.role = w.i, "advmod"
        return True

    def _auxiliary_of(self, w: Raw) -> Raw:
        """The verb above, an adverbial between aside: *a de son côté mis*."""
        head = self.raws[w.head]
        aside = head.lemma in self.grammar.words["adverbial_nouns"] and head.pos == "NOUN"
        return self.raws[head.head] if aside else head

    def lost_to_participles(self) -> None:
        """*Mali, run by officers, warned …*, *Brazil, fearing X, has sent …*: the finite verb is the main one."""
        for w in self.raws:
            subject = next((k for k in self.kids(w.i, "subj") if k.i < w.i), None) if w.pos == "VERB" else None
            if subject is None or self.finite(w) or self.kids(w.i, "mark"):
                continue
            if not any(k.text == "," for k in self.raws[subject.i + 1 : w.i]):
                continue
            main = self._main_of(w)
            if main:
                if main.head == w.i:
                    main.head, main.role = (w.head, w.role) if w.head != w.i else (main.i, "root")
                subject.head = main.i
                w.head, w.role = subject.i, "acl"

    def behind_participles(self) -> None:
        """*Un accord signé par la Turquie inquiète la Grèce*: the main verb straight behind a participle's phrase."""
        for w in self.in_role("agent", "obl", "obj", "advmod", "dep"):
            if w.pos != "VERB":
                continue
            participle, noun = self.raws[w.head], self.raws[self.raws[w.head].head]
            astray = self.finite(w)
            modifies = participle.role == "acl" and participle.pos == "VERB" and not self.finite(participle)
            if not astray or not modifies or noun.pos not in ("NOUN", "PROPN") or noun.role not in ("root", "dep"):
                continue
            bare = [k for k in self.kids(w.i, "subj") if not self.kids(k.i, "case")]
            if not noun.i < participle.i < w.i - 1 or bare or self.kids(w.i, "mark", "cc"):
                continue
            w.head, w.role = (noun.head, noun.role) if noun.head != noun.i else (w.i, "root")
            noun.head, noun.role = w.i, "subj"
            for k in self.kids(w.i):
                if participle.i < k.i < w.i and k.pos in ("NOUN", "PROPN"):
                    k.head, k.role = participle.i, self._phrase_role(k)

    def _phrase_role(self, w: Raw) -> str:
        agents = self.grammar.prepositions["agent"]
        return "agent" if any(k.low in agents for k in self.kids(w.i, "case")) else "obl"

    def _main_of(self, participle: Raw) -> Raw | None:
        """The finite verb without subject that a participle hangs on, or that hangs on it behind a comma."""
        head = self.raws[participle.head]
        below = [k for k in self.kids(participle.i, *CLAUSES) if k.i > participle.i]
        above = [head] if participle.role == "advcl" and head.i > participle.i else []
        for k in (*above, *below):
            own = [s for s in self.kids(k.i, "subj") if s.i < k.i]
            if k.pos == "VERB" and self.finite(k) and not own and not self.kids(k.i, "mark", "cc"):
                for behind in self.kids(k.i, "subj"):
                    behind.role = "obj"
                return k
        return None

    def behind_that(self) -> None:
        """*doutait que Pékin attaque Taïwan*: a name between *que* and a verb is its subject, whatever its label."""
        for w in self.raws[2:]:
            name, mark = self.raws[w.i - 1], self.raws[w.i - 2]
            if w.pos != "VERB" or name.pos != "PROPN" or mark.low not in self.grammar.words["that"]:
                continue
            if self.kids(w.i, "subj") or mark.pos != "SCONJ" or w.morph.get("VerbForm") in ("Inf", "Part"):
                continue
            name.head, name.role, mark.head = w.i, "subj", w.i
            w.role = "comp" if w.role == "xcomp" else w.role
            if w.role == "comp" and not self.kids(w.i, "obj"):
                for k in self.kids(w.head, "obj"):
                    k.head = w.i if k.i > w.i else k.head

    def demanded_of(self) -> None:
        """*exige de Kigali qu'il retire ses troupes*: what is wanted of somebody, no relative clause."""
        clitics = set().union(*(v for k, v in self.grammar.words.items() if k.startswith("pronouns.third")))
        for w in self.raws:
            name, verb = self.raws[w.head], self.raws[self.raws[w.head].head]
            if w.role != "relcl" or verb.pos != "VERB" or verb.i >= name.i:
                continue
            that = next((k for k in self.kids(w.i) if k.low in self.grammar.words["that"] and k.i < w.i), None)
            clitic = that is not None and self.raws[that.i + 1].low in clitics and self.raws[that.i + 1].role == "subj"
            complete = len([k for k in self.kids(w.i, "obj", "obl", "xcomp") if k is not that]) > 0
            apart = that is not None and self.raws[that.i - 1].text == ","  # *condamne Kigali, qu'il accuse*
            if that and clitic and complete and not apart:
                w.head, w.role, that.role, that.pos = verb.i, "comp", "mark", "SCONJ"

    def named_objects(self) -> None:
        """*accusé d'avoir attaqué Israël*: a bare name behind a verb is no clause but its object."""
        for w in self.raws:
            verb = self.raws[w.head]
            bare = w.role == "xcomp" and w.pos == "PROPN" and not w.prep and bool(w.name)
            if bare and verb.pos == "VERB" and not verb.passive and not self.kids(verb.i, "obj", "cop"):
                w.role = "obj"

    def inverted_conditions(self) -> None:
        """*Had Israel struck Iran, Riyadh would have protested*: a condition, not what is said."""
        words = self.grammar.words["inverted_conditions"]
        for w in self.raws:
            if w.role not in CLAUSES:
                continue
            aux = next((k for k in self.kids(w.i, "aux", "auxpass") if k.low in words), None)
            subject = next((k for k in self.kids(w.i, "subj") if aux and k.i > aux.i), None)
            opens = aux and (aux.i == 0 or self.raws[aux.i - 1].text in '.,;“"\n' or aux.text[0].isupper())
            if aux and subject and opens and self.raws[w.head].i > w.i:
                w.role = "advcl"

    def stressed_pronouns(self) -> None:
        """*ont eux aussi critiqué*: a stressed pronoun beside the verb is no subject of its own."""
        for w in self.raws:
            verb = self.raws[w.head]
            stressed = w.low in self.grammar.words["stressed"] and w.pos == "PRON"
            if stressed and verb.pos == "VERB" and w.i < verb.i and self.kids(w.i, "aux", "subj"):
                for k in self.kids(w.i):
                    k.head = verb.i
                w.role = "dep"

    def enumerated(self) -> None:
        """*Le Japon, l'Australie et la France ont critiqué*: the first of a row hung on the verb by itself."""
        for w in self.raws:
            verb = self.raws[w.head]
            loose = w.role in LOOSE and w.pos == "PROPN" and not w.prep and verb.pos == "VERB" and w.i < verb.i
            others = [k for k in self.kids(verb.i, "subj") if w.i < k.i < verb.i] if loose else []
            between = [k for k in self.raws[w.i + 1 : others[0].i] if k.head != w.i] if others else []
            row = bool(between) and between[0].text == "," and all(k.pos in ("DET", "PUNCT") for k in between)
            if row and self.kids(others[0].i, "conj"):
                w.role, others[0].head, others[0].role = "subj", w.i, "conj"

    def rows(self) -> None:
        """*avec les États-Unis, la Russie, le Royaume-Uni et l'Allemagne*: names in a row are coordinated."""
        for w in self.raws:
            if w.pos != "PROPN" or w.prep or w.role not in (*LOOSE, "flat") or not w.name:
                continue
            before = self._before_comma(w)
            if before is None or before.i == w.i:
                continue
            head = self.raws[w.head]
            row = [
                k for k in (*self.kids(w.i, "conj"), *self.kids(head.i, "conj")) if k.i > w.i and self.kids(k.i, "cc")
            ]
            if row and before.name[2:] == w.name[2:]:
                w.head, w.role = (before.head, "conj") if before.role == "conj" else (before.i, "conj")

    def _before_comma(self, w: Raw) -> Raw | None:
        """The name that ends at the comma before a name and its article."""
        k = w.i - 1
        while k > 0 and self.raws[k].pos == "DET":
            k -= 1
        if k < 1 or self.raws[k].text != ",":
            return None
        name = self.raws[k - 1]
        while name.role in ("flat", "amod", "compound") and name.head < name.i:
            name = self.raws[name.head]
        return name if name.pos == "PROPN" and name.name else None

    def behind_times(self) -> None:
        """*On Monday America, Britain and the EU blamed China*: the day and the subject are two phrases."""
        for w in self.raws:
            name, verb = self.raws[w.head], self.raws[self.raws[w.head].head]
            day = w.role == "compound" and w.lemma.casefold() in self.grammar.words["time_nouns"]
            if not day or name.role != "obl" or not name.prep or verb.pos != "VERB" or self.kids(verb.i, "subj"):
                continue
            if w.i < name.i < verb.i and name.pos == "PROPN":
                for k in self.kids(name.i, "case"):
                    k.head = w.i
                w.head, w.role, w.prep = verb.i, "obl", name.prep
                name.role, name.prep = "subj", ""

    def there_is(self) -> None:
        """*Il y a eu des pourparlers*: nobody is the subject."""
        words = self.grammar.words
        for w in self.raws:
            if w.lemma in words["there_is"] and any(k.low in words["pronouns.place"] for k in self.kids(w.i)):
                for k in self.kids(w.i, "subj"):
                    if k.low.lstrip("-") in words["pronouns.third_singular_m"]:
                        k.role = "expl"

    def bare_subjects(self) -> None:
        """*Turkey, for its part, will dispatch*: a phrase without preposition before a verb is its subject."""
        for w in self.raws:
            if w.pos != "VERB" or w.passive or not self.finite(w) or self.kids(w.i, "subj"):
                continue
            if w.role not in ("root", "comp", "parataxis"):
                continue
            bare = [k for k in self.kids(w.i, *LOOSE) if k.i < w.i and self._may_act(k)]
            if bare:
                bare[0].role = "subj"

    def _may_act(self, k: Raw) -> bool:
        """A name, or a noun with an article, that is no time and follows no preposition."""
        noun = k.pos == "PROPN" or (k.pos == "NOUN" and bool(self.kids(k.i, "det", "poss")))
        return noun and not k.prep and k.lemma.casefold() not in self.grammar.words["time_nouns"]
