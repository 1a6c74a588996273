"""Statements → a networkx graph with places to draw it at: one edge per statement, never merged.

Places are computed here and not by the page, so that a page rests when it opens and two runs give
the same bytes. What only structure (offices, membership, seats) connects is placed last, beside what it
hangs on, so that hiding it leaves no hole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kg import actors, ontology
from kg.layout import places
from kg.rollup import Rolled, RollUp, rolled
from kg.sweeping import unswept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.actors import Actors
    from kg.model import Entity, Statement, Status

    Graph: TypeAlias = nx.MultiDiGraph[str]

STRUCTURE = "structure"

# Of several cases, the edge shows the first of these that it has: a contest never hides behind a report.
STATUSES: tuple[Status, ...] = (
    "Contested",
    "Corroborated",
    "Reported",
    "Alleged",
    "Denied",
    "Negated",
    "Prospective",
    "Rejected",
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The edges from one node to another that a reader sees as one line: their relations are of one family.

    ``edges`` are their places among the edges of the graph; the strongest status of any of them is that of the line.
    A family has one quad; what goes both ways (``atWarWith``) is not bundled with what goes one way (``attacks``).
    """

    source: str
    target: str
    family: str
    quad: str
    symmetric: bool
    edges: tuple[int, ...]
    status: Status
    cases: int
    sources: int


OPENED, LINES, FEWEST = 150, 600, 15  # nodes, and lines between them, that can be read at once; nodes at least
LARGE = 1.5  # times as much is still drawn whole


def build(statements: Iterable[Statement], *, roll_up: bool = False, who: Actors | None = None) -> Graph:
    """Make a graph of statements: entities as nodes, one edge per statement, places precomputed.

    With ``roll_up``, who leads, represents or belongs to a state or body counts for it at each article's date, by the
    tables (or by ``who``, tables that a user has amended): persons, ministries and armies become their state, and the
    edges say through whom. What then only ties a state to itself (Blinken represents the United States) is left out.

    A node has ``entity``, ``label``, ``labels``, ``type``, ``weight`` (how many cases it is part of),
    ``structural`` (nothing but structure connects it), ``merged`` (who counts for it here), ``home`` (for whom it
    counts and under whom it stands; rolled up, nobody), ``beyond`` (too much to show it at once), ``x`` and ``y``.
    An edge, keyed by its relation and, rolled up, by its ends before, has ``statement``, ``relation``, ``quad``,
    ``symmetric``, ``status``, ``cases``, ``sources`` and ``evidence`` (the three are counts) and ``through`` (its two
    ends before, where they were others). The graph itself keeps ``statements``, ``roll_up``, ``who`` and, as
    ``counted``, the statements rolled up.

    >>> build([]).number_of_nodes()
    0
    """
    with unswept():
        ordered = sorted(statements, key=lambda s: (s.subject.iri, s.object.iri, s.relation, s.iri))
        return _drawn(ordered, roll(ordered, who), roll_up=roll_up, who=who)


def _drawn(ordered: Sequence[Statement], counted: Sequence[Rolled], *, roll_up: bool, who: Actors | None) -> Graph:
    graph: Graph = nx.MultiDiGraph(statements=ordered, counted=counted, roll_up=roll_up, who=who)
    drawn = counted if roll_up else [Rolled(statement) for statement in ordered]
    entities = {entity.iri: entity for each in drawn for entity in (each.statement.subject, each.statement.object)}
    for iri in sorted(entities):
        graph.add_node(iri, **_node(entities[iri]), merged=(), home=None, beyond=False)
    for each in drawn:
        statement = each.statement
        if not _ties_to_itself(each):
            graph.add_edge(statement.subject.iri, statement.object.iri, _key(each), **_edge(statement, each.through))
    _merge(graph, drawn)
    _weigh(graph)
    _settle(graph, () if roll_up else counted)
    _limit(graph)
    for iri, (x, y) in places(graph).items():
        graph.nodes[iri].update(x=round(x), y=round(y))
    return graph


def turned(graph: Graph) -> Graph | None:
    """Give a graph the other way, rolled up or not; None if nobody in it counts for another.

    >>> turned(build([])) is None
    True
    """
    statements, counted, who = (graph.graph[name] for name in ("statements", "counted", "who"))
    if not any(any(each.through) for each in counted):
        return None
    return _drawn(statements, counted, roll_up=not graph.graph["roll_up"], who=who)


def ends(
    statements: Iterable[Statement], *, roll_up: bool = False, who: Actors | None = None
) -> Mapping[str, frozenset[str]]:
    """Give for each statement whom it ties: its ends and, rolled up, those for whom they count.

    >>> ends([])
    {}
    """
    some = list(statements)
    found: dict[str, frozenset[str]] = {}
    for each in [*some, *(part.statement for part in (roll(some, who) if roll_up else ()))]:
        found[each.iri] = found.get(each.iri, frozenset()) | {each.subject.iri, each.object.iri}
    return found


def roll(statements: Iterable[Statement], who: Actors | None = None) -> list[Rolled]:
    """Count persons, ministries and armies for their state, by the tables (or by ``who``), in a stable order.

    >>> roll([])
    []
    """
    statements = list(statements)
    people = who or actors.load()
    known = {end.iri: end for statement in statements for end in (statement.subject, statement.object)}

    def type_of(iri: str) -> str | None:
        entity = known.get(iri) or people.entities.get(iri)
        return entity.type if entity else None

    by_table = RollUp(people.bodies_of, people.part_of, type_of)
    found = rolled(statements, by_table, people.entities.get)
    return sorted(found, key=lambda each: (each.statement.subject.iri, each.statement.object.iri, _key(each)))


