"""Paths → articles: which format reads what, folders, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.articles.decoding import decode, is_utf16
from kg.articles.formats import Outcome, read_html, read_jsonl, read_text
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article

StrPath: TypeAlias = str | os.PathLike[str]

STDIN = "-"
FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE)


def read(path: StrPath) -> Iterator[Outcome]:
    """Read the articles of a file, of a folder and its folders, or of standard input (``-``).

    One that cannot be read yields its InputError, and the rest goes on. A folder gives its files
    of known endings, in the order of their paths; ``other_files`` tells of the others. An article
    is named after its file, or, where two files of a folder share their name, by the path in it.

    >>> [str(outcome) for outcome in read("no/such/file.txt")]
    ['no/such/file.txt: no such file or folder; check the path']
    """
    if os.fspath(path) == STDIN:
        yield from _read_bytes(sys.stdin.buffer.read(), None, "stdin", "standard input")
    elif Path(path).is_dir():
        yield from _read_folder(Path(path))
    else:
        yield from _read_file(Path(path), Path(path).stem)


def other_files(path: StrPath) -> Counter[str]:
    """Count the files of a folder that are not read, by their endings."""
    return Counter(file.suffix.lower() or file.name for file in _files(Path(path)) if not _is_known(file))


def _read_folder(folder: Path) -> Iterator[Outcome]:
    files = [file for file in _files(folder) if _is_known(file)]
    if not files:
        yield InputError(str(folder), "no article in this folder", f"it is read for files in {', '.join(FORMATS)}")
    shared = Counter(file.stem for file in files)
    for file in files:
        alone = shared[file.stem] == 1
        yield from _read_file(file, file.stem if alone else file.relative_to(folder).as_posix())


def _files(folder: Path) -> list[Path]:
    """List a folder's files with those of its folders, hidden ones left out, in a fixed order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):  # follows no links, so it cannot go round in circles
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(found, key=lambda file: file.parts)


def _is_known(file: Path) -> bool:
    return file.suffix.lower() in FORMATS


def _read_file(file: Path, name: str) -> Iterator[Outcome]:
    where = str(file)
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        yield InputError(where, "no such file or folder", "check the path")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        yield InputError(where, f"cannot be read ({reason})", "check the path and its permissions")
    else:
        yield from _read_bytes(data, FORMATS.get(file.suffix.lower()), name, where)


def _read_bytes(data: bytes, format_: str | None, name: str, where: str) -> Iterator[Outcome]:
    """Read by the file's ending, or, where there is none, by what the data look like."""
    format_ = format_ or _format_of(data)
    try:
        if not data.strip():
            raise InputError(where, "empty", "give an article with text")  # noqa: TRY301 - all errors are yielded below
        if format_ == "jsonl":
            yield from read_jsonl(_utf8(data, where).splitlines(), where)
        else:
            yield _read_one(data, format_, name, where)
    except InputError as error:
        yield error


def _read_one(data: bytes, format_: str, name: str, where: str) -> Article:
    if format_ == "html":
        declared = _CHARSET.search(data[:4096])
        return read_html(decode(data, where, declared=declared[1].decode() if declared else None), name, where)
    return read_text(decode(data, where), name, where)


def _format_of(data: bytes) -> str:
    start = data[:1000].decode("utf-16" if is_utf16(data) else "utf-8-sig", errors="ignore")
    if start.lstrip().startswith("{"):
        return "jsonl"
    return "html" if _PAGE.match(start) else "text"


def _utf8(data: bytes, where: str) -> bytes:
    """Turn UTF-16 into UTF-8; anything else is left to be judged line by line."""
    return decode(data, where).encode() if is_utf16(data) else data
