"""Places to draw a graph at, the same each time: no name on another, office-holders under their state.

What a reader sees first is laid out by springs, stretched until it fills the screen evenly, and pushed apart where
names would overlap. What is hidden at first (structure, and what is beyond the size that can be read at once)
is put into free cells beside what it hangs on, so that hiding it leaves no hole and showing it covers nothing.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import product
from math import dist, hypot, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import networkx as nx
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Graph: TypeAlias = nx.MultiDiGraph[str]
    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Numbers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

SEED = 7
LONGEST_LABEL = 28  # characters of a name that are drawn; the page shows the rest on demand
CHARACTER, MARGIN, HEIGHT = 9.0, 34.0, 66.0  # of the box that a node and its label take
STRETCH = 1.0  # screens are wider than high, and so are names
GAP = 230.0  # room for an edge and its label between neighbours
FLAT = 0.01  # how high to its width is what lies on one line
ROOM = 2.2  # of the whole to all boxes together
ROUNDS, TOUCHING = 200, 0.5  # of pushing apart; what overlaps by less only touches
EVEN, LUMPY = 0.7, 100  # how far places go at most from springs to being spread evenly; nodes from which on they do
PASSING = 45.0  # how near to a node a line passes over it
FEW = 50  # nodes, for which springs may swing longest
TRIES, MANY_EDGES = 24, 120  # a small graph is laid out so many times, the next one half as often
COLUMNS = 3  # of office-holders under their state
CELL = (160.0, HEIGHT)
FARTHEST = 60  # cells that a node may be from what it hangs on, either way


class Point(NamedTuple):
    """A place; y grows downwards, as on screens."""

    x: float
    y: float


class Box(NamedTuple):
    """What a node takes with its label, or a state with all its office-holders."""

    width: float
    height: float


def places(graph: Graph) -> dict[str, Point]:
    """Give every node of a graph its place.

    Nodes have ``label``, ``labels``, ``weight``, ``structural`` and ``beyond`` (both: hidden at first) and ``home``,
    whom they stand for; edges have ``quad``.

    >>> places(nx.MultiDiGraph())
    {}
    """
    seen = [iri for iri, node in graph.nodes(data=True) if not (node["structural"] or node["beyond"])]
    boxes = {iri: _box(graph.nodes[iri]) for iri in graph}
    under = _under(graph, seen)
    lower = {iri for some in under.values() for iri in some}
    blocks = {iri: _block(iri, under.get(iri, ()), boxes) for iri in seen if iri not in lower}
    parts = [_component(part, blocks, TRIES >> rank) for rank, part in enumerate(_components(graph, blocks, under))]
    tops = {iri: _top(place, blocks[iri]) for iri, place in _pack(parts, blocks).items()}
    placed = tops | {iri: place for home in tops for iri, place in _rows(tops[home], under.get(home, ()), boxes)}
    return placed | _hung(graph, placed, boxes)


def _box(node: Mapping[str, Any]) -> Box:
    longest = max(len(label) for label in (node["label"], *node["labels"].values()))
    return Box(min(longest, LONGEST_LABEL) * CHARACTER + MARGIN, HEIGHT)


def _under(graph: Graph, seen: Iterable[str]) -> dict[str, list[str]]:
    """For each state or body whom of those seen to draw under it, the weightiest first."""
    some = set(seen)
    found: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(some, key=lambda iri: (-graph.nodes[iri]["weight"], iri)):
        home = graph.nodes[iri]["home"]
        if home in some and not graph.nodes[home]["home"]:
            found[home].append(iri)
    return found


def _block(iri: str, under: Sequence[str], boxes: Mapping[str, Box]) -> Box:
    """Measure a node with those under it."""
    width, rows = _grid(under, boxes)
    columns = -(-len(under) // rows) if rows else 0
    return Box(max(boxes[iri].width, columns * width), HEIGHT * (1 + rows))


def _grid(under: Sequence[str], boxes: Mapping[str, Box]) -> tuple[float, int]:
    """Give the width of a column and the number of rows of those under a state."""
    width = max((boxes[iri].width for iri in under), default=0.0)
    columns = 1 if len(under) == 1 else COLUMNS - 1 if len(under) <= 2 * (COLUMNS - 1) else COLUMNS
    return width, -(-len(under) // columns)


def _top(centre: Point, block: Box) -> Point:
    """Give the place of a state in its block: above those under it."""
    return Point(centre.x, centre.y - (block.height - HEIGHT) / 2)


def _rows(home: Point, under: Sequence[str], boxes: Mapping[str, Box]) -> Iterator[tuple[str, Point]]:
    """Place those under a state in rows, each in the middle."""
    width, rows = _grid(under, boxes)
    for row in range(rows):
        line = under[row::rows]
        for column, iri in enumerate(line):
            yield iri, Point(home.x + (column - (len(line) - 1) / 2) * width, home.y + HEIGHT * (row + 1))


def _components(graph: Graph, mains: Iterable[str], under: Mapping[str, Sequence[str]]) -> list[nx.Graph[str]]:
    """Split what is seen into what hangs together, the largest first; parallel edges pull harder, structure weakly.

    Whoever is under a state pulls on it. Nodes and edges are in the order of their names: a layout depends on it.
    """
    home = {iri: iri for iri in mains} | {iri: state for state, some in under.items() for iri in some}
    pulls: dict[tuple[str, str], float] = {}
    for a, b, edge in graph.edges(data=True):
        one, other = home.get(a), home.get(b)
        if one and other and one != other:
            key = min(one, other), max(one, other)
            pulls[key] = min(pulls.get(key, 0.6) + (0.0 if edge["quad"] == "structure" else 0.4), 2.0)
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(set(home.values())))
    simple.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(pulls.items()))
    parts = sorted(map(sorted, nx.connected_components(simple)), key=lambda part: (-len(part), part))
    return [_ordered(simple, part) for part in parts]


def _ordered(graph: nx.Graph[str], nodes: Sequence[str]) -> nx.Graph[str]:
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(nodes)
    edges = graph.edges(nodes, data=True)
    part.add_weighted_edges_from(sorted((min(a, b), max(a, b), edge["weight"]) for a, b, edge in edges))
    return part


def _component(part: nx.Graph[str], blocks: Mapping[str, Box], tries: int) -> dict[str, Point]:
    """Lay out what hangs together, the clearest of some tries, at least one."""
    few = part.number_of_edges() <= MANY_EDGES
    laid = [_laid(part, blocks, SEED + n) for n in range(max(tries, 1) if few else 1)]
    return min(laid, key=lambda some: _ugliness(part, {iri: _top(some[iri], blocks[iri]) for iri in some}))


def _laid(part: nx.Graph[str], blocks: Mapping[str, Box], seed: int) -> dict[str, Point]:
    """Lay out what hangs together: spread evenly, wider than high, names apart."""
    raw = _even(_springs(part, seed))
    scale = _scale(part, raw, blocks)
    at = np.array([(x * scale * STRETCH, y * scale) for x, y in raw.values()])
    apart = _apart(at, np.array([blocks[iri] for iri in raw]))
    return {iri: Point(float(x), float(y)) for iri, (x, y) in zip(raw, apart, strict=True)}


def _springs(part: nx.Graph[str], seed: int) -> dict[str, Point]:
    size = len(part)
    rounds = 200 if size <= FEW else 100 if size <= MANY_EDGES else 60  # forces are quadratic in the size
    found = nx.spring_layout(part, k=1.6 / sqrt(size), iterations=rounds, seed=seed, method="force")
    return dict(zip(sorted(found), _lying(np.array([found[iri] for iri in sorted(found)])), strict=True))


def _lying(at: Floats) -> Iterator[Point]:
    """Turn places so that they stretch sideways and fill the corners: no band from one corner to another."""
    middle = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(middle.T @ middle)
    axes = axes[:, ::-1] * np.sign(axes[::-1, ::-1].diagonal() + 1e-12)  # the same way round each time
    yield from (Point(float(x), float(y)) for x, y in middle @ axes)


def _scale(part: nx.Graph[str], at: Mapping[str, Point], blocks: Mapping[str, Box]) -> float:
    """Make lines as long as their names need, and the whole large enough for all names."""
    lengths = sorted(dist(at[a], at[b]) for a, b in part.edges) or [1.0]
    wide, high = (max(axis) - min(axis) for axis in zip(*at.values(), strict=True))
    needed = ROOM * sum(width * height for width, height in (blocks[iri] for iri in part))
    spread = sqrt(needed / (wide * high * STRETCH)) if high > FLAT * wide else 1.0
    return max(GAP / (lengths[len(lengths) // 2] or 1.0), spread)


def _even(places: Mapping[str, Point]) -> dict[str, Point]:
    """Draw places towards being spread evenly along either axis, in the order that they have: no lump in the middle."""
    at = np.array(list(places.values()))
    ranks = at.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / max(len(at) - 1, 1)
    low, high = at.min(axis=0), at.max(axis=0)
    share = EVEN * min(1.0, len(at) / LUMPY)
    even = (1 - share) * at + share * (low + ranks * (high - low))
    return {iri: Point(float(x), float(y)) for iri, (x, y) in zip(places, even, strict=True)}


def _apart(at: Floats, sizes: Floats) -> Floats:
    """Push apart what overlaps, along the way that is shorter for its size, until nothing does."""
    others = ~np.eye(len(at), dtype=bool)
    for _ in range(ROUNDS):
        way = at[:, None, :] - at[None, :, :]
        over = (sizes[:, None, :] + sizes[None, :, :]) / 2 - abs(way)
        hit = (over > TOUCHING).all(axis=2) & others
        if not hit.any():
            break
        sideways = over[:, :, 0] * sizes[:, None, 1] < over[:, :, 1] * sizes[:, None, 0]
        sideways &= sideways.T  # both agree on the way
        index = np.arange(len(at))
        first = np.where(way == 0, np.sign(index[:, None] - index[None, :])[:, :, None], np.sign(way))
        push = np.where(hit, 0.5, 0.0)[:, :, None] * over * first
        push[:, :, 0] *= sideways
        push[:, :, 1] *= ~sideways
        at = at + push.sum(axis=1) / np.maximum(1, hit.sum(axis=1) / 2)[:, None]
    return at


def _ugliness(part: nx.Graph[str], at: Mapping[str, Point]) -> tuple[int, float]:
    """Count lines that cross, pass over a node or are too short for a name; where as many, equal lines are better."""
    number = {iri: place for place, iri in enumerate(at)}
    ends = np.array([(number[a], number[b]) for a, b in sorted(part.edges) if a != b])
    if not len(ends):
        return 0, 1.0
    places = np.array(list(at.values()))
    lengths = np.hypot(*(places[ends[:, 0]] - places[ends[:, 1]]).T)
    found = _crossings(places, ends) + 2 * _passings(places, ends) + int((lengths < GAP).sum())
    return found, round(float(lengths.max() / max(lengths.min(), TOUCHING)), 3)


def _crossings(places: Floats, ends: Numbers) -> int:
    """Count the pairs of lines, without an end in common, that cross."""
    start, end = places[ends[:, 0]], places[ends[:, 1]]
    way = end - start
    sides = [  # on which side of each line the ends of each other lie
        way[:, None, 0] * (some[None, :, 1] - start[:, None, 1])
        - way[:, None, 1] * (some[None, :, 0] - start[:, None, 0])
        for some in (start, end)
    ]
    parted = sides[0] * sides[1] < 0
    strangers = (ends[:, None, :, None] != ends[None, :, None, :]).all(axis=(2, 3))
    return int((parted & parted.T & strangers).sum()) // 2


def _passings(places: Floats, ends: Numbers) -> int:
    """Count the nodes that lines come too near to without ending there."""
    start, way = places[ends[:, 0]], places[ends[:, 1]] - places[ends[:, 0]]
    to = places[None, :, :] - start[:, None, :]
    along = (to * way[:, None, :]).sum(axis=2) / np.maximum((way**2).sum(axis=1), TOUCHING)[:, None]
    off = to - np.clip(along, 0.0, 1.0)[:, :, None] * way[:, None, :]
    others = (np.arange(len(places))[None, :, None] != ends[:, None, :]).all(axis=2)
    return int(((np.hypot(off[:, :, 0], off[:, :, 1]) < PASSING) & others).sum())


def _pack(parts: Iterable[Mapping[str, Point]], blocks: Mapping[str, Box]) -> dict[str, Point]:
    """Set components in rows, the largest first, within a width that makes the whole as wide as a screen."""
    parts = list(parts)
    frames = [_frame(part, blocks) for part in parts]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in frames)
    widest = max([sqrt(area) * STRETCH, *(right - left for left, _, right, _ in frames)], default=0.0)
    found: dict[str, Point] = {}
    x = y = row = 0.0
    for part, (left, top, right, bottom) in zip(parts, frames, strict=True):
        if x and x + right - left > widest * 1.05:
            x, y, row = 0.0, y + row, 0.0
        found |= {iri: Point(px - left + x, py - top + y) for iri, (px, py) in part.items()}
        x, row = x + right - left, max(row, bottom - top)
    return found


def _frame(part: Mapping[str, Point], blocks: Mapping[str, Box]) -> tuple[float, float, float, float]:
    halves = {iri: (blocks[iri].width / 2, blocks[iri].height / 2) for iri in part}
    return (
        min(x - halves[iri][0] for iri, (x, _) in part.items()),
        min(y - halves[iri][1] for iri, (_, y) in part.items()),
        max(x + halves[iri][0] for iri, (x, _) in part.items()),
        max(y + halves[iri][1] for iri, (_, y) in part.items()),
    )


def _hung(graph: Graph, placed: Mapping[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Put all that has no place yet beside whom it stands for, or else a neighbour; chains follow in turn."""
    cells = _Cells(placed, boxes)
    found = dict(placed)
    waiting = dict.fromkeys(iri for iri in graph if iri not in placed)
    fresh: Iterable[str] = placed
    while waiting:
        ready = dict.fromkeys(n for iri in fresh for n in (*graph.succ[iri], *graph.pred[iri]) if n in waiting)
        anchors = {iri: _anchor(graph, iri, found) for iri in ready} or {next(iter(waiting)): None}
        for iri, anchor in anchors.items():
            found[iri] = cells.near(anchor, found.get(anchor or ""))
            del waiting[iri]
        fresh = anchors
    return {iri: found[iri] for iri in graph if iri not in placed}


