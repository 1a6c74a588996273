"""A graph → a picture for a report: one A4 sheet, SVG or PNG, without a browser; the same bytes each time.

It shows what the page shows when it opens. Names are text and nothing else: no mathematics, no markup; in an SVG they
stay text, so that they can be searched and a reader's program writes Arabic or Hebrew as it should.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextToPath

from kg import ontology
from kg.errors import UnknownName
from kg.graph import STATUSES, STRUCTURE, bundles
from kg.layout import LONGEST_LABEL
from kg.plots import colours
from kg.text import one_line
from kg.view import QUADS, SHAPES, bows, cut, family_of, labels, size_of, sound
from kg.view.names import Names
from kg.view.strokes import between, curve, head, loop, towards

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from kg.graph import Bundle, Graph
    from kg.view.strokes import Place

Json: TypeAlias = dict[str, Any]

# What matplotlib would write of the day and of itself.
STAMPS: Mapping[str, Mapping[str, None]] = {".svg": {"Date": None, "Creator": None}, ".png": {"Software": None}}
WIDE, HIGH = 842.0, 595.0  # points of an A4 sheet on its side
DPI = 200  # of a PNG
EDGE = 26.0  # of the sheet
HEADING, ROW = 42.0, 14.0  # room for the title, and for a row of the legend
RIM = (58.0, 16.0)  # room for names at the edge of the graph
CLOSEST, SKEWED = 0.9, 1.7  # points for a unit of the layout at most; how much more one way than the other
SIZE = 0.3  # points for a unit of the size of a node
NAME, SMALL, TITLE = 7.0, 5.6, 14.0  # sizes of letters
HEAVY = 16.0  # the size of a node from which on its name is bold
NAMED = 45  # lines of which the names are written
WIDEST = 1.8  # times as wide as the line of one case
LONGEST_HOME = 12  # letters of a state or body behind a name
LINED, AWAY = 1.0, 40.0  # how bad a point of a line under a name is, and a step away, to a square point of another name
FONT = "DejaVu Sans"  # comes with matplotlib

# How sure it is, as on the page: width, dashes, opacity.
LINES: Mapping[str, tuple[float, tuple[float, ...] | None, float]] = {
    "Contested": (2.4, (5, 5), 1.0),
    "Corroborated": (2.8, None, 1.0),
    "Reported": (1.2, None, 1.0),
    "Alleged": (0.5, None, 1.0),
    "Denied": (1.0, (5, 4), 0.45),
    "Negated": (1.0, (5, 2, 1, 2), 0.45),
    "Prospective": (1.2, (1, 2.5), 1.0),
}
SIGNS = {"Contested": "≠", "Denied": "✕", "Negated": "¬"}
MARKERS = {
    "dot": "o", "triangle": "^", "square": "s", "hexagon": "H", "triangleDown": "v", "diamond": "D", "star": "*",
}  # fmt: skip
SETTINGS: Mapping[str, Any] = {
    "svg.fonttype": "none", "svg.hashsalt": "kg", "font.family": [FONT], "text.parse_math": False,
    "path.simplify": False, "lines.scale_dashes": False,
}  # fmt: skip


class Box(NamedTuple):
    """What a name or a node covers."""

    x: float
    y: float
    width: float
    height: float

    def over(self, other: Box) -> float:
        """Give the area in which two lie on each other."""
        wide = (self.width + other.width) / 2 - abs(self.x - other.x)
        high = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(wide, 0.0) * max(high, 0.0)


class Key(NamedTuple):
    """A thing that the legend explains."""

    kind: str
    name: str
    text: str


def save(
    graph: Graph, path: str | os.PathLike[str], *, lang: str = "en", title: str | None = None, asked: Json | None = None
) -> None:
    """Write a graph as a picture; the ending tells whether SVG or PNG.

    Raises:
        OSError: the file cannot be written.
        UnknownName: the pictures do not speak that language.
    """
    kind = Path(path).suffix.lower()
    figure = draw(graph, lang=lang, title=title, asked=asked)
    with _settled():
        figure.savefig(path, format=kind[1:], dpi=DPI, metadata=STAMPS[kind])


def draw(graph: Graph, *, lang: str = "en", title: str | None = None, asked: Json | None = None) -> Figure:
    """Draw a graph on an A4 sheet; the arguments are those of `kg.view.page`.

    >>> from kg.graph import build
    >>> draw(build([])).texts
    []

    Raises:
        UnknownName: the pictures do not speak that language.
    """
    if lang not in labels():
        raise UnknownName(lang, "the page does not speak that language", f"choose among {', '.join(labels())}")
    lines = [line for line in bundles(graph) if line.quad != STRUCTURE and _is_shown(graph, line)]
    with _settled():
        figure = Figure(figsize=(WIDE / 72, HIGH / 72), dpi=72, facecolor=colours()["paper"])
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDE), ylim=(HIGH, 0))
        axes.set_axis_off()
        sheet = _Sheet(axes, graph, lines, lang)
        sheet.head(title, asked)
        sheet.draw()
    return figure


def _is_shown(graph: Graph, line: Bundle) -> bool:
    return not (graph.nodes[line.source]["beyond"] or graph.nodes[line.target]["beyond"])


@contextmanager
def _settled() -> Iterator[None]:
    """Let no settings of the user's change a picture, nor warn of letters that no font has: they become boxes."""
    with warnings.catch_warnings(), style.context(["default", dict(SETTINGS)]):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


