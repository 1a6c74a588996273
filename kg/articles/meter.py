"""How far reading has come, so that a build can tell how long it will still take."""

from __future__ import annotations

from functools import cached_property
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Meter:
    """Counts the articles that were read, and the bytes of files that they took.

    >>> meter = Meter(lambda: None)  # nobody knows how much will come
    >>> meter.expected is None
    True
    """

    def __init__(self, measure: Callable[[], int | None]) -> None:
        """Take what tells the bytes of everything, None where nobody can know; it is asked once, when needed."""
        self.articles = 0
        self._measure = measure
        self._before = self._size = 0
        self._file: IO[bytes] | None = None

    def begin(self, size: int) -> None:
        """Go on to the next file, of so many bytes."""
        self._before += self._size
        self._size, self._file = size, None

    def open(self, file: Path) -> IO[bytes]:
        """Open a file, to ask later how far it was read."""
        self._file = file.open("rb")
        return self._file

    @property
    def expected(self) -> int | None:
        """How many articles there will be if they go on as they have begun; None as long as nobody can tell."""
        read = self._before + self._here()
        if not (self._total and read and self.articles):
            return None
        return max(round(self.articles * self._total / read), self.articles)

    @cached_property
    def _total(self) -> int | None:
        return self._measure()

    def _here(self) -> int:
        """Tell how much of the latest file was read: all of it, once it is closed."""
        if self._file is None:
            return 0
        return self._size if self._file.closed else self._file.tell()
