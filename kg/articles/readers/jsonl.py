"""JSON lines: one article a line, read as a stream."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.articles.decoding import decode
from kg.articles.records import from_record
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.articles.source import Outcome, Source
    from kg.model import Article

ENDINGS = (".jsonl", ".ndjson")
TYPES = ("application/x-ndjson", "application/jsonl", "application/json")
_MARK = b"\xef\xbb\xbf"


def looks_like(start: bytes) -> bool:
    """Do data begin with an object?"""
    return start.removeprefix(_MARK).lstrip().startswith(b"{") or start.startswith((b"\xff\xfe{", b"\xfe\xff\0{"))


def read(source: Source) -> Iterator[Outcome]:
    """Read one article a line; a broken line yields its error and the rest goes on."""
    lines: Iterable[bytes | InputError] = source.lines()
    if source.is_utf16():
        lines = decode(source.data(), source.where).encode().splitlines()
    for number, line in enumerate(lines, start=1):
        place = f"{source.where}:{number}"
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            try:
                yield _from_json(decode(line, place).rstrip("\r\n"), source.options.fields, place)
            except InputError as error:
                yield error


def _from_json(line: str, names: Mapping[str, str], where: str) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        raise InputError(where, f"not JSON ({error})", "give one JSON object a line") from None
    return from_record(record if isinstance(record, dict) else {}, names, where)
