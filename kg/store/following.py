"""What an analyst has decided on claims, followed in a store: which articles it touches, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from kg.model import Entity
from kg.store import terms
from kg.store.entry import alone
from kg.store.reading import Reader
from kg.store.rulings import Ruled, amended, unfit
from kg.store.shapes import faults
from kg.store.terms import A, named
from kg.store.writing import canonical, redraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.model import Article, Ruling
    from kg.store.backend import Backend
    from kg.store.sources import World
    from kg.store.writing import Draft

MISSING = "no claim of that id is in this store"


class Followed(NamedTuple):
    """An article as it stands by what the analyst decided; ``unfit`` tells by claim what could not be followed."""

    article: Article
    draft: Draft
    unfit: dict[str, str]


def standing(backend: Backend) -> dict[str, Ruling]:
    """Read the verdicts that a store follows now, by the address of the claim."""
    nodes = [cast("ox.NamedNode", quad.subject) for quad in backend.match(None, named("gp:verdict"))]
    reader = Reader(backend)
    reader.fetch(nodes)
    return {node.value: ruling for node in nodes if (ruling := reader.ruling(node))}


def articles_of(backend: Backend, claims: Iterable[str]) -> dict[str, ox.NamedNode]:
    """Find the articles of claims; those that are not there are left out."""
    nodes = [ox.NamedNode(address) for address in claims]
    link = named("prov:wasQuotedFrom")
    found = (quad for quad in backend.about(nodes) if quad.predicate == link)
    return {cast("ox.NamedNode", quad.subject).value: cast("ox.NamedNode", quad.object) for quad in found}


def followed(backend: Backend, node: ox.NamedNode, rulings: Mapping[str, Ruling], world: World) -> Followed:
    """Work an article of the store out anew, with the verdicts on its claims."""
    quads = set(backend.match(graph=terms.graph_of(node.value)))
    claims = sorted(
        (quad.subject for quad in quads if quad.predicate == A and quad.object == named("gp:Claim")), key=str
    )
    reader = Reader(backend)
    reader.fetch_claims(cast("list[ox.NamedNode]", claims))
    article = reader.article(node)
    record = [quad for quad in quads if _is_of(quad, node)]
    read = [Ruled(each.value, one := reader.original(each), one) for each in cast("list[ox.NamedNode]", claims)]
    ruled = [_ruled(each, rulings.get(each.address), world) for each in read]
    told = {each.address: why for each in ruled if each.ruling and (why := unfit(each.original, each.ruling))}
    made = redraft(article, [_without(each, told) for each in ruled], world, record)
    if broken := _broken(made, ruled, world):
        told |= broken
        made = redraft(article, [_without(each, told) for each in ruled], world, record)
    return Followed(article, made, told)


def _is_of(quad: ox.Quad, article: ox.NamedNode) -> bool:
    """Is it said of the article itself, or of an older text of it?"""
    subject = cast("ox.NamedNode", quad.subject)
    return subject == article or subject.value.startswith(f"{article.value}/version/")


def _ruled(each: Ruled, ruling: Ruling | None, world: World) -> Ruled:
    if ruling is None or unfit(each.original, ruling):
        return replace(each, ruling=ruling)

    def entity(iri: str) -> Entity:
        return world.entity(iri) or Entity(iri, terms.name_of(ox.NamedNode(iri)), "Unresolved")

    return replace(each, claim=amended(each.original, ruling, entity), ruling=ruling)


def _without(each: Ruled, told: Mapping[str, str]) -> Ruled:
    return Ruled(each.address, each.original, each.original) if each.address in told else each


def _broken(made: Draft, ruled: Iterable[Ruled], world: World) -> dict[str, str]:
    """Find the amended claims that have not the shape which the ontology asks for."""
    amendments = {each.address: each for each in ruled if each.ruling and each.ruling.amendments}
    found = faults(alone(made, world)) if amendments else []
    return {
        address: fault.what
        for fault in found
        for address, each in amendments.items()
        if fault.where.startswith(address) or fault.where == _statement(each, world)
    }


def _statement(each: Ruled, world: World) -> str:
    claim = each.claim
    ends = canonical(
        claim.subject.entity.iri,
        claim.relation,
        claim.object.entity.iri,
        symmetric=world.relation(claim.relation).symmetric,
    )
    return terms.statement_iri(*ends)
