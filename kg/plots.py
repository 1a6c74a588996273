"""Pictures where looking beats reading: two actors over time, and who stands on which side of what is contested.

The figures are matplotlib's, made without its global state, so that a notebook shows each once and
nothing need be closed.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from kg import ontology
from kg.errors import InputError
from kg.explain import messages
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes

    from kg.articles.reading import StrPath
    from kg.model import Case, Position, Source
    from kg.tables import Table

Step: TypeAlias = Literal["day", "month", "year"]
How: TypeAlias = Literal["said", "open", "denied", "ended"]
Bars: TypeAlias = "dict[date, dict[tuple[str, How], int]]"

ABOVE = ("standing-tie", "verbal-cooperation", "material-cooperation")  # from the axis outwards
BELOW = ("verbal-conflict", "material-conflict")
_HOW: dict[Position, How] = {"for": "said", "alleged": "said", "open": "open", "against": "denied", "negated": "denied"}
_HOW_IN_ORDER: tuple[How, ...] = ("said", "open", "denied", "ended")
_HATCHED = {"denied": "////", "ended": "...."}
_STEPS: dict[Step, tuple[int, float, str]] = {  # the longest span in days, the width of a bar, how dates are written
    "day": (62, 0.8, "%Y-%m-%d"),
    "month": (6 * 366, 24, "%Y-%m"),
    "year": (10**6, 280, "%Y"),
}
_COLOUR = re.compile(r"--([A-Za-z-]+): (#[0-9a-f]{6})")
_PARTY = ("subject", "object")
_NAMED, _WIDTH = 4, 34  # sources that are named at a bar; characters of a line at its foot


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture that shows itself in a notebook and can be saved; ``figure`` is matplotlib's, to go on with."""

    title: str
    figure: Figure = field(repr=False)

    def save(self, path: StrPath) -> None:
        """Write the picture to a file: .png, .svg or .pdf, as the ending tells.

        Raises:
            InputError: there is no such format, or the file cannot be written.
        """
        try:
            self.figure.savefig(Path(path), metadata=_metadata(Path(path)))
        except (OSError, ValueError) as error:
            raise InputError(str(path), f"cannot be written ({error})", "write to a .png, .svg or .pdf") from error

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.figure.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


def timeline(table: Table, names: tuple[str, str], *, step: Step | None = None, lang: str = "en") -> Plot:
    """Draw what passed between two actors: cooperation above the axis and conflict below, in the colours of the page.

    A bar counts articles by their dates: what they say, what they tell as planned or possible (pale), what is denied
    in them (hatched), what has ended (dotted). Without a step, days, months or years are chosen by the span.
    """
    words = messages(lang)["plot"]
    one, other = map(one_line, names)
    told = [row for row in _rows(table) if isinstance(row[0], date) and row[1] in ABOVE + BELOW]
    figure, axes = _figure(words["timeline"].format(one=one, other=other), 4.4)
    if not told:
        return _empty(figure, axes, words["nothing"].format(one=one, other=other))
    step = step or _step([day for day, *_ in told])
    bars = _bars(told, step)
    heights = [_stack(axes, day, some, _STEPS[step][1]) for day, some in sorted(bars.items())]
    highest, deepest = (max(each) for each in zip(*heights, strict=True))
    _rule_time(axes, (highest, deepest), step, words)
    _legend(axes, {each for some in bars.values() for each in some}, lang)
    return Plot(figure.get_suptitle(), figure)


def contested(cases: Sequence[tuple[str, Case]], *, lang: str = "en") -> Plot:
    """Draw each contested case as a bar: who says so to the right, who denies it to the left; its parties hatched.

    ``cases`` have their names before them.
    """
    words = messages(lang)["plot"]
    figure, axes = _figure(words["contested"], 1.6 + 0.52 * max(len(cases), 2))
    if not cases:
        return _empty(figure, axes, words["uncontested"])
    for place, (_, case) in enumerate(cases):
        for positions, side in ((("for", "alleged"), 1), (("against", "negated"), -1)):
            sources = [source for source in case.sources if source.position in positions]
            _side(axes, place, side, sources, _several([source.label for source in sources], words))
    _rule_sources(axes, [name for name, _ in cases], words)
    return Plot(figure.get_suptitle(), figure)


def _rows(table: Table) -> Iterable[tuple[date, str, How, str]]:
    """Give date, quad, how it is told, and the article."""
    columns = ("date", "quad_iri", "position_iri", "phase_iri", "article")
    for day, quad, position, phase, article in zip(*(table[name] for name in columns), strict=True):
        how = _HOW[position.rsplit("/", 1)[-1]]
        ended = how == "said" and phase == ontology.concept("phase", "ends")
        yield day, quad.rsplit("/", 1)[-1], "ended" if ended else how, article


def _step(days: Sequence[date]) -> Step:
    span = (max(days) - min(days)).days
    return next(step for step, (longest, *_) in _STEPS.items() if span <= longest)


def _bars(told: Iterable[tuple[date, str, How, str]], step: Step) -> Bars:
    """Count the articles of each day, month or year; an article that says a thing twice counts once."""
    articles: dict[date, dict[tuple[str, How], set[str]]] = defaultdict(lambda: defaultdict(set))
    for day, quad, how, article in told:
        articles[_begin(day, step)][quad, how].add(article)
    return {day: {key: len(found) for key, found in some.items()} for day, some in articles.items()}


def _begin(day: date, step: Step) -> date:
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[step]


