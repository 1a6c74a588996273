"""Transliterations: one key for *Zelensky*, *Zelenskyy*, *Zelenski*; for *Kadhafi*, *Gaddafi*, *Qaddafi*.

The key folds what French, English and other ways of writing Arabic, Cyrillic and the like do differently:
doubled letters, k g q kh gh, ch sh tch, j zh dj, v w f, vowels that stand together. It is compared whole, so that
every part of a name counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.actors.index import pieces, plain

ARTICLES = frozenset({"al", "el", "as", "ash", "ad", "an", "ul"})  # *Bachar al-Assad*, *Bashar Assad*
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "e", "œ": "e", "ß": "s", "ʻ": "", "`": ""})
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"gu(?=[eiy])", "g"),
        (r"^[yij](?=e)", ""),
        (r"shch|chtch|tsch|tch|sch|sh|ch|cz|sz", "č"),
        (r"dzh|dj|zh", "ž"),
        (r"j$|(?<=[aeiou])j(?=[^aeiouy])", "i"),
        (r"j", "ž"),
        (r"kh|gh|ck|qu|[qg]|c(?![eiy])", "k"),
        (r"c", "s"),
        (r"x", "ks"),
        (r"tz", "ts"),
        (r"ph|[wf]", "v"),
        (r"(?<=[dtb])h", ""),
        (r"ou|oo", "u"),
        (r"(?<=[aeiouy])h$", ""),
        (r"(?<=[^aeiouy])e$", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouy]+")
_CLASS = {"a": "a", "e": "i", "i": "i", "y": "i", "o": "u", "u": "u"}


@lru_cache(1 << 14)
def sound(text: str, *, loose: bool = False) -> str:
    """Give the key of a name; the loose one, for full names, does not tell a from e.

    >>> sound("Zelenskyy") == sound("Zelenski"), sound("Kadhafi") == sound("Qaddafi")
    (True, True)
    >>> sound("Khamenei") == sound("Khomeini"), sound("Mohammed", loose=True) == sound("Muhammad", loose=True)
    (False, True)
    """
    parts = [p for p in map(plain, pieces(text)) if p not in ARTICLES]
    return "".join(_sound(p.translate(_LETTERS), loose=loose) for p in parts)


def _sound(part: str, *, loose: bool) -> str:
    for pattern, replacement in _SPELLINGS:
        part = pattern.sub(replacement, part)
    key = _VOWELS.sub(lambda run: _CLASS[run[0][0]], part)
    return key.replace("a", "i") if loose else key
