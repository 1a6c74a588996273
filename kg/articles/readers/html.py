"""Web pages: the article in them, with what they say of themselves."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.articles import press
from kg.articles.decoding import decode
from kg.articles.fields import article
from kg.articles.language import language_of
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles.source import Source
    from kg.model import Article

ENDINGS = (".html", ".htm", ".xhtml")
TYPES = ("text/html", "application/xhtml+xml")

_LARGEST = 8 * 2**20  # bytes of a page
_DEEPEST = 500  # elements within each other; pages of the press have some forty
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.{0,500}?-->\s*)?<(!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(/?)>")
_UNCLOSED = frozenset(  # no end, or none that must be written
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
    | {"p", "li", "option", "td", "tr", "th"}
)


def looks_like(start: bytes) -> bool:
    """Do data begin like a page?"""
    return bool(_PAGE.match(start.replace(b"\0", b"")))


def read(source: Source) -> Iterator[Article]:
    """Read the article of a page; it is named by the address that the page states, else by its file."""
    data = source.data(_LARGEST)
    declared = _CHARSET.search(data[:4096])
    text = decode(data, source.where, declared=declared[1].decode() if declared else None)
    yield read_html(text, source.name, source.where, url=source.url)


def read_html(text: str, name: str, where: str, *, url: str | None = None) -> Article:
    """Read the article out of a web page, with the title, date, outlet, author and address it states of itself.

    ``url`` is where it was fetched from: what a page says of its own address counts only on the same host.

    Raises:
        InputError: there is no article in the page, or it is nested beyond reading.
    """
    import trafilatura  # noqa: PLC0415 - takes a quarter of a second, and most inputs are no HTML

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints come back as one error
    _check_depth(text, where)
    # The date is the page's own statement: the extensive search would take any date in the text.
    page = trafilatura.bare_extraction(
        text,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:
        raise InputError(where, "no article in this page", "save the page with its text, or give the text alone")
    address = page.url if page.url and (url is None or _host(page.url) == _host(url)) else url
    fields = {
        "title": page.title, "date": page.date, "outlet": page.sitename, "url": address, "author": page.author,
    }  # fmt: skip
    body = _without_furniture(_without_heading(page.text, page.title), where)
    return article(address or name, body, fields, where, dated="page")


def _check_depth(text: str, where: str) -> None:
    """Refuse what is nested so deep that no parser should be asked to walk it."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _UNCLOSED and not tag[3]:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > _DEEPEST:
                raise InputError(where, f"nested more than {_DEEPEST} deep", "give the text alone")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _without_heading(text: str, title: str | None) -> str:
    """Drop the heading that a page repeats above its text."""
    first, _, rest = text.partition("\n")
    return rest if title and first.strip() == title.strip() and rest.strip() else text


def _without_furniture(text: str, where: str) -> str:
    """Drop the lines that are none of the article: share buttons, captions, invitations."""
    lang = language_of(text, None, where)
    lines = text.split("\n")
    return "\n".join(line for line in lines if not press.is_furniture(line, lang)) or text
