"""The tables of actors as one value: entities, facts, offices and names, and what can be asked of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from kg.actors.index import Index, Name, NameMatch, bare, find, pieces, plain
from kg.actors.spelling import sound
from kg.errors import UnknownName
from kg.model import ENT, Entity, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date as Date  # noqa: N812 - fields and arguments are called date

NAMING = ("name", "metonym", "surname", "acronym")  # forms that name somebody by themselves
SPELT = ("Person", "ArmedGroup", "ArmedForce", "Party")  # classes whose names are transliterated in many ways
SHORTEST_ACRONYM = 4  # letters that an acronym needs to be known in small letters (*Unesco*)
SHORTEST_SQUASHED = 5  # letters that a name needs to be known whatever its hyphens
SHORTEST_SPELT = 6  # letters that a single word needs to be matched by sound
ALIKE = 80  # how like each other, of a hundred, two spellings of a first name must be
SHORTEST_SOUND = 7  # and sounds that a full name needs
SHORTEST_MISTYPED = 7  # letters that a name needs to be known where two of them changed places


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody's term of office; dates as precise as known (``2021``, ``2021-01-20``), None if open."""

    holder: str
    body: str
    office: str
    role: str
    since: str | None = None
    until: str | None = None

    def covers(self, day: Date) -> bool:
        """Is the day within the term, as precisely as its ends are known?"""
        text = day.isoformat()
        begun = self.since is None or self.since <= text[: len(self.since)]
        return begun and (self.until is None or text[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who owns an outlet, the state where it is (an address), and whether that state runs it."""

    owner: str = ""
    state: str = ""
    state_run: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What speaks for one meaning of a name that has several: words of the text, or nothing but usage."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    usual: frozenset[tuple[str, str]] = frozenset()
    shortened: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Actors:
    """The tables of actors and their names; ``outlets`` by address, None for those of the table that ships."""

    entities: Mapping[str, Entity]
    facts: Mapping[str, Mapping[str, tuple[str, ...]]]
    offices: Mapping[str, tuple[Office, ...]]
    indexes: Mapping[str, Index]
    readings: Mapping[str, Reading] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] | None = None

    def entity(self, iri: str) -> Entity:
        """Give an entity of the tables.

        >>> from kg.actors import load
        >>> load().entity(ENT + "iran").qid
        'Q794'

        Raises:
            UnknownName: the tables have none of that IRI.
        """
        iri = self.merged.get(iri, iri)
        if iri not in self.entities:
            raise UnknownName(iri, "no such entity in ontologies/actors", "take an IRI of those files")
        return self.entities[iri]

    def find(self, words: Sequence[str], lemmas: Sequence[str], lang: str) -> list[NameMatch]:
        """Find the names in a sentence given as words: the longest at each place, from left to right.

        >>> from kg.actors import load
        >>> [m.names[0].iri.removeprefix(ENT) for m in load().find(["Le", "Royaume", "-", "Uni"], ["le"] * 4, "fr")]
        ['united-kingdom']
        """
        return find(words, lemmas, self.indexes[lang], self._others[lang])

    @cached_property
    def _others(self) -> Mapping[str, tuple[Index, ...]]:
        """For each language the indexes of the others."""
        return {lang: tuple(i for k, i in self.indexes.items() if k != lang) for lang in self.indexes}

    def names(self, iri: str) -> Sequence[tuple[str, str, Name]]:
        """Give all names of an entity: language, text and form.

        >>> from kg.actors import load
        >>> ("fr", "Moscou", Name(ENT + "moscow", "name")) in load().names(ENT + "moscow")
        True
        """
        return self._names.get(iri, ())

    @cached_property
    def _names(self) -> Mapping[str, Sequence[tuple[str, str, Name]]]:
        found: dict[str, list[tuple[str, str, Name]]] = defaultdict(list)
        for lang, index in self.indexes.items():
            for text, name in index:
                found[name.iri].append((lang, text, name))
        return found

    def is_first_name(self, iri: str, first: str) -> bool:
        """Can a person have that first name: as the tables write it, an initial, a short form, nearly the same?

        >>> from kg.actors import load
        >>> trump = ENT + "donald-trump"
        >>> [load().is_first_name(trump, first) for first in ("D.", "Donald", "Don", "Ivanka")]
        [True, True, True, False]
        """
        given = plain(first.rstrip("."))
        known = {plain(pieces(text)[0]) for _, text, name in self.names(iri) if name.form == "name"}
        return any(
            k.startswith(given) or (given.startswith(k) and len(k) > 1) or fuzz.ratio(k, given) >= ALIKE for k in known
        )

    def shortened(self, text: str, lang: str) -> tuple[str, ...]:
        """Give those whom a name of somebody else can mean for short, where the text speaks for it.

        >>> from kg.actors import load
        >>> ENT + "equatorial-guinea" in load().shortened("Guinée", "fr")
        True
        """
        return self._shortened.get((lang, bare(text)), ())

    @cached_property
    def _shortened(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for iri, reading in sorted(self.readings.items()):
            for short in reading.shortened:
                found[short].append(iri)
        return {k: tuple(v) for k, v in found.items()}

    def known_by(self, text: str, lang: str, classes: Collection[str] = ()) -> tuple[Entity, str] | None:
        """Give who bears a whole name that ``find`` does not see, and by which step: none, if several do.

        The steps: an acronym in small letters, a name of another language, one with other hyphens
        and spaces, a transliteration, two letters of a person's name that changed places (*Zelenksy*).
        With ``classes``, only entities of these are taken.

        >>> from kg.actors import load
        >>> found = load().known_by("Mouammar Qaddafi", "en", ["Person"])
        >>> (found[0].label, found[1]) if found else None
        ('Muammar Gaddafi', 'transliteration')
        """
        key = pieces(text)
        if not key or not key[-1][:1].isupper():
            return None
        steps = (
            ("acronym", self._acronyms(key, lang)),
            ("other language", (n.iri for i in self._others[lang] for n in i.exact(key) if n.form in NAMING)),
            ("spelling", self._squashed.get(plain("".join(key)), ())),
            ("transliteration", self._spelt(text, key)),
            ("misspelling", self._mistyped(key)),
        )
        for how, iris in steps:
            found = {iri for iri in iris if not classes or self.entities[iri].type in classes}
            if found:
                return (self.entities[found.pop()], how) if len(found) == 1 else None
        return None

    def _acronyms(self, key: tuple[str, ...], lang: str) -> Iterator[str]:
        if len(key) == 1 and len(key[0]) >= SHORTEST_ACRONYM:
            yield from (n.iri for n in self.indexes[lang].folded(key) if n.form == "acronym")

    @cached_property
    def _squashed(self) -> Mapping[str, set[str]]:
        """Names without what stands between their pieces: *C-News*, *CNews*."""
        found: dict[str, set[str]] = defaultdict(set)
        for index in self.indexes.values():
            for text, name in index:
                if name.form == "name" and name.iri in self.entities and len(text) >= SHORTEST_SQUASHED:
                    found[plain("".join(pieces(text)))].add(name.iri)
        return found

    def _spelt(self, text: str, key: tuple[str, ...]) -> Iterable[str]:
        full, single = self._sounds
        if len(key) > 1:
            return full.get(sound(text, loose=True), ())
        return single.get(sound(text), ()) if len(text) >= SHORTEST_SPELT else ()

    @cached_property
    def _sounds(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """Persons and groups by the sound of their names: of several parts, and of one."""
        full: dict[str, set[str]] = defaultdict(set)
        single: dict[str, set[str]] = defaultdict(set)
        for text, name in dict.fromkeys(pair for index in self.indexes.values() for pair in index):
            if name.form in ("name", "surname") and name.iri in self.entities:
                self._hear(text, name, full, single)
        return full, single

    def _hear(self, text: str, name: Name, full: dict[str, set[str]], single: dict[str, set[str]]) -> None:
        if self.entities[name.iri].type not in SPELT or not text[:1].isalpha():
            return
        several = len(pieces(text)) > 1
        if several and len(key := sound(text, loose=True)) >= SHORTEST_SOUND:
            full[key].add(name.iri)
        elif not several and len(text) >= SHORTEST_SPELT:
            single[sound(text)].add(name.iri)

    def _mistyped(self, key: tuple[str, ...]) -> Iterator[str]:
        typed = tuple(map(plain, key))
        for known, iri in self._letters.get(_letters(typed), ()):
            wrong = [OSA.distance(*pair) for pair in zip(typed, known, strict=True)]
            if sorted(wrong)[-2:] in ([1], [0, 1]):
                yield iri

    @cached_property
    def _letters(self) -> Mapping[tuple[str, ...], set[tuple[tuple[str, ...], str]]]:
        """Names of persons by the letters of their parts, whatever the order of these."""
        found: dict[tuple[str, ...], set[tuple[tuple[str, ...], str]]] = defaultdict(set)
        for index in self.indexes.values():
            for text, name in index:
                if name.form in ("name", "surname") and len(text) >= SHORTEST_MISTYPED and self._is_person(name.iri):
                    key = tuple(map(plain, pieces(text)))
                    found[_letters(key)].add((key, name.iri))
        return found

    def _is_person(self, iri: str) -> bool:
        return iri in self.entities and self.entities[iri].type == "Person"

    def amended(
        self,
        *,
        add: Iterable[tuple[str, str, Name]] = (),
        remove: Iterable[tuple[str, str, str]] = (),
        entities: Mapping[str, Entity] = MappingProxyType({}),
        merged: Mapping[str, str] = MappingProxyType({}),
    ) -> Actors:
        """Give other tables that follow a user's decisions; these stay as they are.

        ``add`` has a language, a text and what it names; ``remove`` a language (``*`` for all), a text and an
        IRI; ``entities`` are new or relabelled, their labels are names; each IRI of ``merged`` is replaced by
        its value everywhere, local entities too. Names are removed first, then added.

        >>> from kg.actors import load
        >>> who = load().amended(add=[("en", "the Bear", Name(ENT + "russia", "name"))])
        >>> [m.names[0].iri == ENT + "russia" for m in who.find(["the", "Bear"], ["the", "bear"], "en")]
        [True]

        Raises:
            UnknownName: a name or a merge leads to an entity that nobody knows.
        """
        merges = {**self.merged, **merged}
        into = {iri: _end(iri, merges) for iri in merges}
        known = {i: e for i, e in {**self.entities, **entities}.items() if i not in into}
        indexes = {lang: index.merged(into) for lang, index in self.indexes.items()}
        for lang, text, iri in remove:
            for index in indexes.values() if lang == "*" else [indexes[lang]]:
                index.remove(text, into.get(iri, iri))
        labels = [(lang, e.label_in(lang), Name(iri, "name")) for iri, e in entities.items() for lang in indexes]
        for lang, text, name in [*labels, *add]:
            indexes[lang].add(text, name._replace(iri=into.get(name.iri, name.iri)))
        facts, offices = _merged_facts(self.facts, into), _merged_offices(self.offices, into)
        changed = replace(self, entities=known, facts=facts, offices=offices, indexes=indexes, merged=into)
        for iri in [*into.values(), *(n.iri for _, _, n in add if n.form != "kind")]:
            changed.entity(iri)
        return changed

    def seat_of(self, iri: str) -> str | None:
        """Give the state or body whose seat a city is: Moscow → Russia."""
        return next(iter(self.fact(iri, "seatOf")), None)

    def part_of(self, iri: str) -> str | None:
        """Give the state or body that an institution belongs to: the CIA → the United States."""
        return next(iter(self.fact(iri, "partOf")), None)

    def gender(self, iri: str) -> str | None:
        """Give a person's gender (``m``, ``f``), if the tables know it."""
        return next(iter(self.fact(iri, "gender")), None)

    def fact(self, iri: str, name: str) -> tuple[str, ...]:
        """Give all values of a property of an entity, in the order of the tables.

        >>> from kg.actors import load
        >>> load().fact(ENT + "moscow", "seatOf") == (ENT + "russia",)
        True
        """
        return self.facts.get(iri, {}).get(name, ())

    def office_holder(self, office: str, body: str, date: Date | None) -> Entity | None:
        """Give who held an office of a body at a date; without a date only if there was never but one.

        >>> from datetime import date
        >>> from kg.actors import load
        >>> holder = load().office_holder("head-of-state", ENT + "france", date(2016, 5, 1))
        >>> holder.label if holder else None
        'François Hollande'
        """
        terms = [o for o in self.offices.get(body, ()) if o.office == office and (date is None or o.covers(date))]
        holders = {o.holder for o in terms}
        return self.entities.get(next(iter(holders))) if len(holders) == 1 else None

    def bodies_of(self, person: str, date: Date | None) -> tuple[str, ...]:
        """Give the states and bodies that a person leads or represents at a date, or ever without one."""
        terms = self.offices.get(person, ())
        current = [o for o in terms if date is None or o.covers(date)]
        return tuple(dict.fromkeys(o.body for o in current))

    def role_of(self, person: str, body: str, date: Date | None) -> str | None:
        """Tell whether a person ``leads`` or ``represents`` a body at a date, or None."""
        terms = [o for o in self.offices.get(person, ()) if o.body == body and (date is None or o.covers(date))]
        return next((o.role for o in terms), None)

    def local(self, label: str, type: str = "Unresolved", kind: str | None = None) -> Entity:  # noqa: A002 - the field's name
        """Make an entity of a text's own words: the same words and class give the same one.

        >>> from kg.actors import load
        >>> load().local("des manifestants", "People").iri == load().local("des  manifestants", "People").iri
        True
        """
        words = " ".join(label.split())
        slug = re.sub(r"[^a-z0-9]+", "-", plain(words)).strip("-")[:60]
        iri = f"{ENT}local/{slug}-{digest(words.casefold(), type)[:8]}"
        known = self.entities.get(self.merged.get(iri, iri))  # since a user has decided who it is
        return known or Entity(iri, words, type, known=False, kind=kind)


def _letters(key: tuple[str, ...]) -> tuple[str, ...]:
    """Give the letters of each part, the first at its place."""
    return tuple(part[:1] + "".join(sorted(part[1:])) for part in key)


def _end(iri: str, into: Mapping[str, str]) -> str:
    """Follow merges to their end; a circle ends where it began."""
    seen = {iri}
    while (next_ := into.get(iri, iri)) not in seen:
        seen.add(iri := next_)
    return iri


def _merged_facts(
    facts: Mapping[str, Mapping[str, tuple[str, ...]]], into: Mapping[str, str]
) -> dict[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for iri, row in facts.items():
        of = found[into.get(iri, iri)]
        for name, values in row.items():
            of[name] = tuple(dict.fromkeys([*of.get(name, ()), *(into.get(v, v) for v in values)]))
    return dict(found)


def _merged_offices(
    offices: Mapping[str, tuple[Office, ...]], into: Mapping[str, str]
) -> dict[str, tuple[Office, ...]]:
    found: dict[str, list[Office]] = defaultdict(list)
    for iri, terms in offices.items():
        moved = (replace(o, holder=into.get(o.holder, o.holder), body=into.get(o.body, o.body)) for o in terms)
        found[into.get(iri, iri)] += [o for o in moved if o not in found[into.get(iri, iri)]]
    return {k: tuple(sorted(v, key=by_date)) for k, v in found.items()}


def by_date(office: Office) -> tuple[str, str, str]:
    """Order terms of office by when they began."""
    return office.since or "", office.holder, office.body
