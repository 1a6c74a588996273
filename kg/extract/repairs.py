"""The parsers' known faults mended, each by the construction it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.homographs import Homographs
from kg.extract.objects import Objects
from kg.extract.relatives import Relatives
from kg.extract.sayings import Sayings
from kg.extract.strays import Strays
from kg.extract.subjects import Subjects
from kg.extract.tenses import Tenses
from kg.extract.tree import NOMINAL
from kg.extract.wholes import Wholes

if TYPE_CHECKING:
    from kg.extract.raws import Raw

NEAR = 10  # words within which a phrase may have gone astray
BESIDE = 3  # words between a verb and its clitics
CLAUSES = ("advcl", "parataxis", "comp", "dep")  # roles of a clause that may be a main one
CLOSING = frozenset('»”"')


def _agree(a: Raw, b: Raw) -> bool:
    """Do two words not contradict each other in gender and number?"""
    return all(a.morph.get(k, v) == v for k in ("Gender", "Number") if (v := b.morph.get(k)))


class Repairs(Wholes, Homographs, Relatives, Sayings, Subjects, Objects, Tenses, Strays):
    """Repairs in three rounds, between which the scheme settles prepositions, copulas and voice."""

    def first(self) -> None:
        """Before prepositions are read: names, verbs taken for nouns, subjects gone astray."""
        self.whole_names()
        self.homographs()
        self.lost_auxiliaries()
        self.neither_nor()
        self.enclosed_relatives()
        self._subject_on_top()
        self.behind_participles()
        self.main_verbs()
        self.lost_to_participles()
        self.opening_participles()
        self.inserted_sayings()
        self.as_said_by()
        self._first_of_two()
        self._split_flat_at_comma()
        self.counted()

    def second(self) -> None:
        """When prepositions are known: objects, infinitives, participles, order of words."""
        self.gerunds()
        self.perfects()
        self.swallowed()
        self.resultatives()
        self.titled_by_nationality()
        self.partitives()
        self.strayed_phrases()
        self.approximate_objects()
        self.only_objects()
        self.flat_objects()
        self._agreement()
        self.far_objects()
        self.hosts_of_nothing()
        self.phrases_of_asides()
        self.coordinating_prepositions()
        self.companions()
        self.causatives()
        self.bare_objects()
        self.inserted_phrases()
        self._swapped_subjects()
        self._lost_subjects()
        self.behind_times()
        self._lost_rows()
        self.stressed_pronouns()
        self.apposed_objects()
        self.enumerated()
        self.rows()
        self.behind_that()
        self.named_objects()
        self.bare_subjects()
        self.inverted_conditions()
        self.relatives()
        self.demanded_of()
        self.claimed(self.forms.speech_nouns)
        self._between_clauses()

    def _between_clauses(self) -> None:
        """The end of the second round: what belongs to which clause."""
        self._real_subjects()
        self.there_is()
        self._speakers_behind()
        self._coordinated_clauses()
        self._other_subjects()
        self._like_with_like()
        self._like_prepositions()
        self._low_infinitives()
        self._governed_infinitives()
        self._participles_after_comma()
        self._participles_of_relatives()
        self.reported_participles()
        self.inverted_roots()
        self.lost_tellers()
        self.told_at_the_end()
        self.by_relatives()
        self._inverted()

    def last(self) -> None:
        """When all roles are known."""
        self._between()
        self._behind_colon()
        self._not_of_the_object()

    def _not_of_the_object(self) -> None:
        """*soutient Berne, de même que Rome*: who does likewise is not coordinated with the object."""
        words = self.grammar.words
        for w in self.raws:
            top = self.raws[w.head]
            case = self.kids(w.i, "case") if w.role == "conj" and top.role == "obj" else []
            if case and case[-1].low in words["likewise"] and self.raws[case[-1].i - 1].low in words["likewise_before"]:
                w.head, w.role = top.head, "obl"

    def _subject_on_top(self) -> None:
        """*Paris a condamné*: a name on top of the verb it is the subject of."""
        for w in self.in_role("parataxis", "acl", "amod", "conj", "advcl", "dep"):
            copula = self.kids(w.i, "cop") if w.role == "dep" else []  # *X et Y sont en guerre*
            if w.pos not in ("VERB", "AUX") and not copula:
                continue
            top = self.raws[w.head]
            apposed = self._apposed_subject(w, top) or self._behind_apposition(w, top)
            if top.pos not in ("PROPN", "NOUN") or top.i > w.i or self.kids(w.i, "subj", "mark", "cc"):
                continue
            finite = self.finite(w) or any(k.morph.get("VerbForm") == "Fin" for k in copula)
            between = self.raws[top.i + 1 : min([w.i, *(k.i for k in self.kids(w.i, "aux", "cop") if k.i > top.i)])]
            clitics = self.grammar.words["adverbial_clitics"]
            strange = (b for b in between if b.pos in ("PUNCT", "PRON", "SCONJ") and b.low not in clitics)
            if finite and top.role in ("root", "dep") and (apposed or all(b.role == "expl" for b in strange)):
                w.head, w.role = (top.head, top.role) if top.head != top.i else (w.i, "root")
                top.head, top.role = w.i, "subj"
                for k in self.kids(top.i):
                    if k.i > w.i:
                        k.head = w.i

    def _behind_apposition(self, w: Raw, top: Raw) -> bool:
        """*L'émissaire américain, Robert Malley, a soutenu*: an apposition or a relative clause stands between."""
        near = [k.i for k in self.kids(w.i, "aux", "auxpass", "obl", "expl", "advmod") if 0 < w.i - k.i <= BESIDE]
        first = min([w.i, *near])
        aside = [k for k in self.kids(top.i, "appos", "relcl", "acl") if k.i < w.i]
        if top.i < w.i and self.raws[top.i + 1].text == ",":
            aside += [k for k in self.kids(top.i, "obl") if k.i < w.i]  # *Téhéran, par la voix de …, a nié*
        return first > 0 and self.raws[first - 1].text == "," and bool(aside)

    def _lost_subjects(self) -> None:
        """*Après des semaines de démentis, l'Iran a admis*: the subject hung on the phrase before its comma."""
        for w in self.raws:
            if (
                w.pos != "VERB"
                or w.role not in ("root", "comp", "parataxis")
                or self.kids(w.i, "subj")
                or not self.finite(w)
            ):
                continue
            k = w.i - 1
            while k > 0 and self.raws[k].pos in ("AUX", "ADV", "PRON") and w.i - k <= NEAR:
                k -= 1
            top = self.raws[k]
            for above in self.above(top):
                near = k - NEAR < above.i < k and above.pos in ("NOUN", "PROPN")
                if not near or top.role not in ("flat", "obl", "conj"):
                    break
                top = above
            first = min([top.i, *(d.i for d in self.kids(top.i, "det", "case") if d.i < top.i)])
            stray = top.pos in ("NOUN", "PROPN") and top.role in ("appos", "dep", "obl") and not top.prep
            if stray and top.head < top.i and first > 0 and self.raws[first - 1].text == ",":
                top.head, top.role = w.i, "subj"

    def _lost_rows(self) -> None:
        """*Dans une lettre commune, Paris, Rome et Londres ont condamné*: all subjects hung on the phrase before."""
        for w in self.raws:
            if w.pos != "VERB" or w.role not in ("root", "comp", "parataxis") or not self.finite(w):
                continue
            phrases = [] if self.kids(w.i, "subj") else self.kids(w.i, "obl")
            for phrase in phrases + [k for p in phrases for k in self.kids(p.i, "obl", "case")]:
                row = [k for k in self.kids(phrase.i, "conj") if k.i < w.i and not self.kids(k.i, "case")]
                if (phrase.prep or phrase.role == "case") and row and all(k.pos in ("NOUN", "PROPN") for k in row):
                    first = min([row[0].i, *(k.i for k in self.kids(row[0].i, "det"))])
                    if self.raws[first - 1].text == ",":
                        row[0].head, row[0].role = w.i, "subj"
                        for k in row[1:]:
                            k.head = row[0].i

    def _apposed_subject(self, w: Raw, top: Raw) -> bool:
        """*Iran Air, la compagnie aérienne, pourrait*: the apposition taken for the subject, the name put on top."""
        subjects = self.kids(w.i, "subj")
        if top.pos != "PROPN" or top.role not in ("root", "dep") or len(subjects) != 1 or subjects[0].pos != "NOUN":
            return False
        first = min([subjects[0].i, *(k.i for k in self.kids(subjects[0].i, "det"))])
        apposed = top.i < first < w.i and self.raws[first - 1].text == ","
        if apposed:
            subjects[0].head, subjects[0].role = top.i, "appos"
        return apposed

    def _real_subjects(self) -> None:
        """*où il s'entretiendra*: a pronoun is only empty with verbs that are impersonal."""
        empty = self.grammar.words["expletive_verbs"]
        for w in self.raws:
            if w.role != "expl":
                continue
            verb = self.raws[w.head]
            third = any(
                w.low.lstrip("-") in f for k, f in self.grammar.words.items() if k.startswith("pronouns.third_singular")
            )
            if third and w.low not in self.grammar.words["reflexive_clitics"]:
                lemma = f"se {verb.lemma}" if self.is_reflexive(verb) else verb.lemma
                reflexive = verb.pos == "ADJ" and self.is_reflexive(verb)  # *s'est borné à*
                if (
                    (verb.pos == "VERB" or reflexive)
                    and lemma not in empty
                    and not verb.passive
                    and not self.kids(verb.i, "subj", "comp", "auxpass")
                ):
                    w.role = "subj"

    def _first_of_two(self) -> None:
        """*Washington et Londres ont accusé*: the first of two subjects on top of the verb of the second."""
        for w in self.raws:
            if w.pos != "VERB" or w.role not in ("parataxis", "conj", "acl", "dep", "advcl") or not self.finite(w):
                continue
            top = self.raws[w.head]
            second = self._second_subject(w)
            link = second and next(iter(self.kids(w.i, "cc") + self.kids(second.i, "cc")), None)
            if not link or not second or top.pos not in ("PROPN", "NOUN") or top.role not in ("root", "dep"):
                continue
            end = max([top.i, *(k.i for k in self.kids(top.i, "flat", "amod", "obl") if k.i < link.i)])
            if end < link.i <= end + 1 and link.i < second.i < w.i:
                w.head, w.role = (top.head, top.role) if top.head != top.i else (w.i, "root")
                top.head, top.role, second.head, second.role = w.i, "subj", top.i, "conj"
                link.head = second.i

    def _second_subject(self, w: Raw) -> Raw | None:
        """The only subject of a verb, or the name straight before it that the parser took for an adverb."""
        subjects = self.kids(w.i, "subj")
        astray = [k for k in self.kids(w.i, "advmod", "obl", "dep") if k.name == "B-PER" and k.i < w.i]
        found = subjects or astray
        return found[0] if len(found) == 1 else None

    def _between(self) -> None:
        """*l'alliance entre Moscou et Téhéran*: the second end belongs to the first, not to the noun."""
        for w in self.raws:
            if w.prep not in self.grammar.prepositions["between"] or self.kids(w.i, "conj"):
                continue
            later = [k for k in self.kids(w.head, "conj") if k.i > w.i and k.i - w.i <= NEAR] or self._second_end(w)
            if later:
                later[0].head, later[0].role = w.i, "conj"

    def _second_end(self, w: Raw) -> list[Raw]:
        """*L'accord entre Riyad et Téhéran a été conclu*: behind *et* stands no subject of the verb."""
        end = max([w.i, *(k.i for k in self.kids(w.i, "flat", "amod"))]) + 1
        if end >= len(self.raws) or self.raws[end].low not in self.grammar.words["and"]:
            return []
        behind = next((k for k in self.raws[end + 1 : end + 4] if k.pos in ("NOUN", "PROPN")), None)
        astray = behind is not None and behind.role in ("subj", "obj", "obl", "dep") and not behind.prep
        return [behind] if behind is not None and astray else []

    def _other_subjects(self) -> None:
        """*Berlin joue les médiateurs, mais Heiko Maas en est reparti*: a clause, not one more end of a phrase."""
        for w in self.in_role("conj"):
            if w.pos not in ("PROPN", "NOUN"):
                continue
            links = [k for k in self.kids(w.i, "cc") if k.i < w.i]
            verb = next((k for k in self.raws[w.i + 1 : w.i + NEAR] if k.pos == "VERB" and self.finite(k)), None)
            if not links or not (self.raws[links[0].i - 1].text == "," or self._clitics_between(w, verb)):
                continue
            if (
                verb
                and verb.role in ("advcl", "conj", "parataxis", "comp", "dep")
                and not self.kids(verb.i, "subj", "mark")
            ):
                w.head, w.role = verb.i, "subj"
                verb.role = "conj" if verb.role == "advcl" else verb.role

    def _clitics_between(self, w: Raw, verb: Raw | None) -> bool:
        """*a quitté le Niger et l'Italie y a maintenu des troupes*: a clitic tells that the verb is the name's."""
        between = self.raws[w.i + 1 : verb.i] if verb else []
        clitics = self.grammar.words["adverbial_clitics"]
        return bool(between) and between[0].low in clitics and all(k.pos in ("PRON", "AUX", "ADV") for k in between)

    def _split_flat_at_comma(self) -> None:
        """*…, Antony Blinken, Moscou aurait reçu*: the parser makes one name of two.

        The part after the comma takes the place of the whole, the part before goes to the noun before.
        """
        for w in self.in_role("flat", "compound"):
            if w.i <= 1 or self.raws[w.i - 1].text != ",":
                continue
            first = self.raws[w.head]
            if first.i > w.i:
                continue
            w.head, w.role, w.prep = (
                (first.head, first.role, first.prep) if first.head != first.i else (w.i, "root", "")
            )
            before = self._noun_before(first.i)
            if before is not None:
                first.head, first.role = before, "appos"

    def _noun_before(self, i: int) -> int | None:
        """The noun whose phrase ends before word ``i``: *le secrétaire d'État américain,*."""
        k = i - 1
        while k >= 0 and i - k <= NEAR and self.raws[k].pos not in ("VERB", "AUX"):
            w = self.raws[k]
            if w.pos in ("NOUN", "PROPN") and not (i - 8 < w.head < w.i and self.raws[w.head].pos in ("NOUN", "PROPN")):
                return k
            k -= 1
        return None

    def _agreement(self) -> None:
        """*l'achat de drones turcs*: an adjective goes with the noun before it when it agrees with that one only."""
        for w in self.raws[1:]:
            before, head = self.raws[w.i - 1], self.raws[w.head]
            stray = w.pos == "ADJ" and w.role in ("amod", "acl") and before.pos == "NOUN" and head.i < before.i
            if stray and _agree(w, before) and not _agree(w, head):
                w.head, w.role = before.i, "amod"

    def _behind_colon(self) -> None:
        """*Missiles : Paris et Londres condamnent Téhéran*: the subject stands behind the colon."""
        for w in self.raws:
            subject = next((k for k in self.kids(w.i, "subj") if k.i < w.i), None) if w.pos == "VERB" else None
            colon = next((k.i for k in self.raws[subject.i : w.i] if k.text == ":"), None) if subject else None
            if subject is None or colon is None:
                continue
            behind = [
                k for k in self.kids(subject.i) if colon < k.i < w.i and k.pos in ("PROPN", "NOUN") and not k.prep
            ]
            if behind:
                behind[0].head, behind[0].role, subject.role = w.i, "subj", "dep"

    def _swapped_subjects(self) -> None:
        """*Donald Trump presse l'Union*: the name before a finite verb is its subject, not the one behind it."""
        for w in self.raws:
            if w.pos != "VERB" or w.morph.get("VerbForm") != "Fin":
                continue
            kids = self.kids(w.i)
            behind = [k for k in kids if k.role == "subj" and k.i > w.i and k.pos in ("NOUN", "PROPN")]
            stray = [
                k
                for k in kids
                if k.i < w.i
                and k.role in ("advmod", "obl", "dep")
                and not k.prep
                and (k.name or k.role == "dep")
                and k.pos in ("PROPN", "X", "NOUN")
            ]
            two = any(k.role == "subj" and k.i < w.i and k.pos != "PRON" for k in kids)
            if two and behind and self._straight_behind(w, behind[0]):
                behind[0].role = "obj"  # *Moscou épaule Bachar al-Assad*
            if (
                len(behind) == 1
                and len(stray) == 1
                and not any(k.role == "obj" or (k.role == "subj" and k.i < w.i) for k in kids)
            ):
                behind[0].role, stray[0].role = "obj", "subj"

    def _straight_behind(self, w: Raw, name: Raw) -> bool:
        return all(k.pos == "DET" for k in self.raws[w.i + 1 : name.i]) and not self.kids(w.i, "obj")

    def _like_with_like(self) -> None:
        """*dit observer … et enjoint*, *a ordonné d'y délivrer … et sommé*: verbs of one form are coordinated.

        A finite verb goes with a finite one, a participle of the perfect with one, an infinitive with one:
        the nearest above that is of its form.
        """
        for w in self.in_role("conj"):
            if w.pos != "VERB" or self.kids(w.i, "subj"):
                continue
            form = self._form(w)
            first = self.raws[w.head]
            alike = self._form(self.raws[first.head]) == form
            if saying := self.saying_above(w, first, alike=alike):
                w.head = saying.i
                continue
            if below := self._infinitive_below(w, first):
                w.head = below.i
                continue
            alike = self._form(first) == form or (form == "finite" and self.finite(first))
            for above in self.above(first) if first.pos in ("VERB", "ADJ") and not alike else ():
                same = self._form(above) == form or (form == "finite" and self.finite(above))
                if above.pos == "VERB" and above.i < w.i and same:
                    w.head = above.i
                    break

    def _like_prepositions(self) -> None:
        """*l'opposition du président à la Suède et à la Finlande*: phrases of one preposition are coordinated.

        So are *l'aide de Washington à Kiev et à Taipei*, *les livraisons de l'Iran à Moscou et à Damas*.
        """
        for w in self.in_role("conj"):
            first = self.raws[w.head]
            if not w.prep or w.pos not in NOMINAL or first.prep in ("", w.prep):
                continue
            alike = [k for k in self.kids(first.i, "obl") if first.i < k.i < w.i and k.prep == w.prep]
            if alike:
                w.head = alike[-1].i

    def _infinitive_below(self, w: Raw, first: Raw) -> Raw | None:
        """*reproche à X d'avoir espionné … et d'épauler*: an infinitive goes with the infinitive of its verb."""
        if not self._infinitive(w) or self._infinitive(first) or not self.finite(first):
            return None
        return next((k for k in self.kids(first.i, "xcomp") if k.i < w.i and self._infinitive(k)), None)

    def _form(self, w: Raw) -> str:
        """What coordinated verbs share: *presse*, *livrer*, *livré* and *a livré*, *livrant*."""
        if w.morph.get("VerbForm") == "Part":
            return "participle " + w.morph.get("Tense", "")
        return "finite" if self.finite(w) else str(w.morph.get("VerbForm"))

    def _coordinated_clauses(self) -> None:
        """*L'Ukraine presse … et réclame …*: a clause of its own before *et* is no subject."""
        for w in self.raws:
            if w.pos != "VERB":
                continue
            first = next((k for k in self.kids(w.i, "subj") if k.pos == "VERB" and k.i < w.i and self.finite(k)), None)
            links = self.kids(w.i, "cc")
            if first is None or not links or not first.i < links[0].i < w.i:
                continue
            if self.kids(first.i, "subj") and not self.kids(first.i, "mark"):
                first.head, first.role = (w.head, w.role) if w.head != w.i else (first.i, "root")
                w.head, w.role = first.i, "conj"

    def _speakers_behind(self) -> None:
        """*« … », a soutenu le ministre*, *…, a annoncé jeudi l'ambassade*: who speaks stands behind the verb."""
        for w in self.raws:
            if w.pos != "VERB" or w.lemma in self.grammar.words["telling"]:
                continue
            if self.kids(w.i, "subj", "xcomp", "comp") and not self._subject_quoted(w):
                continue
            first = min(
                [w.i, *(k.i for k in self.kids(w.i, "aux", "obl", "expl") if k.i < w.i and w.i - k.i <= BESIDE)]
            )
            before = self.raws[max(0, first - 2) : first]
            comma = bool(before) and before[-1].text == ","
            behind = self._phrases_behind(w)
            quoted = bool(before) and self._closes(before[0] if comma else before[-1])
            inserted = comma and w.lemma in self.forms.speech and self._ends_clause(w)
            if behind and (quoted or inserted):
                for k in self.kids(w.i, "subj"):
                    k.role = "dep"
                behind[0].role = "subj"
                if inserted and w.role in ("conj", "advcl", "acl", "xcomp"):
                    w.role = "parataxis"

    def _closes(self, mark: Raw) -> bool:
        """Does a mark end a quotation? A straight one does not that is glued to the word behind it alone."""
        glued = mark.i > 0 and self.raws[mark.i - 1].end == mark.start
        opens = mark.i + 1 < len(self.raws) and self.raws[mark.i + 1].start == mark.end and not glued
        return mark.text in CLOSING and not opens

    def _phrases_behind(self, w: Raw) -> list[Raw]:
        """Bare phrases behind a verb that can be its subject."""
        kids = [k for k in self.kids(w.i, "obj", "obl") if k.i > w.i and not k.prep and k.pos in ("NOUN", "PROPN")]
        return [k for k in kids if k.lemma not in self.grammar.words["time_nouns"]]

    def _ends_clause(self, w: Raw) -> bool:
        """Finite, with neither *et* nor a subordinator nor a relative pronoun: thrown in behind what is said."""
        relatives = self.grammar.relatives
        return self.finite(w) and not any(k.role in ("cc", "mark") or k.low in relatives for k in self.kids(w.i))

    def _subject_quoted(self, w: Raw) -> bool:
        return any(k.i < w.i and any(b.text in CLOSING for b in self.raws[k.i : w.i]) for k in self.kids(w.i, "subj"))

    def _low_infinitives(self) -> None:
        """*presse l'Union de sanctionner*: an infinitive hung on a name belongs to the verb above."""
        for w in self.in_role("acl", "xcomp", "obl", "advcl"):
            name = self.raws[w.head]
            verb = self.raws[name.head]
            named = (name.pos == "PROPN" or bool(name.name)) and name.role in ("obj", "obl", "agent")
            if named and verb.pos == "VERB" and verb.i != name.i and self._infinitive(w):
                w.head, w.role = verb.i, "xcomp"

    def _governed_infinitives(self) -> None:
        """*ne pourra plus, de ce fait, livrer*, *n'autorise pas X à livrer*: no aside, but what the verb governs."""
        for w in self.in_role("advcl", "dep", "parataxis", "conj"):
            head = self.raws[w.head]
            if head.pos != "VERB" or head.i > w.i or not self._infinitive(w) or self._infinitive(head):
                continue
            if w.role == "conj" and not any(k.low in self.grammar.words["neither"] for k in self.kids(w.i, "cc")):
                continue
            marks = {k.low for k in self.kids(w.i, "mark", "case")}
            bare = not marks and head.lemma in self.grammar.words["bare_infinitives"]
            if bare or (marks and marks <= self.grammar.words["infinitive_marks"]):
                w.role = "xcomp"

    def _infinitive(self, w: Raw) -> bool:
        forms = (w, *self.kids(w.i, "aux", "auxpass"))
        return w.pos == "VERB" and any(k.morph.get("VerbForm") == "Inf" for k in forms)

    def _participles_after_comma(self) -> None:
        """*…, insistant sur …*: a present participle behind a comma belongs to the clause, not to its last noun."""
        for w in self.in_role("acl"):
            if w.morph.get("VerbForm") != "Part" or w.morph.get("Tense") == "Past" or self.raws[w.i - 1].text != ",":
                continue
            top = self.raws[w.head]
            if top.pos != "VERB":
                top = next((above for above in self.above(top) if above.pos == "VERB"), top)
            if top.pos == "VERB" and top.i < w.i:
                w.head, w.role = top.i, "advcl"

    def _participles_of_relatives(self) -> None:
        """*accuses X of backing the rebels, who made gains, capturing Y*: the rebels did, not the accuser."""
        for w in self.in_role("advcl"):
            head = self.raws[w.head]
            gerund = w.morph.get("VerbForm") in ("Part", "Ger") and w.morph.get("Tense") != "Past"
            if not gerund or head.i > w.i or self.raws[w.i - 1].text != "," or self.kids(w.i, "mark", "aux"):
                continue
            nearer = [
                k for k in self.raws[head.i + 1 : w.i] if k.role == "relcl" and k.pos == "VERB" and self.finite(k)
            ]
            if nearer and self.raws[nearer[-1].head].i > head.i and not self._closed(nearer[-1], w):
                w.head = nearer[-1].i

    def _closed(self, relative: Raw, w: Raw) -> bool:
        """Does a verb of the main clause stand between a relative clause and a word?"""
        return any(k.pos == "VERB" and self.finite(k) for k in self.raws[relative.i + 1 : w.i])

    def _inverted(self) -> None:
        """*Parmi les cibles figurent des entités*: a finite verb without relative pronoun modifies no noun.

        The phrase before it is its own, and it takes the place that the phrase had.
        """
        relatives = self.grammar.relatives
        for w in self.in_role("subj", "acl"):
            if w.role == "subj" and w.prep and w.prep not in self.grammar.words["partitives"] and w.i < w.head:
                w.role = "obl"  # no subject has a preposition
            phrase = self.raws[w.head]
            finite = w.role == "acl" and w.pos == "VERB" and w.morph.get("VerbForm") == "Fin" and phrase.role == "obl"
            if not finite or not phrase.prep or any(k.low in relatives or k.role == "mark" for k in self.kids(w.i)):
                continue
            top = self.raws[phrase.head]
            phrase.head = w.i
            if top.head == top.i and top.pos != "VERB":
                w.head, w.role, top.head, top.role = w.i, "root", w.i, "dep"
            else:
                w.head, w.role = top.i, "parataxis"
