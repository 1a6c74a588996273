"""A question as somebody puts it, shipped or their own, with values as they write them, made ready for a store.

Values of a shipped query have a sort: an actor by any name in either language, a relation by name or label, a date.
They are handed over as terms and never become a part of the query's text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from kg import actors, lookup, ontology
from kg.errors import InputError, UnknownName
from kg.model import GP
from kg.store import named
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.actors import Actors
    from kg.store import NamedQuery, Parameter, QueryResult, Store

Values: TypeAlias = "Mapping[str, object]"

_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ADDRESS = re.compile(r"https?://\S+|[a-z]+:\S+|Q[1-9][0-9]*")
_TRUTHS = {"yes": True, "oui": True, "true": True, "no": False, "non": False, "false": False}
_NEAR = 75  # of 100: how like a word must be to be proposed
_ENDS = ("subject", "relation", "object")
_THERE = "ASK { { ?entity ?property ?value } UNION { ?thing ?relation ?entity } }"
_NAMED = "SELECT ?entity ?label { ?entity rdfs:label ?label ; a ?class . ?class rdfs:subClassOf* gp:Entity }"


def is_name(query: str) -> bool:
    """Tell the name of a shipped query from a query.

    >>> is_name("who-arms"), is_name("ASK {}")
    (True, False)
    """
    return bool(_NAME.fullmatch(query.strip()))


def ask(
    store: Store,
    query: str,
    values: Values,
    who: Actors | None = None,
    *,
    limit: int | None = None,
    network: bool = False,
) -> QueryResult:
    """Answer a query in SPARQL, or a shipped one by its name, with values for its variables.

    >>> from kg.store import open_store
    >>> with open_store() as store:
    ...     ask(store, "who-arms", {"supplier": "Téhéran"}).rows
    ()

    Raises:
        InputError: the query or a value is wrong, or a value is missing.
        UnknownName: no query, actor, relation or parameter is called so.
        StoreError: the store cannot be read.
    """
    if not is_name(query):
        return store.answer(query, values, limit=limit, network=network)
    shipped = named(query.strip())
    return store.answer(shipped.text, terms_for(store, shipped, values, who), limit=limit, network=network)


def terms_for(store: Store, query: NamedQuery, values: Values, who: Actors | None = None) -> dict[str, object]:
    """Make what a shipped query takes of the values that somebody gives.

    Raises:
        InputError: a value is wrong, or one is missing.
        UnknownName: no actor, relation or parameter is called so.
    """
    parameters = {each.name: each for each in query.parameters}
    for name in values:
        if name not in parameters:
            remedy = lookup.choose(name, parameters) if parameters else "leave it out: it takes no values"
            raise UnknownName(f"{query.name}: {name}", "no parameter of that name", remedy)
    missing = [each for each in query.parameters if each.required and each.name not in values]
    if missing:
        needs = ", ".join(f"{each.name} ({each.description()})" for each in missing)
        raise InputError(query.name, f"needs a value for {needs}", f"write it as in: {query.example()}")
    given = {each.name: each.default for each in query.parameters if each.default is not None} | dict(values)
    reader = _Reader(store, who)
    return _in_order({name: reader.term(parameters[name], value) for name, value in given.items()})


def _in_order(found: dict[str, object]) -> dict[str, object]:
    """Sort the ends of a symmetric statement, as the store does."""
    if all(isinstance(found.get(name), str) for name in _ENDS):
        subject, name, object_ = (str(found[each]) for each in _ENDS)
        tie = ontology.load().relations.get(name.removeprefix(GP))
        if tie and tie.symmetric:
            found["subject"], found["object"] = sorted((subject, object_))
    return found


class _Reader:
    """Reads values by their sort; the tables of actors and the labels of the store are loaded when they are needed."""

    def __init__(self, store: Store, who: Actors | None) -> None:
        self._store, self._who = store, who

    def term(self, parameter: Parameter, value: object) -> object:
        """Read a value; what is none of text is a term already."""
        if not isinstance(value, str):
            return value
        where, text = f"{parameter.name}={one_line(value)}", value.strip()
        match parameter.sort:
            case "entity":
                return self._entity(where, text)
            case "relation":
                return GP + lookup.relation(text).name
            case "date":
                return _date(where, text)
            case "integer":
                return _integer(where, text)
        return _truth(where, text)

    def _entity(self, where: str, text: str) -> str:
        who = self._who or actors.load()
        found = list(dict.fromkeys(_meant(text, who)))
        for fits in (lambda iri: _acts(iri, who), self._is_there):
            if len(found) > 1:
                found = list(filter(fits, found)) or found
        if not found:
            found = self._in_store(text)
        if not found:
            raise UnknownName(where, "nobody of that name is known, nor in this store", self._proposal(text, who))
        if len(found) > 1:
            choices = lookup.listed(found, who)
            raise UnknownName(where, "several are called so", f"write the address of one: {choices}")
        return found[0]

    def _is_there(self, iri: str) -> bool:
        return bool(self._store.query(_THERE, entity=iri))

    def _in_store(self, text: str) -> list[str]:
        """Find somebody whom only this store knows, by address or by the words of a text."""
        if _ADDRESS.fullmatch(text):
            return [lookup.iri_of(text)] if self._is_there(text) else []
        key = text.casefold()
        return sorted({iri for iri, label in self._labels() if label.casefold() == key})

    def _labels(self) -> list[tuple[str, str]]:
        return [(str(iri), str(label)) for iri, label in self._store.query(_NAMED).rows]

    def _proposal(self, text: str, who: Actors) -> str:
        known = {label.casefold(): label for _, label in self._labels()}
        near = extractOne(text.casefold(), sorted(known), scorer=ratio, score_cutoff=_NEAR)
        if near:
            return f"did you mean {one_line(known[near[0]])}?"
        return lookup.did_you_mean(text, who)


def _meant(text: str, who: Actors) -> list[str]:
    """Give those whom the tables know by a name, by which a capital also means its state, or by address."""
    found = lookup.meant(text, who)
    if _ADDRESS.fullmatch(text):
        return list(found)
    return [iri for each in found for iri in (each, who.seat_of(each)) if iri]


def _acts(iri: str, who: Actors) -> bool:
    """Tell an actor from a place: Moscow by name alone is whoever acts there."""
    return ontology.load().is_a(who.entities[iri].type, "Actor")


def _date(where: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(where, "no date", "write it as 2024-09-10") from None


def _integer(where: str, text: str) -> int:
    if not text.isdecimal():
        raise InputError(where, "no whole number", "write it in digits, as 2")
    return int(text)


def _truth(where: str, text: str) -> bool:
    if text.casefold() not in _TRUTHS:
        raise InputError(where, "neither yes nor no", "write yes or no")
    return _TRUTHS[text.casefold()]
