"""A graph in a notebook: add articles, ask in SPARQL, see the answer as a table or as a page.

``kg.open("news")`` opens or makes a store in the folder ``news``; ``kg.open()`` keeps it in memory.
"""

from __future__ import annotations

import html
import os
import weakref
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

from kg import asking, decisions, outlets, verdicts
from kg import build as building
from kg.brief import brief
from kg.changes import report
from kg.explain import explain, messages
from kg.journal import Journal, fingerprint
from kg.store import open_store, queries, world_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from types import TracebackType

    from networkx import MultiDiGraph

    from kg.actors import Actors
    from kg.articles.reading import StrPath
    from kg.build import Report
    from kg.document import Document
    from kg.model import Statement
    from kg.network import Network
    from kg.plots import Plot, Step
    from kg.selection import Asked
    from kg.store import Store
    from kg.tables import Table

LANGUAGE = "en"  # of names, where none is asked for
# What the page may do in the frame of a notebook: run its script, save pictures, open articles; not reach the notebook.
_FRAME = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_LATEST: list[weakref.ref[Graph]] = []  # what `kg.open` gave last, for `%sparql`


def open(where: StrPath | None = None, *, names: StrPath | None = None) -> Graph:  # noqa: A001 - used as `kg.open`
    """Open the graph in a folder, made if it is not there; without one, a graph in memory.

    Decisions on names are those of the file ``names``, or of the one beside the folder; they are read now, and so are
    the verdicts on claims beside the folder (docs/verdicts.md).
    """
    folder = None if where is None else os.fspath(where)
    path = Path(names) if names is not None else decisions.beside(folder) if folder else None
    who = decisions.load(path, must=names is not None).actors
    who = outlets.amended(who, outlets.beside(folder) if folder else None)
    given = verdicts.at(folder, lambda: who) if folder else None
    journal = partial(_journal, folder, path) if folder else None
    graph = Graph(open_store(folder, world=world_of(who)), who, journal)
    if given:
        graph.store.follow(given.rulings)
    _LATEST[:] = [weakref.ref(graph)]
    return graph


def _journal(folder: str, names: Path | None) -> Journal:
    return Journal(folder, fingerprint(names))


def latest() -> Graph | None:
    """Give the graph that `kg.open` opened last, if it is still there."""
    return _LATEST[0]() if _LATEST else None


