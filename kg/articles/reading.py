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

from kg.articles.decoding import WINDOWS
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
    elif os.path.isdir(path):  # noqa: PTH112 - the one of pathlib raises where a path is too long
        yield from _read_folder(Path(path), options)
    else:
        yield from _read_file(Path(path), _stem(Path(path)), options)


def other_files(path: StrPath) -> Counter[str]:
    """Count the files of a folder that are not read, by their endings."""
    files = (each for each in _files(Path(path)) if isinstance(each, Path)) if os.path.isdir(path) else ()  # noqa: PTH112
    return Counter(file.suffix.lower() or file.name for file in files if not _is_known(file))


def size(paths: Iterable[StrPath]) -> int | None:
    """Add up the bytes of the files that will be read; None where a path is a stream or an address.

    >>> size(["-"]) is None
    True
    """
    total = 0
    for path in paths:
        if os.fspath(path) == STDIN or is_address(path):
            return None
        if os.path.isdir(path):  # noqa: PTH112 - as above
            files = (each for each in _files(Path(path)) if isinstance(each, Path) and _is_known(each))
            total += sum(map(_bytes, files))
        else:
            total += _bytes(Path(path))
    return total


def _bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # reading will tell
        return 0


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
    """Read a folder's files as they are listed; names that two of them share are found beforehand."""
    shared, some = _shared(folder), False
    for file in _files(folder):
        if isinstance(file, InputError):
            yield file
        elif _is_known(file):
            alone = hash(_stem(file)) not in shared
            yield from _read_file(file, _stem(file) if alone else file.relative_to(folder).as_posix(), options)
        some = some or isinstance(file, InputError) or _is_known(file)
    if not some:
        yield InputError(str(folder), "no article in this folder", f"it is read for files in {', '.join(formats())}")


def _shared(folder: Path) -> set[int]:
    """Hash the names that more than one file of a folder has; of each file no more than a hash is kept."""
    seen: set[int] = set()
    shared: set[int] = set()
    for file in _files(folder):
        if isinstance(file, Path) and _is_known(file):
            name = hash(_stem(file))
            (shared if name in seen else seen).add(name)
    return shared


def _files(folder: Path) -> Iterator[Path | InputError]:
    """List a folder's files with those of its folders, hidden ones left out, in the order of their paths.

    One folder is held in memory at a time, with those around it. Links to folders are not followed, so that
    nothing goes round in circles; a folder that cannot be listed gives its error.
    """
    waiting = [iter([(folder, True)])]
    while waiting:
        place, is_folder = next(waiting[-1], (None, False))
        if place is None:
            waiting.pop()
        elif not is_folder:
            yield place
        else:
            try:
                waiting.append(iter(_listed(place)))
            except OSError as error:
                yield InputError(str(place), f"cannot be listed ({error.strerror})", "check the folder's permissions")


def _listed(folder: Path) -> list[tuple[Path, bool]]:
    with os.scandir(folder) as entries:
        names = [(each.name, each.is_dir(follow_symlinks=False)) for each in entries if not _is_left_out(each)]
    return [(folder / name, is_folder) for name, is_folder in sorted(names)]


def _is_left_out(entry: os.DirEntry[str]) -> bool:
    """Is it hidden, or a link to a folder? A link that leads nowhere is a file, which reading will tell."""
    try:
        return entry.name.startswith(".") or (entry.is_symlink() and entry.is_dir())
    except OSError:
        return False


def _is_known(file: Path) -> bool:
    return file.suffix.lower() in formats()


def _stem(file: Path) -> str:
    return Path(file.stem).stem if file.suffix.lower() == _COMPOUND else file.stem


def _shown(path: str) -> str:
    """Give a path as text, where its bytes are those of an old encoding, as from a disk of Windows."""
    return os.fsencode(path).decode("utf-8", WINDOWS)


def _open(file: Path, meter: Meter | None) -> IO[bytes]:
    return meter.open(file) if meter else file.open("rb")


def _read_file(file: Path, name: str, options: Options) -> Iterator[Outcome]:
    try:
        where = _shown(str(file))
    except UnicodeEncodeError:
        yield InputError(ascii(str(file)), "no path (it holds half a character)", "check the path")
        return
    if "\0" in where:
        yield InputError(where, "no path (it holds a NUL)", "check the path")
        return
    if os.path.exists(file) and not os.path.isfile(file):  # noqa: PTH110, PTH113 - those of pathlib raise
        yield InputError(where, "no file (a pipe or a device)", "give a file, or - for standard input")
        return
    if options.meter:
        options.meter.begin(_bytes(file))
    opening = partial(_open, file, options.meter)
    yield from read_source(Source(opening, _shown(name), where, file.name, options))
