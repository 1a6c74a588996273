"""What claims are made of: classes, relations, values and kinds of goods, read from ontologies/*.ttl.

Reading is done with pyoxigraph, which takes a few milliseconds; rdflib and pyshacl are imported only to
validate, because every command loads the ontology and few validate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, TypedDict, TypeVar

import pyoxigraph as ox

from kg.errors import DataError, UnknownName
from kg.model import BASE, GP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable

    from rdflib import Dataset, Graph
    from rdflib.term import Node

Triple: TypeAlias = tuple[str, str, ox.NamedNode | ox.Literal]
Texts: TypeAlias = tuple[tuple[str, str], ...]

FOLDER = files("kg.ontologies")
FILES = ("geopolitics.ttl", "vocabulary.ttl", "mappings.ttl")
SHAPES = "shapes.ttl"
_VALUES = (ox.NamedNode, ox.Literal)
KINDS, PLOVER, QUADS = "kind", "plover", "quad"

_OWL = "http://www.w3.org/2002/07/owl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = {True: _SKOS + "prefLabel", False: _RDFS + "label"}  # of a concept, of anything else
_CONCEPTS = {_SKOS + "Concept", _SKOS + "ConceptScheme"}
_NAMED = _CONCEPTS | {_OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "Ontology")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A named part of the ontology; ``labels`` and ``definitions`` are pairs of language and text."""

    name: str
    iri: str
    labels: Texts = ()
    definitions: Texts = ()
    examples: Texts = ()

    def label_in(self, lang: str) -> str:
        """Give the label in a language, else the name.

        >>> load().relation("suppliesArmsTo").label_in("en")
        'supplies arms to'
        """
        return dict(self.labels).get(lang, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Class(Term):
    """A class of entities, such as State, Weapon or Place."""

    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Term):
    """A relation of claims; ``subject`` and ``object`` name the classes that its ends may have."""

    parent: str | None
    symmetric: bool
    punctual: bool
    plover: str | None
    quad: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Term):
    """A kind of goods; ``type`` is the class of goods of this kind: Weapon, Commodity or Good."""

    parent: str | None
    type: str


NamedTerm = TypeVar("NamedTerm", bound=Term)


@dataclass(frozen=True, slots=True)
class Ontology:
    """All classes, relations and kinds of goods by name; ``concepts`` by scheme (stance, status …) and name."""

    classes: Mapping[str, Class]
    relations: Mapping[str, Relation]
    kinds: Mapping[str, Kind]
    concepts: Mapping[str, Mapping[str, Term]]

    def relation(self, name: str) -> Relation:
        """Give a relation by name.

        >>> load().relation("alliedwith")
        Traceback (most recent call last):
        ...
        kg.errors.UnknownName: ontologies/geopolitics.ttl: no relation 'alliedwith'; did you mean alliedWith?

        Raises:
            UnknownName: there is none; the message names the nearest.
        """
        return _look_up(self.relations, name, "relation", FILES[0])

    def is_a(self, name: str, ancestor: str) -> bool:
        """Is a class the same as another or below it?

        >>> load().is_a("ArmedGroup", "Actor"), load().is_a("City", "Actor")
        (True, False)
        """
        _look_up(self.classes, ancestor, "class", FILES[0])
        known = _look_up(self.classes, name, "class", FILES[0])
        return name == ancestor or any(self.is_a(parent, ancestor) for parent in known.parents)

    def kind_is(self, kind: str, ancestor: str) -> bool:
        """Is a kind of goods the same as another or narrower?

        >>> load().kind_is("ballistic-missile", "weapon"), load().kind_is("missile", "ballistic-missile")
        (True, False)
        """
        _look_up(self.kinds, ancestor, "kind of goods", FILES[1])
        parent = _look_up(self.kinds, kind, "kind of goods", FILES[1]).parent
        return kind == ancestor or (parent is not None and self.kind_is(parent, ancestor))

    def is_sub_relation(self, name: str, ancestor: str) -> bool:
        """Is a relation the same as another or below it?

        >>> load().is_sub_relation("invades", "opposes"), load().is_sub_relation("opposes", "invades")
        (True, False)
        """
        self.relation(ancestor)
        parent = self.relation(name).parent
        return name == ancestor or (parent is not None and self.is_sub_relation(parent, ancestor))

    def concept(self, scheme: str, name: str) -> Term:
        """Give a value of a scheme: stance, polarity, modality, phase, status, position, role, facet, quad, plover.

        >>> load().concept("stance", "denies").iri
        'https://w3id.org/geopolitics-kg/stance/denies'

        Raises:
            UnknownName: there is no such scheme or no such value.
        """
        if scheme not in self.concepts:
            raise UnknownName(f"ontologies/{FILES[1]}", f"no scheme {scheme!r}", f"take {', '.join(self.concepts)}")
        return _look_up(self.concepts[scheme], name, scheme, FILES[1])


