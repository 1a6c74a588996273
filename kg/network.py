"""Statements → a plain networkx graph to compute with or to save: texts and numbers only, no places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kg import ontology
from kg.graph import roll, strongest
from kg.rollup import Rolled
from kg.text import for_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.actors import Actors
    from kg.model import Entity, Statement

    Network: TypeAlias = nx.MultiDiGraph[str]


def network(
    statements: Iterable[Statement], *, lang: str = "en", roll_up: bool = False, who: Actors | None = None
) -> Network:
    """Make a directed multigraph of statements: entities by address as nodes, one edge a statement, by its relation.

    A node has ``label``, one label a language (``label_fr``), ``class``, ``known`` and, where it has one, ``qid``. An
    edge has ``label``, ``relation``, ``quad``, ``symmetric``, ``status`` (of several cases the one that a reader must
    see first), ``kinds``, the counts ``cases``, ``sources``, ``articles`` and ``claims``, ``statement`` (its address)
    and, where anything has a date, ``first`` and ``last``. With ``roll_up``, persons count for their state, and edges
    have ``through``. All of it can be written as GraphML: ``nx.write_graphml(graph, "graph.graphml")``.

    >>> network([]).is_multigraph()
    True
    """
    ordered = sorted(statements, key=lambda each: (each.subject.iri, each.object.iri, each.relation, each.iri))
    graph: Network = nx.MultiDiGraph()
    drawn = roll(ordered, who) if roll_up else [Rolled(statement) for statement in ordered]
    ends = {end.iri: end for each in drawn for end in (each.statement.subject, each.statement.object)}
    graph.add_nodes_from((iri, _node(ends[iri], lang)) for iri in sorted(ends))
    for each in drawn:
        statement = each.statement
        through = " ".join(end.iri for end in each.through if end)
        key = f"{statement.relation} {through}".strip()
        graph.add_edge(statement.subject.iri, statement.object.iri, key=key, **_edge(each, lang))
    return graph


def _node(entity: Entity, lang: str) -> dict[str, Any]:
    labels = {f"label_{each}": for_xml(text) for each, text in entity.labels if each}
    about = {"label": for_xml(entity.label_in(lang)), **labels, "class": entity.type, "known": entity.known}
    return about | ({"qid": entity.qid} if entity.qid else {})


def _edge(each: Rolled, lang: str) -> dict[str, Any]:
    statement = each.statement
    relation, cases = ontology.load().relation(statement.relation), statement.cases
    evidence = [one for case in cases for one in case.evidence]
    days = sorted(one.article.date.isoformat() for one in evidence if one.article.date)
    through = ", ".join(for_xml(end.label_in(lang)) for end in each.through if end)
    return {
        "label": relation.label_in(lang),
        "relation": relation.name,
        "quad": relation.quad,
        "symmetric": relation.symmetric,
        "status": strongest(case.status for case in cases),
        "kinds": ", ".join(sorted({case.kind for case in cases if case.kind})),
        "cases": len(cases),
        "sources": len({source.iri for case in cases for source in case.sources}),
        "articles": len({one.article.id for one in evidence}),
        "claims": len({one.claim.iri for one in evidence}),
        "statement": statement.iri,
        **({"first": days[0], "last": days[-1]} if days else {}),
        **({"through": through} if through else {}),
    }
