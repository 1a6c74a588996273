"""Paragraphs that can hold no claim: they are not parsed where claims alone are wanted.

In general news that is a third of the text, in news of foreign affairs next to none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.actors import Actors

OF_A_SENTENCE = re.compile(r"(?:^|[.!?…][»”\")’']*\s)[^\w]*\w")  # up to the letter that is large in any case
QUOTATION = re.compile("[«»“”„‟\"‘]|''")
WORD = re.compile(r"\w+|[^\w\s]")
SHORTEST, ENDING = 4, 3  # letters of the beginning by which a word of denial is known, and of its end that may change


def barren(lang: str, actors: Actors) -> Callable[[str], bool]:
    """Make the test of a language: no name, no word written large, no quotation, no denial; so neither actor nor cue.

    >>> from kg.actors import load
    >>> [barren("en", load())(text) for text in ("It rained all day.", "In Paris it rained.", "He denied it.")]
    [True, False, False]
    """
    denial = _denial(lang)

    def test(text: str) -> bool:
        if QUOTATION.search(text) or denial.search(text) or any(map(str.isupper, OF_A_SENTENCE.sub("", text))):
            return False
        words = WORD.findall(text)
        return not actors.find(words, words, lang)

    return test


@cache
def _denial(lang: str) -> re.Pattern[str]:
    """Find the beginnings of words that deny or doubt: they may do so of what another paragraph says."""
    stances = lexicon(lang).operators.items()
    lemmas = {lemma for (_, lemma), found in stances if any(each.stance in {"denies", "doubts"} for each in found)}
    words = {word for lemma in lemmas for word in lemma.split() if len(word) >= SHORTEST}
    starts = sorted({re.escape(word[: max(SHORTEST, len(word) - ENDING)]) for word in words})
    return re.compile(rf"\b(?:{'|'.join(starts)})", re.IGNORECASE)
