"""Questions to a store: reading only, values bound as terms, answers as tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

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

_LINE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """An answer. ``kind`` says which: a table, a yes or no (one cell), or triples (three columns).

    ``more`` tells that there are more rows than were asked for.
    """

    kind: Literal["select", "ask", "graph"]
    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    more: bool = False

    def values(self) -> list[tuple[Value, ...]]:
        """Give the rows as plain values of Python: numbers, dates, text; IRIs as text."""
        return [tuple(_value(term) for term in row) for row in self.rows]

    def addresses(self) -> set[str]:
        """Give all addresses in it, as for labels."""
        return {str(term) for row in self.rows for term in row if isinstance(term, rdflib.URIRef)}

    def __bool__(self) -> bool:
        """Tell whether the answer is yes, or there is any."""
        return bool(_value(self.rows[0][0])) if self.kind == "ask" else bool(self.rows)


def ask(
    backend: Backend, sparql: str, bindings: Mapping[str, object], *, limit: int | None = None, network: bool = False
) -> QueryResult:
    """Answer a query over the union of all graphs; it cannot write, nor, unless it may, reach the ``network``."""
    if "SERVICE" in binding.words(sparql) and not network:
        remedy = "load that data into the store first, or let it (kg query --allow-network)"
        raise InputError("query", "SERVICE would reach the network", remedy)
    bound = {name: to_term(name, value) for name, value in bindings.items()}
    asked = _with_prefixes(binding.capped(sparql, limit + 1) if limit else sparql)
    try:
        return _result(backend.select(asked, bound), limit)
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
def inner(name: str) -> str:
    """Give the text of a query that the store asks itself."""
    text = files("kg.store").joinpath("queries", f"_{name}.rq").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return _with_prefixes(
        "\n".join(lines), {part.partition(":")[0] for sort, part in binding.tokens(text) if sort == "name"}
    )


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


def _result(answer: Answer, limit: int | None) -> QueryResult:
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult("ask", ("answer",), ((rdflib.Literal(bool(answer)),),))
    enough = limit + 1 if limit else None
    known = _Known()
    rows: list[tuple[Term, ...]]
    if isinstance(answer, ox.QuerySolutions):
        kind: Literal["select", "graph"] = "select"
        columns = tuple(variable.value for variable in answer.variables)
        rows = [tuple([known[term] for term in row]) for row in islice(answer, enough)]
    else:
        kind, columns = "graph", ("subject", "predicate", "object")
        found = islice(answer, enough)
        rows = sorted({(known[each.subject], known[each.predicate], known[each.object]) for each in found})
    return QueryResult(kind, columns, tuple(rows[:limit]), more=bool(limit) and len(rows) > (limit or 0))


class _Known(dict[Any, Term]):
    """Terms as rdflib has them, each made once an answer: most stand in many rows."""

    def __missing__(self, term: Any) -> Term:  # noqa: ANN401 - a term of Oxigraph, or none
        made = None if term is None else to_rdflib(term)
        self[term] = made
        return made


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


def to_ox(term: rdflib.URIRef | rdflib.Literal | rdflib.BNode) -> ox.NamedNode | ox.Literal | ox.BlankNode:
    """Give a term as Oxigraph has it, the other way round than `to_rdflib`."""
    if isinstance(term, rdflib.Literal):
        return _ox_literal(term)
    return ox.NamedNode(str(term)) if isinstance(term, rdflib.URIRef) else ox.BlankNode(str(term).removeprefix("_:"))


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
