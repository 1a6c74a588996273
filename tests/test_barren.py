"""Paragraphs that can hold no claim are not parsed, and that costs no claim."""

from __future__ import annotations

import pytest

from kg.actors import load
from kg.extract import extract
from kg.extract.barren import barren
from kg.model import LAYERS, Article

BARREN = [
    ("fr", "Il a plu toute la journée, et les rues étaient vides."),
    ("fr", "Les prix ont encore monté. Personne ne sait jusqu’où."),
    ("en", "It rained all day, and the streets were empty."),
    ("en", "Prices went up again. Nobody knows how far."),
]
FERTILE = [
    pytest.param("fr", "Les forces iraniennes ont attaqué le port.", id="a nationality"),
    pytest.param("fr", "le gouvernement de Vichy", id="a word written large"),
    pytest.param("fr", "Il dément catégoriquement.", id="a denial"),
    pytest.param("fr", "« nous n’avons rien livré »", id="a quotation"),
    pytest.param("en", "the Ruritanian army attacked the port.", id="a name that no table knows"),
    pytest.param("en", "He denied this.", id="a denial in English"),
    pytest.param("en", "He rejected all of it.", id="a rejection"),
    pytest.param("en", 'He called it "baseless".', id="straight marks"),
]


@pytest.mark.parametrize(("lang", "text"), BARREN)
def test_nothing_to_find(lang: str, text: str) -> None:
    assert barren(lang, load())(text)


@pytest.mark.parametrize(("lang", "text"), FERTILE)
def test_something_may_be_found(lang: str, text: str) -> None:
    assert not barren(lang, load())(text)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_claims_are_the_same_with_and_without(lang: str) -> None:
    story = {
        "fr": ("Paris a condamné Téhéran.", "Le vent a cassé des arbres.", "L’Iran a nié avoir armé la Russie."),
        "en": ("Paris condemned Tehran.", "The wind broke some trees.", "Iran denied having sent drones to Russia."),
    }
    article = Article("a", "\n\n".join(story[lang]), lang, "Nouvelles" if lang == "fr" else "News")
    alone, all_layers = extract(article, layers=("claims",)), extract(article, layers=LAYERS)
    assert alone.claims == all_layers.claims
    assert len(alone.claims) >= 1
    assert any(t.passage.text.endswith(("arbres.", "trees.")) for t in all_layers.triples)
