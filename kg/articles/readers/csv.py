"""Tables with a line of names above: one article a row, read as a stream."""

from __future__ import annotations

import csv
import io
from collections import deque
from typing import TYPE_CHECKING

from kg.articles.decoding import decode
from kg.articles.fields import LONGEST
from kg.articles.records import from_record
from kg.articles.source import DOCUMENT
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Outcome, Source

ENDINGS = (".csv", ".tsv")
TYPES = ("text/csv", "text/tab-separated-values")
_SEPARATORS = ",;\t|"
_ROW = 2 * LONGEST  # characters of a row
_OPEN = "a quotation mark is left open"


def looks_like(start: bytes) -> bool:  # noqa: ARG001 - a line of commas may be text
    """Never: a table is known by its ending."""
    return False


def read(source: Source) -> Iterator[Outcome]:
    """Read one article a row; a row without text or with a broken quotation yields its error, the rest goes on.

    The separator is the one that stands most often in the first line.
    """
    lines = _Lines(_text_lines(source))
    rows = _rows(lines, source.where)
    first = next(rows, [])
    columns = [] if isinstance(first, InputError) else first
    names = source.options.fields
    wanted = names.get("text", "text")
    if wanted not in columns:
        remedy = f"name the column of the text: --field text=COLUMN; there are: {', '.join(columns)[:200]}"
        raise InputError(source.where, f"no column {wanted!r}", remedy)
    sure = True
    for row in rows:
        if isinstance(row, InputError):
            yield row
            sure = False
        elif row and (sure or len(row) == len(columns)):  # else it is the rest of a broken row
            sure = True
            try:
                yield from_record(dict(zip(columns, row, strict=False)), names, f"{source.where}:{lines.first}")
            except InputError as error:
                yield error


class _Lines:
    """The lines of a table; those of the row at hand are kept, so that a mark left open costs no more than its own."""

    def __init__(self, lines: Iterator[str]) -> None:
        start = next(lines, "")
        self.separator = max(_SEPARATORS, key=start.count)
        self._next, self._lines = deque([start]), lines
        self._row: list[str] = []
        self._number = self._length = 0

    @property
    def first(self) -> int:
        """The number of the line that the row begins with."""
        return self._number - len(self._row) + 1

    def begin(self) -> None:
        """Begin a row."""
        self._row, self._length = [], 0

    def again(self) -> None:
        """Give the lines behind the row's first once more."""
        self._next.extendleft(reversed(self._row[1:]))
        self._number -= len(self._row) - 1
        self._row = self._row[:1]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._next.popleft() if self._next else next(self._lines)
        self._row.append(line)
        self._number += 1
        self._length += len(line)
        if self._length > _ROW:
            raise csv.Error(_OPEN if len(self._row) > 1 else f"a row longer than {_ROW:,} characters")
        return line


def _rows(lines: _Lines, where: str) -> Iterator[list[str] | InputError]:
    """Split lines into rows; behind a fault it goes on with the next line."""
    csv.field_size_limit(DOCUMENT)
    while True:
        lines.begin()
        try:
            yield from _whole_rows(lines)
        except csv.Error as error:
            is_open = str(error) in {_OPEN, "unexpected end of data"}
            yield InputError(f"{where}:{lines.first}", f"no table ({_OPEN if is_open else error})", "check the quotes")
            if is_open:
                lines.again()
        else:
            return


def _whole_rows(lines: _Lines) -> Iterator[list[str]]:
    for row in csv.reader(lines, delimiter=lines.separator, strict=True):
        yield row
        lines.begin()


def _text_lines(source: Source) -> Iterator[str]:
    """Decode line by line; a fault ends the table, for a row may go over many lines."""
    if source.is_utf16():
        yield from io.StringIO(decode(source.data(), source.where), newline="")
        return
    for number, line in enumerate(source.lines(), start=1):
        if isinstance(line, InputError):
            raise line
        yield decode(line, f"{source.where}:{number}")
