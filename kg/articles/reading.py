"""Paths and addresses → articles: files, folders, standard input, the web."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, TypeAlias, cast

from kg.articles.dispatch import formats, read_source
from kg.articles.source import DOCUMENT, Options, Source
from kg.errors import InputError
from kg.text import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.articles.meter import Meter
    from kg.articles.source import Outcome

StrPath: TypeAlias = str | os.PathLike[str]

STDIN = "-"
_PLAIN = Options()
_COMPOUND = ".gz"


def read(path: StrPath, options: Options = _PLAIN) -> Iterator[Outcome]:
    """Read the articles of a file, of a folder and its folders, of standard input (``-``) or of an address.

    They come as a stream, in a fixed order. One that cannot be read yields its InputError, and the rest goes
    on. A folder gives its files of known endings, in the order of their paths; ``other_files`` tells of the
    others. An article that does not name itself is named after its file, or, where two files of a folder share
    their name, by the path in it.

    >>> [str(outcome) for outcome in read("no/such/file.txt")]
    ['no/such/file.txt: no such file or folder; check the path']
    """
    for outcome in _read(path, options):
        if options.meter:
            options.meter.articles += 1
        yield outcome


def _read(path: StrPath, options: Options) -> Iterator[Outcome]:
    if os.fspath(path) == STDIN:
        yield from _read_stdin(options)
    elif is_address(path):
        from kg.articles.fetching import read_address  # noqa: PLC0415 - loads the HTTP library

        yield from read_address(str(path), options)
    elif Path(path).is_dir():
        yield from _read_folder(Path(path), options)
    else:
        yield from _read_file(Path(path), _stem(Path(path)), options)


def other_files(path: StrPath) -> Counter[str]:
    """Count the files of a folder that are not read, by their endings."""
    return Counter(file.suffix.lower() or file.name for file in _files(Path(path)) if not _is_known(file))


def size(paths: Iterable[StrPath]) -> int | None:
    """Add up the bytes of the files that will be read; None where a path is a stream or an address.

    >>> size(["-"]) is None
    True
    """
    files: list[Path] = []
    for path in paths:
        if os.fspath(path) == STDIN or is_address(path):
            return None
        folder = Path(path).is_dir()
        files += [file for file in _files(Path(path)) if _is_known(file)] if folder else [Path(path)]
    return sum(file.stat().st_size for file in files if file.is_file())


def _read_stdin(options: Options) -> Iterator[Outcome]:
    """Read standard input, which is put aside to be opened again: beyond some size, on the disk."""
    with SpooledTemporaryFile(DOCUMENT) as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
        yield from read_source(Source(partial(_again, spool), "stdin", "standard input", "stdin", options))


def _again(spool: SpooledTemporaryFile[bytes]) -> IO[bytes]:
    spool.seek(0)
    return cast("IO[bytes]", _Kept(spool))


class _Kept:
    """A file that closing does not close."""

    def __init__(self, file: SpooledTemporaryFile[bytes]) -> None:
        self._file = file

    def __enter__(self) -> SpooledTemporaryFile[bytes]:
        return self._file

    def __exit__(self, *_: object) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def _read_folder(folder: Path, options: Options) -> Iterator[Outcome]:
    files = [file for file in _files(folder) if _is_known(file)]
    if not files:
        yield InputError(str(folder), "no article in this folder", f"it is read for files in {', '.join(formats())}")
    shared = Counter(map(_stem, files))
    for file in files:
        alone = shared[_stem(file)] == 1
        yield from _read_file(file, _stem(file) if alone else file.relative_to(folder).as_posix(), options)


def _files(folder: Path) -> list[Path]:
    """List a folder's files with those of its folders, hidden ones left out, in a fixed order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):  # follows no links, so it cannot go round in circles
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name) for name in names if not name.startswith(".")]
    return sorted(found, key=lambda file: file.parts)


def _is_known(file: Path) -> bool:
    return file.suffix.lower() in formats()


def _stem(file: Path) -> str:
    return Path(file.stem).stem if file.suffix.lower() == _COMPOUND else file.stem


def _open(file: Path, meter: Meter | None) -> IO[bytes]:
    return meter.open(file) if meter else file.open("rb")


def _read_file(file: Path, name: str, options: Options) -> Iterator[Outcome]:
    if "\0" in str(file):
        yield InputError(str(file), "no path (it holds a NUL)", "check the path")
        return
    if file.exists() and not file.is_file():
        yield InputError(str(file), "no file (a pipe or a device)", "give a file, or - for standard input")
        return
    if options.meter and file.exists():
        options.meter.begin(file)
    yield from read_source(Source(partial(_open, file, options.meter), name, str(file), file.name, options))
