"""Oddities of typography, smoothed before a text is read; offsets lead back into the text as it was given.

Ligatures (*ﬁ*), soft hyphens, words and sentences broken at the ends of lines, spaces of all widths, marks that nobody
sees, primes and accents for quotation marks, accents apart from their letters, full-width and mathematical letters,
characters that were read in a wrong encoding (*Ã©*), capitals set apart (*P A R I S*). Any other text stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from kg.extract.grammar import grammar
from kg.model import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

_UNSEEN = [0xAD, 0x34F, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
_SPACES = [*range(9), *range(0xE, 0x20), 0x7F, 0x1680, *range(0x2000, 0x2009), 0x200A, 0x205F, 0x3000]
_LINE_ENDS = [0xB, 0xC, 0x2028, 0x2029]
_MARKS = {
    "″": '"', "‶": '"', "〝": '"', "〞": '"', "＂": '"', "❝": "“", "❞": "”", "‹": "«", "›": "»",
    "′": "'", "‵": "'", "´": "'", "`": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "‛": "'",
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2212": "-",
}  # fmt: skip
_COMPATIBLE = [*range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F)]  # with plain characters
_MATHEMATICAL = range(0x1D400, 0x1D800)  # letters, which some set for bold ones
_OF_WINDOWS = range(0x80, 0xA0)  # what Windows-1252 has there was taken for control characters
_WRONG = ("cp1252", "mac_roman", "cp850")  # encodings in which UTF-8 is read by mistake
_SEEN_BROKEN = [*map(chr, range(0xA0, 0x180)), *"–—‘’‚“”„†‡•…‰‹›€™\u00a0\u202f"]

_COMBINING = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_SOFT = re.compile("\u00ad[ \t]*\r?\n[ \t]*")
_HYPHEN = re.compile(r"(?P<front>[^\W_]+)(?P<cut>-[ \t]*\r?\n[ \t]*)(?=(?P<back>[^\W_]+))")
_BREAK = re.compile(r"[^\W_]-[ \t]*\r?\n")
_SPACED = re.compile(r"(?<!\w)[A-ZÀ-Þ](?:[ \u00a0\u202f][A-ZÀ-Þ]){3,}(?!\w)")
_LINE_END = re.compile(r"(?<=\S)[ \t]*\r?\n[ \t]*(?=[^\s*•·–—-])")
_OPEN_END = re.compile(r"(?<=[\w,’'%-])[ \t]*\r?\n[ \t]*(?=\S)")  # the end of a line that closes no sentence
_WITHIN = re.compile(r"(?<=[\w,’'»)%])[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])")  # one that is surely within a sentence
_SHORTEST, _LONGEST = 30, 120  # characters of the longest line, where lines are broken by their length
_OPEN_ENDS, _WITHINS = 0.6, 0.15  # how many of the ends of lines are then of these kinds
_FULL = 0.6  # of the longest line; a shorter one ends where it was meant to


class Smooth:
    """A text to be read, and where each of its characters comes from."""

    def __init__(self, original: str) -> None:
        """Begin with the text as it is."""
        self.original = self.text = original
        self._starts = list(range(len(original)))
        self._ends = list(range(1, len(original) + 1))

    def change(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], group: int | str = 0) -> None:
        """Replace what a pattern finds, or a group of it; characters that change one for one keep their places."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for match in pattern.finditer(self.text):
            (start, end), put = match.span(group), new(match)
            text += self.text[at:start], put
            one_for_one = len(put) == end - start
            starts += self._starts[at : end if one_for_one else start]
            ends += self._ends[at : end if one_for_one else start]
            starts += [] if one_for_one else [self._starts[start]] * len(put)
            ends += [] if one_for_one else [self._ends[end - 1]] * len(put)
            at = end
        self.text = "".join([*text, self.text[at:]])
        self._starts, self._ends = starts + self._starts[at:], ends + self._ends[at:]

    def restored(self, value: T) -> T:
        """Point a value, with all that is in it, at the text as it was given, and tell the words that stand there."""
        if isinstance(value, tuple):
            return tuple(map(self.restored, value))  # type: ignore[return-value] # a tuple as before
        if not is_dataclass(value) or isinstance(value, (type, Entity)):
            return value
        changes: dict[str, Any] = {field.name: self.restored(getattr(value, field.name)) for field in fields(value)}
        changes.update(self._places(changes))
        return replace(value, **changes)

    def _places(self, given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        for text, start, end in (("text", "start", "end"), ("head", "head_start", "")):
            if start in given:
                first, last = self.place(given[start], given.get(end, given[start] + len(given.get(text, ""))))
                yield from ((start, first), (text, self.original[first:last]), *([(end, last)] if end else []))

    def length(self, original: int) -> int:
        """Tell how many characters came of the first so many of the original."""
        return bisect_left(self._starts, original)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Tell where a part of the smoothed text stands in the original."""
        first = self._starts[start] if start < len(self._starts) else len(self.original)
        return first, self._ends[end - 1] if end > start else first


def smooth(text: str, lang: str) -> Smooth | None:
    r"""Smooth a text; one that is as it should be gives nothing.

    >>> [found and found.text for found in (smooth(text, "fr") for text in ("oﬃciel", "livrai-\nson", "Paris"))]
    ['officiel', 'livraison', None]
    """
    if not any(odd.search(text) for odd in (_odd(), _misread(), _SPACED, _BREAK)) and not _is_wrapped(text):
        return None
    found = Smooth(text)
    found.change(_misread(), lambda match: _misreadings()[match[0]])
    found.change(_SOFT, lambda _: "")
    found.change(_odd(), lambda match: _characters().get(match[0], match[0]))
    found.change(_COMBINING, lambda match: unicodedata.normalize("NFC", match[0]))
    whole, keeping = found.text.casefold(), grammar(lang)["line_ends"]
    found.change(_HYPHEN, lambda match: "-" if _keeps_hyphen(match, whole, keeping) else "", "cut")
    found.change(_SPACED, lambda match: "".join(match[0].split()))
    if _is_wrapped(found.text):
        full = _FULL * _longest(found.text)
        found.change(_LINE_END, lambda match: " " * len(match[0]) if _length(match) >= full else match[0])
    return found


def _keeps_hyphen(match: re.Match[str], whole: str, keeping: Any) -> bool:  # noqa: ANN401 - a table of TOML
    """Has a word broken at its hyphen one in itself? The text elsewhere tells, else the parts of the word."""
    front, back = match["front"].casefold(), match["back"].casefold()
    if not match["back"][0].islower() or len(front) == 1:
        return True
    here = (f"{front}-{back}" in whole, f"{front}{back}" in whole)
    return here[0] if any(here) else front in keeping["hyphen_behind"] or back in keeping["hyphen_before"]


def _is_wrapped(text: str) -> bool:
    """Are lines broken by their length, within sentences?"""
    if not _WITHIN.search(text) or not _SHORTEST <= _longest(text) <= _LONGEST:
        return False
    ends, open_ends, withins = (len(kind.findall(text)) for kind in (_LINE_END, _OPEN_END, _WITHIN))
    return open_ends >= _OPEN_ENDS * ends and withins >= _WITHINS * ends


def _longest(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)


def _length(match: re.Match[str]) -> int:
    return match.start() - match.string.rfind("\n", 0, match.start())


@cache
def _characters() -> dict[str, str]:
    """Say what stands for each odd character."""
    found = {chr(code): "" for code in _UNSEEN} | {chr(code): " " for code in _SPACES}
    found |= {chr(code): "\n" for code in _LINE_ENDS}
    found |= {chr(code): bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ") for code in _OF_WINDOWS}
    compatible = map(chr, (*_COMPATIBLE, *_MATHEMATICAL))
    return found | {char: unicodedata.normalize("NFKC", char) for char in compatible} | _MARKS


@cache
def _odd() -> re.Pattern[str]:
    single = "".join(char for char in _characters() if ord(char) not in _MATHEMATICAL)
    return re.compile(f"[{re.escape(single)}\u0300-\u036f{chr(_MATHEMATICAL[0])}-{chr(_MATHEMATICAL[-1])}]")


@cache
def _misreadings() -> dict[str, str]:
    """Say which characters stand behind each sequence that UTF-8 gives in a wrong encoding."""
    return {_in_wrong(char, encoding): char for encoding in _WRONG for char in _SEEN_BROKEN}


def _in_wrong(char: str, encoding: str) -> str:
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in char.encode())


@cache
def _misread() -> re.Pattern[str]:
    return _any_of(_misreadings())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
