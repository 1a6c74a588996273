"""Bytes → text: as marked, as declared, as UTF-8, else by the likeliest old encoding; mixtures are mended."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSPEAKABLE = re.compile("[\0\ud800-\udfff]")
_OLD = ["cp1252", "iso8859_15", "mac_roman", "cp850"]  # in which French and English were written
_MANY_BYTES = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x80-\xbf]")  # UTF-8 as these languages need it
_DOUBLED = re.compile("[ÃÂ][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]|â€")  # UTF-8 that was taken for Windows-1252
_HIGH = re.compile(rb"[\x80-\xff]")
_MANY = 10  # where so many bytes beyond ASCII or fewer come to each of them, there is UTF-8: old text looks otherwise
_SURE = 3  # of these tell that a text is such


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


WINDOWS = "kg-windows"  # how to decode UTF-8 with such bytes in it: data.decode("utf-8", WINDOWS)
codecs.register_error(WINDOWS, _as_windows)


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """Decode an input; ``declared`` is the encoding that a format itself names (HTML), if any.

    Line ends stay as they are, so that offsets into the text are offsets into what was given.

    >>> decode("l’été".encode("utf-16"), "a.txt"), decode("l'été dernier à Évian".encode("latin-1"), "a.txt")
    ('l’été', "l'été dernier à Évian")
    >>> decode("Une clé, ".encode() + "une clé".encode("cp1252"), "a.txt")
    'Une clé, une clé'
    >>> decode("L'été à Évian, l'année passée".encode().decode("cp1252", "ignore").encode(), "a.txt")[:5]
    "L'été"

    Raises:
        InputError: the data are no text, or cut off within a character of UTF-16.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data:
        raise InputError(where, f"binary, not text (NUL at byte {data.index(0)})", "give text, HTML or JSONL")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise InputError(where, f"not UTF-16 (byte {error.start} is wrong)", "save it as UTF-8") from None
        text = _repaired(data, declared)
    return checked(_undoubled(text), where)


def checked(text: str, where: str) -> str:
    """Refuse text that no output could hold: half surrogates (from JSON escapes) and NUL."""
    found = _UNSPEAKABLE.search(text)
    if found:
        what = "NUL" if found[0] == "\0" else "half a surrogate pair"
        raise InputError(where, f"the text holds {what} at character {found.start()}", "remove it")
    return text


def _repaired(data: bytes, declared: str | None) -> str:
    """Decode what is no UTF-8: what holds some with the rest as Windows-1252, else as declared, else as it looks."""
    if _MANY * len(_MANY_BYTES.findall(data)) >= len(_HIGH.findall(data)):
        return data.decode("utf-8", WINDOWS)
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            pass  # a declaration may be wrong
    from charset_normalizer import from_bytes  # noqa: PLC0415 - hardly any input needs it

    found = from_bytes(data, cp_isolation=_OLD, enable_fallback=False).best()
    return str(found) if found else data.decode("cp1252", "replace")


def _undoubled(text: str) -> str:
    """Undo an encoding that was done twice (*Ã©tÃ©*), where the whole text reads so."""
    if len(_DOUBLED.findall(text)) < _SURE:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