class Graph:
    """A store with what an analyst does to it."""

    def __init__(self, store: Store, who: Actors | None = None, journal: Callable[[], Journal] | None = None) -> None:
        """Take a store, the tables of actors to find names in, and what gives the journal of a store in a folder.

        ``kg.open`` is the usual way.
        """
        self.store, self._who, self._journal = store, who, journal

    @property
    def who(self) -> Actors | None:
        """The tables of actors that names are found in, if not those that come with kg."""
        return self._who

    def add(self, *paths: StrPath) -> Report:
        """Read articles from files or folders, extract their claims and keep them; tell what was done.

        An article that a graph in a folder holds as it is, is not read again: ``unchanged`` counts those.
        """
        journal = self._journal() if self._journal else None
        return building.build(paths, self.store, actors=self._who, journal=journal)

    def sparql(
        self, query: str, /, *, labels: bool | str = False, limit: int | None = None, **bindings: object
    ) -> Table:
        """Ask in SPARQL, or by the name of a query that comes with kg, and get a DataFrame.

        ``?name`` in the query takes the value of ``name=…``. Numbers, dates and truth values come as such, addresses
        and texts as strings. A question of yes or no gives a table of one cell, CONSTRUCT the columns subject,
        predicate and object.

        With ``labels=True``, or a language (``labels="fr"``), names stand in the place of addresses, and the addresses
        behind a column ``who`` in one of its own, ``who_iri``, to the right; where a name is missing in that language,
        the English one stands. A column in which nothing has a name (claims, cases) stays as it is.
        ``limit`` is the number of rows at most; without it there are all.

        >>> open().sparql("SELECT ?relation { VALUES ?relation { gp:accuses } }", labels="fr")["relation"][0]
        'accuse'

        Raises:
            InputError: the query is wrong (with its line), would change the store or reach the network.
            UnknownName: no query of that name comes with kg, no actor or relation in its values, or no such language.
        """
        from kg.tables import of_result  # noqa: PLC0415 - pandas takes half a second that only tables need

        lang = (labels if isinstance(labels, str) else LANGUAGE) if labels else None
        if lang:
            messages(lang)  # an unknown language is told before anything is asked
        return of_result(asking.ask(self.store, query, bindings, self._who, limit=limit), self, lang)

    def claims(
        self,
        *,
        about: str | None = None,
        speaker: str | None = None,
        relation: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        lang: str = LANGUAGE,
    ) -> Table:
        """List claims by date: who says what of whom, in which sentence of which article.

        ``about`` and ``speaker`` may be named in French or English, a speaker is also whoever spoke for them; a
        ``relation`` (or its label) stands for those below it, too. Days are those of articles: dates, or texts such as
        2024, 2024-09 or 2024-09-10. Names are in ``lang``, their addresses in the columns that end in ``_iri``.

        Raises:
            UnknownName: there is nobody, or no relation, of that name; the message names the nearest.
            InputError: a date is none, or the first one is after the last.
        """
        from kg import findings  # noqa: PLC0415 - pandas takes half a second that only tables need

        asked = findings.Filter(about=about, speaker=speaker, relation=relation, since=since, until=until)
        return findings.claims(self, asked, lang)

    def contested(self, *, about: str | None = None, lang: str = LANGUAGE) -> Table:
        """List contested cases, those with most sources first: who says so, who denies it, since when it is told.

        Raises:
            UnknownName: there is nobody of the name ``about``; the message names the nearest.
        """
        from kg import findings  # noqa: PLC0415 - as above

        return findings.contested(self, about, lang)

    def timeline(
        self,
        one: str,
        other: str,
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        lang: str = LANGUAGE,
    ) -> Table:
        """List what is told to have passed between two actors, either way round, by date of article.

        Persons, ministries and armies count for their state at that date; ``through`` tells who they are.

        Raises:
            UnknownName: there is nobody of that name; the message names the nearest.
            InputError: a date is none, or the first one is after the last.
        """
        from kg import findings  # noqa: PLC0415 - as above

        return findings.timeline(self, (one, other), (since, until), lang)

    def plot_timeline(
        self,
        one: str,
        other: str,
        *,
        step: Step | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        lang: str = LANGUAGE,
    ) -> Plot:
        """Draw the time line of two actors: cooperation above the axis, conflict below, in the colours of the page.

        Bars count articles by day, month or year: ``step``, or whichever suits the span. What is only planned or
        possible is pale, what is denied is hatched, what has ended is dotted.

        Raises:
            UnknownName: there is nobody of that name; the message names the nearest.
            InputError: a date is none, or the first one is after the last.
        """
        from kg import findings, plots  # noqa: PLC0415 - as above

        found = findings.timeline(self, (one, other), (since, until), lang)
        names = findings.name(self, one, lang), findings.name(self, other, lang)
        return plots.timeline(found, names, step=step, lang=lang)

    def plot_contested(self, *, about: str | None = None, top: int = 12, lang: str = LANGUAGE) -> Plot:
        """Draw the contested cases with most sources: how many say so and how many deny it; parties to it hatched.

        Raises:
            UnknownName: there is nobody of the name ``about``; the message names the nearest.
        """
        from kg import findings, plots  # noqa: PLC0415 - as above

        return plots.contested(findings.sides(self, about, top, lang), lang=lang)

    def to_networkx(self, *, about: str | None = None, roll_up: bool = False, lang: str = LANGUAGE) -> Network:
        """Give the graph, or what concerns one actor, to networkx: a MultiDiGraph of plain values.

        ``kg.network.network`` tells what nodes and edges have; ``networkx.write_graphml`` can save all of it.

        Raises:
            UnknownName: there is nobody of the name ``about``; the message names the nearest.
        """
        from kg.network import network  # noqa: PLC0415 - as above
        from kg.selection import select  # noqa: PLC0415 - as above

        found = select(self.store, about=about, roll_up=roll_up, who=self.who).statements
        return network(found, lang=lang, roll_up=roll_up, who=self.who)

    def queries(self, lang: str = "en") -> Table:
        """List the queries that come with kg: what each answers, and what it may be narrowed by.

        >>> "contested" in set(open().queries()["query"])
        True
        """
        from kg.tables import table  # noqa: PLC0415 - as above

        rows = [
            (each.name, each.description(lang), ", ".join(p.name for p in each.parameters))
            for each in queries().values()
        ]
        return table(("query", "answers", "parameters"), rows, self)

    def draw(self, statements: Iterable[Statement], lang: str = "en") -> Page:
        """Draw some statements as an interactive page."""
        from kg.graph import build  # noqa: PLC0415 - as above

        return _page(build(statements, who=self._who), lang)

    def view(self, lang: str = "en", *, roll_up: bool = False, **asked: Unpack[Asked]) -> Page:
        """Draw the graph as an interactive page, or of it what is asked for: ``about="Iran", hops=2, since="2024"``.

        `kg.selection.Asked` lists what can be asked for; with ``roll_up``, persons count for their state.

        Raises:
            UnknownName: there is no such actor, relation, quad, status or language.
            InputError: a date is none, or the first one is after the last.
        """
        from kg.graph import build  # noqa: PLC0415
        from kg.selection import select  # noqa: PLC0415

        found = select(self.store, roll_up=roll_up, who=self._who, **asked)
        drawn = build(found.statements, roll_up=roll_up, who=self._who)
        return _page(drawn, lang, found.to_json())

    def explain(self, subject: str, relation: str, object: str, *, lang: str = "en") -> Explanation:  # noqa: A002 - the word of the domain
        """Tell who says that something holds, who denies it, and where."""
        return Explanation(explain(self.store, subject, relation, object, lang=lang, who=self._who))

    def diff(self, since: date, until: date | None = None, *, lang: str = "en") -> Document:
        """Write what the articles from a day on changed: new cases, changes of status, first denials, ends."""
        return report(self.store, since, until, lang=lang, who=self._who)

    def brief(self, *names: str, lang: str = "en") -> Document:
        """Write one page on a statement (subject, relation, object) or on two actors; ``.save`` takes .md or .html."""
        return brief(self.store, *names, lang=lang, who=self._who)

    def close(self) -> None:
        """Close the store; what was added is on disk."""
        self.store.close()

    def __enter__(self) -> Self:
        """Use the graph in a ``with`` block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the graph."""
        self.close()


