"""Feeds, RSS and Atom: one article an entry, or the page that it leads to."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.articles.decoding import decode
from kg.articles.fields import article
from kg.errors import InputError
from kg.model import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Outcome, Source

ENDINGS = (".rss", ".atom", ".xml", ".rdf")
TYPES = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml")

_FEED = re.compile(rb"<(rss|feed|rdf:RDF)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|section|article|figure|figcaption)\b[^>]*>", re.IGNORECASE
)
_EARLIEST = 1900  # no feed tells an earlier year but by mistake


def looks_like(start: bytes) -> bool:
    """Do data begin like a feed?"""
    return start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe").startswith(b"<") and bool(
        _FEED.search(start.replace(b"\0", b""))
    )


def read(source: Source) -> Iterator[Outcome]:
    """Read the entries in their order; with the option ``follow``, the pages that they lead to."""
    for number, entry in enumerate(_entries(source), start=1):
        link = entry.get("link") or ""
        place = f"{source.where} [{link or number}]"
        if source.options.follow and link.startswith(("http://", "https://")):
            from kg.articles.fetching import read_address  # noqa: PLC0415 - loads the HTTP library

            yield from read_address(link, source.options)
            continue
        try:
            yield from _entry(entry, source, place)
        except InputError as error:
            yield error


def _entries(source: Source) -> list[Any]:
    import feedparser  # noqa: PLC0415 - few inputs are feeds

    data = source.data()
    declared = _DECLARED.search(data[:500])
    text = decode(data, source.where, declared=declared[1].decode() if declared else None)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise InputError(source.where, "XML with entities of its own", "take its document type (<!DOCTYPE …>) out")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": source.url or ""}
    feed = feedparser.parse(text.encode(), response_headers=headers)
    if not feed.get("version"):
        raise InputError(source.where, "no feed", "give RSS, Atom, or a page as .html")
    if not feed.entries:
        raise InputError(source.where, "a feed without entries", "check the address, or leave it out")
    outlet = feed.get("feed", {}).get("title")
    return [{**entry, "outlet": outlet} for entry in feed.entries]


def _entry(entry: dict[str, Any], source: Source, place: str) -> Iterator[Outcome]:
    """Make the article of an entry; a date that is none is told, and the article goes without."""
    written = entry.get("published") or entry.get("updated")
    date = _day(entry, written)
    if written and not date:
        yield InputError(place, f"date {written!r} cannot be read", "the article is kept without a date")
    contents = [each.get("value", "") for each in entry.get("content", ())]
    text = _plain(max([*contents, entry.get("summary", "")], key=len))
    name = entry.get("link") or entry.get("id") or f"{source.name}-{digest(text)}"
    fields = {
        "title": _plain(entry.get("title", "")), "date": date, "outlet": entry["outlet"],
        "url": entry.get("link"), "author": entry.get("author"),
    }  # fmt: skip
    yield article(name, text, fields, place, dated="feed")


def _day(entry: dict[str, Any], written: str | None) -> str | None:
    """Give the day in the entry's own time zone where it is ISO, else as the feed's library reads it."""
    try:
        return datetime.fromisoformat((written or "").strip()).date().isoformat()
    except ValueError:
        parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    if not parsed or parsed.tm_year < _EARLIEST:
        return None
    return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"


def _plain(markup: str) -> str:
    """Give the text of a piece of HTML, a paragraph a line."""
    from lxml import html  # noqa: PLC0415 - as above

    pieces = (piece for piece in _BLOCK.split(markup) if piece.strip())
    texts = (html.fromstring(f"<div>{piece}</div>").text_content() for piece in pieces)
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())
