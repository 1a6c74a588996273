"""Text of strangers, made fit to be shown."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+")

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
