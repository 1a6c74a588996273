"""Near-identical texts: the same agency report in ten papers has one source, not ten.

Each text of some length gets keys from a MinHash of its rows of words, and from one of its beginning, for papers
shorten reports from their end. Two texts that share a key have most of their words in common, in the same order, or
begin so; hence who copies whom follows from the articles that are there, and from nothing else.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.model import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WHOLE = (16, 8)  # bands and rows: two texts share a key if about 0.7 of their rows of words are common
BEGINNING = (8, 6)  # likewise
LEAD = 100  # words of a beginning
SHORTEST = 40  # words; what is shorter may be alike by chance
_ROW = 4  # words
_WORD = re.compile(r"\w+")


def keys(text: str) -> frozenset[str]:
    """Give the keys of a text; one of a few words has none.

    >>> text = " ".join(f"word{i}" for i in range(200))
    >>> bool(keys(text) & keys(text + " (AFP)")), bool(keys(text) & keys(text[::-1])), keys("Iran denied it.")
    (True, False, frozenset())
    """
    words = _WORD.findall(text.casefold())
    if len(words) < SHORTEST:
        return frozenset()
    beginning = _bands(words[:LEAD], *BEGINNING, "lead") if len(words) >= LEAD else ()
    return frozenset((*_bands(words, *WHOLE), *beginning))


def _bands(words: list[str], bands: int, rows: int, *which: str) -> Iterator[str]:
    from datasketch import MinHash  # noqa: PLC0415 - loads numpy, which no short text needs

    signature = MinHash(bands * rows, seed=1, hashfunc=_hash)
    signature.update_batch([" ".join(words[i : i + _ROW]).encode() for i in range(len(words) - _ROW + 1)])
    values = [int(value) for value in signature.hashvalues]
    yield from (digest(*which, band, *values[band * rows : (band + 1) * rows]) for band in range(bands))


def groups(articles: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Group articles, given with their keys, that are near-identical directly or over others; each group sorted.

    >>> groups({"a": ["1", "2"], "b": ["3"], "c": ["2", "4"], "d": ["4"]})
    [('a', 'c', 'd')]
    """
    parents = {name: name for name in articles}
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while parents[name] != name:
            parents[name] = name = parents[parents[name]]
        return name

    for name in sorted(articles):
        for key in sorted(articles[name]):
            one, other = sorted((root(first.setdefault(key, name)), root(name)))
            parents[other] = one
    found: dict[str, list[str]] = {}
    for name in sorted(articles):
        found.setdefault(root(name), []).append(name)
    return [tuple(members) for _, members in sorted(found.items()) if len(members) > 1]


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=4).digest(), "little")
