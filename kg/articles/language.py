"""Which language a text is in, and which languages can be read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kg.errors import InputError

_SAMPLE = 4000  # characters are plenty to tell a language by

# Among all its hundred languages the identifier takes short French for Walloon or Occitan, so it
# chooses among the languages of the press; those beyond ours are there to be refused.
_PRESS = frozenset(
    {"ar", "de", "el", "es", "fa", "fr", "he", "it", "ja", "ko", "nl", "pl", "pt", "ro", "ru", "tr", "uk", "zh"}
)


@cache
def languages() -> tuple[str, ...]:
    """Name the languages that can be read: the folders of ``kg/lang``."""
    folders = (entry for entry in files("kg.lang").iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in folders if not entry.name.startswith("_")))


def language_of(text: str, given: str | None, where: str) -> str:
    """Take the language that is given (``fr``, ``fr-CA``), else tell it from the text.

    >>> language_of("Paris a condamné l'attaque.", None, "a.txt")
    'fr'
    """
    found = (
        given.strip().replace("_", "-").split("-")[0].lower() if given else _identifier().classify(text[:_SAMPLE])[0]
    )
    if found not in languages():
        how = f"lang is {given!r}" if given else f"it reads as {found!r}"
        known = ", ".join(languages())
        raise InputError(where, f"{how}, not a language that is known ({known})", "translate it, or name its `lang`")
    return found


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_PRESS | set(languages()))
    return identifier
