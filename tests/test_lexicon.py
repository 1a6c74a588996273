"""Every example of the language folders gives the claims that stand beside it, and no other."""

from __future__ import annotations

import pytest
from notation import differences

from kg.extract import extract, languages
from kg.extract.grammar import read_toml
from kg.extract.lexicon import lexicon
from kg.model import Article

FEWEST_ENTRIES = 600  # of a language: a loader that finds none must not pass
FEWEST_CONSTRUCTIONS, FEWEST_WORDINGS = 35, 3


def words() -> list[object]:
    """The examples of verbs, nouns and offices."""
    return [
        pytest.param(lang, sentence, wanted, id=f"{entry}: {sentence}")
        for lang in languages()
        for entry, found in lexicon(lang).examples.items()
        for sentence, wanted in found
    ]


def constructions() -> list[object]:
    """The examples of ways to say things, whatever the words."""
    return [
        pytest.param(lang, sentence, tuple(wanted), id=f"{lang}/{name}: {sentence}")
        for lang in languages()
        for name, found in read_toml(lang, "examples.toml").items()
        for sentence, wanted in found.items()
    ]


@pytest.mark.parametrize("lang", languages())
def test_there_are_entries_and_constructions(lang: str) -> None:
    assert len(lexicon(lang).examples) >= FEWEST_ENTRIES
    found = read_toml(lang, "examples.toml")
    assert len(found) >= FEWEST_CONSTRUCTIONS
    assert [name for name, sentences in found.items() if len(sentences) < FEWEST_WORDINGS] == []


@pytest.mark.parametrize(("lang", "sentence", "wanted"), [*words(), *constructions()])
def test_example(lang: str, sentence: str, wanted: tuple[str, ...]) -> None:
    assert differences(wanted, extract(Article("example", sentence, lang)).claims) == []
