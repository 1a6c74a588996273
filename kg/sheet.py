"""A table that people edit by hand, as text or in a spreadsheet: CSV with a header, comments, line numbers.

Rows can be added and taken out without touching the other lines, and the file is written whole or not at all.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, Refused
from kg.text import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BOM = "\ufeff"
DELIMITERS = (",", ";", "\t")  # what spreadsheets write, the French ones the second
FORMULA = ("=", "+", "-", "@")  # a cell that begins so is run by a spreadsheet


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its columns, and the lines of the file that it takes."""

    cells: Mapping[str, str]
    first: int
    last: int

    def __getitem__(self, column: str) -> str:
        """Give a cell; a column that is not there is empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read; ``faults`` are the rows that could not be, by line."""

    path: Path
    lines: tuple[str, ...]
    saved: int
    delimiter: str = ","
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[tuple[int, InputError], ...] = ()

    def fault(self, line: int, what: str, remedy: str) -> InputError:
        """Make the error of a line."""
        place = f"{self.path}:{line}" if line <= self.saved else f"{self.path}, not written"
        return InputError(place, what, remedy)

    def with_rows(self, rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> Sheet:
        """Give the table with rows at its end, written the way that the others are.

        Raises:
            InputError: the header lacks a column that is needed, or a spreadsheet would run a cell.
        """
        new = list(rows)
        self._check(new)
        ending = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"
        lines = list(self.lines)
        if lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += ending
        header = self.header or tuple(columns)
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=ending)
        writer.writerows([header, *([row.get(c, "") for c in header] for row in new)][bool(self.header) :])
        return parse("".join(lines) + text.getvalue(), self.path, columns, saved=len(lines))

    def _check(self, rows: Iterable[Mapping[str, str]]) -> None:
        for column, cell in ((c, v) for row in rows for c, v in row.items() if v):
            if self.header and column not in self.header:
                raise InputError(str(self.path), f"no column {column}", f"add {column} to its header")
            if cell.startswith(FORMULA):
                raise InputError(cell, f"begins with {cell[0]}, which a spreadsheet runs as a formula", "leave it out")

    def without(self, rows: Iterable[Row], columns: Sequence[str]) -> Sheet:
        """Give the table without some of its rows; all other lines stay as they are."""
        gone = {line for row in rows for line in range(row.first, row.last + 1)}
        kept = [text for number, text in enumerate(self.lines, start=1) if number not in gone]
        return parse("".join(kept), self.path, columns)


def beside(store: str | Path, ending: str) -> Path:
    """Name a file that lies beside a store, by its ending; that of a server lies in the current folder.

    >>> str(beside("news/kg-store/", ".csv")), str(beside("http://localhost:7878/", ".csv"))
    ('news/kg-store.csv', 'localhost-7878.csv')
    """
    if is_address(store):
        return Path(re.sub(r"\W+", "-", str(store).partition("://")[2]).strip("-") + ending)
    path = Path(store)
    path = path if path.name not in {"", ".."} else path.resolve()
    return path.with_name(path.name + ending)


def read(path: Path, columns: Sequence[str], needed: Sequence[str] = ()) -> Sheet:
    """Read a table; a file that is not there is an empty one.

    Raises:
        InputError: it is not UTF-8, or has not the columns that it needs.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Sheet(path, (), 0)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "save it as CSV UTF-8 (a spreadsheet offers this beside plain CSV)"
        raise InputError(f"{path}:{line}", "not UTF-8", remedy) from None
    return parse(text, path, columns, needed)


def parse(
    text: str, path: Path, columns: Sequence[str], needed: Sequence[str] = (), *, saved: int | None = None
) -> Sheet:
    """Read a table from its text, of which ``saved`` lines stand in the file."""
    lines = tuple(io.StringIO(text, newline=""))
    sheet = Sheet(path, lines, len(lines) if saved is None else saved)
    head = next((line for line in lines if not _is_blank(line.lstrip(BOM))), "")
    sheet = replace(sheet, delimiter=max(DELIMITERS, key=head.count))
    rows: list[Row] = []
    faults: list[tuple[int, InputError]] = []
    for first, last, cells in _records(sheet, faults):
        if not sheet.header:
            sheet = replace(sheet, header=_header(sheet, first, cells, columns, needed))
        elif len(cells) > len(sheet.header) and any(cells[len(sheet.header) :]):
            what = f"{len(cells)} cells for {len(sheet.header)} columns"
            faults.append((first, sheet.fault(first, what, 'put a text that holds a delimiter in "quotes"')))
        else:
            rows.append(Row(dict(zip(sheet.header, cells, strict=False)), first, last))
    return replace(sheet, rows=tuple(rows), faults=tuple(faults))


def _is_blank(line: str) -> bool:
    """Is it a line without cells, or a comment?"""
    text = line.strip().strip("".join(DELIMITERS)).strip()
    return not text or text.lstrip('"').startswith("#")


def _records(sheet: Sheet, faults: list[tuple[int, InputError]]) -> Iterator[tuple[int, int, list[str]]]:
    """Go through the rows with their first and last line; comments and empty rows are left out."""
    lines = (line.lstrip(BOM) if not number else line for number, line in enumerate(sheet.lines))
    reader = csv.reader(lines, delimiter=sheet.delimiter, strict=True)
    while True:
        first = reader.line_num + 1
        try:
            cells = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            faults.append((first, sheet.fault(first, f"no row of a CSV ({error})", "mend its quotes")))
            continue
        if any(cells) and not cells[0].startswith("#"):
            yield first, reader.line_num, cells


def _header(
    sheet: Sheet, line: int, cells: Sequence[str], columns: Sequence[str], needed: Sequence[str]
) -> tuple[str, ...]:
    header = tuple(cell.casefold() for cell in cells)
    while header and not header[-1]:
        header = header[:-1]
    remedy = f"begin with the line {sheet.delimiter.join(columns)}"
    missing = [column for column in needed if column not in header]
    faults = [sheet.fault(line, f"no column {column}", remedy) for column in missing]
    unknown = [cell for cell in header if cell not in columns]
    faults += [sheet.fault(line, f"unknown column {cell!r}", f"take {', '.join(columns)}") for cell in unknown]
    twice = sorted({cell for cell in header if cell in columns and header.count(cell) > 1})
    faults += [sheet.fault(line, f"the column {cell} twice", "keep one") for cell in twice]
    if faults:
        raise Refused(str(sheet.path), faults)
    return header


@contextmanager
def locked(path: Path) -> Iterator[Path]:
    """Keep a file for oneself, and give the path of the draft that will replace it."""
    path = path.resolve()  # a link stays a link
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.open("xb").close()
    except FileExistsError:
        remedy = f"wait until it is done; if nothing is running, delete {draft}"
        raise InputError(str(path), "another program is writing it", remedy) from None
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def write(sheet: Sheet, draft: Path) -> None:
    """Put a table in its place, whole or not at all."""
    path = sheet.path.resolve()
    draft.write_bytes("".join(sheet.lines).encode())
    if path.exists():
        draft.chmod(path.stat().st_mode)
    draft.replace(path)
