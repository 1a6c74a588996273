"""The formats: plain text with its header, JSONL, HTML. Each turns decoded text into articles."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.articles.decoding import checked, decode
from kg.articles.language import language_of
from kg.errors import InputError
from kg.model import Article, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Outcome: TypeAlias = Article | InputError

KEYS = ("title", "date", "outlet", "url", "lang")
_HEADER_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z_-]*)[ \t]*:[ \t]*(.*?)[ \t]*")
_CLOSING = frozenset(".!?…:;,。！？؟")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_text(text: str, name: str, where: str) -> Article:
    r"""Read plain text: an optional header or title line, then the article.

    >>> read_text("A title\nIran denied it.\n", "a", "a.txt")
    Article(id='a', text='Iran denied it.\n', lang='en', title='A title', date=None, url=None, outlet=None)
    """
    fields, body = _split_header(text)
    if "title" not in fields:
        title, body = _split_title(body)
        more, body = _split_header(body) if title and not fields else ({}, body)
        fields = {"title": title, **fields, **more}
    return _article(name, body, fields, where)


def read_jsonl(lines: Iterable[bytes], where: str) -> Iterator[Outcome]:
    """Read one article a line; a broken line yields its error and the rest goes on."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"{where}:{number}"
            try:
                yield _from_json(decode(line, place), place)
            except InputError as error:
                yield error


def read_html(text: str, name: str, where: str) -> Article:
    """Read the article out of a web page, with the title, date, outlet and address it states of itself."""
    import trafilatura  # noqa: PLC0415 - takes a quarter of a second, and most inputs are no HTML

    # The date is the page's own statement: the extensive search would take any date in the text.
    page = trafilatura.bare_extraction(
        text,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise InputError(where, "no article in this page", "save the page with its text, or give the text alone")
    fields = {"title": page.title, "date": page.date, "outlet": page.sitename, "url": page.url}
    return _article(name, _without_heading(page.text, page.title), fields, where)


def _from_json(line: str, where: str) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        raise InputError(where, f"not JSON ({error})", "give one JSON object a line") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(where, "no article", 'give one object a line: {"id": …, "text": …}')
    fields = {key: _string(record, key, where) for key in KEYS}
    name = _string(record, "id", where) or fields["url"] or f"h-{digest(record['text'])}"
    return _article(name, checked(record["text"], where), fields, f"{where} [{name}]")


def _string(record: Mapping[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise InputError(where, f"{key} is not a string", f"quote {key}, or leave it out")
    return checked(value, where).strip() or None if value else None


def _article(name: str, text: str, fields: Mapping[str, str | None], where: str) -> Article:
    """Check the fields and make the article; the text stays exactly as it is."""
    if not text.strip():
        raise InputError(where, "empty", "give an article with text")
    return Article(
        id=name,
        text=text,
        lang=language_of(text, fields.get("lang"), where),
        title=fields.get("title") or None,
        date=_date(fields.get("date"), where),
        url=fields.get("url") or None,
        outlet=fields.get("outlet") or None,
    )


def _date(value: str | None, where: str) -> date | None:
    """Read an ISO date, or the day of an ISO time; a date that is none is an error, never a guess."""
    if not value:
        return None
    try:
        return datetime.fromisoformat(value).date()  # a date alone is taken as its midnight
    except ValueError:
        raise InputError(where, f"date {value!r} is no ISO date", "write it as 2024-09-10, or leave it out") from None


def _split_header(text: str) -> tuple[dict[str, str | None], str]:
    """Split off `key: value` lines up to an empty line; without one of our keys it is no header."""
    fields: dict[str, str | None] = {}
    position = 0
    for line, end in _lines(text):
        if not line.strip():
            return (fields, _after_blank(text, position)) if fields.keys() & set(KEYS) else ({}, text)
        match = _HEADER_LINE.fullmatch(line)
        if not match:
            return {}, text
        fields[match[1].lower()] = match[2]
        position = end
    return (fields, "") if fields.keys() & set(KEYS) else ({}, text)


def _split_title(text: str) -> tuple[str | None, str]:
    """Split off a first line without closing punctuation, if others follow."""
    body = _after_blank(text, 0)
    line, end = next(_lines(body), ("", 0))
    rest = _after_blank(body, end)
    return (line.strip(), rest) if rest.strip() and not _is_closed(line) else (None, body)


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


def _without_heading(text: str, title: str | None) -> str:
    """Drop the heading that a page repeats above its text."""
    first, _, rest = text.partition("\n")
    return rest if title and first.strip() == title.strip() and rest.strip() else text
