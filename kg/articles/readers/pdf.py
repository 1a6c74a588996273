"""PDF with text in it; a scan has none, and is refused."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from kg.articles.decoding import checked
from kg.articles.fields import LONGEST, article
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from kg.articles.source import Source
    from kg.model import Article

ENDINGS = (".pdf",)
TYPES = ("application/pdf",)

_PAGES = 2000
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿ])")
_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")
_NO_TITLE = re.compile(r"(?i)^(microsoft word|untitled|sans titre|document\d*\b)|\.(docx?|indd|odt|pdf|qxp)$")


def looks_like(start: bytes) -> bool:
    """Do data begin like a PDF?"""
    return start.startswith(b"%PDF-")


def read(source: Source) -> Iterator[Article]:
    """Read the text of all pages as one article; lines that only the page breaks are put together."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints come back as one error
    data = source.data()
    try:
        title, text = _text(data, source.where)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken PDF breaks its library in any way
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(source.where, f"a broken PDF ({reason})", "open it and save it again") from None
    if not text.strip():
        raise InputError(source.where, "a PDF without text (a scan?)", "recognise its text first, e.g. ocrmypdf")
    fields = {"title": title, "url": source.url}
    yield article(source.url or source.name, checked(text, source.where), fields, source.where)


def _text(data: bytes, where: str) -> tuple[str | None, str]:
    from pypdf import PdfReader  # noqa: PLC0415 - few inputs are PDF
    from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(data))
        text = "\n\n".join(_pages(reader, where))
        title = reader.metadata.title if reader.metadata else None
    except (FileNotDecryptedError, DependencyError):
        raise InputError(where, "an encrypted PDF", "save it without its password") from None
    title = title.strip() if title else None
    return (title if title and not _NO_TITLE.search(title) else None), text


def _pages(reader: PdfReader, where: str) -> Iterator[str]:
    length = 0
    for number, page in enumerate(reader.pages):
        text = _WRAPPED.sub(" ", _BROKEN_WORD.sub("", page.extract_text()))
        length += len(text)
        if length > LONGEST or number >= _PAGES:
            raise InputError(where, f"more than {_PAGES} pages or {LONGEST:,} characters", "split it")
        yield text
