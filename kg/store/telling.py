"""Claims by their addresses, each as its statement with its own case and no other claim: what a list of them needs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.model import Case, Statement
from kg.store import terms
from kg.store.reading import Reader, evidence_of
from kg.store.terms import value_of
from kg.store.writing import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.backend import Backend
    from kg.store.sources import World

_TOGETHER = 500  # claims read at once


def told(backend: Backend, world: World, claims: Iterable[str]) -> Iterator[Statement]:
    """Read claims by address, in this order; those that the analyst has rejected are left out."""
    reader = Reader(backend)
    nodes = map(NamedNode, claims)
    while some := list(islice(nodes, _TOGETHER)):
        reader.fetch_claims(some)
        counted = [node for node in some if value_of(reader.node(node).one("gp:position")) != "rejected"]
        reader.fetch(case for node in counted for case in reader.node(node).all("gp:case"))
        for node in counted:
            yield _statement(reader, world, node)
        reader.drop()


def _statement(reader: Reader, world: World, node: NamedNode) -> Statement:
    found = reader.node(node)
    evidence = evidence_of(reader, node, value_of(found.one("gp:position")))
    claim, case = evidence.claim, reader.node(found.one("gp:case"))
    symmetric = world.relation(claim.relation).symmetric
    ends = canonical(claim.subject.entity.iri, claim.relation, claim.object.entity.iri, symmetric=symmetric)
    kinds = case.all("gp:kind")
    own = Case(
        iri=case.iri,
        status=value_of(case.one("gp:status")),  # type: ignore[arg-type] # one of the scheme
        kind=terms.name_of(kinds[0]) if kinds else None,
        month=case.text("gp:month"),
        evidence=(evidence,),
    )
    subject, object_ = (reader.entity(NamedNode(end)) for end in (ends[0], ends[2]))
    return Statement(terms.statement_iri(*ends), subject, ends[1], object_, (own,))
