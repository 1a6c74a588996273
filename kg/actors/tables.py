"""Reads the tables: entities from ontologies/actors/*.ttl, names from kg/lang/<language>/names/*.ttl."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg import ontology
from kg.actors.index import FORMS, Index, Name, bare
from kg.actors.who import Actors, Office, Reading, by_date
from kg.errors import DataError
from kg.model import BASE, GP, Entity
from kg.sweeping import unswept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

KIND = f"{BASE}kind/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MATCH = "http://www.w3.org/2004/02/skos/core#exactMatch"
WIKIDATA = "http://www.wikidata.org/entity/"
CONTEXT = "context"  # words that speak for one meaning of a name that has several
USES = ("usual", "shortened")  # a meaning that needs no such words; a name that needs them to have this meaning
SURNAME = GP + "surname"
ROMAN = frozenset("IVX")
SHORTEST_SURNAME = 2
_NAMING = {GP + form: form for form in FORMS}


@cache
def load() -> Actors:
    """Read all tables.

    Raises:
        DataError: rows are wrong; the message lists all of them.
    """
    known = ontology.load()
    with unswept():  # a hundred thousand things that all stay
        return _Tables(known).read()


class _Tables:
    """Reads the Turtle files and collects problems instead of stopping at the first."""

    def __init__(self, known: ontology.Ontology) -> None:
        self.known = known
        self.problems: list[str] = []
        self.rows: dict[str, dict[str, list[str]]] = {}
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self.words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.uses: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)

    def read(self) -> Actors:
        for path in _turtle(files("kg.ontologies").joinpath("actors")):
            self._take(path)
        terms = {iri: row for iri, row in self.rows.items() if row.get(TYPE) == ["Office"]}
        things = {iri: row for iri, row in self.rows.items() if iri not in terms}
        entities = dict(self._entities(things))
        offices = self._offices(terms, entities)
        indexes = {lang: self._index(lang, entities) for lang in _languages()}
        if self.problems:
            raise DataError("ontologies/actors", "; ".join(self.problems), "mend these rows")
        facts = {iri: {name: tuple(values) for name, values in row.items()} for iri, row in things.items()}
        return Actors(entities, facts, offices, indexes, self._readings())

    def _take(self, path: Traversable) -> None:
        """Read one file of entities: values by subject and by the property's name, IRIs of classes as names."""
        names: dict[str, str] = {}
        for subject, predicate, value in ontology.triples(path):
            name = names.get(predicate) or names.setdefault(predicate, predicate.removeprefix(GP))
            row = self.rows.get(subject)
            if row is None:
                row = self.rows[subject] = {}
            text = value.value
            if name == TYPE:
                text = text.removeprefix(GP)
            elif name == LABEL:
                self.labels[subject][str(getattr(value, "language", None))] = text
            row.setdefault(name, []).append(text)

    def _entities(self, rows: Mapping[str, dict[str, list[str]]]) -> Iterator[tuple[str, Entity]]:
        for iri, row in rows.items():
            types, labels = row.get(TYPE, []), self.labels[iri]
            if len(types) != 1 or types[0] not in self.known.classes:
                self.problems.append(f"{iri}: needs one class of the ontology, has {types}")
            elif not {"fr", "en"} <= labels.keys():
                self.problems.append(f"{iri}: needs labels in French and English")
            else:
                qid = row[MATCH][0].removeprefix(WIKIDATA) if MATCH in row else None
                kind = row["kind"][0].removeprefix(KIND) if "kind" in row else None
                yield iri, Entity(iri, labels["en"], types[0], qid, tuple(sorted(labels.items())), kind=kind)

    def _offices(
        self, rows: Mapping[str, dict[str, list[str]]], entities: Mapping[str, Entity]
    ) -> dict[str, tuple[Office, ...]]:
        """Terms of office, found by holder and by body."""
        found: dict[str, list[Office]] = defaultdict(list)
        for iri, row in rows.items():
            one = {name: values[0] for name, values in row.items()}
            holder, body, office, role = (one.get(p, "") for p in ("holder", "body", "office", "role"))
            self.problems += [f"{iri}: no entity {e}" for e in (holder, body) if e not in entities]
            term = Office(holder, body, office, role.removeprefix(GP), one.get("from"), one.get("until"))
            found[holder].append(term)
            found[body].append(term)
        return {k: tuple(sorted(v, key=by_date)) for k, v in found.items()}

    def _index(self, lang: str, entities: Mapping[str, Entity]) -> Index:
        """The names of a language: labels, surnames of persons, and what the names files add."""
        index = Index()
        tables = {p.name: list(ontology.triples(p)) for p in _turtle(files("kg.lang").joinpath(lang, "names"))}
        given = {subject for rows in tables.values() for subject, predicate, _ in rows if predicate == SURNAME}
        people = {iri for iri, entity in entities.items() if entity.type == "Person"}
        for iri, entity in entities.items():
            label = self.labels[iri].get(lang, entity.label)
            index.add(label, Name(iri, "name"))
            if iri in people:
                self._add_surname(index, iri, label, given)
        for file, rows in tables.items():
            for subject, predicate, value in rows:
                form = _NAMING.get(predicate)
                if form and subject in entities:
                    index.add(value.value, Name(subject, form))
                    if form == "name" and subject in people:
                        self._add_surname(index, subject, value.value, given)
                else:
                    self._add(lang, index, file, (subject, predicate, value), entities)
        return index

    def _add_surname(self, index: Index, iri: str, label: str, given: set[str]) -> None:
        """The surname that a full name ends in, unless the names files give another or it is a common word."""
        if iri in given or "ambiguousSurname" in self.rows[iri]:
            return
        for surname in surnames(label):
            index.add(surname, Name(iri, "surname"))

    def _add(self, lang: str, index: Index, file: str, row: ontology.Triple, entities: Mapping[str, Entity]) -> None:
        """A row that is no plain name of an entity: a kind of goods, what tells meanings apart, or a fault."""
        subject, predicate, value = row
        use = predicate.removeprefix(GP)
        if predicate not in _NAMING and use != CONTEXT and use not in USES:
            allowed = ", ".join((*FORMS, CONTEXT, *USES))
            self.problems.append(f"{file}: {subject} has gp:{use}, which is none of {allowed}")
        elif subject.startswith(KIND):
            if subject.removeprefix(KIND) not in self.known.kinds:
                self.problems.append(f"{file}: no kind {subject}")
            index.add(value.value, Name(subject, "kind"))
        elif subject not in entities:
            self.problems.append(f"{file}: {value.value!r} names the unknown entity {subject}")
        elif use == CONTEXT:
            self.words[subject][lang].append(bare(value.value))
        else:
            self.uses[subject, use].add((lang, bare(value.value)))

    def _readings(self) -> dict[str, Reading]:
        return {
            iri: Reading(
                {lang: tuple(words) for lang, words in self.words[iri].items()},
                **{use: frozenset(self.uses.get((iri, use), ())) for use in USES},
            )
            for iri in sorted({*self.words, *(subject for subject, _ in self.uses)})
        }


def surnames(label: str) -> list[str]:
    """Give what a person may be called by alone, after a full name: particles count, but not in Arabic.

    >>> surnames("Ursula von der Leyen"), surnames("Bachar al-Assad"), surnames("Elizabeth II")
    (['von der Leyen', 'Leyen'], ['al-Assad', 'Assad'], [])
    """
    words = label.split()
    if len(words) < SHORTEST_SURNAME or set(words[-1]) <= ROMAN:
        return []
    particle = next((k for k in range(1, len(words) - 1) if words[k][0].islower()), len(words) - 1)
    found = [" ".join(words[particle:]), words[-1]]
    article, hyphen, rest = words[-1].partition("-")
    if hyphen and article.islower():
        found.append(rest)
    return list(dict.fromkeys(found))


def _turtle(folder: Traversable) -> Iterable[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((f for f in folder.iterdir() if f.name.endswith(".ttl")), key=lambda f: f.name)


def _languages() -> list[str]:
    return sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("grammar.toml").is_file())