def _look_up(terms: Mapping[str, NamedTerm], name: str, what: str, file: str) -> NamedTerm:
    if name not in terms:
        raise UnknownName(f"ontologies/{file}", f"no {what} {name!r}", _did_you_mean(name, terms))
    return terms[name]


def _did_you_mean(name: str, names: Iterable[str]) -> str:
    folded = {known.casefold(): known for known in names}
    near = get_close_matches(name.casefold(), folded, n=1)
    return f"did you mean {folded[near[0]]}?" if near else f"the file has {len(folded)} of them, none alike"


def concept(scheme: str, name: str) -> str:
    """Give the IRI of a value; what is no letter or digit in its name becomes a hyphen.

    >>> concept("role", "third party")
    'https://w3id.org/geopolitics-kg/role/third-party'
    """
    return f"{BASE}{scheme}/{name.replace(' ', '-')}"


def triples(path: Path | Traversable) -> Iterator[Triple]:
    """Read a Turtle file of ours: subject and predicate as IRIs, the object as a pyoxigraph node or literal.

    >>> predicates = {predicate for _, predicate, _ in triples(FOLDER / "vocabulary.ttl")}
    >>> "http://www.w3.org/2004/02/skos/core#broader" in predicates
    True

    Raises:
        DataError: the file is missing or is no Turtle, or a blank node stands in it.
    """
    try:
        for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
            subject, object_ = quad.subject, quad.object  # each is made anew when it is asked for
            if not isinstance(subject, ox.NamedNode) or not isinstance(object_, _VALUES):
                raise DataError(_where(path), f"blank node in {quad.triple}", "give it an IRI")
            yield subject.value, quad.predicate.value, object_
    except OSError as e:
        raise DataError(_where(path), "not found", "install the package again") from e
    except SyntaxError as e:
        raise DataError(_where(path), f"no Turtle ({e})", "mend the file at that place") from e


def _where(path: Path | Traversable) -> str:
    """The place of a data file in the project, wherever that is installed."""
    parts = Path(str(path)).parts
    tops = [index for index, part in enumerate(parts[:-1]) if part in ("kg", "ontologies")]
    return "/".join(parts[tops[-1] :]) if tops else path.name


def load() -> Ontology:
    """Read the ontology that comes with the package; the first call reads the files, the others share it.

    >>> len(load().relations), load() is load()
    (52, True)

    Raises:
        DataError: the files are wrong; all problems are listed, each with file and term.
    """
    return _load()


@cache
def _load() -> Ontology:
    return read(FOLDER)


def read(folder: Path | Traversable) -> Ontology:
    """Read and check an ontology in any folder.

    Raises:
        DataError: the files are wrong; all problems are listed, each with file and term.
    """
    facts = _Facts()
    for name in FILES:
        for subject, predicate, value in triples(folder / name):
            facts.add(name, subject, predicate, value)
    ontology = facts.ontology()
    if facts.problems:
        listed = "\n  ".join(sorted(set(facts.problems)))
        raise DataError("ontologies", f"{len(set(facts.problems))} problems\n  {listed}\n", "mend these terms")
    return ontology


def validate(data: Graph | Dataset) -> list[str]:
    """Check a graph, or all the graphs of a dataset together, against the shapes; no fault, no line.

    Each line says which node, what is wrong with it and what to do. The ontology is checked with the data,
    which need not hold it.

    >>> from rdflib import Graph
    >>> good = Graph().parse(data='@prefix gp: <https://w3id.org/geopolitics-kg/ontology#> . <e:iran> a gp:State .')
    >>> validate(good)
    ['e:iran: an entity has a label, one a language; add rdfs:label']
    """
    # Imported here because both take a second that only this function needs.
    import pyshacl  # noqa: PLC0415 - see above
    from rdflib import SH, Graph  # noqa: PLC0415 - see above

    flat, shapes = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
    for subject, predicate, value in _union(data):
        flat.add((subject, predicate, value))
    for name in FILES:
        flat.parse(data=(FOLDER / name).read_bytes(), format="turtle")
    shapes.parse(data=(FOLDER / SHAPES).read_bytes(), format="turtle")
    _, report, text = pyshacl.validate(flat, shacl_graph=shapes, inplace=True)
    if not isinstance(report, Graph):  # pyshacl gives a failure back instead of raising it
        raise DataError(f"ontologies/{SHAPES}", f"the shapes do not work ({text})", "mend them")
    return sorted({_line(report, result, flat) for result in report.objects(predicate=SH.result)})


