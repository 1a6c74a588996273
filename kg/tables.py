"""Answers as tables of pandas that a notebook shows well: short addresses, whole sentences, and a page on request."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pandas as pd  # type: ignore[import-untyped] # has no types of its own

from kg.errors import InputError
from kg.model import GP
from kg.store.labels import addresses
from kg.store.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Statement
    from kg.notebook import Graph, Page
    from kg.store import QueryResult

IRI = "_iri"  # the end of the name of a column that holds the addresses behind a column of labels
_WIDEST = 400  # characters of a cell that are shown: a sentence, not a page
_STYLE = (  # texts read from the left, from the top; days do not break
    "<style scoped>.kg-table td, .kg-table th { text-align: left !important; vertical-align: top !important }"
    " .kg-table td { min-width: 5.5em; max-width: 36em }</style>"
)
_SHORT = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))


class _Origin:
    """The graph that a table came from. It stays here when the table is pickled: it may be a store on disk."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return type(None), ()

    def __deepcopy__(self, memo: object) -> _Origin:
        return self


class Table(pd.DataFrame):  # type: ignore[misc] # pandas has no types of its own
    """A DataFrame that knows its graph: shown, it is short and readable; ``view`` draws the statements in it."""

    _metadata = ["_origin"]  # noqa: RUF012 - as pandas asks for it
    _origin: _Origin | None = None

    @property
    def _constructor(self) -> type[Table]:
        return Table

    def view(self, lang: str = "en") -> Page:
        """Draw the statements that stand in the columns subject, relation and object.

        Raises:
            InputError: there are no such columns, no row holds a statement, or the table has lost its graph.
            UnknownName: the page does not speak that language.
        """
        columns = [self._addresses(name) for name in ("subject", "relation", "object")]
        if self._origin is None:
            raise InputError("table", "no longer knows its graph", "ask again, and draw the new answer")
        rows = list(dict.fromkeys(zip(*(self[name] for name in columns), strict=True)))
        found = statements(self._origin.graph, rows)
        if rows and not found:
            raise InputError("table", "no row holds a statement of the graph", "ask for ?subject ?relation ?object")
        return self._origin.graph.draw(found, lang=lang)

    def _addresses(self, name: str) -> str:
        """Name the column of addresses of one part of a statement."""
        found = next((each for each in (name + IRI, name) if each in self.columns), None)
        if found is None:
            raise InputError("table", f"no column {name!r} to draw", "ask for ?subject ?relation ?object")
        return found

    def _repr_html_(self) -> str | None:
        hidden = [name for name in self.columns if _is_behind(name, self.columns)]
        shown = pd.DataFrame(self).drop(columns=hidden)
        for place, kind in enumerate(shown.dtypes):
            if not (pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind)):
                shown.isetitem(place, shown.iloc[:, place].map(short, na_action="ignore").astype(object).fillna(""))
        with pd.option_context("display.max_colwidth", _WIDEST):
            written = cast("str | None", shown._repr_html_())
        return written and f'<div class="kg-table">{_STYLE}{written}</div>'


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], graph: Graph) -> Table:
    """Make a table that knows its graph."""
    made = Table([[_plain(value) for value in row] for row in rows], columns=list(columns))
    made._origin = _Origin(graph)  # noqa: SLF001 - our own
    return made


def of_result(result: QueryResult, graph: Graph, lang: str | None = None) -> Table:
    """Make a table of an answer; with a language, names stand for addresses, which move to columns of their own.

    A column has addresses behind it where at least one of them has a name.
    """
    rows, columns = result.values(), list(result.columns)
    if lang is None:
        return table(columns, rows, graph)
    behind = addresses(result)
    names = graph.store.labels({iri for row in behind for iri in row if iri}, lang)
    labelled = [place for place in range(len(columns)) if any(row[place] in names for row in behind)]
    return table(
        [*columns, *(columns[place] + IRI for place in labelled)],
        [
            [*_named(row, at, names, labelled), *(at[place] for place in labelled)]
            for row, at in zip(rows, behind, strict=True)
        ],
        graph,
    )


def statements(graph: Graph, rows: Iterable[tuple[object, ...]]) -> list[Statement]:
    """Read the statements with these subjects, relations and objects, each once."""
    found = {
        each.iri: each
        for subject, relation, object_ in rows
        if isinstance(relation, str) and relation.startswith(GP)
        for each in graph.store.statements(str(subject), relation.removeprefix(GP), str(object_))
    }
    return list(found.values())


def short(value: object) -> object:
    """Write an address of ours the short way, which queries understand; leave everything else.

    >>> from kg.model import ENT
    >>> short(GP + "accuses"), short(ENT + "iran"), short("Iran"), short(3)
    ('gp:accuses', 'ent:iran', 'Iran', 3)
    """
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    return next((f"{name}:{value.removeprefix(start)}" for name, start in _SHORT if value.startswith(start)), value)


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _named(
    row: Sequence[object], behind: Sequence[str | None], names: Mapping[str, str], labelled: Sequence[int]
) -> list[object]:
    """Put names in the place of addresses, in the columns that have names."""
    return [
        names.get(iri, short(iri)) if iri and place in labelled else value
        for place, (value, iri) in enumerate(zip(row, behind, strict=True))
    ]


def _is_behind(name: object, columns: Iterable[object]) -> bool:
    return isinstance(name, str) and name.endswith(IRI) and name.removesuffix(IRI) in set(columns)
