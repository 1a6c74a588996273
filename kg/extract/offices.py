"""Offices: who holds them and of what body, by the words around them, else by the tables and the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import Mention

if TYPE_CHECKING:
    from kg.extract.mentions import Mentions
    from kg.extract.names import Title, Unit
    from kg.model import Entity

NEAR = 8  # words between an office and the name that goes with it
ADJECTIVES = 2  # and between an office and its nationality


class Offices:
    """The offices of one tree, their holders and their bodies."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.tree = mentions.tree
        self.grammar = mentions.grammar
        self.clauses = mentions.clauses
        self.actors = mentions.actors
        self.ontology = mentions.ontology
        self.date = mentions.date
        self.unit_at, self.title_at = mentions.unit_at, mentions.title_at
        self._introduced: dict[str, list[Entity]] | None = None

    def holders(self, title: Title) -> list[Mention]:
        """The person that an office stands for: named beside it, else by body and date."""
        person = self.person_of(title)
        if person:
            return [self.mentions.of_unit(person, place=False)]
        known = [holder for body in self.bodies(title) if (holder := self._holder(title, body))]
        if known:
            return known
        again = self.mentions.coreference.same_office(title)
        if again:
            return again
        start, end = self.clauses.phrase_span(title.head)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words, "Person"), words, start, end, None, "local")]

    def _holder(self, title: Title, body: Mention) -> Mention | None:
        """Who held the office of a body at the article's date, by the tables."""
        office = title.office.office
        holder = self.actors.office_holder(office, body.entity.iri, self.date) if office else None
        return self.mentions.mention(holder, title.start, title.end, None, "office") if holder else None

    def pairs(self, title: Title) -> list[tuple[Mention, Mention]]:
        """Who holds the office, and of what body: *X, Y and Z, the presidents of A, B and C* go pair by pair."""
        bodies = [b for b in self.bodies(title) if self._may_have_officers(b.entity)]
        person = self.person_of(title)
        if person is None:
            held = [(holder, body) for body in bodies if (holder := self._holder(title, body))]
            again = self.mentions.coreference.same_office(title) if not held and len(bodies) == 1 else []
            return held + [(holder, body) for holder in again for body in bodies]
        holders = [self.mentions.of_unit(u, place=False) for u in self._beside(person)]
        if len(holders) > 1 and self.tree.words[title.head].morph.get("Number") == "Plur":
            return list(zip(holders, bodies, strict=True)) if len(holders) == len(bodies) else []
        holder = self.mentions.of_unit(person, place=False)
        if not bodies or any(b.how == "pronoun" for b in bodies):
            bodies = self._known_bodies(holder, title) or bodies  # the tables know better than a pronoun
        return [(holder, body) for body in bodies]

    def _may_have_officers(self, entity: Entity) -> bool:
        actor = self.ontology.is_a(entity.type, "Actor") or entity.type == "Unresolved"
        return actor and entity.type not in ("Person", "People")

    def _beside(self, person: Unit) -> list[Unit]:
        """The persons coordinated with one."""
        words = self.tree.conjuncts(self.tree.first_conjunct(person.head))
        units = [self.unit_at[k] for k in words if k in self.unit_at]
        return [u for u in dict.fromkeys(units) if u.entity.type == "Person"] or [person]

    def _known_bodies(self, holder: Mention, title: Title) -> list[Mention]:
        """The text names an office without its body: the tables know whose it is at the article's date."""
        known = [self.actors.entity(b) for b in self.actors.bodies_of(holder.entity.iri, self.date)]
        return [self.mentions.mention(e, title.start, title.end, None, "office") for e in known[:1]]

    def person_of(self, title: Title) -> Unit | None:
        """The person named beside an office: *minister X*, *X, minister*, *X is minister*."""
        return (
            self._person_after(title, commas=0)
            or self._person_before(title)
            or self._person_after(title, commas=1)
            or self._person_under_copula(title)
        )

    def _person_after(self, title: Title, *, commas: int) -> Unit | None:
        i = title.end
        words = self.tree.words
        possessive = self.grammar["prepositions"]["possessive"]
        crossed_comma = False
        while i < len(words) and i - title.end <= NEAR:
            if i in self.title_at:
                return None  # *le porte-parole du président Poutine*: the name goes with the nearer office
            unit = self.unit_at.get(i)
            if unit and unit.entity.type == "Person" and unit.start == i:
                return unit
            if unit:
                i = unit.end
                continue
            w = words[i]
            if w.text == "," and commas and not crossed_comma:
                crossed_comma = True
            elif not (
                w.pos in ("ADJ", "DET", "ADP", "PART") or w.role in ("case", "det", "amod") or w.prep == possessive
            ) or (crossed_comma and w.pos != "ADJ"):
                return None
            i += 1
        return None

    def _person_before(self, title: Title) -> Unit | None:
        i = title.start - 1
        words = self.tree.words
        while i >= 0 and title.start - i <= NEAR:
            unit = self.unit_at.get(i)
            if words[i].text == "," or words[i].text in "(–—-":
                before = self.unit_at.get(i - 1) if i else None
                return before if before and before.entity.type == "Person" else None
            if not (
                unit
                or words[i].pos in ("DET", "ADJ", "ADV", "PRON", "PART")
                or words[i].role in ("det", "case", "poss", "compound")
            ):
                return None
            i -= 1
        return None

    def _person_under_copula(self, title: Title) -> Unit | None:
        if not self.tree.kids(title.head, "cop"):
            return None
        for k in self.clauses.surface(title.head):
            unit = self.unit_at.get(k)
            if unit and unit.entity.type == "Person":
                return unit
        return None

    def bodies(self, title: Title) -> list[Mention]:
        """The state or body that an office belongs to, by the words around it."""
        found: list[Mention] = []
        for i in range(title.start, title.end):
            for m in self.mentions.adjectives(i):
                if m not in found:
                    found.append(m)
        found = found or self._compound_before(title) or self._body_after(title)
        return found or [m for i in range(title.start, title.end) for m in self.mentions.possessors(i)]

    def _compound_before(self, title: Title) -> list[Mention]:
        unit = self.unit_at.get(title.start - 1) if title.start else None
        if unit and unit.end == title.start and unit.entity.type != "Person" and not self.tree.kids(unit.head, "case"):
            inside_phrase = unit.is_adjective or self.tree.words[unit.head].role in ("compound", "amod", "poss")
            return (
                [self.mentions.mention(self.mentions.actor_at(unit.entity), unit.start, unit.end, None, "adjective")]
                if inside_phrase
                else []
            )
        return []

    def _body_after(self, title: Title) -> list[Mention]:
        possessive = self.grammar["prepositions"]["possessive"]
        contracted = self.grammar["prepositions"]["contractions"]
        words = self.tree.words
        i = title.end
        while i < len(words) and words[i].pos == "ADJ" and i - title.end <= ADJECTIVES:
            unit = self.unit_at.get(i)
            if unit and unit.is_adjective:
                return self.mentions.adjective(unit)
            i += 1
        if i < len(words) and contracted.get(words[i].low, words[i].low) == possessive:
            i += 1
            while i < len(words) and words[i].pos == "DET":
                i += 1
            if i < len(words):
                unit = self.unit_at.get(i)
                if unit and not unit.is_adjective and unit.entity.type != "Person":
                    return [
                        self.mentions.of_unit(self.unit_at[j], place=False)
                        for j in self.tree.conjuncts(unit.head)
                        if j in self.unit_at
                    ]
                return self.mentions.state_noun(i)
        return []

    def introduced(self) -> dict[str, list[Entity]]:
        """Persons that the text itself gives an office → the bodies of it."""
        if self._introduced is None:
            self._introduced = {}  # *our president*, said by a person whose office is being looked for, ends here
            for title in dict.fromkeys(self.title_at.values()):
                person = self.person_of(title)
                if person:
                    self._introduced.setdefault(person.entity.iri, []).extend(m.entity for m in self.bodies(title))
        return self._introduced
