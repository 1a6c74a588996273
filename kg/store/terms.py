"""The terms of the store: addresses of graphs, properties and values; values of Python to and from RDF."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import InputError
from kg.model import BASE, ENT, GP, digest

if TYPE_CHECKING:
    from datetime import date

Node: TypeAlias = NamedNode | Literal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
KIND = BASE + "kind/"
WIKIDATA = "http://www.wikidata.org/entity/"

PREFIXES = {
    "gp": GP, "ent": ENT, "kind": KIND, "article": BASE + "article/", "claim": BASE + "claim/",
    "statement": BASE + "statement/", "case": BASE + "case/", "outlet": BASE + "outlet/",
    "stance": BASE + "stance/", "polarity": BASE + "polarity/", "modality": BASE + "modality/",
    "phase": BASE + "phase/", "status": BASE + "status/", "position": BASE + "position/",
    "role": BASE + "role/", "facet": BASE + "facet/", "quad": BASE + "quad/", "verdict": BASE + "verdict/",
    "rdf": RDF, "rdfs": RDFS, "xsd": XSD, "owl": OWL, "skos": SKOS, "dcterms": DCTERMS, "prov": PROV, "oa": OA,
    "wd": WIKIDATA,
}  # fmt: skip

VOICE = NamedNode(BASE + "graph/voice")
CLAIMED = NamedNode(BASE + "graph/claimed")
STATEMENTS = NamedNode(BASE + "graph/statements")
ENTITIES = NamedNode(BASE + "graph/entities")
ONTOLOGY = NamedNode(BASE + "graph/ontology")
_ARTICLE, _ARTICLE_GRAPH = BASE + "article/", BASE + "graph/article/"

_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def named(curie: str) -> NamedNode:
    """Give the node of a short name.

    >>> named("gp:subject").value
    'https://w3id.org/geopolitics-kg/ontology#subject'
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


A = named("rdf:type")


@cache
def concept(scheme: str, value: str) -> NamedNode:
    """Give the SKOS concept of a value.

    >>> concept("role", "third party").value
    'https://w3id.org/geopolitics-kg/role/third-party'
    """
    return NamedNode(f"{BASE}{scheme}/{value.replace(' ', '-')}")


def value_of(node: NamedNode) -> str:
    """Read the value off a concept, the other way round than `concept`."""
    return node.value.rsplit("/", 1)[-1].replace("-", " ")


def name_of(node: NamedNode) -> str:
    """Read the last part of an address: the name of a relation, a class or a kind."""
    return re.split("[#/]", node.value)[-1]


def iri(address: str, where: str) -> NamedNode:
    """Make a node of an address that comes from outside; one that is none is the giver's mistake."""
    try:
        return NamedNode(address)
    except ValueError as error:
        raise InputError(where, f"{address!r} is no IRI ({error})", "give an absolute IRI without spaces") from None


def text(value: str, lang: str | None = None) -> Literal:
    """Make a literal; half characters that no file can hold become U+FFFD, so that offsets stay."""
    clean = _SURROGATE.sub("\ufffd", value)
    return Literal(clean, language=lang) if lang else Literal(clean)


def number(value: int) -> Literal:
    """Make a whole number."""
    return Literal(str(value), datatype=named("xsd:integer"))


def day(value: date) -> Literal:
    """Make a date."""
    return Literal(value.isoformat(), datatype=named("xsd:date"))


def statement_iri(subject: str, relation: str, object_: str) -> str:
    """Give the address of a statement; the ends of a symmetric one come sorted."""
    return f"{BASE}statement/{digest(subject, relation, object_)}"


def case_iri(statement: str, kind: str | None, month: str | None) -> str:
    """Give the address of a case of a statement."""
    return f"{BASE}case/{digest(statement, kind or '', month or '')}"


def graph_of(article_iri: str) -> NamedNode:
    """Give the graph that holds one article."""
    return NamedNode(_ARTICLE_GRAPH + article_iri.removeprefix(_ARTICLE))


def is_of_article(graph: NamedNode) -> bool:
    """Is it the graph of an article?"""
    return graph.value.startswith(_ARTICLE_GRAPH)


def quads_in(graph: NamedNode, triples: list[tuple[NamedNode, NamedNode, Node]]) -> set[Quad]:
    """Put triples into a graph."""
    return {Quad(subject, predicate, object_, graph) for subject, predicate, object_ in triples}
