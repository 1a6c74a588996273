"""Where the bytes of an input come from, and how many of them are taken at most."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, TypeAlias

from kg.errors import InputError
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from kg.articles.meter import Meter

Outcome: TypeAlias = Article | InputError

DOCUMENT = 32 * 2**20  # bytes of one article, page or line
UNPACKED = 256 * 2**20  # bytes that any archive may unpack to
SWELL = 100  # how many times its own size a bigger archive may unpack to: texts swell twentyfold at most
_PIECE = 64 * 2**10
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Options:
    """How to read: names of columns (``{"text": "body"}``), whether feeds are followed to their pages.

    ``private`` allows addresses of this machine and its network; ``pages`` is the folder that keeps fetched
    pages, so that the next run asks only for what has changed; ``pause`` is the time in seconds between two
    requests to a host. ``meter`` is told how far reading has come. What is fetched with the same options shares
    rules and pauses.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False
    private: bool = False
    pages: Path | None = None
    pause: float = 1.0
    meter: Meter | None = None


class Budget:
    """Counts what an archive unpacks to, and ends it where no honest archive would go."""

    def __init__(self, packed: int) -> None:
        """Allow a multiple of the packed size."""
        self._left = max(UNPACKED, SWELL * packed)

    def spend(self, count: int, where: str) -> None:
        """Count unpacked bytes.

        Raises:
            InputError: there were too many.
        """
        self._left -= count
        if self.is_spent:
            raise InputError(where, "unpacks to far more than a text would", "it may be a zip bomb: leave it out")

    @property
    def is_spent(self) -> bool:
        """Was more unpacked than is allowed?"""
        return self._left < 0


@dataclass(frozen=True, slots=True)
class Source:
    """One input, which can be opened more than once; ``filename`` tells its format by its ending.

    ``name`` names the article where it does not name itself, ``url`` is the address that it was fetched from,
    ``depth`` counts the archives around it.
    """

    open: Callable[[], IO[bytes]]
    name: str
    where: str
    filename: str
    options: Options = Options()
    url: str | None = None
    budget: Budget | None = None
    depth: int = 0

    @property
    def ending(self) -> str:
        """The ending of the file's name, in small letters."""
        return PurePath(self.filename).suffix.lower()

    def start(self) -> bytes:
        """Give the first bytes, to tell the format by."""
        with self.open() as stream:
            return stream.read(4096)

    def data(self, limit: int = DOCUMENT) -> bytes:
        """Read everything, where that is not too much.

        Raises:
            InputError: there is more than the limit, or an archive unpacks to too much.
        """
        pieces, size = [], 0
        with self.open() as stream:
            while piece := stream.read(_PIECE):
                self._count(len(piece))
                size += len(piece)
                if size > limit:
                    raise InputError(self.where, f"longer than {limit >> 20} MB", "split it, or leave it out")
                pieces.append(piece)
        return b"".join(pieces)

    def lines(self, limit: int = DOCUMENT) -> Iterator[bytes | InputError]:
        """Read line by line; a line that is too long gives its error, and the next one follows."""
        with self.open() as stream:
            number = 0
            while line := stream.readline(limit):
                number += 1
                self._count(len(line))
                if len(line) < limit or line.endswith(b"\n"):
                    yield line
                    continue
                while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
                    self._count(len(rest))
                remedy = "split it, or leave it out"
                yield InputError(f"{self.where}:{number}", f"a line longer than {limit >> 20} MB", remedy)

    def is_utf16(self) -> bool:
        """Tell whether it begins with the mark of UTF-16."""
        return self.start().startswith(_UTF16)

    def _count(self, size: int) -> None:
        if self.budget:
            self.budget.spend(size, self.where)