def _ties_to_itself(each: Rolled) -> bool:
    """Would it say no more than that a state is its own minister's?"""
    statement = each.statement
    loop = any(each.through) and statement.subject.iri == statement.object.iri
    return loop and ontology.load().relation(statement.relation).quad == STRUCTURE


def _key(each: Rolled) -> str:
    return " ".join([each.statement.relation, *(end.iri if end else "-" for end in each.through if any(each.through))])


def _merge(graph: Graph, drawn: Iterable[Rolled]) -> None:
    """Note at every node who counts for it."""
    merged: dict[str, dict[str, Entity]] = defaultdict(dict)
    for each in drawn:
        for end, before in zip((each.statement.subject, each.statement.object), each.through, strict=True):
            if before:
                merged[end.iri][before.iri] = before
    for iri, some in merged.items():
        graph.nodes[iri]["merged"] = tuple(some[one] for one in sorted(some))


def family(relation: str) -> str:
    """Name the family of a relation: the relation at the top of it and, where those below it differ in it, the quad.

    >>> family("suppliesArmsTo"), family("recognizes"), family("meetsWith")
    ('supports.material-cooperation', 'supports.verbal-cooperation', 'meetsWith')

    Raises:
        UnknownName: there is no such relation.
    """
    top = _top(relation)
    return f"{top}.{ontology.load().relation(relation).quad}" if top in _mixed() else top


@cache
def _top(relation: str) -> str:
    parent = ontology.load().relation(relation).parent
    return _top(parent) if parent else relation


@cache
def _mixed() -> frozenset[str]:
    """Name the relations at the top that have relations of several quads below them."""
    quads: dict[str, set[str]] = defaultdict(set)
    for name, relation in ontology.load().relations.items():
        quads[_top(name)].add(relation.quad)
    return frozenset(top for top, some in quads.items() if len(some) > 1)


def bundles(graph: Graph) -> list[Bundle]:
    """Give the lines to draw: one for each pair of nodes and family of relations, in the order of their first edges.

    >>> bundles(build([]))
    []
    """
    together: dict[tuple[str, str, str, bool], list[int]] = defaultdict(list)
    edges = [edge for *_, edge in graph.edges(data=True)]
    for number, (a, b, edge) in enumerate(graph.edges(data=True)):
        together[a, b, family(edge["relation"]), edge["symmetric"]].append(number)
    return [_bundle(key, numbers, [edges[number] for number in numbers]) for key, numbers in together.items()]


def _bundle(key: tuple[str, str, str, bool], numbers: Sequence[int], edges: Sequence[Mapping[str, Any]]) -> Bundle:
    source, target, name, symmetric = key
    status = strongest(edge["status"] for edge in edges)
    voices = {voice.iri for edge in edges for case in edge["statement"].cases for voice in case.sources}
    cases = sum(edge["cases"] for edge in edges)
    return Bundle(source, target, name, edges[0]["quad"], symmetric, tuple(numbers), status, cases, len(voices))


def _settle(graph: Graph, counted: Iterable[Rolled]) -> None:
    """Note at every node for whom it counts, oftenest where it was several at other dates."""
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for each in counted:
        for end, before in zip((each.statement.subject, each.statement.object), each.through, strict=True):
            if before and end.iri in graph:
                homes[before.iri][end.iri] += 1
    for iri, some in homes.items():
        graph.nodes[iri]["home"] = min(some, key=lambda home: (-some[home], home))


def _limit(graph: Graph) -> None:
    """Mark what is beyond the weightiest nodes, where there is more than can be read at once."""
    ties = Counter(frozenset((line.source, line.target)) for line in bundles(graph) if line.quad != STRUCTURE)
    told = [iri for iri, node in graph.nodes(data=True) if not node["structural"]]
    if len(told) <= OPENED * LARGE and ties.total() <= LINES * LARGE:
        return
    near: dict[str, Counter[str]] = defaultdict(Counter)
    for ends_, count in ties.items():
        for one, other in permutations(ends_, 2):
            near[one][other] = count
    shown: set[str] = set()
    lines = 0
    for iri in sorted(told, key=lambda iri: (-graph.nodes[iri]["weight"], iri))[:OPENED]:
        lines += sum(count for other, count in near[iri].items() if other in shown)
        if lines > LINES and len(shown) >= FEWEST:
            break
        shown.add(iri)
    for iri in graph:
        graph.nodes[iri]["beyond"] = iri not in shown


def strongest(statuses: Iterable[Status]) -> Status:
    """Choose the status that a reader must see first.

    >>> strongest(["Reported", "Contested"])
    'Contested'
    """
    return min(statuses, key=STATUSES.index, default="Prospective")


def _node(entity: Entity) -> dict[str, object]:
    return {"entity": entity, "label": entity.label, "labels": dict(entity.labels), "type": entity.type}


def _edge(statement: Statement, through: tuple[Entity | None, Entity | None]) -> dict[str, object]:
    relation = ontology.load().relation(statement.relation)
    cases = statement.cases
    return {
        "statement": statement,
        "relation": relation.name,
        "quad": relation.quad,
        "symmetric": relation.symmetric,
        "status": strongest(case.status for case in cases),
        "cases": len(cases),
        "sources": len({source.iri for case in cases for source in case.sources}),
        "evidence": sum(len(case.evidence) for case in cases),
        "through": through,
    }


def _weigh(graph: Graph) -> None:
    for iri, node in graph.nodes(data=True):
        edges = [*graph.in_edges(iri, data=True), *graph.out_edges(iri, data=True)]
        told = [edge for *_, edge in edges if edge["quad"] != STRUCTURE]
        node["weight"] = sum(edge["cases"] for edge in told)
        node["structural"] = not told
