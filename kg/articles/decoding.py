"""Bytes → text: UTF-8, or UTF-16 with its mark; anything else is refused with the place of the fault."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """Decode an input; ``declared`` is the encoding that a format itself names (HTML), if any.

    Line ends stay as they are, so that offsets into the text are offsets into what was given.

    >>> decode("l’été".encode("utf-16"), "a.txt")
    'l’été'
    >>> decode("l'été".encode("latin-1"), "a.txt")
    Traceback (most recent call last):
    ...
    kg.errors.InputError: a.txt: not UTF-8 (byte 2 is 0xe9); convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise InputError(where, f"binary, not text (NUL at byte {data.index(0)})", "give text, HTML or JSONL")
    try:
        text = data.decode(encoding or declared or "utf-8")
    except LookupError:
        raise InputError(where, f"unknown encoding {declared!r}", "save it as UTF-8") from None
    except UnicodeDecodeError as error:
        raise InputError(where, _fault(error, data), "convert it, e.g. iconv -f WINDOWS-1252 -t UTF-8") from None
    return checked(text, where)


def is_utf16(data: bytes) -> bool:
    """Tell whether data begin with the mark of UTF-16."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def checked(text: str, where: str) -> str:
    """Refuse text that no output could hold: half surrogates (from JSON escapes) and NUL."""
    found = _UNSPEAKABLE.search(text)
    if found:
        what = "NUL" if found[0] == "\0" else "half a surrogate pair"
        raise InputError(where, f"the text holds {what} at character {found.start()}", "remove it")
    return text


def _fault(error: UnicodeDecodeError, data: bytes) -> str:
    name = error.encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return f"not {name} (byte {error.start} is 0x{data[error.start]:02x})"
