"""Plain text and Markdown: an optional header or title line, then the article."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kg.articles.decoding import decode
from kg.articles.fields import KEYS, article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Source
    from kg.model import Article

ENDINGS = (".txt", ".text", ".md", ".markdown")
TYPES = ("text/plain", "text/markdown")

_HEADER_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z_-]*)[ \t]*:[ \t]*(.*?)[ \t]*")
_RULE = re.compile(r"-{3,}[ \t]*")  # around the header of a Markdown file
_HEADING = re.compile(r"#{1,6}[ \t]+")
_CLOSING = frozenset(".!?…:;,。！？؟")
_LINE_END = re.compile(r"\r\n|\r|\n")


def looks_like(start: bytes) -> bool:  # noqa: ARG001 - what looks like nothing else is text
    """Never: what looks like no other format is text."""
    return False


def read(source: Source) -> Iterator[Article]:
    """Read the article of a file."""
    yield read_text(decode(source.data(), source.where), source.name, source.where)


def read_text(text: str, name: str, where: str) -> Article:
    r"""Read plain text.

    >>> article = read_text("A title\nIran denied it.\n", "a", "a.txt")
    >>> article.title, article.text
    ('A title', 'Iran denied it.\n')
    >>> read_text("---\ndate: 2024-09-10\n---\n# A title\nIran denied it.\n", "a", "a.md").title
    'A title'

    Raises:
        InputError: there is no text, in no language that is known, or a field of the header is wrong.
    """
    fields, body = _split_header(text)
    if "title" not in fields:
        title, body = _split_title(body)
        more, body = _split_header(body) if title and not fields else ({}, body)
        fields = {"title": title, **fields, **more}
    return article(name, body, fields, where)


def _split_header(text: str) -> tuple[dict[str, str | None], str]:
    """Split off `key: value` lines up to an empty line or a rule; without one of our keys it is no header."""
    fields: dict[str, str | None] = {}
    position = 0
    for line, end in _lines(text):
        if _RULE.fullmatch(line) and not position:
            position = end
        elif not line.strip() or _RULE.fullmatch(line):
            after = _after_blank(text, end if line.strip() else position)
            return (fields, after) if fields.keys() & set(KEYS) else ({}, text)
        elif match := _HEADER_LINE.fullmatch(line):
            fields[match[1].lower()] = match[2]
            position = end
        else:
            return {}, text
    return (fields, "") if fields.keys() & set(KEYS) else ({}, text)


def _split_title(text: str) -> tuple[str | None, str]:
    """Split off a first line without closing punctuation, or a heading of Markdown, if others follow."""
    body = _after_blank(text, 0)
    line, end = next(_lines(body), ("", 0))
    rest = _after_blank(body, end)
    heading = _HEADING.match(line)
    if rest.strip() and (heading or not _is_closed(line)):
        return line[heading.end() if heading else 0 :].strip(), rest
    return None, body


def _is_closed(line: str) -> bool:
    """Does a line end like a sentence, closing quotation marks and brackets left aside?"""
    line = line.rstrip()
    while line and (line[-1] in "\"' " or unicodedata.category(line[-1]) in {"Pe", "Pf", "Zs"}):
        line = line[:-1]
    return not line or line[-1] in _CLOSING


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Give each line with the offset after its end."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield text[start : match.start()], match.end()
        start = match.end()
    if start < len(text):
        yield text[start:], len(text)


def _after_blank(text: str, position: int) -> str:
    """Give what follows the empty lines at a position."""
    rest = text[position:]
    used = 0
    for line, end in _lines(rest):
        if line.strip():
            break
        used = end
    return rest[used:]
