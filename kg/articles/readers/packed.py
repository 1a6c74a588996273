"""Archives: ZIP with everything that can be read in it, and single files in gzip. Nothing is unpacked to the disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from kg.articles.dispatch import formats, read_source
from kg.articles.source import UNPACKED, Budget
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Outcome, Source

ENDINGS = (".zip", ".gz")
TYPES = ("application/zip", "application/gzip", "application/x-gzip")

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_ENCRYPTED = 1
_MEMBERS = 1_000_000


def looks_like(start: bytes) -> bool:
    """Do data begin like an archive?"""
    return start.startswith((_ZIP, _GZIP))


def read(source: Source) -> Iterator[Outcome]:
    """Read what is in an archive, in the order of the names."""
    if source.start().startswith(_GZIP) or source.ending == ".gz":
        filename = source.filename.removesuffix(".gz")
        name = PurePosixPath(source.name).stem if source.name.endswith((".txt", ".html", ".pdf")) else source.name
        inner = replace(source, open=partial(_gunzip, source), filename=filename, name=name)
        yield from read_source(_within(inner, source))
        return
    with _seekable(source) as stream, zipfile.ZipFile(stream) as archive:
        yield from _members(archive, source)


def _within(inner: Source, source: Source) -> Source:
    return replace(inner, depth=source.depth + 1, budget=source.budget or Budget(_size(source)), url=None)


def _seekable(source: Source) -> IO[bytes]:
    """Open an archive; one within another is unpacked to memory, for it is read from its end."""
    return io.BytesIO(source.data(UNPACKED)) if source.depth else source.open()


def _size(source: Source) -> int:
    with source.open() as stream:
        return stream.seek(0, 2)


def _gunzip(source: Source) -> IO[bytes]:
    stream = source.open()
    file = gzip.GzipFile(fileobj=stream)
    file.myfileobj = stream  # type: ignore[assignment] # which is closed with it
    return cast("IO[bytes]", file)


def _members(archive: zipfile.ZipFile, source: Source) -> Iterator[Outcome]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MEMBERS:
        raise InputError(source.where, f"more than {_MEMBERS:,} files", "split the archive")
    seen = False
    budget = source.budget or Budget(_size(source))
    for info in sorted(infos, key=lambda each: each.filename):
        if budget.is_spent:
            return  # which its member has told
        path = PurePosixPath(info.filename)
        if path.suffix.lower() not in formats() or any(part.startswith((".", "__MACOSX")) for part in path.parts[:-1]):
            if ".." in path.parts or path.is_absolute():
                yield _unsafe(source, info)
                seen = True
            continue
        seen = True
        yield from _member(archive, info, replace(source, budget=budget))
    if not seen:
        remedy = f"it is read for files in {', '.join(formats())}"
        yield InputError(source.where, "no article in this archive", remedy)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> Iterator[Outcome]:
    path, where = PurePosixPath(info.filename), f"{source.where}!{info.filename}"
    if ".." in path.parts or path.is_absolute():
        yield _unsafe(source, info)
    elif info.flag_bits & _ENCRYPTED:
        yield InputError(where, "encrypted", "save it without its password")
    else:
        inner = replace(source, open=partial(archive.open, info), filename=path.name, where=where,
                        name=path.with_suffix("").as_posix())  # fmt: skip
        yield from read_source(_within(inner, source))


def _unsafe(source: Source, info: zipfile.ZipInfo) -> InputError:
    return InputError(f"{source.where}!{info.filename}", "a name that leads out of the archive", "rename it")
