"""Words → entities: names, offices, nationalities, pronouns and descriptions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.coreference import Coreference, distinct
from kg.extract.facets import STATELIKE, Facets
from kg.extract.names import Names
from kg.extract.offices import Offices
from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Mention

if TYPE_CHECKING:
    import datetime as dt

    from kg.actors import Actors
    from kg.extract.clauses import Clauses
    from kg.extract.names import Unit
    from kg.extract.quotes import Quote
    from kg.model import Entity, Facet
    from kg.ontology import Ontology

__all__ = ["Mentions", "distinct"]

ARMED = ("ArmedGroup", "ArmedForce")  # whose men stand for them
PLACES = ("Place", "City", "Territory", "Facility")


class Mentions:
    """Who the words of one tree speak of."""

    def __init__(self, clauses: Clauses, actors: Actors, ontology: Ontology, date: dt.date | None) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.grammar = clauses.grammar
        self.actors = actors
        self.ontology = ontology
        self.date = date
        self.names = Names(self.tree, self.grammar, clauses.lexicon, actors, date)
        self.unit_at, self.title_at, self.kinds = self.names.unit_at, self.names.title_at, self.names.kinds
        self.facets = Facets(self.tree, self.grammar)
        self.coreference = Coreference(self)
        self.offices = Offices(self)
        self.quotes: tuple[Quote, ...] = ()  # known once it is known who speaks
        self._open: set[int] = set()
        self._owned: dict[int, list[Mention]] = {}
        self._places: dict[str, list[int]] = {}  # where each noun stands
        for word in self.tree.words:
            if word.pos == "NOUN":
                self._places.setdefault(word.lemma, []).append(word.i)

    def resolve(self, i: int, *, place: bool = False) -> list[Mention]:
        """Who the phrase headed by a word stands for; several for *ils*, none if nobody is known.

        With ``place``, a seat of government counts as the city that it is.
        """
        if i in self._open:
            return []
        self._open.add(i)
        try:
            return self._resolve(i, place=place)
        finally:
            self._open.discard(i)

    def _resolve(self, i: int, *, place: bool) -> list[Mention]:
        word = self.tree.words[i]
        unit = self.unit_at.get(i)
        if unit and self._is_before_noun(unit):
            return []
        if unit and not (unit.is_adjective and word.pos == "ADJ"):
            return [self.of_unit(unit, place=place)]
        if word.pos == "PRON" or word.role == "poss" or (word.pos == "DET" and word.role == "obj"):
            return self.coreference.pronoun(i)
        if i in self.title_at and self.offices.stands_for_somebody(self.title_at[i]):
            return self.offices.holders(self.title_at[i]) if self.title_at[i].head == i else []
        if word.pos not in NOMINAL and word.pos != "ADJ":
            return []
        return (
            self.state_noun(i)
            or self._members(i)
            or self._named_beside(i, place=place)
            or self._in_apposition(i)
            or self._quantity(i, place=place)
            or self._exemplified(i)
            or self._under_copula(i)
            or self.coreference.described(i)
            or self._anonymous(i)
        )

    def _is_before_noun(self, unit: Unit) -> bool:
        """*The University of Dortmund physicist is …*: a name that the parser took for the subject of its noun."""
        behind = self.tree.words[unit.end] if unit.end < len(self.tree.words) else None
        loose = behind is not None and behind.pos == "NOUN" and behind.role == "pobj"
        return behind is not None and loose and unit.start <= behind.head < unit.end

    def of_unit(self, unit: Unit, *, place: bool) -> Mention:
        """Make the mention of a name; a seat of government is its state, unless a place is wanted."""
        entity = unit.entity
        if not place or entity.type not in PLACES:
            entity = self.actor_at(entity)
        how = "seat" if entity is not unit.entity else unit.step
        return self.mention(entity, unit.start, unit.end, self.facets.of(unit, entity), how)

    def actor_at(self, entity: Entity) -> Entity:
        """A capital that acts is its state."""
        seat = self.names.senses.seat(entity.iri)
        return self.actors.entity(seat) if seat else entity

    def mention(self, entity: Entity, start: int, end: int, facet: Facet | None, how: str) -> Mention:
        """Make the mention of an entity that words stand for, by their numbers."""
        a, b = self.tree.words[start].start, self.tree.words[end - 1].end
        return Mention(entity, self.tree.text[a:b], a, b, facet, how)

    def state_noun(self, i: int) -> list[Mention]:
        """*les autorités russes*, *the Turkish government*, *l'armée de Kiev*, *son pays*: the state."""
        word = self.tree.words[i]
        nouns = self.grammar.state_nouns
        if word.lemma in self.grammar.words["own_country"]:
            return [self._phrase(i, m.entity, "government", "state noun") for m in self.states(self.possessors(i))]
        facet = nouns.get(word.lemma) or nouns.get(word.low)
        if not facet:
            return []
        found = self.states(self.owners(i)) or self.states(self._seats(i))
        found = found or self.states(self._leaders_beside(i)) or self._as_before(i)
        if facet == "forces" and len(found) == 1 and self.facets.is_coup(i):
            a, b = self.clauses.bare_span(i)
            return [self._phrase(i, self.actors.local(self.tree.text[a:b], "ArmedForce"), None, "local")]
        return [self._phrase(i, m.entity, facet, "state noun") for m in found]

    def _members(self, i: int) -> list[Mention]:
        """*les combattants du Hamas*, *Houthi fighters*: the group."""
        word = self.tree.words[i]
        members = self.grammar.words["members"]
        if self.grammar.anonymous.get(word.lemma) != "ArmedGroup" and word.lemma not in members:
            return []
        found = self.owners(i) or [
            m
            for k in self.tree.kids(i, "obl")
            if k.prep in self.grammar.prepositions["origin"]
            for m in self.resolve(k.i)
        ]
        groups = [m for m in found if m.entity.type in ARMED]
        return [self._phrase(i, m.entity, "forces", "members") for m in distinct(groups)]

    def _seats(self, i: int) -> list[Mention]:
        """*the government in Islamabad*: the state whose seat it is."""
        locative = self.grammar.prepositions["locative"]
        units = [self.unit_at[k.i] for k in self.tree.kids(i, "obl") if k.prep in locative and k.i in self.unit_at]
        return [self.of_unit(u, place=False) for u in units if self.names.senses.seat(u.entity.iri)]

    def _in_apposition(self, i: int) -> list[Mention]:
        """*Marc Fogel, an American teacher whom …*: a noun behind a name and a comma is that name."""
        word = self.tree.words[i]
        unit = self.unit_at.get(word.head) if word.role == "appos" and word.pos == "NOUN" else None
        if unit is None or unit.is_adjective or unit.end >= i or self.tree.words[unit.end].text != ",":
            return []
        return [self.of_unit(unit, place=False)]

    def states(self, owners: list[Mention]) -> list[Mention]:
        """Of owners the states and the like, and those that persons speak for (*son armée*)."""
        return distinct(side for m in owners for side in self.sides(m) if side.entity.type in STATELIKE)

    def _leaders_beside(self, i: int) -> list[Mention]:
        """*l'administration Trump*, *le régime de Bachar al-Assad*: whoever the government is named after."""
        possessive = self.grammar["prepositions"]["possessive"]
        beside = [k.i for k in self.tree.kids(i) if not k.prep or k.prep == possessive]
        units = [self.unit_at[k] for k in (*beside, i + 1, i - 1) if k in self.unit_at]
        people = [self.of_unit(u, place=False) for u in dict.fromkeys(units) if u.entity.type == "Person"]
        return [self.ever(m) for m in people[:1]]

    def ever(self, mention: Mention) -> Mention:
        """The state that somebody leads or led: a government keeps its name when its head is gone."""
        bodies = self.actors.bodies_of(mention.entity.iri, self.date) or self.actors.bodies_of(mention.entity.iri, None)
        states = [e for b in bodies if (e := self.actors.entity(b)).type in STATELIKE]
        return replace(mention, entity=states[0]) if states else mention

    def _as_before(self, i: int) -> list[Mention]:
        """*la junte*, *le régime*: whose it was when the text last named it with its owner."""
        same = self._places.get(self.tree.words[i].lemma, [])
        bare: list[int] = []  # where it stands alone, back to where it is known whose it is
        found: list[Mention] = []
        for k in (same[n] for n in range(bisect_left(same, i) - 1, -1, -1)):
            if not self._is_bare(i):
                break
            bare.append(i)
            found = self.states(self.owners(k)) or self.states(self._leaders_beside(k)) or self._owned.get(k, [])
            if found or k in self._owned:
                break
            i = k
        self._owned.update(dict.fromkeys(bare, found))
        return found

    def _is_bare(self, i: int) -> bool:
        """*la junte*, without a word on whose it is."""
        definite = any(k.low in self.grammar.words["definite"] for k in self.tree.kids(i, "det"))
        return definite and not self.tree.kids(i, "obl", "amod", "poss", "compound", "flat")

    def _phrase(self, i: int, entity: Entity, facet: str | None, how: str) -> Mention:
        start, end = self.clauses.phrase_span(i)
        return Mention(entity, self.tree.text[start:end], start, end, facet, how)  # type: ignore[arg-type] # facets come from the grammar

    def owners(self, i: int) -> list[Mention]:
        """Whose the noun is: nationality adjectives, possessors, *of* and *de*."""
        possessive = self.grammar["prepositions"]["possessive"]
        found = [*self.adjectives(i), *self.possessors(i)]
        if not found:
            for k in self.tree.kids(i, "obl"):
                if k.prep == possessive:
                    found += [m for j in self.tree.conjuncts(k.i) for m in self.resolve(j)]
        return found

    def adjectives(self, i: int) -> list[Mention]:
        """The nationalities that modify a noun: *russo-iranien*, *US*, *Turkish and Greek*."""
        found: list[Mention] = []
        for k in self.tree.kids(i, "amod", "compound", "nummod", "appos", "flat", "acl"):
            for j in self.tree.conjuncts(k.i):
                unit = self.unit_at.get(j)
                usable = unit and (unit.is_adjective or k.role == "compound") and not (unit.start <= i < unit.end)
                if unit and usable and not any(m.start == self.tree.words[unit.start].start for m in found):
                    found += self.adjective(unit)
        return found or (self._inner_adjectives(i) if i in self.kinds else [])

    def _inner_adjectives(self, i: int) -> list[Mention]:
        """*avions de combat français*: the nationality of a noun of several words may hang on the last."""
        possessive = self.grammar["prepositions"]["possessive"]
        parts = [k.i for k in self.tree.kids(i, "obl") if k.prep == possessive and k.pos == "NOUN"]
        bare = [k for k in parts if not self.tree.kids(k, "det", "obl", "poss")]
        return [m for k in bare for m in self.adjectives(k)]

    def adjective(self, unit: Unit) -> list[Mention]:
        """Who a nationality adjective means: *russo-iranien* means two."""
        entities = [unit.entity] if unit.form != "prefix" else [unit.entity, *unit.others]
        return [self.mention(self.actor_at(e), unit.start, unit.end, None, "adjective") for e in entities]

    def possessors(self, i: int) -> list[Mention]:
        """*Tehran's*, *its*, *son*: resolved to who they are."""
        found: list[Mention] = []
        for k in self.tree.kids(i, "poss", "det", "obl"):
            if self.coreference.is_possessive(k.i):
                found += self.coreference.possessive(k.i)
            elif k.low in self.grammar.words["relative.possessive"]:
                found += [m for m in self.resolve(self.clauses.antecedent(k.i)) if self.clauses.antecedent(k.i) != k.i]
            elif k.role == "poss":
                found += [m for j in self.tree.conjuncts(k.i) for m in self.resolve(j)]
        return found

    def _named_beside(self, i: int, *, place: bool) -> list[Mention]:
        """*le groupe Wagner*, *the oil company Rosneft*, *le président Zelensky*: the name's entity."""
        for k in self.tree.kids(i, "appos", "flat", "compound", "obl"):
            unit = self.unit_at.get(k.i)
            led = unit is not None and any(self.tree.words[j].prep for j in range(unit.start, unit.end))
            if unit and not unit.is_adjective and not led and k.i > i:
                return [self.of_unit(unit, place=place)]
        after = self.unit_at.get(i + 1)
        if after and not after.is_adjective and after.start == i + 1 and not self.tree.words[after.head].prep:
            return [self.of_unit(after, place=place)]
        return []

    def _quantity(self, i: int, *, place: bool) -> list[Mention]:
        """*part of Ukraine*, *la moitié du Mali*: the whole."""
        if self.tree.words[i].lemma not in self.grammar.words["quantities"]:
            return []
        possessive = self.grammar["prepositions"]["possessive"]
        wholes = [k.i for k in self.tree.kids(i, "obl") if k.prep == possessive]
        return [m for k in wholes[:1] for j in self.tree.conjuncts(k) for m in self.resolve(j, place=place)]

    def _exemplified(self, i: int) -> list[Mention]:
        """*des entités comme Iran Air*, *countries such as Mali*: those named."""
        examples = self.grammar.prepositions["exemplify"]
        found = [k.i for k in self.tree.kids(i, "obl") if k.prep in examples]
        return [m for k in found for j in self.tree.conjuncts(k) for m in self.resolve(j)]

    def _under_copula(self, i: int) -> list[Mention]:
        """*X est l'une des entreprises visées*: what is said of X by a copula is X."""
        predicate = self.clauses.predicate(i)
        if predicate is None:
            return []
        return [m for k in self.clauses.surface(predicate) if k != i for m in self.resolve(k)]

    def theme(self, i: int) -> Mention:
        """What passes between two actors: a known good, goods by kind, or the words themselves."""
        unit = self.unit_at.get(i)
        if unit and not unit.is_adjective:
            return self.mention(unit.entity, unit.start, unit.end, None, "theme")
        start, end = self.clauses.clause_span(i) if self.tree.words[i].pos in VERBAL else self.clauses.bare_span(i)
        words = self.tree.text[start:end]
        kind = self.kind_of(i)
        class_ = self.ontology.kinds[kind].type if kind else "Unresolved"
        return Mention(self.actors.local(words, class_, kind), words, start, end, None, "theme")

    def kind_of(self, i: int) -> str | None:
        """The kind of the goods, also of a number or a load of them: *des dizaines de drones*, *shiploads of arms*."""
        if i in self.kinds:
            return self.kinds[i]
        possessive = self.grammar["prepositions"]["possessive"]
        inner = [k.i for k in self.tree.kids(i, "obl") if k.prep == possessive and k.pos == "NOUN"]
        inner += [k.i for k in self.tree.kids(i, "appos", "compound") if k.pos == "NOUN"]  # *HMS Diamond, a destroyer*
        return next((kind for k in inner if (kind := self.kind_of(k))), None)

    def parts(self, i: int) -> list[Mention]:
        """*five Indian jets*, *le siège de Hamas*: what belongs to somebody stands for them as an object."""
        return self.owners(i) if self.tree.words[i].pos == "NOUN" else []

    def sides(self, mention: Mention) -> list[Mention]:
        """Give the state or body that a person speaks for, by the tables or an office in the text, else the mention."""
        if mention.entity.type != "Person":
            return [mention]
        told = self.offices.introduced().get(mention.entity.iri, [])
        bodies = [self.actors.entity(b) for b in self.actors.bodies_of(mention.entity.iri, self.date)]
        bodies = [b for b in bodies if b in told] or bodies or told
        return [Mention(b, mention.text, mention.start, mention.end, "government", "side") for b in bodies[:1]] or [
            mention
        ]

    def unresolved(self, i: int) -> list[Mention]:
        """Somebody whom only their own words name."""
        if self.tree.words[i].pos not in NOMINAL or self.tree.words[i].pos == "PRON":
            return []
        start, end = self.clauses.phrase_span(i)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words), words, start, end, None, "local")]

    def _anonymous(self, i: int) -> list[Mention]:
        """Somebody without a name (*des manifestants*, *Western officials*): an entity of its own."""
        word = self.tree.words[i]
        class_ = self.grammar.anonymous.get(word.lemma) or self.grammar.anonymous.get(word.low)
        if not class_:
            return []
        start, end = self.clauses.phrase_span(i)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words, class_), words, start, end, None, "local")]
