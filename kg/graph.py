"""Statements → a networkx graph with places to draw it at: one edge per statement, never merged.

Places are computed here and not by the page, so that a page rests when it opens and two runs give
the same bytes. What only structure (offices, membership, seats) connects is placed last, beside what it
hangs on, so that hiding it leaves no hole.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import cos, dist, pi, sin, sqrt
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kg import actors, ontology
from kg.rollup import Rolled, RollUp, rolled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

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
)

Point: TypeAlias = tuple[float, float]


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


SEED = 7
LONGEST_LABEL = 28  # characters of a name that are drawn; the page shows the rest on demand
CHARACTER, MARGIN, HEIGHT = 9.5, 34.0, 72.0  # of the box that a node and its label take
STRETCH = 1.3  # screens are wider than high, and so are names
GAP = 230.0  # room for an edge and its label between neighbours
ROUNDS = 80
MANY_NODES = 500  # from so many on, networkx's springs need scipy; its other forces do not
TRIES, MANY_EDGES = 24, 120  # a small graph is laid out so many times, and the clearest is kept


def build(statements: Iterable[Statement], *, roll_up: bool = False, who: Actors | None = None) -> Graph:
    """Make a graph of statements: entities as nodes, one edge per statement, places precomputed.

    With ``roll_up``, who leads, represents or belongs to a state or body counts for it at each article's date, by the
    tables (or by ``who``, tables that a user has amended): persons, ministries and armies become their state, and the
    edges say through whom. What then only ties a state to itself (Blinken represents the United States) is left out.

    A node has ``entity``, ``label``, ``labels``, ``type``, ``weight`` (how many cases it is part of),
    ``structural`` (nothing but structure connects it), ``merged`` (who counts for it here), ``x`` and ``y``.
    An edge, keyed by its relation and, rolled up, by its ends before, has ``statement``, ``relation``, ``quad``,
    ``symmetric``, ``status``, ``cases``, ``sources`` and ``evidence`` (the three are counts) and ``through`` (its two
    ends before, where they were others). The graph itself keeps ``statements``, ``roll_up`` and ``who``.

    >>> build([]).number_of_nodes()
    0
    """
    ordered = sorted(statements, key=lambda s: (s.subject.iri, s.object.iri, s.relation, s.iri))
    graph: Graph = nx.MultiDiGraph(statements=tuple(ordered), roll_up=roll_up, who=who)
    drawn = roll(ordered, who) if roll_up else [Rolled(statement) for statement in ordered]
    entities = {entity.iri: entity for each in drawn for entity in (each.statement.subject, each.statement.object)}
    for iri in sorted(entities):
        graph.add_node(iri, **_node(entities[iri]), merged=())
    for each in drawn:
        statement = each.statement
        if not _ties_to_itself(each):
            graph.add_edge(statement.subject.iri, statement.object.iri, _key(each), **_edge(statement, each.through))
    _merge(graph, drawn)
    _weigh(graph)
    for iri, (x, y) in _places(graph).items():
        graph.nodes[iri].update(x=round(x), y=round(y))
    return graph


def turned(graph: Graph) -> Graph | None:
    """Give a graph the other way, rolled up or not; None if nobody in it counts for another.

    >>> turned(build([])) is None
    True
    """
    statements, who, roll_up = (graph.graph[name] for name in ("statements", "who", "roll_up"))
    if not any(any(each.through) for each in roll(statements, who)):
        return None
    return build(statements, roll_up=not roll_up, who=who)


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


def _places(graph: Graph) -> dict[str, Point]:
    """Lay the core out, component by component, then hang what is structural on it."""
    core = [iri for iri, node in graph.nodes(data=True) if not node["structural"]]
    boxes = {iri: _box(graph, iri) for iri in graph}
    places = _pack([_component(part, boxes) for part in _components(graph, core)], boxes)
    satellites = [iri for iri in graph if iri not in places]
    anchored = _hang(graph, satellites, places)
    return _spread(places | anchored, boxes, moving=set(anchored))


def _box(graph: Graph, iri: str) -> Point:
    node = graph.nodes[iri]
    longest = max(len(label) for label in (node["label"], *node["labels"].values()))
    return min(longest, LONGEST_LABEL) * CHARACTER + MARGIN, HEIGHT


def _components(graph: Graph, core: Sequence[str]) -> list[nx.Graph[str]]:
    """Split the core into what hangs together, the largest first; parallel edges pull harder, structure weakly."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(core)
    for a, b, edge in graph.edges(data=True):
        if a != b and a in simple and b in simple:
            weight = simple.get_edge_data(a, b, {"weight": 0.6})["weight"]
            simple.add_edge(a, b, weight=min(weight + (0.0 if edge["quad"] == STRUCTURE else 0.4), 2.0))
    parts = sorted(map(sorted, nx.connected_components(simple)), key=lambda part: (-len(part), part))
    return [_sorted_subgraph(simple, part) for part in parts]


