"""Every example of the lexicon gives the claims that stand beside it, and no other."""

import pytest
from notation import differences

from kg.extract import extract, languages
from kg.extract.lexicon import lexicon
from kg.model import Article

FEWEST = {"fr": 40, "en": 40}  # entries: a loader that finds none must not pass


def examples() -> list[object]:
    return [
        pytest.param(lang, sentence, wanted, id=f"{entry}: {sentence}")
        for lang in languages()
        for entry, found in lexicon(lang).examples.items()
        for sentence, wanted in found
    ]


@pytest.mark.parametrize("lang", languages())
def test_there_are_entries(lang: str) -> None:
    assert len(lexicon(lang).examples) >= FEWEST[lang]


@pytest.mark.parametrize(("lang", "sentence", "wanted"), examples())
def test_example(lang: str, sentence: str, wanted: tuple[str, ...]) -> None:
    assert differences(wanted, extract(Article("example", sentence, lang)).claims) == []
