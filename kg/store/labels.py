"""What the nodes of a store are called, in a language: whoever reads an answer wants names, not addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib

from kg.model import BASE
from kg.store import terms
from kg.store.terms import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store.backend import Backend
    from kg.store.querying import QueryResult

_LABELS = tuple(map(named, ("rdfs:label", "skos:prefLabel", "dcterms:title")))
_FALLBACK = "en"  # where a node has no label in the language that is asked for


def labels(backend: Backend, iris: Iterable[str], lang: str) -> Mapping[str, str]:
    """Give the label of every node that has one: in a language, else in English, else the first there is."""
    found: dict[str, dict[str, str]] = {}
    for quad in _said_of({ox.NamedNode(iri) for iri in iris}, backend):
        if quad.predicate in _LABELS and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.subject.value, {})[quad.object.language or ""] = quad.object.value  # type: ignore[union-attr] # an IRI
    return {iri: _best(texts, lang) for iri, texts in found.items()}


def addresses(result: QueryResult) -> list[tuple[str | None, ...]]:
    """Give the rows of an answer with their addresses alone."""
    return [tuple(str(term) if isinstance(term, rdflib.URIRef) else None for term in row) for row in result.rows]


def _said_of(nodes: set[ox.NamedNode], backend: Backend) -> Iterator[ox.Quad]:
    """Look where labels stand: descriptions, ontology, articles; never through all triples of a famous state."""
    yield from backend.about(nodes, terms.ENTITIES)
    yield from backend.about(nodes, terms.ONTOLOGY)
    yield from backend.about(node for node in nodes if node.value.startswith(BASE + "article/"))


def _best(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get(_FALLBACK) or texts[min(texts)]
