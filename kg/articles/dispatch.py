"""Which reader takes an input: by its ending, by what a server calls it, or by its look."""

from __future__ import annotations

import pkgutil
import struct
import traceback
import zipfile
import zlib
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from kg.articles import readers
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Outcome, Source

REPORT = "report it with the input: this is a bug"
DEEPEST = 3  # archives within archives
_BROKEN = (
    EOFError, OSError, zlib.error, zipfile.BadZipFile, struct.error, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip


class Reader(Protocol):
    """What a module of ``kg.articles.readers`` offers."""

    ENDINGS: tuple[str, ...]
    TYPES: tuple[str, ...]

    def looks_like(self, start: bytes) -> bool:
        """Do data that begin so have this format?"""

    def read(self, source: Source) -> Iterator[Outcome]:
        """Give the articles of a source, and an error for each that cannot be read."""


@cache
def formats() -> dict[str, Reader]:
    """Give the readers by the endings of files.

    >>> ".pdf" in formats(), ".exe" in formats()
    (True, False)
    """
    names = sorted(info.name for info in pkgutil.iter_modules(readers.__path__))
    modules = [cast("Reader", import_module(f"kg.articles.readers.{name}")) for name in names]
    return {ending: module for module in modules for ending in module.ENDINGS}


def read_source(source: Source, *, content_type: str | None = None) -> Iterator[Outcome]:
    """Read a source; whatever is wrong with it comes back as one error, and what was read before it stays."""
    if source.depth > DEEPEST:
        yield InputError(source.where, f"more than {DEEPEST} archives within each other", "unpack it first")
        return
    try:
        start = source.start()
        if not start.strip():
            raise InputError(source.where, "empty", "give an article with text")  # noqa: TRY301 - all are yielded below
        yield from _reader(source, start, content_type).read(source)
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield InputError(source.where, "no such file or folder", "check the path")
    except PermissionError as error:
        yield InputError(source.where, f"cannot be read ({error.strerror})", "check the path and its permissions")
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        yield InputError(source.where, f"cannot be read ({reason})", "check that it is whole, or leave it out")
    except Exception as error:  # noqa: BLE001 - what one input provokes must not cost the others
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"reading failed ({type(error).__name__}: {error} in {place.name}, line {place.lineno})"
        yield InputError(source.where, what, REPORT)


def _reader(source: Source, start: bytes, content_type: str | None) -> Reader:
    """Choose the reader: what the data look like tells more than what a server calls them."""
    known = formats()
    if source.url is None and source.ending in known:
        return known[source.ending]
    unlike = dict.fromkeys(known.values())
    by_look = next((reader for reader in unlike if reader.looks_like(start)), None)
    by_type = next((reader for reader in unlike if content_type in reader.TYPES), None)
    return by_look or by_type or known.get(source.ending) or known[".txt"]
