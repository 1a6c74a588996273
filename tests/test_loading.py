"""What is left aside while spaCy is loaded is missed by nobody."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from kg.extract.loading import Alternatives
from kg.extract.parse import model

# Words that the French tokenizer keeps whole, and others that are much like them
WORDS = [
    *("vice-présidente", "Ex-ministre", "ANTI-MISSILES", "saut-de-ski", "Aulnay-sous-Bois", "r'ouvrir", "entr’ouvert"),
    *(
        "vice-",
        "ex-2",
        "-ministre",
        "Téhéran",
        "d'Iran",
        "saut-de-",
        "non-",
        "",
        "ex-président\n",
        "Royaume-Uni",
        "ſ-la-a",
    ),
]


@pytest.fixture(scope="module")
def late() -> Alternatives:
    nlp = model("fr")
    found = nlp.tokenizer.token_match.__self__
    assert isinstance(found, Alternatives), "the expression of this model has changed: see kg/extract/loading.py"
    return found


@pytest.fixture(scope="module")
def at_once(late: Alternatives) -> re.Pattern[str]:
    return re.compile(late.pattern)


@pytest.mark.parametrize("word", WORDS)
def test_alternatives_match_as_the_whole_expression(word: str, late: Alternatives, at_once: re.Pattern[str]) -> None:
    assert bool(late.match(word)) == bool(at_once.match(word))


def test_some_words_are_kept_whole(at_once: re.Pattern[str]) -> None:
    assert 4 < sum(bool(at_once.match(word)) for word in WORDS) < len(WORDS) - 4


def test_the_command_line_of_spacy_is_there_when_it_is_asked_for() -> None:
    code = """import sys
import kg.extract, spacy
assert not {"spacy.cli", "httpx", "typer"} & set(sys.modules)
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
from spacy.cli import download
from spacy.cli.info import info
assert "markdown" in info.__code__.co_varnames"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_expressions_are_compiled_as_ever_when_a_model_is_loaded() -> None:
    assert model("fr")
    assert re.compile.__module__ == "re"
