"""Which language a text is in, and which languages can be read.

Most texts are full of the small words of one of our languages; only the others are shown to an identifier, which
takes longer to load than a short article to be read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.articles.press import own_words
from kg.errors import InputError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 4000  # characters are plenty to tell a language by

# A line of a few words often reads a little more like a neighbour, so a text is refused only where
# ours are next to impossible. Measured on sentences of news of 8 characters and more: at most one of
# a thousand is refused, and foreign sentences of three words still are.
_IMPOSSIBLE = 0.02

# The identifier chooses among the languages of the press, not among its hundred; those beyond ours
# are there to be refused.
_PRESS = frozenset(
    {"ar", "de", "el", "es", "fa", "fr", "he", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "tr", "uk", "zh"}
)

# A text is surely in a language where one word in so many is one of its own small words, at least so many in all,
# and hardly any is one of our other languages: a quotation is no second language.
_ONE_IN, _AT_LEAST, _AGAINST_ONE = 6, 4, 8
_WORD = re.compile(r"[^\W\d_]+")


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that can be read: the folders of ``kg/lang`` with a grammar."""
    folders = files("kg.lang").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("grammar.toml").is_file()))


def language_of(text: str, given: str | None, where: str) -> str:
    """Take the language that is given (``fr``, ``fr-CA``), else tell it from the text.

    >>> language_of("Paris a condamné l'attaque.", None, "a.txt")
    'fr'
    """
    if given:
        found, how = given.strip().replace("_", "-").split("-")[0].lower(), f"lang is {given!r}"
    else:
        found = _surely(text[:_SAMPLE]) or _likeliest(text[:_SAMPLE])
        how = f"it reads as {found!r}"
    if found not in languages():
        known = ", ".join(languages())
        raise InputError(where, f"{how}, not a language that is known ({known})", "translate it, or name its `lang`")
    return found


def _surely(text: str) -> str | None:
    """Tell the language by its small words, where they leave no doubt.

    >>> _surely("The minister said that the talks had been useful."), _surely("Paris condamne Moscou.")
    ('en', None)
    """
    words = _WORD.findall(text.casefold())
    counts = {lang: sum(map(own_words(lang).__contains__, words)) for lang in languages()}
    first = max(counts, key=counts.__getitem__)
    most, others = counts[first], sum(counts.values()) - counts[first]
    return first if most >= max(_AT_LEAST, len(words) / _ONE_IN, others * _AGAINST_ONE) else None


def _likeliest(text: str) -> str:
    chances = dict(_identifier().rank(text))
    ours = max(languages(), key=chances.__getitem__)
    return ours if chances[ours] > _IMPOSSIBLE else max(chances, key=chances.__getitem__)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - seldom asked, see above

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_PRESS | set(languages()))
    return identifier
