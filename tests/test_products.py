"""What makes the models fast leaves their parses as they are, and the user's threads too."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from kg.articles import read
from kg.extract.grammar import grammar, languages
from kg.extract.parse import KEPT, model, paragraphs, parse
from kg.extract.products import one_thread, threads
from kg.extract.transitions import replace_loops
from kg.model import Article

SAMPLES = Path(__file__).parent.parent / "data" / "articles"

TEXTS = {
    "en": [
        "Iran has denied delivering drones to Russia, the ministry said.",
        "There's a plan to get  Kyiv to Paris.",
        "Kyiv\n\n",
    ],
    "fr": ["L'Iran nie avoir livré des drones à la Russie, a dit le ministère.", "Paris l'a condamné.", "Kiev"],
}


@pytest.mark.parametrize("lang", languages())
def test_parses_are_those_of_the_model_as_it_ships_however_they_are_batched(lang: str) -> None:
    shipped = importlib.import_module(grammar(lang).model).load()
    want = [doc.to_json() for doc in shipped.pipe(TEXTS[lang])]
    assert [doc.to_json() for doc in model(lang).pipe(TEXTS[lang])] == want
    assert [model(lang)(text).to_json() for text in TEXTS[lang]] == want


@pytest.mark.parametrize("lang", languages())
def test_sample_articles_are_parsed_as_by_the_model_as_it_ships(lang: str) -> None:
    texts = [a.text for a in read(SAMPLES) if isinstance(a, Article) and a.lang == lang]
    parts = [words for text in texts for _, words in paragraphs(text)]
    shipped = importlib.import_module(grammar(lang).model).load()
    assert len(parts) > 50
    for ours, want in zip(model(lang).pipe(parts), shipped.pipe(parts), strict=True):
        assert ours.to_json() == want.to_json()


def test_a_parser_that_is_not_plain_keeps_its_own_loop() -> None:
    nlp = importlib.import_module(grammar("en").model).load()
    nlp.get_pipe("ner").cfg["beam_width"] = 4
    names = replace_loops(nlp).pipe_names
    assert {"kg_parser", "ner"} <= set(names)
    assert not {"parser", "kg_ner"} & set(names)


def test_threads_of_the_user_come_back() -> None:
    found = threads()
    if found is None:
        pytest.skip("numpy was built with another library")
    before = found.get()
    try:
        found.set(2)
        with one_thread():
            assert found.get() == 1
        assert found.get() == 2
    finally:
        found.set(before)


@pytest.mark.parametrize("lang", languages())
def test_the_same_text_is_parsed_once_but_for_long_ones(lang: str) -> None:
    tables = importlib.import_module("kg.extract.parse")._tables  # noqa: SLF001 - what it remembers
    tables.cache_clear()
    text = "Paris condamne Londres. Berlin hosts Rome.\n\nMadrid."
    trees = [parse(text, lang) for _ in range(3)]
    assert [w.text for w in trees[0].words] == [w.text for w in trees[2].words] != []
    assert tables.cache_info()[:2] == (2, 1)
    parse(text * (KEPT // len(text) + 1), lang)
    assert tables.cache_info().currsize == 1
