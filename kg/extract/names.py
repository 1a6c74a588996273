"""Where names and offices stand in a text: those of the tables, and those that only the tagger sees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.tree import NOMINAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from kg.actors import Actors, Name
    from kg.extract.grammar import Grammar
    from kg.extract.lexicon import Office
    from kg.extract.tree import Tree, Word
    from kg.model import Entity

ADJECTIVAL = frozenset({"adjective", "demonym", "prefix"})


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are one name: ``start`` to ``end`` (word numbers), its head, what it may name."""

    start: int
    end: int
    head: int
    entity: Entity
    form: str
    others: tuple[Entity, ...] = ()

    @property
    def is_adjective(self) -> bool:
        """Is it a nationality adjective, which names no actor by itself?"""
        return self.form in ADJECTIVAL


@dataclass(frozen=True, slots=True)
class Title:
    """Words that are an office: *ministre iranien des Affaires étrangères*."""

    start: int
    end: int
    head: int
    office: Office


class Names:
    """The names, offices and goods of one tree, by the words they stand at."""

    def __init__(
        self,
        tree: Tree,
        grammar: Grammar,
        offices: Mapping[tuple[str, ...], Office],
        actors: Actors,
        date: dt.date | None,
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.offices = offices
        self.actors = actors
        self.date = date
        self.unit_at: dict[int, Unit] = {}
        self.title_at: dict[int, Title] = {}
        self.kinds: dict[int, str] = {}
        self._find_titles()
        found = [*self._gazetteer(), *self._tagged()]
        units = tuple(sorted(self._settle(found), key=lambda u: u.start))
        self.people = self._people(units)
        units = self._disambiguated(units)
        self.unit_at |= {i: self._with_full_name(u) for u in units for i in range(u.start, u.end)}
        self.units = tuple(dict.fromkeys(self.unit_at[u.start] for u in units))

    def _gazetteer(self) -> Iterator[Unit]:
        """Names of the tables; they override the tagger's."""
        for sentence in self.tree.sentences:
            words = [self.tree.words[i] for i in sentence]
            for match in self.actors.find([w.text for w in words], [w.lemma for w in words], self.grammar.lang):
                start, end = sentence.start + match.start, sentence.start + match.end
                kinds = [n.iri for n in match.names if n.form == "kind"]
                if kinds:
                    self.kinds[self._head(start, end)] = kinds[0].rpartition("/")[2]
                names = [n for n in match.names if n.form != "kind"]
                if names and not self._is_common_word(start, end, names):
                    yield self._named(start, end, names)

    def _is_common_word(self, start: int, end: int, names: Sequence[Name]) -> bool:
        """A lone lower-case word that only looks like a name."""
        word = self.tree.words[start]
        return end - start == 1 and word.text[0].islower() and all(n.form not in ADJECTIVAL for n in names)

    def _named(self, start: int, end: int, names: Sequence[Name]) -> Unit:
        adjectival = [n for n in names if n.form in ADJECTIVAL]
        head = self._head(start, end)
        used_as_adjective = adjectival and self._modifies(head)
        chosen = (
            adjectival
            if used_as_adjective or len(adjectival) == len(names)
            else [n for n in names if n not in adjectival] or list(names)
        )
        entities = tuple(dict.fromkeys(self.actors.entity(n.iri) for n in chosen))
        form: str = chosen[0].form
        if form in ADJECTIVAL and not self._modifies(head) and self.tree.words[head].pos in NOMINAL:
            form = "demonym" if self.tree.words[start].text[0].isupper() else form
            form = "people" if form == "demonym" else form
        return Unit(start, end, head, entities[0], form, entities[1:])

    def _modifies(self, i: int) -> bool:
        return self.tree.words[i].role in ("amod", "compound", "nummod") or self.tree.words[i].pos == "ADJ"

    def _tagged(self) -> Iterator[Unit]:
        """Names that only the tagger sees become local entities of the class it gives."""
        classes = self.grammar["tags"]
        words = self.tree.words
        i = 0
        while i < len(words):
            end = i + 1
            if words[i].name.startswith("B-"):
                while end < len(words) and words[end].name == "I-" + words[i].name[2:]:
                    end += 1
                class_ = classes.get(words[i].name[2:])
                start, stop = self._trim(i, end)
                if class_ and start < stop and words[start].text[0].isupper():
                    entity = self.actors.local(self._text(start, stop), class_)
                    yield Unit(start, stop, self._head(start, stop), entity, "tagged")
            i = end

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Cut articles, titles and punctuation off a tagged name."""
        words = self.tree.words
        while start < end and self._is_no_name(start):
            start += 1
        while start < end and words[end - 1].pos in ("DET", "ADP", "PUNCT", "PART", "CCONJ"):
            end -= 1
        return start, end

    def _is_no_name(self, i: int) -> bool:
        word = self.tree.words[i]
        honorific = word.low in self.grammar.words["honorifics"]
        return honorific or word.pos in ("DET", "ADP", "PUNCT", "PART") or i in self.title_at

    def _settle(self, units: list[Unit]) -> Iterator[Unit]:
        """Overlapping names: a full person's name beats a surname in it, else the tables come first."""
        taken: dict[int, Unit] = {}
        order = sorted(units, key=lambda u: (not self._beats(u, units), u.form != "tagged", u.start, -u.end))
        for unit in order:
            span = range(unit.start, unit.end)
            if not any(i in taken or (i in self.title_at and unit.form == "tagged") for i in span):
                taken |= dict.fromkeys(span, unit)
                yield unit

    @staticmethod
    def _beats(unit: Unit, units: list[Unit]) -> bool:
        """Does a name come first: one of the tables, or a tagged full name that ends in one (*Michael Jordan*)?"""
        if unit.form != "tagged":
            return unit.form != "surname"
        inner = [u for u in units if u is not unit and unit.start <= u.start and u.end <= unit.end]
        last_word = all(u.start == unit.end - 1 for u in inner)
        return unit.entity.type == "Person" and unit.end - unit.start > 1 and bool(inner) and last_word

    def _people(self, units: Sequence[Unit]) -> dict[str, Entity]:
        """Surname → the person with that full name in this article, if there is but one."""
        found: dict[str, set[Entity]] = defaultdict(set)
        for u in units:
            if u.entity.type == "Person" and u.end - u.start > 1 and u.form != "surname":
                for k in range(u.start + 1, u.end):
                    found[self.tree.words[k].low].add(u.entity)
                    found[self._text(k, u.end).casefold()].add(u.entity)
        return {name: next(iter(e)) for name, e in found.items() if len(e) == 1}

    def _with_full_name(self, unit: Unit) -> Unit:
        if unit.form not in ("surname", "tagged"):
            return unit
        person = self.people.get(self._text(unit.start, unit.end).casefold())
        if unit.end - unit.start > 1 and not person:
            return unit
        if person and (unit.form == "surname" or unit.entity.type in ("Person", "Place", "Organisation", "People")):
            return Unit(unit.start, unit.end, unit.head, person, "surname")
        if unit.others:
            held = [e for e in (unit.entity, *unit.others) if self.actors.bodies_of(e.iri, self.date)]
            if len(held) == 1:
                return Unit(unit.start, unit.end, unit.head, held[0], "surname")
        return unit

    def _find_titles(self) -> None:
        longest = max(map(len, self.offices), default=0)
        words = self.tree.words
        i = 0
        while i < len(words):
            best = self._title(i, longest)
            if best:
                self.title_at |= dict.fromkeys(range(best.start, best.end), best)
            i = best.end if best else i + 1

    def _title(self, start: int, longest: int) -> Title | None:
        """The longest office at a word; a nationality may stand inside it."""
        words = self.tree.words
        found: Title | None = None
        keys: list[str] = []
        skipped = False
        for i in range(start, min(start + longest + 1, len(words))):
            if words[i].pos == "ADJ" and keys and not skipped and not self._continues(keys, words[i]):
                skipped = True
                continue
            keys.append(words[i].low)
            office = self.offices.get(tuple(keys)) or self.offices.get((*keys[:-1], words[i].lemma))
            if office:
                found = Title(start, i + 1, self._head(start, i + 1), office)
        return found

    def _continues(self, keys: list[str], word: Word) -> bool:
        prefix = (*keys, word.low)
        return any(k[: len(prefix)] == prefix for k in self.offices)

    def _head(self, start: int, end: int) -> int:
        """The word of a span whose head lies outside."""
        for i in range(start, end):
            head = self.tree.words[i].head
            if head == i or not start <= head < end:
                return i
        return start

    def _text(self, start: int, end: int) -> str:
        return self.tree.text[self.tree.words[start].start : self.tree.words[end - 1].end]

    def _disambiguated(self, units: Sequence[Unit]) -> tuple[Unit, ...]:
        """*Congo*, *congolais*: of several states the one that is named elsewhere, by itself or by its capital."""
        certain = {u.entity.iri for u in units if not u.others}
        certain |= {seat for iri in certain if (seat := self.actors.seat_of(iri))}
        return tuple(self._choose(u, certain) for u in units)

    @staticmethod
    def _choose(unit: Unit, certain: set[str]) -> Unit:
        if not unit.others or unit.form in ("prefix", "surname"):
            return unit
        named = [e for e in (unit.entity, *unit.others) if e.iri in certain]
        return replace(unit, entity=named[0] if named else unit.entity, others=())
