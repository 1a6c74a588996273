"""Who is who: the names of the tables in texts, and what is known of those they name.

Entities stand in ontologies/actors/*.ttl, their names in kg/lang/<language>/names/*.ttl; labels count as
names too. Matching works on whole pieces of words, never on parts of them: *Niger* is not in *Nigeria*.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from kg import ontology
from kg.errors import DataError, UnknownName
from kg.model import BASE, ENT, GP, Entity, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date as Date  # noqa: N812 - fields and arguments are called date
    from importlib.resources.abc import Traversable

Form: TypeAlias = Literal["name", "acronym", "adjective", "demonym", "metonym", "surname", "prefix", "kind"]
Key: TypeAlias = tuple[str, ...]

KIND = f"{BASE}kind/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch"
WIKIDATA = "http://www.wikidata.org/entity/"
FORMS: tuple[Form, ...] = ("name", "acronym", "adjective", "demonym", "metonym", "surname", "prefix")
UNACCENTED = ("name", "metonym", "surname")  # forms that careless writers strip of accents (*Etats-Unis*)
SHORTEST_CAPITALS = 5  # letters that a name in capitals needs, to tell it from an acronym
ROMAN = frozenset("IVX")
_BREAK = re.compile(r"[-‐‑–'’.\s]+")


class Name(NamedTuple):
    """What a name may name, and what form of name it is."""

    iri: str
    form: Form


class NameMatch(NamedTuple):
    """A name at words ``start`` to ``end`` (excluded), with all that it may name."""

    start: int
    end: int
    names: tuple[Name, ...]


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


def pieces(text: str) -> Key:
    """Split a name into the parts that matching compares, whatever hyphens and apostrophes stand between.

    >>> pieces("Côte d’Ivoire") == pieces("Côte d'Ivoire"), pieces("U.S.")
    (True, ('U', 'S'))
    """
    return tuple(p for p in _BREAK.split(text) if p)


def plain(text: str) -> str:
    """Fold case and accents: what a careless writer would type.

    >>> plain("Éthiopie")
    'ethiopie'
    """
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@dataclass(slots=True)
class _Index:
    """Names of one language by their pieces: as written, folded, and the longest by first piece."""

    exact: dict[Key, list[Name]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[Key, list[Name]] = field(default_factory=lambda: defaultdict(list))
    longest: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, text: str, name: Name) -> None:
        key = pieces(text)
        if not key:
            return
        fold = tuple(map(plain, key))
        for table, k in ((self.exact, key), (self.folded, fold)):
            if name not in table[k]:
                table[k].append(name)
        self.longest[fold[0]] = max(self.longest[fold[0]], len(key))

    def remove(self, text: str, iri: str) -> None:
        """Let a text, written just so, no longer name an entity."""
        key = pieces(text)
        self.exact[key] = [n for n in self.exact.get(key, ()) if n.iri != iri]
        fold = tuple(map(plain, key))
        kept = {
            n
            for k, names in self.exact.items()
            if len(k) == len(key)
            for n in names
            if n.iri == iri and _folds_to(k, fold)
        }
        self.folded[fold] = [n for n in self.folded.get(fold, ()) if n.iri != iri or n in kept]

    def merged(self, into: Mapping[str, str]) -> _Index:
        """Copy the index, with other IRIs in the place of some."""
        copy = _Index(longest=self.longest.copy())
        for old, new in ((self.exact, copy.exact), (self.folded, copy.folded)):
            for key, names in old.items():
                new[key] = list(dict.fromkeys(n._replace(iri=into.get(n.iri, n.iri)) for n in names))
        return copy


def _folds_to(key: Key, fold: Key) -> bool:
    return all(plain(k) == f for k, f in zip(key, fold, strict=True))


@dataclass(frozen=True)
class Actors:
    """The tables of actors and their names."""

    entities: Mapping[str, Entity]
    facts: Mapping[str, Mapping[str, tuple[str, ...]]]
    offices: Mapping[str, tuple[Office, ...]]
    indexes: Mapping[str, _Index]
    merged: Mapping[str, str] = field(default_factory=dict)

    def entity(self, iri: str) -> Entity:
        """Give an entity of the tables.

        >>> load().entity(ENT + "iran").qid
        'Q794'

        Raises:
            UnknownName: the tables have none of that IRI.
        """
        iri = self.merged.get(iri, iri)
        if iri not in self.entities:
            raise UnknownName(iri, "no such entity in ontologies/actors", "take an IRI of those files")
        return self.entities[iri]

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

        >>> who = load().amended(add=[("en", "the Bear", Name(ENT + "russia", "name"))])
        >>> [m.names[0].iri == ENT + "russia" for m in who.find(["the", "Bear"], ["the", "bear"], "en")]
        [True]

        Raises:
            UnknownName: a name or a merge leads to an entity that nobody knows.
        """
        into = {iri: _end(iri, {**self.merged, **merged}) for iri in {**self.merged, **merged}}
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

    def find(self, words: Sequence[str], lemmas: Sequence[str], lang: str) -> list[NameMatch]:
        """Find the names in a sentence given as words: the longest at each place, from left to right.

        >>> [m.names[0].iri.removeprefix(ENT) for m in load().find(["Le", "Royaume", "-", "Uni"], ["le"] * 4, "fr")]
        ['united-kingdom']
        """
        index = self.indexes[lang]
        parts = [(p, i) for i, w in enumerate(words) for p in pieces(w)]
        found: list[NameMatch] = []
        at = 0
        while at < len(parts):
            match = self._longest(index, parts, at, lemmas)
            found += [match[0]] if match else []
            at += match[1] if match else 1
        return found

    def _longest(
        self, index: _Index, parts: list[tuple[str, int]], at: int, lemmas: Sequence[str]
    ) -> tuple[NameMatch, int] | None:
        first, word = parts[at]
        if compound := self._compound(index, parts, at):
            return compound
        if at and parts[at - 1][1] == word and not parts[at - 1][0].islower():
            return None  # the rest of a hyphenated name is no name of its own
        lemma = pieces(lemmas[word])
        limit = max(index.longest.get(plain(first), 0), index.longest.get(plain(lemma[0]), 0) if lemma else 0)
        for n in range(min(limit, len(parts) - at), 0, -1):
            end = parts[at + n - 1][1] + 1
            whole = at + n == len(parts) or parts[at + n][1] != end - 1
            names = self._names(index, [p for p, _ in parts[at : at + n]], n == 1 and lemma, whole=whole)
            if names:
                return NameMatch(word, end, names), n
        return None

    def _names(self, index: _Index, key: list[str], lemma: object, *, whole: bool) -> tuple[Name, ...]:
        """The names a run of pieces can be: as written, without accents or in capitals, or by its lemma."""
        if not whole:
            return ()
        found = [n for n in index.exact.get(tuple(key), ()) if n.form != "prefix"]
        if not found and key[0][:1].isupper():
            folded = index.folded.get(tuple(map(plain, key)), [])
            capitals = " ".join(key).isupper() and sum(map(len, key)) >= SHORTEST_CAPITALS
            found = folded if capitals else [n for n in folded if n.form in UNACCENTED]
        if not found and len(key) == 1:
            found = [n for n in index.exact.get((key[0].lower(),), ()) if n.form == "kind"]
        if not found and key[0][:1].islower():
            low = tuple(key) if not lemma else tuple(lemma)  # type: ignore[arg-type] # pieces of the lemma
            found = [n for n in index.exact.get(low, ()) if n.form in ("kind", "adjective")]
        return tuple(found or ())

    @staticmethod
    def _compound(index: _Index, parts: list[tuple[str, int]], at: int) -> tuple[NameMatch, int] | None:
        """*russo-iranien*, *Sino-Russian*: a prefix and an adjective name two states at once."""
        prefixes = [n for n in index.exact.get((parts[at][0],), ()) if n.form == "prefix"]
        if not prefixes or at + 1 >= len(parts):
            return None
        second = [n for n in index.exact.get((parts[at + 1][0],), ()) if n.form in ("adjective", "demonym")]
        if not second:
            return None
        names = (prefixes[0], Name(second[0].iri, "prefix"))
        return NameMatch(parts[at][1], parts[at + 1][1] + 1, names), 2

    def seat_of(self, iri: str) -> str | None:
        """Give the state or body whose seat a city is: Moscow → Russia."""
        return next(iter(self._fact(iri, "seatOf")), None)

    def part_of(self, iri: str) -> str | None:
        """Give the state or body that an institution belongs to: the CIA → the United States."""
        return next(iter(self._fact(iri, "partOf")), None)

    def gender(self, iri: str) -> str | None:
        """Give a person's gender (``m``, ``f``), if the tables know it."""
        return next(iter(self._fact(iri, "gender")), None)

    def _fact(self, iri: str, name: str) -> tuple[str, ...]:
        return self.facts.get(iri, {}).get(name, ())

    def office_holder(self, office: str, body: str, date: Date | None) -> Entity | None:
        """Give who held an office of a body at a date; without a date only if there was never but one.

        >>> from datetime import date
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

        >>> load().local("des manifestants", "People").iri == load().local("des  manifestants", "People").iri
        True
        """
        words = " ".join(label.split())
        slug = re.sub(r"[^a-z0-9]+", "-", plain(words)).strip("-")[:60]
        iri = f"{ENT}local/{slug}-{digest(words.casefold(), type)[:8]}"
        known = self.entities.get(self.merged.get(iri, iri))  # since a user has decided who it is
        return known or Entity(iri, words, type, known=False, kind=kind)


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
    return {k: tuple(sorted(v, key=_by_date)) for k, v in found.items()}