def _page(drawn: MultiDiGraph[str], lang: str, asked: dict[str, Any] | None = None) -> Page:
    from kg.view import page, write  # noqa: PLC0415 - loads networkx

    return Page(page(drawn, lang=lang, asked=asked), write=partial(write, drawn, lang=lang, asked=asked))


@dataclass(frozen=True, slots=True)
class Page:
    """A page that shows itself in a notebook, closed off from it, and can be saved, as a picture too."""

    html: str = field(repr=False)
    height: int = 640
    write: Callable[[StrPath], None] | None = field(default=None, repr=False, compare=False)

    def save(self, path: StrPath) -> None:
        """Write it to a file: the page (.html), or a picture of the graph (.svg, .png).

        Raises:
            InputError: nothing has that ending, or the file cannot be written.
        """
        if self.write:
            self.write(path)
        else:
            Path(path).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        # In a frame of its own without the notebook's origin: the page's script can reach nothing else; it may save
        # its pictures and open articles beside.
        source = html.escape(self.html, quote=True)
        style = f"width: 100%; height: {self.height}px; border: 0"
        return f'<iframe sandbox="{_FRAME}" style="{style}" srcdoc="{source}"></iframe>'


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation as text, shown as such in a terminal and in a notebook."""

    text: str

    def __str__(self) -> str:
        """Give the text."""
        return self.text

    def __repr__(self) -> str:
        """Show the text itself, so that a bare expression can be read."""
        return self.text

    def _repr_html_(self) -> str:
        return f'<pre style="white-space: pre-wrap">{html.escape(self.text)}</pre>'