def _stack(axes: Axes, day: date, counts: Mapping[tuple[str, How], int], width: float) -> tuple[int, int]:
    """Draw one stack upwards and one downwards; tell how high they are."""
    heights = []
    for quads, sign in ((ABOVE, 1), (BELOW, -1)):
        height = 0
        for quad in quads:
            for how in _HOW_IN_ORDER:
                if count := counts.get((quad, how)):
                    middle = date2num(day + timedelta(days=width / 2))  # type: ignore[no-untyped-call] # matplotlib's
                    axes.bar(middle, sign * count, width, bottom=sign * height, **_style(quad, how))
                    height += count
        heights.append(height)
    return heights[0], heights[1]


def _style(quad: str, how: How) -> dict[str, Any]:
    colour = colours()[quad]
    if how in _HATCHED:
        return {"facecolor": "white", "edgecolor": colour, "hatch": _HATCHED[how], "linewidth": 1.0}
    return {"facecolor": colour, "edgecolor": "white", "linewidth": 0.6, "alpha": 0.45 if how == "open" else 1.0}


@cache
def colours() -> Mapping[str, str]:
    """Give the colours of the page, as it has them by day.

    >>> colours()["material-conflict"]
    '#a8142b'
    """
    style = files("kg.view").joinpath("style.css").read_text(encoding="utf-8")
    return dict(reversed(_COLOUR.findall(style)))  # the first of a name is that of the day


def _figure(title: str, height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(9.5, height), dpi=110, layout="constrained")
    figure.suptitle(title, x=0.012, ha="left", fontsize=13, fontweight="bold", parse_math=False)
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _empty(figure: Figure, axes: Axes, text: str) -> Plot:
    axes.set_axis_off()
    axes.text(0.5, 0.5, text, ha="center", va="center", transform=axes.transAxes, parse_math=False)
    return Plot(figure.get_suptitle(), figure)


def _rule_time(axes: Axes, heights: tuple[int, int], step: Step, words: Mapping[str, str]) -> None:
    """Name the two halves, count both ways from the axis, write dates that need no language."""
    axes.axhline(0, color=colours()["ink"], linewidth=1)
    above, below = (max(each, max(heights) / 3) * 1.2 for each in heights)  # an empty half is seen to be empty
    axes.set_ylim(-below, above)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
    axes.set_ylabel(words["count"].format(step=words[step]))
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=9))  # type: ignore[no-untyped-call] # matplotlib's
    axes.xaxis.set_major_formatter(DateFormatter(_STEPS[step][2]))  # type: ignore[no-untyped-call] # as above
    axes.margins(x=0.04)
    for name, height, side in (("cooperation", 0.99, "top"), ("conflict", 0.01, "bottom")):
        axes.text(0.005, height, words[name], transform=axes.transAxes, va=side, color=colours()["ink-soft"])


def _legend(axes: Axes, drawn: Iterable[tuple[str, How]], lang: str) -> None:
    """Explain the colours and the ways of telling that are there, and no other."""
    words, known = messages(lang)["plot"], ontology.load()
    drawn = set(drawn)
    quads = [quad for quad in (*reversed(ABOVE), *BELOW) if quad in {each for each, _ in drawn}]
    shown = [Patch(**_style(quad, "said"), label=known.concept("quad", quad).label_in(lang)) for quad in quads]
    hows = [how for how in _HOW_IN_ORDER if how in {each for _, each in drawn}]
    if hows != ["said"]:
        shown += [Patch(**_style("neutral", how), label=words[how]) for how in hows]
    axes.legend(handles=shown, loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=9)


def _side(axes: Axes, place: int, side: int, sources: Sequence[Source], names: str) -> None:
    """Draw the sources of one side of a case, those who are no parties to it next to the axis."""
    parties = sum(source.role in _PARTY for source in sources)
    colour = colours()["ink-soft"] if side > 0 else colours()["contest"]
    left = 0
    for count, hatch in ((len(sources) - parties, None), (parties, "////")):
        axes.barh(place, side * count, 0.5, left=side * left, facecolor=colour, edgecolor="white", hatch=hatch)
        left += count
    style: dict[str, Any] = {
        "fontsize": 8,
        "color": colours()["ink"],
        "va": "center",
        "ha": "left" if side > 0 else "right",
    }
    text = "\n".join(textwrap.wrap(names, _WIDTH))
    axes.annotate(text, (side * left, place), (side * 5, 0), textcoords="offset points", parse_math=False, **style)


def _several(names: Sequence[str], words: Mapping[str, str]) -> str:
    names = sorted(map(one_line, names))
    if len(names) <= _NAMED:
        return ", ".join(names)
    return words["more"].format(names=", ".join(names[: _NAMED - 1]), count=len(names) - _NAMED + 1)


def _rule_sources(axes: Axes, names: Sequence[str], words: Mapping[str, str]) -> None:
    """Name the cases, count both ways, and explain the two sides."""
    axes.axvline(0, color=colours()["ink"], linewidth=1)
    axes.set_yticks(range(len(names)), ["\n".join(textwrap.wrap(one_line(name), _WIDTH)) for name in names])
    for label in axes.get_yticklabels():
        label.set_parse_math(False)
    axes.invert_yaxis()
    widest = max(map(abs, axes.get_xlim()))
    axes.set_xlim(-widest * 1.75, widest * 1.75)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):.0f}"))
    axes.set_xlabel(words["sources"])
    sides = (("denies_it", "contest", None), ("says_so", "ink-soft", None), ("party", "neutral", "////"))
    shown = [Patch(facecolor=colours()[c], edgecolor="white", hatch=h, label=words[name]) for name, c, h in sides]
    axes.legend(handles=shown, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=9)


def _metadata(path: Path) -> dict[str, str | None]:
    """Leave the date out of a file, so that the same picture gives the same bytes."""
    stamps = {".png": "Software", ".svg": "Date", ".pdf": "CreationDate"}
    return {stamps[path.suffix]: None} if path.suffix in stamps else {}
