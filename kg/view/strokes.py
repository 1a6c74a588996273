"""Lines between nodes as points on paper: bowed, cut where the nodes begin, with the head of an arrow."""

from __future__ import annotations

from math import atan2, cos, dist, pi, sin
from typing import TYPE_CHECKING, TypeAlias

from kg.view import CURVE

if TYPE_CHECKING:
    from collections.abc import Sequence

Place: TypeAlias = tuple[float, float]

STEPS = 40  # pieces of a curve
OPENING = 0.38  # half the angle of an arrow's head
LOOP = 1.9  # the size of an edge to itself, in sizes of its node


def curve(start: Place, end: Place, bow: float) -> list[Place]:
    """Give the points of a line that bows to one side, to the other if ``bow`` is negative, or is straight.

    >>> curve((0, 0), (40, 0), 0)[20]
    (20.0, 0.0)
    """
    (x0, y0), (x1, y1) = start, end
    via = (x0 + x1) / 2 + (y1 - y0) * bow * CURVE, (y0 + y1) / 2 - (x1 - x0) * bow * CURVE
    parts = [step / STEPS for step in range(STEPS + 1)]
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * v + t**2 * b for a, v, b in zip(start, via, end, strict=True))  # type: ignore[misc] # two of them
        for t in parts
    ]


def loop(place: Place, size: float, bow: float) -> list[Place]:
    """Give the points of a line from a node to itself, above it; each further one is wider."""
    radius = size * LOOP * (1 + abs(bow))
    middle = place[0], place[1] - radius
    turns = [pi / 2 + 2 * pi * step / STEPS for step in range(STEPS + 1)]
    return [(middle[0] + radius * cos(turn), middle[1] + radius * sin(turn)) for turn in turns]


def between(points: Sequence[Place], first: float, last: float) -> list[Place]:
    """Leave out what lies within a node: nearer than ``first`` to the start or than ``last`` to the end.

    >>> between([(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)], 0.5, 1.5)
    [(0.5, 0.0), (1, 0), (2, 0), (2.5, 0.0)]
    """
    start, end = points[0], points[-1]
    seen = [point for point in points if dist(point, start) >= first and dist(point, end) >= last]
    seen = seen or [points[len(points) // 2]]
    return [towards(start, seen[0], first), *seen, towards(end, seen[-1], last)]


def head(tip: Place, behind: Place, length: float) -> list[Place]:
    """Give the triangle at the end of a line: its tip touches a node, its base is towards a place behind.

    >>> [round(x) for x, _ in head((0, 0), (-9, 0), 4)]
    [0, -4, -4]
    """
    turn = atan2(tip[1] - behind[1], tip[0] - behind[0])
    corners = [(tip[0] - length * cos(turn + side), tip[1] - length * sin(turn + side)) for side in (OPENING, -OPENING)]
    return [tip, *corners]


def towards(place: Place, other: Place, distance: float) -> Place:
    """Give the point at a distance from a place on the way to another.

    >>> towards((0, 0), (3, 4), 10)
    (6.0, 8.0)
    """
    whole = dist(place, other) or 1.0
    return place[0] + (other[0] - place[0]) * distance / whole, place[1] + (other[1] - place[1]) * distance / whole