def _anchor(graph: Graph, iri: str, known: Mapping[str, Point]) -> str | None:
    home = graph.nodes[iri]["home"]
    if home in known:
        return str(home)
    neighbours = {*graph.pred[iri], *graph.succ[iri]} - {iri}
    return min((n for n in neighbours if n in known), key=lambda n: (-graph.nodes[n]["weight"], n), default=None)


class _Cells:
    """The plane in cells, of which some are taken."""

    def __init__(self, placed: Mapping[str, Point], boxes: Mapping[str, Box]) -> None:
        self._taken = {cell for iri, place in placed.items() for cell in _covered(place, boxes[iri])}
        self._lowest = max((row for _, row in self._taken), default=-2)
        self._looking: dict[str | None, Iterator[tuple[int, int]]] = {}

    def near(self, anchor: str | None, place: Point | None) -> Point:
        """Take the free cell nearest to an anchor at a place, rather below than above; without one, below all."""
        column, row = (round(place.x / CELL[0]), round(place.y / CELL[1])) if place else (0, self._lowest + 2)
        for dx, dy in self._looking.setdefault(anchor, iter(_offsets())):
            cell = column + dx, row + dy
            if cell not in self._taken:
                self._taken.add(cell)
                return Point(cell[0] * CELL[0], cell[1] * CELL[1])
        self._lowest, self._looking[anchor] = max(row for _, row in self._taken), iter(_offsets())
        return self.near(None, None)


def _covered(place: Point, box: Box) -> Iterator[tuple[int, int]]:
    columns = range(round((place.x - box.width / 2) / CELL[0]), round((place.x + box.width / 2) / CELL[0]) + 1)
    rows = range(round((place.y - box.height / 2) / CELL[1]), round((place.y + box.height / 2) / CELL[1]) + 1)
    return product(columns, rows)


def _distance(offset: tuple[int, int]) -> tuple[float, int, int]:
    """Order cells by how far they are; those above count for further, one to the left goes with one to the right."""
    dx, dy = offset
    return hypot(dx * CELL[0], dy * CELL[1] * (1.0 if dy > 0 else 1.6)), abs(dx), -dx


@cache
def _offsets() -> Sequence[tuple[int, int]]:
    near = range(-FARTHEST, FARTHEST + 1)
    return sorted(product(near, near), key=_distance)[1:]
