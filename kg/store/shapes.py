"""The shapes of the ontology, checked on one article before it is written.

`kg.ontology.validate` asks pyshacl, which takes ten milliseconds a claim; this reads the same file of shapes and knows
just those parts of SHACL that stand in it, in about a fifth of that. What it does not know, it refuses when it loads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pyoxigraph as ox

from kg import ontology
from kg.errors import DataError, InputError
from kg.store import terms
from kg.store.binding import bind
from kg.store.terms import A, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal"
Facts: TypeAlias = "dict[Term, dict[ox.NamedNode, list[Term]]]"
Test: TypeAlias = "Callable[[_Data, Term, Sequence[Term]], bool]"  # of a node and the values at the end of its path

_SH = "http://www.w3.org/ns/shacl#"
_SUBCLASS = named("rdfs:subClassOf")
_TOLD = frozenset({"path", "message", "targetClass", "targetNode", "prefixes", "select", "property", "sparql"})
_USES = 50  # of a store in memory: 3 MB, and each takes a little longer than the one before
_KINDS: dict[str, type] = {"IRI": ox.NamedNode, "Literal": ox.Literal}
_LEXICAL = {
    terms.XSD + "integer": re.compile(r"[+-]?\d+"),
    terms.XSD + "date": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    terms.XSD + "gYearMonth": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])"),
}


def faults(quads: Iterable[ox.Quad]) -> list[InputError]:
    """Check quads that stand for themselves, such as an article with all that follows from it; no fault, no entry.

    >>> [str(fault) for fault in faults([ox.Quad(ox.NamedNode("urn:iran"), A, named("gp:State"))])]
    ['urn:iran: an entity has a label, one a language; add rdfs:label']
    """
    return _shapes().faults(list(quads))


class _Data:
    """Facts to look up: those of the quads before those of the ontology."""

    def __init__(self, quads: Iterable[ox.Quad], ontology: Facts, above: dict[Term, frozenset[Term]]) -> None:
        self.of, self._ontology, self._above = _facts(quads), ontology, above
        self._pointing: dict[tuple[ox.NamedNode, Term], list[Term]] = defaultdict(list)
        for subject, properties in self.of.items():
            for predicate, objects in properties.items():
                for object_ in objects:
                    self._pointing[predicate, object_].append(subject)

    def values(self, node: Term, predicate: ox.NamedNode) -> list[Term]:
        return [*self.of.get(node, {}).get(predicate, ()), *self._ontology.get(node, {}).get(predicate, ())]

    def pointing(self, predicate: ox.NamedNode, node: Term) -> list[Term]:
        return self._pointing.get((predicate, node), [])

    def is_a(self, node: Term, class_: Term) -> bool:
        return class_ in self.classes(node)

    def classes(self, node: Term) -> set[Term]:
        """Give the classes of a node and those above them."""
        return {above for found in self.values(node, A) for above in self._above.get(found, {found})}


class _Shapes:
    """All shapes of a file, ready to be asked."""

    def __init__(self, triples: Iterable[Any], ontology: Iterable[ox.Quad]) -> None:
        self._facts = _facts(triples)
        self._ontology = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in ontology]
        self._renew()
        self._known = _facts(self._store)
        self._above = {node: frozenset(self._lineage(node)) for node in self._known}
        self._problems: list[str] = []
        self._of_class, self._questions = self._compiled()
        if self._problems:
            remedy = "write it in another way, or teach kg/store/shapes.py to check it"
            raise DataError("ontologies/shapes.ttl", f"unknown: {', '.join(sorted(set(self._problems)))}", remedy)

    def faults(self, quads: list[ox.Quad]) -> list[InputError]:
        data = _Data(quads, self._known, self._above)
        found: set[tuple[str, str]] = set()
        for node in data.of:
            for class_ in data.classes(node) & self._of_class.keys():
                for message, test in self._of_class[class_]:
                    if not test(data, node, [node]):
                        found.add((_words(node), message))
        found.update(self._answers(quads))
        return [_fault(node, message) for node, message in sorted(found)]

    def _renew(self) -> None:
        """Begin a new store for questions: Oxigraph frees nothing of what was taken out of one in memory."""
        self._store, self._left = ox.Store(), _USES
        self._store.extend(self._ontology)

    def _lineage(self, class_: Term) -> Iterator[Term]:
        yield class_
        for parent in self._known.get(class_, {}).get(_SUBCLASS, ()):
            yield from self._lineage(parent)

    def _answers(self, quads: list[ox.Quad]) -> Iterator[tuple[str, str]]:
        """Put the questions about a whole class to the quads, beside the ontology."""
        if not any(quad.predicate == A and quad.object in self._asked for quad in quads):
            return
        every = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        united = [quad for quad in every if quad not in self._store]  # what the ontology says as well, stays
        self._store.extend(united)
        self._left -= 1
        try:
            for message, query in self._questions:
                rows = cast("ox.QuerySolutions", self._store.query(query))
                yield from [(_words(cast("Term", row["value"])), message) for row in rows]
        finally:
            if self._left:
                for quad in united:
                    self._store.remove(quad)
            else:
                self._renew()

    def _compiled(self) -> tuple[dict[Term, list[tuple[str, Test]]], list[tuple[str, str]]]:
        tests: dict[Term, list[tuple[str, Test]]] = defaultdict(list)
        questions: list[tuple[str, str]] = []
        self._asked: set[Term] = set()
        for shape in list(self._facts):
            for class_ in self._get(shape, "targetClass"):
                tests[class_] += self._tests(shape)
            for node in self._get(shape, "targetNode"):
                self._asked.add(node)
                questions += (self._question(each, node) for each in self._get(shape, "sparql"))
        return tests, questions

    def _question(self, node: Term, this: Term) -> tuple[str, str]:
        declared = self._get(self._one(node, "prefixes"), "declare")
        prefixes = {self._one(each, "prefix").value: self._one(each, "namespace").value for each in declared}
        header = "".join(f"PREFIX {prefix}: <{address}> " for prefix, address in sorted(prefixes.items()))
        return self._message(node), header + bind(self._one(node, "select").value, {"this": cast("ox.NamedNode", this)})

    def _tests(self, shape: Term) -> Iterator[tuple[str, Test]]:
        """Give the tests of a shape and of its properties, each with what to say when it fails."""
        own = self._all(shape)
        if self._own(shape):
            yield self._message(shape), own
        for part in self._get(shape, "property"):
            yield self._message(part), self._along(part)

    def _along(self, part: Term) -> Test:
        """Make the test of a property shape: follow its path, then test what is there."""
        follow, test = self._path(self._one(part, "path")), self._all(part)
        return lambda data, node, _: test(data, node, follow(data, node))

    def _all(self, shape: Term) -> Test:
        tests = [self._test(name, value) for name, value in self._own(shape)]
        return lambda data, node, values: all(test(data, node, values) for test in tests)

    def _own(self, shape: Term) -> list[tuple[str, Term]]:
        pairs = [(p.value, value) for p, values in self._facts.get(shape, {}).items() for value in values]
        found = [(name.removeprefix(_SH), value) for name, value in pairs if name.startswith(_SH)]
        return sorted(((name, value) for name, value in found if name not in _TOLD), key=lambda each: each[0])

    def _whole(self, shape: Term) -> Test:
        """Make a test of values that are themselves nodes with a shape."""
        tests = [self._along(shape)] if self._get(shape, "path") else [test for _, test in self._tests(shape)]
        return lambda data, _, values: all(test(data, value, [value]) for value in values for test in tests)

    def _test(self, name: str, value: Term) -> Test:
        if name == "node":
            return self._whole(value)
        if name == "not":
            inner = self._whole(value)
            return lambda data, node, values: not any(inner(data, node, [each]) for each in values)
        if name == "or":
            ways = [self._whole(each) for each in self._list(value)]
            return lambda data, node, values: all(any(way(data, node, [v]) for way in ways) for v in values)
        if name == "in":
            allowed = frozenset(self._list(value))
            return lambda _data, _node, values: allowed.issuperset(values)
        if name not in _TESTS:
            self._problems.append(f"sh:{name}")
            return lambda *_: True
        return _TESTS[name](value)

    def _path(self, path: Term) -> Callable[[_Data, Term], list[Term]]:
        if isinstance(path, ox.NamedNode):
            return lambda data, node: data.values(node, path)
        if inverse := self._get(path, "inversePath"):
            back = cast("ox.NamedNode", inverse[0])
            return lambda data, node: data.pointing(back, node)
        steps = [self._path(each) for each in self._list(path)]
        if not steps:
            self._problems.append("a path")

        def follow(data: _Data, node: Term) -> list[Term]:
            nodes = [node]
            for step in steps:
                nodes = [found for each in nodes for found in step(data, each)]
            return list(dict.fromkeys(nodes))

        return follow

    def _get(self, node: Term, name: str) -> list[Term]:
        return self._facts.get(node, {}).get(ox.NamedNode(_SH + name), [])

    def _one(self, node: Term, name: str) -> Any:  # noqa: ANN401 - a node or a literal
        return self._get(node, name)[0]

    def _message(self, shape: Term) -> str:
        return "".join(each.value for each in self._get(shape, "message"))

    def _list(self, node: Term) -> list[Term]:
        found = self._facts.get(node, {})
        if named("rdf:first") not in found:
            return []
        return [found[named("rdf:first")][0], *self._list(found[named("rdf:rest")][0])]


def _each(holds: Callable[[_Data, Term, Any], bool]) -> Callable[[Any], Test]:
    """Make a test that every value must pass."""
    return lambda wanted: lambda data, _, values: all(holds(data, value, wanted) for value in values)


def _pair(holds: Callable[[list[Term], Sequence[Term]], bool]) -> Callable[[Any], Test]:
    """Make a test that compares the values with those of another property of the same node."""
    return lambda other: lambda data, node, values: holds(data.values(node, other), values)


_TESTS: dict[str, Callable[[Any], Test]] = {
    "minCount": lambda least: lambda _data, _node, values: len(values) >= int(least.value),
    "maxCount": lambda most: lambda _data, _node, values: len(values) <= int(most.value),
    "class": _each(lambda data, value, class_: data.is_a(value, class_)),
    "datatype": _each(lambda _, value, wanted: _is_of(value, wanted)),
    "nodeKind": _each(lambda _, value, kind: isinstance(value, _KINDS[kind.value.removeprefix(_SH)])),
    "minLength": _each(lambda _, value, least: len(_words(value)) >= int(least.value)),
    "pattern": _each(lambda _, value, pattern: re.search(pattern.value, _words(value)) is not None),
    "minInclusive": _each(lambda _, value, least: _is_number(value) and int(_words(value)) >= int(least.value)),
    "hasValue": lambda wanted: lambda _data, _node, values: wanted in values,
    "uniqueLang": lambda _: lambda _data, _node, values: _differ(values),
    "equals": _pair(lambda other, values: set(other) == set(values)),
    "disjoint": _pair(lambda other, values: not set(other) & set(values)),
    "lessThan": _pair(lambda other, values: all(_compare(a, b) < 0 for a in values for b in other)),
    "lessThanOrEquals": _pair(lambda other, values: all(_compare(a, b) <= 0 for a in values for b in other)),
}


def _is_of(value: Term, datatype: ox.NamedNode) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype != datatype:
        return False
    form = _LEXICAL.get(datatype.value)
    return form is None or form.fullmatch(value.value) is not None


def _is_number(value: Term) -> bool:
    return _is_of(value, named("xsd:integer"))


def _compare(one: Any, other: Any) -> int:  # noqa: ANN401 - literals
    """Order numbers as such, and days as they are written; what cannot be compared comes late."""
    if getattr(one, "datatype", one) != getattr(other, "datatype", other):
        return 1
    first, second = (int(each.value) if _is_number(each) else each.value for each in (one, other))
    return (first > second) - (first < second)


def _differ(values: Iterable[Term]) -> bool:
    tagged = [each.language for each in values if isinstance(each, ox.Literal) and each.language]
    return len(tagged) == len(set(tagged))


def _facts(statements: Iterable[Any]) -> Facts:
    found: Facts = {}
    for statement in statements:
        found.setdefault(statement.subject, {}).setdefault(statement.predicate, []).append(statement.object)
    return found


@cache
def _shapes() -> _Shapes:
    """Read the shapes once."""
    file = ontology.FOLDER / ontology.SHAPES
    quads = [
        ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), object_, terms.ONTOLOGY)
        for name in ontology.FILES
        for subject, predicate, object_ in ontology.triples(ontology.FOLDER / name)
    ]
    return _Shapes(ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE), quads)


def _words(node: Term) -> str:
    return node.value if isinstance(node, ox.NamedNode | ox.Literal | ox.BlankNode) else str(node)


def _fault(node: str, message: str) -> InputError:
    what, _, remedy = message.partition("; ")
    return InputError(node, what, remedy)
