"""Tables with a line of names above: one article a row, read as a stream."""

from __future__ import annotations

import csv
import io
from itertools import chain, count
from typing import TYPE_CHECKING

from kg.articles.decoding import decode
from kg.articles.records import from_record
from kg.articles.source import DOCUMENT
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Outcome, Source

ENDINGS = (".csv", ".tsv")
TYPES = ("text/csv", "text/tab-separated-values")
_SEPARATORS = ",;\t|"


def looks_like(start: bytes) -> bool:  # noqa: ARG001 - a line of commas may be text
    """Never: a table is known by its ending."""
    return False


def read(source: Source) -> Iterator[Outcome]:
    """Read one article a row; a row without text yields its error and the rest goes on.

    The separator is the one that stands most often in the first line.
    """
    lines = _text_lines(source)
    first = next(lines, "")
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(DOCUMENT)
    rows = csv.DictReader(chain([first], lines), delimiter=separator, strict=True)
    names = source.options.fields
    wanted = names.get("text", "text")
    if wanted not in (rows.fieldnames or ()):
        there = ", ".join(rows.fieldnames or ())[:200]
        remedy = f"name the column of the text: --field text=COLUMN; there are: {there}"
        raise InputError(source.where, f"no column {wanted!r}", remedy)
    for _ in count():
        try:
            row = next(rows, None)
            if row is None:
                return
            yield from_record(row, names, f"{source.where}:{rows.line_num}")
        except csv.Error as error:
            yield InputError(f"{source.where}:{rows.line_num}", f"no table ({error})", "check quotes and separators")
        except InputError as error:
            yield error


def _text_lines(source: Source) -> Iterator[str]:
    """Decode line by line; a fault ends the table, for a row may go over many lines."""
    if source.is_utf16():
        yield from io.StringIO(decode(source.data(), source.where), newline="")
        return
    for number, line in enumerate(source.lines(), start=1):
        if isinstance(line, InputError):
            raise line
        yield decode(line, f"{source.where}:{number}")