def _line(report: Graph, result: Node, data: Graph) -> str:
    from rdflib import RDF, SH  # noqa: PLC0415 - see validate

    focus, message, value = (report.value(result, part) for part in (SH.focusNode, SH.resultMessage, SH.value))
    if (value, RDF.type, focus) in data:  # a question put to a whole class: the value is the offender
        focus, value = value, None
    return f"{focus}: {message}" + (f" (now {value})" if value not in {None, focus} else "")


def _union(data: Graph | Dataset) -> Iterator[tuple[Node, Node, Node]]:
    """All triples of all graphs: a dataset without union would give those of its default graph alone."""
    quads = getattr(data, "quads", None)
    yield from data.triples((None, None, None)) if quads is None else (quad[:3] for quad in quads())


class _Common(TypedDict):
    """The fields that every term has."""

    name: str
    iri: str
    labels: Texts
    definitions: Texts
    examples: Texts


@dataclass(slots=True)
class _Facts:
    """The triples of all files, and what is wrong with them.

    A lookup that fails notes a problem and goes on, so that one run shows all of them.
    """

    values: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = field(default_factory=lambda: defaultdict(list))
    file: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, file: str, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        self.values[subject, predicate].append(value)
        if predicate == _TYPE:
            self.file.setdefault(subject, file)

    def ontology(self) -> Ontology:
        languages = self._check_texts()
        self._check_tree(_RDFS + "subClassOf", self._names(_OWL + "Class"))
        self._check_tree(_RDFS + "subPropertyOf", self._names(GP + "Relation"))
        self._check_tree(_SKOS + "broader", self._names(_SKOS + "Concept"))
        concepts = self._concepts()
        kinds = concepts.pop(BASE + KINDS, [])
        result = Ontology(
            MappingProxyType({c.name: c for c in map(self._class, self._entity_classes())}),
            MappingProxyType({r.name: r for r in map(self._relation, self._names(GP + "Relation"))}),
            MappingProxyType({k.name: k for k in map(self._kind, kinds)}),
            MappingProxyType({_local(s): {t.name: t for t in map(self._term, c)} for s, c in concepts.items()}),
        )
        self._check_examples([*result.classes.values(), *result.relations.values()], languages)
        self._check_names(result)
        return result

    def _all(self, subject: str, predicate: str) -> list[str]:
        return [value.value for value in self.values.get((subject, predicate), ())]

    def _names(self, type_: str) -> list[str]:
        return [subject for subject in self.file if type_ in self._all(subject, _TYPE)]

    def _texts(self, subject: str, predicate: str) -> Texts:
        values = self.values.get((subject, predicate), ())
        return tuple(sorted((v.language or "", v.value) for v in values if isinstance(v, ox.Literal)))

    def _problem(self, subject: str, what: str, remedy: str) -> None:
        self.problems.append(f"ontologies/{self.file.get(subject, FILES[0])} [{_short(subject)}]: {what}; {remedy}")

    def _label(self, subject: str) -> str:
        return _LABEL[bool(_CONCEPTS & set(self._all(subject, _TYPE)))]

    def _check_texts(self) -> set[str]:
        """Every term has a label and a definition in each language in which the ontology names itself."""
        titles = [title for name in self._names(_OWL + "Ontology") for title in self._texts(name, _RDFS + "label")]
        languages = {lang for lang, _ in titles}
        if not languages:
            self._problem(GP, "the ontology has no title", "give it an rdfs:label in every language of the project")
        for subject in self.file:
            if _NAMED & set(self._all(subject, _TYPE)):
                for predicate in (self._label(subject), _SKOS + "definition"):
                    self._check_languages(subject, predicate, self._texts(subject, predicate), languages)
        return languages

    def _check_examples(self, terms: Iterable[Term], languages: set[str]) -> None:
        for term in terms:
            self._check_languages(term.iri, _SKOS + "example", term.examples, languages)

    def _check_languages(self, subject: str, predicate: str, texts: Texts, languages: set[str]) -> None:
        have = [lang for lang, text in texts if text.strip()]
        for lang in sorted(languages - set(have)):
            self._problem(subject, f"no {_local(predicate)} in {lang!r}", "add one")
        if len(have) > len(set(have)):
            self._problem(subject, f"two {_local(predicate)}s in one language", "keep one")

    def _check_tree(self, predicate: str, names: Iterable[str]) -> None:
        """A parent is known, and nothing is its own ancestor."""
        parents = {subject: [p for p in self._all(subject, predicate) if p.startswith(BASE)] for subject in names}
        for subject, above in parents.items():
            for parent in set(above) - parents.keys():
                remedy = _did_you_mean(_short(parent), map(_short, parents))
                self._problem(subject, f"unknown parent {_short(parent)}", remedy)
        for subject in [s for s, above in parents.items() if s in self._above(above, predicate)]:
            self._problem(subject, f"is its own ancestor by {_local(predicate)}", "break the circle")
            self.values[subject, predicate].clear()  # so that reading on cannot run in the circle

    def _above(self, parents: Iterable[str], predicate: str) -> set[str]:
        seen: set[str] = set()
        open_ = list(parents)
        while open_:
            name = open_.pop()
            if name not in seen:
                seen.add(name)
                open_ += self._all(name, predicate)
        return seen

    def _check_names(self, ontology: Ontology) -> None:
        """What a relation or a kind names exists."""
        for relation in ontology.relations.values():
            self._check_known(relation, {*relation.subject, *relation.object}, ontology.classes)
            self._check_known(relation, relation.ends, ontology.relations)
            self._check_known(relation, filter(None, [relation.quad]), ontology.concepts.get(QUADS, {}))
            self._check_known(relation, filter(None, [relation.plover]), ontology.concepts.get(PLOVER, {}))
            if relation.symmetric and relation.subject != relation.object:
                self._problem(relation.iri, "symmetric with two kinds of ends", "give both the same classes")
        for kind in ontology.kinds.values():
            self._check_known(kind, [kind.type], ontology.classes)

    def _check_known(self, term: Term, names: Iterable[str], known: Mapping[str, object]) -> None:
        for name in names:
            if name not in known:
                self._problem(term.iri, f"unknown name {name!r}", _did_you_mean(name, known))

    def _entity_classes(self) -> list[str]:
        """The classes below gp:Entity; the others are classes of records, which no entity has."""
        top = GP + "Entity"
        return [c for c in self._names(_OWL + "Class") if c == top or top in self._above([c], _RDFS + "subClassOf")]

    def _concepts(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject in self._names(_SKOS + "Concept"):
            scheme = subject.rpartition("/")[0]
            found[scheme].append(subject)
            if self._all(subject, _SKOS + "inScheme") != [scheme] or scheme not in self.file:
                self._problem(subject, "not in the scheme of its IRI", f"say skos:inScheme <{scheme}>, a scheme")
        return dict(found)

    def _term(self, iri: str) -> Term:
        return Term(**self._common(iri))

    def _common(self, iri: str) -> _Common:
        return {
            "name": _local(iri),
            "iri": iri,
            "labels": self._texts(iri, self._label(iri)),
            "definitions": self._texts(iri, _SKOS + "definition"),
            "examples": self._texts(iri, _SKOS + "example"),
        }

    def _class(self, iri: str) -> Class:
        return Class(**self._common(iri), parents=self._locals(iri, _RDFS + "subClassOf"))

    def _relation(self, iri: str) -> Relation:
        return Relation(
            **self._common(iri),
            parent=self._one(iri, _RDFS + "subPropertyOf"),
            symmetric=_OWL + "SymmetricProperty" in self._all(iri, _TYPE),
            punctual=self._needed(iri, GP + "punctual") == "true",
            plover=self._one(iri, GP + "plover"),
            quad=self._needed(iri, GP + "quad"),
            subject=self._some(iri, GP + "subjectClass"),
            object=self._some(iri, GP + "objectClass"),
            ends=self._locals(iri, GP + "ends"),
        )

    def _kind(self, iri: str) -> Kind:
        parent = self._one(iri, _SKOS + "broader")
        lineage = [iri, *self._lineage(iri)]
        types = [name for kind in lineage for name in self._locals(kind, GP + "goodClass")]
        if not types:
            self._problem(iri, "no class of goods", "give its topmost kind a gp:goodClass")
        return Kind(**self._common(iri), parent=parent, type=types[0] if types else "Good")

    def _lineage(self, iri: str) -> Iterator[str]:
        for parent in self._all(iri, _SKOS + "broader")[:1]:
            yield parent
            yield from self._lineage(parent)

    def _locals(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(_local(iri) for iri in self._all(subject, predicate)))

    def _one(self, subject: str, predicate: str) -> str | None:
        values = self._locals(subject, predicate)
        if len(values) > 1:
            self._problem(subject, f"{len(values)} values of {_short(predicate)}", "keep one")
        return values[0] if values else None

    def _needed(self, subject: str, predicate: str) -> str:
        self._some(subject, predicate)
        return self._one(subject, predicate) or ""

    def _some(self, subject: str, predicate: str) -> tuple[str, ...]:
        values = self._locals(subject, predicate)
        if not values:
            self._problem(subject, f"no {_short(predicate)}", "add one")
        return values


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _short(iri: str) -> str:
    """A name as the files write it: gp:supports, kind:missile."""
    if iri.startswith(GP):
        return "gp:" + iri.removeprefix(GP)
    return iri.removeprefix(BASE).replace("/", ":") if iri.startswith(BASE) else iri
