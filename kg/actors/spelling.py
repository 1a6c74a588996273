"""Transliterations: one key for *Zelensky*, *Zelenskyy*, *Zelenski*; for *Kadhafi*, *Gaddafi*, *Qaddafi*.

The key folds what French, English and other ways of writing Arabic, Cyrillic and the like do differently:
doubled letters, k g q kh gh, ch sh tch, j zh dj, v w f, vowels that stand together. It is compared whole, so that
every part of a name counts.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kg.actors.index import pieces, plain


def _table() -> dict[str, Any]:
    """Read ontologies/transliteration.toml, where the facts of writing stand."""
    return tomllib.loads((files("kg.ontologies") / "transliteration.toml").read_text(encoding="utf-8"))


_TABLE = _table()
ARTICLES = frozenset(_TABLE["articles"])
_LETTERS = str.maketrans(_TABLE["letters"])
_SPELLINGS = tuple((re.compile(pattern), key) for pattern, key in _TABLE["spellings"])
_VOWELS = re.compile(f"[{''.join(_TABLE['vowels'])}]+")


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
    key = _VOWELS.sub(lambda run: _TABLE["vowels"][run[0][0]], part)
    return key.replace("a", "i") if loose else key
