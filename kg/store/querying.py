"""Questions to a store: reading only, values bound as terms, answers as tables; the shipped queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

import pyoxigraph as ox
import rdflib

from kg.errors import InputError
from kg.model import Entity
from kg.store import binding, terms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.store.backend import Answer, Backend

Term: TypeAlias = rdflib.URIRef | rdflib.Literal | rdflib.BNode | None
Value: TypeAlias = str | int | float | bool | Decimal | date | None

_HEADER = re.compile(r"^# ?(\w+)(?:\.(\w+))?: *(.*)$")
_LINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer. ``kind`` says which: a table, a yes or no (one cell), or triples (three columns)."""

    kind: Literal["select", "ask", "graph"]
    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]

    def values(self) -> list[tuple[Value, ...]]:
        """Give the rows as plain values of Python: numbers, dates, text; IRIs as text."""
        return [tuple(_value(term) for term in row) for row in self.rows]

    def __bool__(self) -> bool:
        """Tell whether the answer is yes, or there is any."""
        return bool(_value(self.rows[0][0])) if self.kind == "ask" else bool(self.rows)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with kg: its text, what it tells in each language, its parameters."""

    name: str
    text: str
    descriptions: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...] = ()

    def description(self, lang: str = "en") -> str:
        """Say in a language what the query answers."""
        return dict(self.descriptions).get(lang, self.name)


def ask(backend: Backend, sparql: str, bindings: Mapping[str, object]) -> QueryResult:
    """Answer a query over the union of all graphs; it cannot write, nor reach the network."""
    if "SERVICE" in binding.words(sparql):
        raise InputError("query", "SERVICE would reach the network", "load that data into the store first")
    bound = {name: to_term(name, value) for name, value in bindings.items()}
    try:
        return _result(backend.select(_with_prefixes(sparql), bound))
    except SyntaxError as error:
        raise _unread(sparql, str(error)) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError("query", f"cannot be answered ({error})", "check the query") from error


def to_term(name: str, value: object) -> terms.Node:
    """Make a term of a value: an entity or an address becomes an IRI, everything else a literal.

    >>> to_term("who", "ent:iran").value
    'https://w3id.org/geopolitics-kg/entity/iran'
    >>> to_term("what", "L'Iran").value
    "L'Iran"
    """
    match value:
        case ox.NamedNode() | ox.Literal():
            return value
        case rdflib.URIRef() | Entity():
            return terms.iri(value.iri if isinstance(value, Entity) else str(value), name)
        case rdflib.Literal():
            return _ox_literal(value)
        case bool() | int() | float():
            return ox.Literal(value)
        case date():
            return terms.day(value)
        case str():
            return _text_term(name, value)
    raise InputError(name, f"cannot bind a {type(value).__name__}", "give a text, a number, a date or an entity")


@cache
def queries() -> Mapping[str, NamedQuery]:
    """Give the queries that ship with kg, by name; those of its own inner use begin with an underscore."""
    folder = files("kg.store").joinpath("queries")
    found = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".rq"))
    return {
        name.removesuffix(".rq"): _parse(name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for name, file in found
        if not name.startswith("_")
    }


@cache
def inner(name: str) -> str:
    """Give the text of a query that the store asks itself."""
    text = files("kg.store").joinpath("queries", f"_{name}.rq").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return _with_prefixes(
        "\n".join(lines), {part.partition(":")[0] for sort, part in binding.tokens(text) if sort == "name"}
    )


def _parse(name: str, text: str) -> NamedQuery:
    """Read the comment at the top: ``# description.en: …`` and ``# parameter.subject: …``."""
    header = [found for line in text.splitlines() if (found := _HEADER.match(line))]
    descriptions = tuple((found[2], found[3]) for found in header if found[1] == "description" and found[2])
    parameters = tuple((found[2], found[3]) for found in header if found[1] == "parameter" and found[2])
    return NamedQuery(name, text, descriptions, parameters)


def _with_prefixes(sparql: str, used: Collection[str] = terms.PREFIXES.keys()) -> str:
    """Put our prefixes before the query, on its first line so that lines keep their numbers."""
    return "".join(f"PREFIX {prefix}: <{terms.PREFIXES[prefix]}> " for prefix in sorted(used)) + sparql


def _unread(sparql: str, message: str) -> InputError:
    """Say where a query is wrong, in the lines of its writer."""
    if not (found := _LINE.match(message)):
        return InputError("query", message, "mend the query")
    line, column = int(found[1]), int(found[2])
    column -= len(_with_prefixes("")) if line == 1 else 0
    if (verb := binding.starts_with(sparql)) in binding.CHANGES:
        return InputError("query", f"{verb} would change the store", "ask with SELECT, ASK or CONSTRUCT")
    return InputError(f"query, line {line}, column {max(column, 1)}", found[3], "mend the query at that place")


def _result(answer: Answer) -> QueryResult:
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult("ask", ("answer",), ((rdflib.Literal(bool(answer)),),))
    if not isinstance(answer, ox.QuerySolutions):
        found = sorted(tuple(map(to_rdflib, (each.subject, each.predicate, each.object))) for each in answer)
        return QueryResult("graph", ("subject", "predicate", "object"), tuple(found))
    columns = tuple(variable.value for variable in answer.variables)
    rows = (tuple(None if term is None else to_rdflib(term) for term in solution) for solution in answer)
    return QueryResult("select", columns, tuple(rows))


def to_rdflib(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple,
) -> rdflib.URIRef | rdflib.Literal | rdflib.BNode:
    """Give a term as rdflib has it: its text is ``str(term)``, its value ``term.toPython()``."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        plain = term.datatype.value == terms.XSD + "string"
        datatype = None if term.language or plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return rdflib.BNode(str(term))


def _text_term(name: str, value: str) -> terms.Node:
    prefix, colon, _ = value.partition(":")
    if colon and prefix in terms.PREFIXES:
        return terms.iri(terms.PREFIXES[prefix] + value.removeprefix(prefix + ":"), name)
    if value.startswith(("http://", "https://")) and not re.search(r'[\s<>"{}|\\^`]', value):
        return terms.iri(value, name)
    return terms.text(value)


def _ox_literal(value: rdflib.Literal) -> ox.Literal:
    if value.language:
        return terms.text(str(value), value.language)
    return (
        ox.Literal(str(value), datatype=ox.NamedNode(str(value.datatype))) if value.datatype else terms.text(str(value))
    )


def _value(term: Term) -> Value:
    if not isinstance(term, rdflib.Literal):
        return None if term is None else str(term)
    value = term.toPython()
    return value if isinstance(value, bool | int | float | Decimal | date) else str(term)