class _Sheet:
    """One sheet, and what on it is covered already."""

    def __init__(self, axes: Axes, graph: Graph, lines: Sequence[Bundle], lang: str) -> None:
        self.axes, self.graph, self.lines, self.lang = axes, graph, lines, lang
        self.words, self.shades = labels()[lang], colours()
        self.nodes = sorted({iri for line in lines for iri in (line.source, line.target)})
        self.sizes = {iri: size_of(graph.nodes[iri]["weight"]) * SIZE for iri in self.nodes}
        self.covered: list[Box] = []
        self.ink = np.zeros((0, 2))
        self.names = Names(graph.graph["who"])
        self.told = [str(edge["relation"]) for *_, edge in graph.edges(data=True)]
        self.rows = list(_rows(self._keys()))
        self.places = _fitted({iri: graph.nodes[iri] for iri in self.nodes}, HIGH - EDGE - ROW * len(self.rows))

    def head(self, title: str | None, asked: Json | None) -> None:
        """Write the title, and how much of what there is stands here."""
        shown = sum(len(line.edges) for line in self.lines)
        said = [self.words["showing"].format(shown=shown, all=self.graph.number_of_edges())]
        if any(beyond for _, beyond in self.graph.nodes(data="beyond")):
            said.append(self.words["weightiest"].format(n=len(self.nodes)))
        if asked:
            said.append(self.words["part"].format(**asked))
        self.write(
            (EDGE, EDGE), _shortened(sound(one_line(title or self.words["title"]))), TITLE, ha="left", weight="bold"
        )
        self.write((EDGE, EDGE + 17), " · ".join(said), NAME + 1, ha="left", shade="ink-soft")

    def draw(self) -> None:
        """Draw lines, nodes, names and the legend; where there is nothing, say so."""
        if not self.lines:
            self.write((WIDE / 2, HIGH / 2), self.words["empty"], TITLE, shade="ink-soft")
        points = [self.line(line, bow) for line, bow in zip(self.lines, bows(self.lines), strict=True)]
        self.ink = np.array([point for some in points for point in some] or [(0.0, 0.0)])
        self.covered += [Box(*self.places[iri], 2 * size, 2 * size) for iri, size in self.sizes.items()]
        for iri in self.nodes:
            self.node(iri)
        for iri in sorted(self.nodes, key=lambda iri: (-self.sizes[iri], iri)):
            self.name(iri)
        for line, some in zip(self.lines, points, strict=True):
            self.line_name(line, some)
        self.legend()

    def write(self, place: Place, text: str, size: float, *, shade: str = "ink", **more: Any) -> None:  # noqa: ANN401 - matplotlib's
        """Write a text as it is."""
        how: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 5, "color": self.shades[shade]} | more
        self.axes.text(*place, text, fontsize=size, parse_math=False, **how)

    def line(self, line: Bundle, bow: float) -> list[Place]:
        """Draw a line and give its points."""
        start, end = self.places[line.source], self.places[line.target]
        sizes = self.sizes[line.source] + 0.8, self.sizes[line.target] + 0.8
        if line.source == line.target:
            points = loop(start, sizes[0], bow)
            self.stroke(points, line.quad, line.status, line.cases)
            return points
        points = curve(start, end, bow)
        length = 0.0 if line.symmetric else 4.0 + 1.4 * _wide(line.status, line.cases)
        seen = between(points, sizes[0], sizes[1] + 0.8 * length)
        self.stroke(seen, line.quad, line.status, line.cases)
        if not line.symmetric:
            triangle = head(towards(end, seen[-1], sizes[1]), seen[-1], length)
            self.axes.fill(
                *zip(*triangle, strict=True), color=self.shades[line.quad], alpha=LINES[line.status][2], lw=0, zorder=2
            )
        return points

    def stroke(self, points: Sequence[Place], quad: str, status: str, cases: int = 1) -> None:
        """Draw a line in the colour of what it is and the manner of how sure it is."""
        _, dashes, opacity = LINES[status]
        width, way = _wide(status, cases), tuple(zip(*points, strict=True))
        if status == "Contested":
            self.axes.plot(*way, color=self.shades["contest"], linewidth=width, zorder=1, solid_capstyle="butt")
        pattern: Any = (0, dashes) if dashes else "-"
        self.axes.plot(*way, color=self.shades[quad], linewidth=width, linestyle=pattern, alpha=opacity, zorder=1.1,
                       solid_capstyle="butt", dash_capstyle="butt")  # fmt: skip

    def node(self, iri: str) -> None:
        """Draw a node; who is not identified is hollow."""
        entity = self.graph.nodes[iri]["entity"]
        self.mark(self.places[iri], self.sizes[iri], family_of(entity.type), known=entity.known)

    def mark(self, place: Place, size: float, family: str, *, known: bool = True) -> None:
        """Draw the shape of a class."""
        colour = self.shades[f"class-{family}"]
        inside, rim = (colour, self.shades["paper"]) if known else (self.shades["paper"], colour)
        self.axes.plot(
            *place,
            marker=MARKERS[SHAPES[family]],
            markersize=2 * size,
            color=inside,
            markeredgecolor=rim,
            markeredgewidth=0.7,
            zorder=3,
        )

    def name(self, iri: str) -> None:
        """Write a name where it covers nothing, or else least."""
        text = self.called(iri)
        bold = self.sizes[iri] > HEAVY * SIZE
        wide, high = _measure(text, NAME, bold=bold) + 3, NAME * 1.25
        boxes = [Box(x, y, wide, high) for x, y in _around(self.places[iri], self.sizes[iri], wide, high)]
        costs = [self.overlap(box) + LINED * self.lined(box) + AWAY * (place // 8) for place, box in enumerate(boxes)]
        box = boxes[costs.index(min(costs))]
        self.put(text, box, NAME, weight="bold" if bold else "normal")

    def called(self, iri: str) -> str:
        """Give the name of a node, with the code or the name of whom it stands under."""
        own, home = self.label(iri, LONGEST_LABEL), self.graph.nodes[iri]["home"]
        return f"{own} ({self.names.code(home) or self.label(home, LONGEST_HOME)})" if home else own

    def label(self, iri: str, longest: int) -> str:
        """Give the name of a node as it is drawn."""
        return cut(sound(one_line(self.graph.nodes[iri]["entity"].label_in(self.lang))) or iri, longest)

    def line_name(self, line: Bundle, points: Sequence[Place]) -> None:
        """Write what a line says where there is room; where there are many, only the sign of what is in doubt."""
        known = [ontology.load().relation(name).label_in(self.lang) for name in self.relations(line)]
        name = known[0] + (f" +{len(known) - 1}" if len(known) > 1 else "")
        text = " ".join(filter(None, (SIGNS.get(line.status), name if len(self.lines) <= NAMED else "")))
        wide = _measure(text, SMALL) if text else 0.0
        middle = len(points) // 2
        spots = [points[middle + step] for step in (0, -4, 4, -7, 7, -10, 10)]
        boxes = [Box(x, y, wide + 2, SMALL * 1.3) for x, y in spots]
        box = next((one for one in boxes if not self.overlap(one)), None)
        if text and box:
            self.put(text, box, SMALL, shade="ink-soft")

    def relations(self, line: Bundle) -> list[str]:
        """Give the relations of a line, each once."""
        return list(dict.fromkeys(self.told[number] for number in line.edges))

    def overlap(self, box: Box) -> float:
        """Give how much a box would cover, and how far it would stick out of the sheet."""
        out = max(0.0, EDGE / 2 - (box.x - box.width / 2), box.x + box.width / 2 - (WIDE - EDGE / 2))
        return sum(box.over(other) for other in self.covered) + out * box.height

    def lined(self, box: Box) -> int:
        """Count the points of lines in a box."""
        inside = abs(self.ink - (box.x, box.y)) < (box.width / 2, box.height / 2)
        return int(inside.all(axis=1).sum())

    def put(self, text: str, box: Box, size: float, **how: Any) -> None:  # noqa: ANN401 - as above
        """Write a text on a plate, so that no line runs through its letters."""
        self.covered.append(box)
        corner = box.x - box.width / 2, box.y - box.height / 2
        self.axes.add_patch(
            Rectangle(corner, box.width, box.height, color=self.shades["paper"], alpha=0.85, lw=0, zorder=4)
        )
        self.write((box.x, box.y), text, size, **how)

    def legend(self) -> None:
        """Explain the colours, lines and shapes that are there, and no other."""
        for place, row in enumerate(self.rows):
            y = HIGH - EDGE - ROW * (len(self.rows) - 1 - place)
            for x, (kind, name, text) in row:
                if kind in {"class", "unknown"}:
                    self.mark((x + 11, y), 3.2, name, known=kind == "class")
                else:
                    quad, status = (name, "Corroborated") if kind == "quad" else ("material-cooperation", name)
                    self.stroke([(x, y), (x + 22, y)], quad, status)
                self.write((x + 27, y), text, NAME, ha="left", va="center_baseline")

    def _keys(self) -> Iterator[list[Key]]:
        known, lang = ontology.load(), self.lang
        entities = [self.graph.nodes[iri]["entity"] for iri in self.nodes]
        families = {family_of(entity.type) for entity in entities}
        quads, statuses = ({getattr(line, kind) for line in self.lines} for kind in ("quad", "status"))
        yield [Key("quad", name, known.concept("quad", name).label_in(lang)) for name in QUADS if name in quads]
        yield [
            Key("status", name, known.concept("status", name).label_in(lang)) for name in STATUSES if name in statuses
        ]
        shapes = [Key("class", name, known.classes[name].label_in(lang)) for name in SHAPES if name in families]
        hollow = next((family_of(entity.type) for entity in entities if not entity.known), None)
        yield [*shapes, *([Key("unknown", hollow, self.words["unresolved"])] if hollow else [])]


def _rows(groups: Iterable[Sequence[Key]]) -> Iterator[list[tuple[float, Key]]]:
    """Set the keys of a legend in rows, each group in its own, with their places from the left."""
    for group in groups:
        row: list[tuple[float, Key]] = []
        x = EDGE
        for key in group:
            wide = 27 + _measure(key.text, NAME) + 14
            if row and x + wide > WIDE - EDGE:
                yield row
                row, x = [], EDGE
            row.append((x, key))
            x += wide
        if row:
            yield row


def _fitted(nodes: Mapping[str, Mapping[str, Any]], bottom: float) -> dict[str, Place]:
    """Give nodes their places on the sheet: between title and legend, filled either way if that skews not too much."""
    if not nodes:
        return {}
    lows, highs = ([side(node[axis] for node in nodes.values()) for axis in "xy"] for side in (min, max))
    corners = (EDGE + RIM[0], HEADING + EDGE + RIM[1]), (WIDE - EDGE - RIM[0], bottom - 2 * RIM[1])
    room = [high - low for low, high in zip(*corners, strict=True)]
    scales = [min(space / ((high - low) or 1.0), CLOSEST) for space, low, high in zip(room, lows, highs, strict=True)]
    scales = [min(scale, SKEWED * min(scales)) for scale in scales]
    middles = [(low + high) / 2 for low, high in zip(*corners, strict=True)]
    moved = {
        iri: [middle + (node[axis] - (low + high) / 2) * scale
              for axis, middle, low, high, scale in zip("xy", middles, lows, highs, scales, strict=True)]
        for iri, node in nodes.items()
    }  # fmt: skip
    return {iri: (x, y) for iri, (x, y) in moved.items()}


def _around(place: Place, size: float, wide: float, high: float) -> Iterator[Place]:
    """Give the places of a name around its node, the best first."""
    x, y = place
    for away in (0.0, high, 2 * high):
        down, side = size + high / 2 + 1 + away, size + wide / 2 + 2 + away / 2
        yield from ((x, y + down), (x, y - down), (x + side, y), (x - side, y))
        yield from ((x + right * side * 0.8, y + low * (down - 2)) for right in (1, -1) for low in (1, -1))


def _wide(status: str, cases: int) -> float:
    return LINES[status][0] * min(1 + log2(max(cases, 1)) / 5, WIDEST)


def _measure(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a text in points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    return float(TextToPath().get_text_width_height_descent(text, font, ismath=False)[0])


def _shortened(title: str) -> str:
    """Leave out of a title what has no room."""
    while _measure(title, TITLE, bold=True) > WIDE - 2 * EDGE:
        title = title[: len(title) * 9 // 10].rstrip("…") + "…"
    return title