def _by_date(office: Office) -> tuple[str, str, str]:
    return office.since or "", office.holder, office.body


@cache
def load() -> Actors:
    """Read all tables.

    Raises:
        DataError: rows are wrong; the message lists all of them.
    """
    return _Tables(ontology.load()).read()


class _Tables:
    """Reads the Turtle files and collects problems instead of stopping at the first."""

    def __init__(self, known: ontology.Ontology) -> None:
        self.known = known
        self.problems: list[str] = []
        self.rows: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))

    def read(self) -> Actors:
        for path in _turtle(files("kg.ontologies").joinpath("actors")):
            for subject, predicate, value in ontology.triples(path):
                self.rows[subject][predicate].append(value)
        entities = dict(self._entities())
        offices = self._offices(entities)
        indexes = {lang: self._index(lang, entities) for lang in _languages()}
        if self.problems:
            raise DataError("ontologies/actors", "; ".join(self.problems), "mend these rows")
        facts = {
            iri: {p.removeprefix(GP): tuple(v.value for v in vs) for p, vs in row.items()}
            for iri, row in self.rows.items()
        }
        return Actors(entities, facts, offices, indexes)

    def _entities(self) -> Iterator[tuple[str, Entity]]:
        for iri, row in self.rows.items():
            types = [t.value.removeprefix(GP) for t in row[TYPE]]
            if types == ["Office"]:
                continue
            labels = {v.language: v.value for v in row[LABEL]}
            if len(types) != 1 or types[0] not in self.known.classes:
                self.problems.append(f"{iri}: needs one class of the ontology, has {types}")
            elif not {"fr", "en"} <= labels.keys():
                self.problems.append(f"{iri}: needs labels in French and English")
            else:
                qid = next((v.value.removeprefix(WIKIDATA) for v in row[MATCH]), None)
                kind = next((v.value.removeprefix(KIND) for v in row[GP + "kind"]), None)
                yield iri, Entity(iri, labels["en"], types[0], qid, tuple(sorted(labels.items())), kind=kind)

    def _offices(self, entities: Mapping[str, Entity]) -> dict[str, tuple[Office, ...]]:
        """Terms of office, found by holder and by body."""
        found: dict[str, list[Office]] = defaultdict(list)
        for iri, row in self.rows.items():
            if [t.value for t in row[TYPE]] != [GP + "Office"]:
                continue
            holder, body, office, role = (
                next((v.value for v in row[GP + p]), "") for p in ("holder", "body", "office", "role")
            )
            since, until = (next((v.value for v in row[GP + p]), None) for p in ("from", "until"))
            unknown = [e for e in (holder, body) if e not in entities]
            self.problems += [f"{iri}: no entity {e}" for e in unknown]
            term = Office(holder, body, office, role.removeprefix(GP), since, until)
            found[holder].append(term)
            found[body].append(term)
        return {k: tuple(sorted(v, key=_by_date)) for k, v in found.items()}

    def _index(self, lang: str, entities: Mapping[str, Entity]) -> _Index:
        index = _Index()
        for iri, entity in entities.items():
            index.add(entity.label_in(lang), Name(iri, "name"))
            if entity.type == "Person":
                self._add_surname(index, iri, entity.label_in(lang))
        for path in _turtle(files("kg.lang").joinpath(lang, "names")):
            for row in ontology.triples(path):
                self._add(index, path.name, row, entities)
        return index

    def _add_surname(self, index: _Index, iri: str, label: str) -> None:
        row = self.rows[iri]
        if row[GP + "ambiguousSurname"] or row[GP + "surname"] or " " not in label:
            return
        last = label.rsplit(maxsplit=1)[-1]
        if not set(last) <= ROMAN:  # Elizabeth II is no Mrs II
            index.add(last, Name(iri, "surname"))

    def _add(self, index: _Index, file: str, row: ontology.Triple, entities: Mapping[str, Entity]) -> None:
        subject, predicate, value = row
        form: Any = predicate.removeprefix(GP)
        if form not in FORMS:
            self.problems.append(f"{file}: {subject} has gp:{form}, which is none of {', '.join(FORMS)}")
        elif subject.startswith(KIND):
            if subject.removeprefix(KIND) not in self.known.kinds:
                self.problems.append(f"{file}: no kind {subject}")
            index.add(value.value, Name(subject, "kind"))
        elif subject not in entities:
            self.problems.append(f"{file}: {value.value!r} names the unknown entity {subject}")
        else:
            index.add(value.value, Name(subject, form))
            if form == "name" and entities[subject].type == "Person":
                self._add_surname(index, subject, value.value)


def _turtle(folder: Traversable) -> Iterable[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


def _languages() -> list[str]:
    return sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("grammar.toml").is_file())
