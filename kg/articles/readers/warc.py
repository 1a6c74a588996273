"""Web archives (WARC, ISO 28500), as crawlers and Common Crawl write them: each page in them, by its address."""

from __future__ import annotations

import io
from contextlib import redirect_stderr
from functools import partial
from itertools import count
from typing import IO, TYPE_CHECKING, cast

from kg.articles.dispatch import formats, read_source
from kg.articles.source import DOCUMENT, Source
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warcio.recordloader import ArcWarcRecord

    from kg.articles.source import Outcome

ENDINGS = (".warc",)
TYPES = ("application/warc",)

_KINDS = frozenset({"response", "resource", "conversion"})  # pages as sent, as kept, as text; not requests, revisits
_OK = "200"
_REMEDY = "fetch it again; what stands before this place was read"


def looks_like(start: bytes) -> bool:
    """Do data begin like a web archive?"""
    return start.startswith(b"WARC/")


def read(source: Source) -> Iterator[Outcome]:
    """Read the pages and texts of a web archive in their order; pictures, redirections and requests are left aside.

    The date of a record is that of the visit, so only what a page says of itself is taken for its date.
    """
    seen = False
    with source.open() as stream:
        for record in _records(stream, source):
            if inner := _page(record, source):
                seen = True
                yield from read_source(inner, content_type=_type(record))
    if not seen:
        raise InputError(
            source.where, "no page in this web archive", "it is read for pages, texts and PDF of status 200"
        )


def _records(stream: IO[bytes], source: Source) -> Iterator[ArcWarcRecord]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - few inputs are web archives

    records = iter(ArchiveIterator(stream))
    record = None
    for number in count(1):
        latest = record
        try:
            with redirect_stderr(io.StringIO()):  # where it warns of lengths, in the words of the archive
                record = next(records, None)
        except Exception as error:  # noqa: BLE001 - warcio stumbles in many ways over records without their parts
            raise InputError(source.where, f"broken in record {number} ({error})", _REMEDY) from None
        if record is None:
            if latest and _is_cut_off(latest):
                raise InputError(source.where, "cut off in the middle of a record", _REMEDY)
            return
        yield cast("ArcWarcRecord", record)


def _page(record: ArcWarcRecord, source: Source) -> Source | None:
    """Make a source of a record that a reader may know; None for others."""
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    status = record.http_headers.get_statuscode() if record.http_headers else _OK
    if record.rec_type not in _KINDS or status != _OK or _type(record) not in _types():
        return None
    if not address.startswith(("http://", "https://")):
        return None
    data = record.content_stream().read(DOCUMENT + 1)
    if _is_cut_off(record) and len(data) <= DOCUMENT:
        return None  # cut off, which is told at the end
    if source.budget:
        source.budget.spend(len(data), source.where)
    return Source(
        partial(io.BytesIO, data), address, f"{source.where}!{address}", "", source.options, address, None,
        source.depth + 1,
    )  # fmt: skip


def _is_cut_off(record: ArcWarcRecord) -> bool:
    """Is anything missing of what was read to its end, or was never told how long it is?"""
    return bool(getattr(record.raw_stream, "limit", True))


def _type(record: ArcWarcRecord) -> str:
    """Give the type of a record's content, without its parameters."""
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()


def _types() -> set[str]:
    return {type_ for reader in formats().values() for type_ in reader.TYPES} - set(TYPES)
