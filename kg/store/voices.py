"""The voices on statements, read back from the claims of the articles that are there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import NamedNode

from kg.store import terms
from kg.store.cases import Voice
from kg.store.terms import concept, named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.backend import Backend
    from kg.store.reading import Node, Reader
    from kg.store.writing import Ends

_DOUBTS = concept("stance", "doubts")


def voices(
    backend: Backend, reader: Reader, wanted: Iterable[Ends], *, but: NamedNode | None = None
) -> dict[Ends, list[Voice]]:
    """Read the voices on some statements, but those of one article and of articles that are there in part."""
    by_iri = {terms.statement_iri(*ends): ends for ends in wanted}
    found: dict[Ends, list[Voice]] = {ends: [] for ends in by_iri.values()}
    statements = [NamedNode(iri) for iri in by_iri]
    case_of = {
        cast("NamedNode", quad.subject): by_iri[cast("NamedNode", quad.object).value]
        for quad in backend.pointing(named("gp:ofStatement"), statements)
    }
    links = [(quad.subject, quad.object) for quad in backend.pointing(named("gp:case"), case_of)]
    cases = dict(cast("list[tuple[NamedNode, NamedNode]]", links))
    claims = [claim for claim in reader.fetch(cases) if claim.all("prov:wasQuotedFrom") not in ([], [but])]
    _fetch_parts(reader, claims, case_of)
    for claim in claims:
        case = cases[NamedNode(claim.iri)]
        if reader.node(claim.one("prov:wasQuotedFrom")).all("gp:articleId"):
            found[case_of[case]].append(_voice(reader, claim, reader.node(case)))
    return {ends: sorted(each, key=lambda voice: voice.claim) for ends, each in found.items()}


def _fetch_parts(reader: Reader, claims: list[Node], cases: Iterable[NamedNode]) -> None:
    nodes = [*cases]
    for claim in claims:
        nodes += (*claim.all("prov:wasQuotedFrom"), *claim.all("oa:hasSelector"), *claim.all("gp:attribution"))
    reader.fetch(nodes)


def _voice(reader: Reader, claim: Node, case: Node) -> Voice:
    article, passage = (reader.node(claim.one(part)) for part in ("prov:wasQuotedFrom", "oa:hasSelector"))
    speakers = [reader.node(each) for each in claim.all("gp:attribution")]
    kinds, day = case.all("gp:kind"), article.text("dcterms:date") or ""
    position = cast("Any", terms.value_of(claim.one("gp:position")))
    return Voice(
        claim=claim.iri,
        kind=terms.name_of(kinds[0]) if kinds else None,
        month=case.text("gp:month"),
        position=position,
        place=(day, article.words("gp:articleId"), 0 if passage.words("gp:part") == "title" else 1,
               int(passage.words("oa:start"))),
        sources=tuple(sorted(_source(node) for node in (claim, *speakers) if node.all("gp:voiceOf"))),
        doubted=position == "open" and any(_DOUBTS in each.all("gp:stance") for each in speakers),
        date=date.fromisoformat(day) if day else None,
    )  # fmt: skip


def _source(node: Node) -> tuple[str, Any]:
    return node.one("gp:voiceOf").value, terms.value_of(node.one("gp:sourceRole"))