def _sorted_subgraph(graph: nx.Graph[str], nodes: Sequence[str]) -> nx.Graph[str]:
    """Copy a part in the order of its names: a layout depends on the order, and sets have none."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    edges = graph.edges(nodes, data=True)
    part.add_weighted_edges_from(sorted((min(a, b), max(a, b), edge["weight"]) for a, b, edge in edges))
    return part


def _component(part: nx.Graph[str], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Lay out what hangs together: the best of some tries, wider than high, neighbours a label apart."""
    raw = _springs(part, SEED)
    if part.number_of_edges() <= MANY_EDGES:
        more = [_springs(part, SEED + n) for n in range(1, TRIES)]
        raw = min([raw, *more], key=lambda places: _ugliness(part, places))
    scale = _scale(part, raw, boxes)
    places = {iri: (x * scale * STRETCH, y * scale) for iri, (x, y) in raw.items()}
    return _spread(places, boxes, moving=set(places))


def _scale(part: nx.Graph[str], places: Mapping[str, Point], boxes: Mapping[str, Point]) -> float:
    """Make lines as long as their names need, and the whole large enough for all names."""
    lengths = sorted(dist(places[a], places[b]) for a, b in part.edges) or [1.0]
    wide, high = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True))
    needed = 2.5 * sum(width * height for width, height in (boxes[iri] for iri in part))
    return max(GAP / (lengths[len(lengths) // 2] or 1.0), sqrt(needed / (wide * high * STRETCH or needed)))


def _springs(part: nx.Graph[str], seed: int) -> dict[str, Point]:
    size = len(part)
    if size < MANY_NODES:
        rounds = 200 if size <= MANY_EDGES else 60  # forces are quadratic: seconds, not minutes
        places = _floats(nx.spring_layout(part, k=1.6 / sqrt(size), iterations=rounds, seed=seed, method="force"))
    else:
        places = _floats(nx.forceatlas2_layout(part, max_iter=40, strong_gravity=True, scaling_ratio=4.0, seed=seed))
    wide, high = (max(axis) - min(axis) for axis in zip(*places.values(), strict=True))
    return places if wide >= high else {iri: (y, x) for iri, (x, y) in places.items()}


def _floats(places: Mapping[str, Iterable[float]]) -> dict[str, Point]:
    pairs = {iri: tuple(map(float, place)) for iri, place in sorted(places.items())}
    return {iri: (x, y) for iri, (x, y) in pairs.items()}


def _ugliness(part: nx.Graph[str], places: Mapping[str, Point]) -> tuple[int, float]:
    """Count the lines that cross; of two layouts with as many, the one with lines of more equal length is better."""
    lines = [(a, b) for a, b in sorted(part.edges) if a != b]
    crossings = sum(
        _cross(*(places[iri] for iri in (*one, *two)))
        for one, two in combinations(lines, 2)
        if len({*one, *two}) == len(one) + len(two)
    )
    lengths = [dist(places[a], places[b]) for a, b in lines] or [1.0]
    return crossings, round(max(lengths) / (min(lengths) or 1e-9), 3)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    """Tell on which side of the line from a to b a third point lies, by the sign."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _pack(parts: Iterable[Mapping[str, Point]], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Set components in rows, the largest first, within a width that makes the whole as wide as a screen."""
    parts = list(parts)
    frames = [_frame(part, boxes) for part in parts]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in frames)
    widest = max([sqrt(area) * STRETCH, *(right - left for left, _, right, _ in frames)], default=0.0)
    places: dict[str, Point] = {}
    x = y = row = 0.0
    for part, (left, top, right, bottom) in zip(parts, frames, strict=True):
        if x and x + right - left > widest * 1.05:
            x, y, row = 0.0, y + row, 0.0
        places |= {iri: (px - left + x, py - top + y) for iri, (px, py) in part.items()}
        x, row = x + right - left, max(row, bottom - top)
    return places


def _frame(part: Mapping[str, Point], boxes: Mapping[str, Point]) -> tuple[float, float, float, float]:
    return (
        min(x - boxes[iri][0] / 2 for iri, (x, _) in part.items()),
        min(y - boxes[iri][1] for iri, (_, y) in part.items()),
        max(x + boxes[iri][0] / 2 for iri, (x, _) in part.items()),
        max(y + boxes[iri][1] for iri, (_, y) in part.items()),
    )


def _hang(graph: Graph, satellites: Iterable[str], places: dict[str, Point]) -> dict[str, Point]:
    """Place what is structural in a fan below its neighbour; chains (a minister of a ministry) follow in turn."""
    done: dict[str, Point] = {}
    fans: dict[str, int] = defaultdict(int)
    waiting = list(satellites)
    while waiting:
        ready = [iri for iri in waiting if _anchor(graph, iri, places.keys() | done.keys())]
        for iri in ready or waiting[:1]:
            anchor = _anchor(graph, iri, places.keys() | done.keys()) or iri
            x, y = (places | done).get(anchor, (0.0, _below(places | done)))
            angle = pi / 2 + (-1) ** fans[anchor] * ((fans[anchor] + 1) // 2) * pi / 5
            fans[anchor] += 1
            done[iri] = (x + 150 * cos(angle) * STRETCH, y + 130 * sin(angle))
        waiting = [iri for iri in waiting if iri not in done]
    return done


def _anchor(graph: Graph, iri: str, placed: AbstractSet[str]) -> str | None:
    neighbours = {*graph.predecessors(iri), *graph.successors(iri)} - {iri}
    return min((n for n in neighbours if n in placed), default=None)


def _below(places: Mapping[str, Point]) -> float:
    return max((y for _, y in places.values()), default=-2 * HEIGHT) + 2 * HEIGHT


def _spread(places: Mapping[str, Point], boxes: Mapping[str, Point], *, moving: AbstractSet[str]) -> dict[str, Point]:
    """Push apart what overlaps, along the way that is shorter for their size, until no label covers another."""
    at = {iri: list(place) for iri, place in places.items()}
    for _ in range(ROUNDS if len(at) < MANY_NODES else ROUNDS // 4):
        order = sorted(at, key=lambda iri: (at[iri][1], iri))
        pushed = False
        for i, a in enumerate(order):
            for b in order[i + 1 :]:
                if at[b][1] - at[a][1] > HEIGHT:
                    break
                pushed |= bool({a, b} & moving) and _push(a, b, at, boxes, moving)
        if not pushed:
            break
    return {iri: (x, y) for iri, (x, y) in at.items()}


def _push(a: str, b: str, at: Mapping[str, list[float]], boxes: Mapping[str, Point], moving: AbstractSet[str]) -> bool:
    """Move two boxes apart if they overlap; one that must stay leaves the whole way to the other."""
    apart = [at[b][axis] - at[a][axis] for axis in (0, 1)]
    over = [(boxes[a][axis] + boxes[b][axis]) / 2 - abs(apart[axis]) for axis in (0, 1)]
    if min(over) <= 0.5:  # noqa: PLR2004 - half a pixel is no overlap
        return False
    axis = 0 if over[0] * boxes[a][1] < over[1] * boxes[a][0] else 1
    way = over[axis] * (1 if apart[axis] >= 0 else -1)
    share = 0.5 if a in moving and b in moving else 1.0
    if a in moving:
        at[a][axis] -= way * share
    if b in moving:
        at[b][axis] += way * share
    return True
