"""Pronouns, possessives and descriptions → those named before that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.mentions import Mentions
    from kg.extract.names import Title, Unit
    from kg.extract.tree import Word
    from kg.model import Entity

PLACES = ("Place", "City", "Territory", "Facility", "State")  # what *y* and *there* may stand for
GROUPS = ("Organisation", "People", "State")
PAIR = 2
REACH = 3  # sentences that a pronoun or a description may look back


class Coreference:
    """Finds who is meant again; nothing is guessed beyond the nearest that agrees."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.names = mentions.names
        self.clauses = mentions.clauses
        self.tree = mentions.tree
        self.grammar = mentions.grammar
        self.actors = mentions.actors
        self.ontology = mentions.ontology

    def pronoun(self, i: int) -> list[Mention]:
        """Who a pronoun stands for: the nearest subject before it that agrees with it."""
        word = self.tree.words[i]
        possessives = ("possessives.singular", "possessives.plural", "possessives.first")
        if any(word.low in self.grammar.words[k] for k in possessives):
            return self.possessive(i)
        if word.low in self.grammar.words["pronouns.first_plural"]:
            return [self._again(side, word, "pronoun") for m in self.quoted(i) for side in self.mentions.sides(m)]
        if word.low in self.grammar.words["pronouns.first_singular"]:
            return [self._again(m, word, "pronoun") for m in self.quoted(i)]
        if word.low in self.grammar.words["pronouns.place"]:
            return self._place(i)
        kinds = [
            k
            for k, forms in self.grammar.words.items()
            if k.startswith("pronouns.third") and word.low.lstrip("-") in forms
        ]
        if not kinds:
            return []
        own = self._own_subjects(i)
        for group in self._candidates(i):
            found = self._agreeing(group, kinds[0])
            if found and not own & {m.entity.iri for m in found}:
                return [self._again(m, word, "pronoun") for m in found]
        return []

    def _own_subjects(self, i: int) -> set[str]:
        """Who acts in the clause of an object pronoun: nobody's *le* or *lui* is themselves."""
        word = self.tree.words[i]
        if word.role == "subj" or self.tree.words[word.head].pos not in VERBAL:
            return set()
        return {m.entity.iri for k in self.clauses.surface(word.head) if k != i for m in self.mentions.resolve(k)}

    def _place(self, i: int) -> list[Mention]:
        """*y*, *there*: the latest place or state named before."""
        word = self.tree.words[i]
        own = self._own_subjects(i)
        for n in range(self.tree.sentence_of[i], max(-1, self.tree.sentence_of[i] - REACH), -1):
            units = [u for u in self.names.units if u.start in self.tree.sentences[n] and u.start < i]
            named = [u.entity for u in reversed(units) if u.entity.type in PLACES and not u.is_adjective]
            if found := next((e for e in named if e.iri not in own), None):
                return [Mention(found, word.text, word.start, word.end, None, "pronoun")]
        return []

    def quoted(self, i: int) -> list[Mention]:
        """Who speaks in the quotation that a word stands in."""
        place = self.tree.words[i].start
        return [a.speaker for q in self.mentions.quotes if q.start <= place < q.end for a in q.voice]

    def possessive(self, i: int) -> list[Mention]:
        """Whose *son* or *its* is: of the phrase around it, else of the subject."""
        word = self.tree.words[i]
        if word.low in self.grammar.words["possessives.first"]:
            return [self._again(side, word, "pronoun") for m in self.quoted(i) for side in self.mentions.sides(m)]
        plural = word.low in self.grammar.words["possessives.plural"]
        for group in self._holders(i):
            found = [m for k in group for m in self.mentions.resolve(k) if m.entity.type != "Good"]
            several = len({m.entity.iri for m in found}) > 1
            fits = several or self._is_group(found) if plural else not several
            if found and fits:
                return [self._again(m, word, "pronoun") for m in found]
        return []

    def _is_group(self, mentions: list[Mention]) -> bool:
        return any(
            m.entity.type in GROUPS or m.facet in ("forces", "people", "government") or m.entity.type != "Person"
            for m in mentions
        )

    def _holders(self, i: int) -> Iterator[list[int]]:
        """Phrases that a possessive may belong to, the likeliest first."""
        noun = self.tree.words[i].head
        for above in self.tree.ancestors(noun):
            if above.pos in NOMINAL and above.i < i and not self.tree.kids(above.i, "cop"):
                yield [above.i]
        yield from self._candidates(i, of=noun)

    def _candidates(self, i: int, of: int | None = None) -> Iterator[list[int]]:
        """Groups of words that may be referred back to: subjects of the clauses around, then of earlier sentences."""
        self_ = {i, of}
        for above in (self.tree.words[i], *self.tree.ancestors(i)):
            if above.pos in VERBAL or self.tree.kids(above.i, "cop"):
                group = [k for k in self.clauses.surface(above.i) if k < i and k not in self_]
                if group and not self._is_own_argument(i, above.i, of):
                    yield group
        here = self.tree.sentence_of[i]
        inside = [
            u.head for u in self.names.units if not u.is_adjective and self.tree.sentences[here].start <= u.start < i
        ]
        yield from ([k] for k in inside)
        for n in range(here - 1, max(-1, here - 1 - REACH), -1):
            yield from self._salient(n)

    def _is_own_argument(self, i: int, verb: int, of: int | None) -> bool:
        """A plain pronoun is not the subject of its own verb (*l'Iran le condamne*)."""
        return of is None and self.tree.words[i].head == verb and self.tree.words[i].role != "subj"

    def _salient(self, sentence: int) -> Iterator[list[int]]:
        words = self.tree.sentences[sentence]
        roots = [i for i in words if self.tree.words[i].role in ("root", "comp", "parataxis")]
        for root in roots:
            group = [k for k in self.clauses.surface(root) if k in words]
            if group:
                yield group
        yield from ([u.head] for u in self.names.units if u.start in words and not u.is_adjective)

    def _agreeing(self, group: list[int], kind: str) -> list[Mention]:
        found = [m for k in group for m in self.mentions.resolve(k)]
        if kind.endswith("plural"):
            return found if len({m.entity.iri for m in found}) > 1 or (found and self._is_plural(group, found)) else []
        if len({m.entity.iri for m in found}) != 1:
            return []
        person = found[0].entity.type == "Person"
        gender = self._gender(group[0], found[0])
        wanted = {"m": "m", "f": "f", "n": None}[kind[-1]]
        if self.grammar.words.get("pronouns.third_singular_n"):
            return found if person == (wanted is not None) and gender in (None, wanted) else []
        return found if gender in (None, wanted) else []

    def _is_plural(self, group: list[int], mentions: list[Mention]) -> bool:
        word = self.tree.words[group[0]]
        return word.morph.get("Number") == "Plur" or mentions[0].entity.type in ("Organisation", "ArmedGroup", "People")

    def _gender(self, i: int, mention: Mention) -> str | None:
        """Grammatical gender where the language marks it, else that of a known person."""
        known = self.actors.gender(mention.entity.iri) if mention.entity.type == "Person" else None
        marked = {"Masc": "m", "Fem": "f"}.get(self.tree.words[i].morph.get("Gender", ""))
        return known or (marked if mention.entity.type != "Person" or mention.entity.known is False else None)

    @staticmethod
    def _again(mention: Mention, word: Word, how: str) -> Mention:
        return Mention(mention.entity, word.text, word.start, word.end, mention.facet, how)

    def described(self, i: int) -> list[Mention]:
        """*ce pays*, *le groupe*, *the kingdom*, *les deux pays*: those named before whose class fits."""
        word = self.tree.words[i]
        classes = self.grammar.descriptions.get(word.lemma) or self.grammar.descriptions.get(word.low)
        form = self.grammar["forms"].get(word.lemma)
        if form:
            classes = ("State", "Territory")
        if not classes or not self._points_back(i) or self._is_specified(i):
            return []
        start, end = self.clauses.phrase_span(i)
        found = self._several(i, classes) if word.morph.get("Number") == "Plur" else self._latest(i, classes, form)
        return [Mention(e, self.tree.text[start:end], start, end, None, "description") for e in found]

    def _points_back(self, i: int) -> bool:
        words = self.grammar.words
        pointing = words["definite"] | words["demonstratives"] | words["both"]
        return any(k.low in pointing for k in self.tree.kids(i, "det", "nummod"))

    def _is_specified(self, i: int) -> bool:
        """Does the noun say itself which one it means? An aside behind a comma does not."""
        return any(
            k.role in ("obl", "poss") or (k.role == "relcl" and self.tree.words[i + 1].text != ",")
            for k in self.tree.kids(i)
        )

    def _before(self, i: int, classes: tuple[str, ...], first: int) -> list[Entity]:
        """The entities of a class named between a sentence and a word, the latest first."""
        start = self.tree.sentences[max(0, first)].start
        units = [u for u in self.names.units if start <= u.start < i and not u.is_adjective]
        entities = [self.mentions.actor_at(u.entity) for u in sorted(units, key=lambda u: -u.start)]
        return list(dict.fromkeys(e for e in entities if any(self.ontology.is_a(e.type, c) for c in classes)))

    def _latest(self, i: int, classes: tuple[str, ...], form: str | None) -> list[Entity]:
        """The latest that fits; with a nationality, the latest of that state; with a form, one that has it."""
        nationality = {m.entity.iri for m in self.mentions.adjectives(i)}
        for entity in self._before(i, classes, self.tree.sentence_of[i] - REACH):
            formed = form is None or form in self.actors.fact(entity.iri, "form")
            if formed and (not nationality or nationality & {*self.actors.bodies_of(entity.iri, self.mentions.date)}):
                return [entity]
        return []

    def _several(self, i: int, classes: tuple[str, ...]) -> list[Entity]:
        """*les deux pays*, *both*: the two that the nearest sentences name; nobody if they name three."""
        two = self.grammar.words["both"] | self.grammar.words["two"]
        if not any(k.low in two for k in self.tree.kids(i, "nummod", "det", "amod")):
            return []
        here = self.tree.sentence_of[i]
        for back in range(REACH + 1):
            found = self._before(i, classes, here - back)
            if len(found) > 1:
                return found[::-1] if len(found) == PAIR else []
        return []

    def _may_be_called(self, before: Title, title: Title) -> bool:
        """Can an office named before be meant by a shorter one: *chef de la diplomatie* by *le ministre*?"""
        same_word = self.tree.words[before.head].lemma == self.tree.words[title.head].lemma
        return same_word or bool(title.office.office and (before.office.office or "").endswith(title.office.office))

    def _of_same_body(self, person: Unit, title: Title) -> bool:
        """*the German minister* is nobody of another state."""
        wanted = {b.entity.iri for b in self.mentions.offices.bodies(title)}
        known = set(self.actors.bodies_of(person.entity.iri, self.mentions.date))
        return not wanted or not known or bool(wanted & known)

    def same_office(self, title: Title) -> list[Mention]:
        """*le ministre*, *the president*: the person named with that office in a sentence before."""
        titles = dict.fromkeys(t for t in self.names.title_at.values() if t.end <= title.start)
        for before in reversed(titles):
            person = self.mentions.offices.person_of(before)
            if person and self._may_be_called(before, title) and self._of_same_body(person, title):
                start, end = self.clauses.phrase_span(title.head)
                return [Mention(person.entity, self.tree.text[start:end], start, end, None, "description")]
        return []
