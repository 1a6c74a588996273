"""Mail: a message's text as an article, and what is attached to it."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from kg.articles.decoding import decode
from kg.articles.dispatch import formats, read_source
from kg.articles.fields import article
from kg.articles.readers.html import read_html
from kg.articles.source import Budget
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from kg.articles.source import Outcome, Source
    from kg.model import Article

ENDINGS = (".eml",)
TYPES = ("message/rfc822",)

_SIGNATURE = re.compile(r"^-- \r?$", re.MULTILINE)
_BODIES = ("text/plain", "text/html")  # the better one first


def looks_like(start: bytes) -> bool:  # noqa: ARG001 - a text may begin with a header, too
    """Never: mail is known by its ending."""
    return False


def read(source: Source) -> Iterator[Outcome]:
    """Read the text of a message, plain or else HTML, and the attachments whose formats are known."""
    message = message_from_bytes(source.data())
    parts = [part for part in message.walk() if not part.is_multipart()]
    attached = [part for part in parts if part.get_filename()]
    bodies = {part.get_content_type(): part for part in reversed(parts) if not part.get_filename()}
    body = next((bodies[kind] for kind in _BODIES if kind in bodies), None)
    known = [part for part in attached if _ending(part) in formats()]
    if body is None and not known:
        raise InputError(source.where, "no text in this message", "give its text, or its attachments by themselves")
    if body is not None:
        try:
            yield _article(message, body, source)
        except InputError as error:
            yield error
    for part in known:
        yield from _attachment(part, source)


def _article(message: Message, body: Message, source: Source) -> Article:
    """Make the article; what its header says goes before what a page in it says."""
    name = _header(message, "message-id").strip("<> ") or source.name
    text = decode(_data(body), source.where, declared=body.get_content_charset())
    fields: dict[str, str | None] = {
        "title": _header(message, "subject"),
        "date": _day(_header(message, "date"), source.where),
        "author": parseaddr(_header(message, "from"))[0],
    }
    if body.get_content_type() == "text/html":
        page = read_html(text, name, source.where)
        fields |= {"url": page.url, "outlet": page.outlet, "title": fields["title"] or page.title}
        return article(name, page.text, fields, source.where)
    plain = _SIGNATURE.split(text)[0].replace("\r\n", "\n").strip("\n")
    return article(name, plain, fields, source.where)


def _attachment(part: Message, source: Source) -> Iterator[Outcome]:
    filename = PurePath(part.get_filename() or "").name
    inner = replace(
        source, open=partial(io.BytesIO, _data(part)), filename=filename, name=PurePath(filename).stem,
        where=f"{source.where}!{filename}", depth=source.depth + 1, url=None,
        budget=source.budget or Budget(len(_data(part))),
    )  # fmt: skip
    yield from read_source(inner)


def _data(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _ending(part: Message) -> str:
    return PurePath(part.get_filename() or "").suffix.lower()


def _header(message: Message, name: str) -> str:
    """Give a field of the header on one line, with its encoded words decoded where they can be."""
    value = str(message.get(name, ""))
    with suppress(HeaderParseError, LookupError, ValueError):  # else it stays as it is written
        value = str(make_header(decode_header(value)))
    return " ".join(value.split())


def _day(written: str, where: str) -> str | None:
    """Give the day of a message, in its own time zone."""
    try:
        return parsedate_to_datetime(written).date().isoformat() if written else None
    except ValueError:
        raise InputError(
            where, f"date {written!r} cannot be read", "correct it in the message, or take it out"
        ) from None
