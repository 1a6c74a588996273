"""Text of strangers, made fit to be shown."""

from __future__ import annotations

import re
from datetime import date

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+")
_DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_TIME = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.))?|\.\./{_DAY}")


def is_iso_time(text: str) -> bool:
    """Is it a time as claims have it: a year, month or day, or a span of them?

    >>> is_iso_time("2024-09"), is_iso_time("2019/.."), is_iso_time("last year"), is_iso_time("2024-13")
    (True, True, False, False)
    """
    return _TIME.fullmatch(text) is not None and all(map(_exists, text.split("/")))


def _exists(day: str) -> bool:
    try:
        return day == ".." or bool(date.fromisoformat((day + "-01-01")[:10] if len(day) != 7 else f"{day}-01"))  # noqa: PLR2004 - YYYY-MM
    except ValueError:
        return False


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    r"""Replace the characters that XML cannot hold.

    >>> for_xml("a\x00b") == "a\ufffdb"
    True
    """
    return _NOT_IN_XML.sub("\ufffd", text)


def one_line(text: str) -> str:
    r"""Put text on one line without control characters, which a terminal might obey.

    >>> one_line("Iran\n\x1b[31mred")
    'Iran [31mred'
    """
    return _UNSEEN.sub(" ", text).strip()


def is_address(where: object) -> bool:
    """Is it the address of a server rather than a folder?

    >>> is_address("http://localhost:7878/"), is_address("news/store")
    (True, False)
    """
    return isinstance(where, str) and where.startswith(("http://", "https://"))


def server_name(address: object) -> str:
    """Name a server as a file may be named that belongs to it.

    >>> server_name("http://localhost:7878/")
    'localhost-7878'
    """
    return re.sub(r"\W+", "-", str(address).partition("://")[2]).strip("-")
