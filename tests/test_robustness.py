"""Bad input: nothing crashes, nothing floods the graph with claims, and time grows with length."""

from __future__ import annotations

import sys

import pytest

from kg.extract import extract
from kg.extract.parse import parse
from kg.extract.raws import Raw
from kg.extract.scheme import _uncircle
from kg.model import Article

NEWS = {
    "fr": "Paris a condamné Téhéran et « Moscou a livré des missiles à l'Iran », a dit Londres. ",
    "en": 'Paris condemned Tehran and "Moscow supplied missiles to Iran", London said. ',
}
FLOOD = 3  # claims a sentence: the clean ones give two
LINEAR = 2.8  # how much more work twice the text may take: 2 if linear, 4 if quadratic


def _only_letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c == " ")


def _unclosed(text: str) -> str:
    bare = "".join(c for c in text if c not in '«»"')
    third = len(bare) // 3
    return f'« {bare[:third]}\n“{bare[third : 2 * third]}\n"{bare[2 * third :]}'


SILENT = {  # what says nothing in either language
    "glued": "".join((NEWS["fr"] + NEWS["en"]).split()) * 20,
    "table": "\n".join(["Paris\tTéhéran\t12,3\t|\t2024 |"] * 150),
    "other scripts": "北京谴责了德黑兰。Москва поставила ракеты Ирану. أدانت باريس طهران. ישראל תקפה את איראן. " * 20,
    "emoji": "🇫🇷 🚀👩‍👩‍👧 Paris 😡 Téhéran 💥 " * 50,
    "long words": "a" * 20000 + " Paris " + "é" * 20000,
    "commas": "Paris, " * 700,
    "quotation marks": '"' * 400 + "«»" * 100 + "“a”" * 100,
    "nested brackets": "(" * 400 + "Paris" + ")" * 400,
    "empty": "",
    "white space": " \n\t \u2028 \n",
}


def claims(text: str, lang: str) -> int:
    return len(extract(Article("a", text, lang)).claims)


@pytest.mark.parametrize("lang", NEWS)
@pytest.mark.parametrize("name", SILENT)
def test_what_says_nothing_gives_nothing(name: str, lang: str) -> None:
    assert claims(SILENT[name], lang) == 0


@pytest.mark.parametrize("lang", NEWS)
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(str.upper, id="capitals"),
        pytest.param(_only_letters, id="no punctuation"),
        pytest.param(_unclosed, id="unclosed quotations"),
        pytest.param(lambda text: text.replace(" ", "\x00\x1b[31m\u202e ", 3), id="control characters"),
        pytest.param(lambda text: text.replace(". ", ".").replace(", ", ","), id="glued sentences"),
    ],
)  # fmt: skip
def test_spoilt_news_does_not_flood(spoil: object, lang: str) -> None:
    text = spoil(NEWS[lang] * 25)  # type: ignore[operator] # a function of text
    assert claims(text, lang) <= FLOOD * 25


def test_half_a_character_inside_a_name_is_read() -> None:
    text = NEWS["fr"].replace("P", "\ud800P").replace("T", "\udfffT")
    assert claims(text * 25, "fr") <= FLOOD * 25


def test_half_a_character_between_words_is_read() -> None:
    assert claims("Paris \ud800 a condamné \udfff Téhéran. " * 20, "fr") <= FLOOD * 20


@pytest.mark.parametrize("lang", NEWS)
def test_the_wrong_language_gives_next_to_nothing(lang: str) -> None:
    other = NEWS["en" if lang == "fr" else "fr"] * 25
    assert claims(other, lang) <= 5


def _work(text: str, lang: str) -> int:
    """Count the calls of functions of ours that a text takes."""
    calls = 0

    def count(frame: object, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and "extract" in frame.f_code.co_filename  # type: ignore[attr-defined] # a frame

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        claims(text, lang)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("lang", NEWS)
@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(lambda text: text, id="news in one paragraph"),
        pytest.param(lambda text: text.replace(". ", " "), id="no full stop"),
        pytest.param(lambda text: text.replace(" ", ", "), id="commas"),
        pytest.param(lambda text: "".join(f'"{word}" ' for word in text.split()), id="every word quoted"),
    ],
)
def test_work_grows_with_length(shape: object, lang: str) -> None:
    short, long = (shape(NEWS[lang] * n) for n in (40, 80))  # type: ignore[operator] # a function of text
    assert _work(long, lang) <= LINEAR * _work(short, lang)


def test_an_endless_sentence_is_read() -> None:
    assert claims("the council of the town has said that the region is of the view " * 600, "en") == 0


CIRCLES = {  # *According to X, talks …*: whom a preposition of two words introduces hung on what stood above it
    "en": "The United States denied the accusation, which its envoy Bazobaba Nerodrago called baseless. Turkey accused "
    "Israel on Monday of supplying 6476 drones to Poland. Prices in the markets of Dramade rose by 3006 per cent, "
    "traders told Mirvi Drade. "
    "According to Gokaba Mirtor, talks between Turkey and Egypt will resume in Fisamavi within 6575 days.",
    "fr": "Selon Gokaba Mirtor, à propos de quoi ? Au sujet de la Turquie, à l'encontre de laquelle, par le biais "
    "de qui. D'après Mirvi Drade, face à l'Égypte, aux côtés de la Pologne, en raison de quoi, au nom de qui.",
}


@pytest.mark.parametrize("lang", CIRCLES)
def test_every_word_hangs_on_a_root(lang: str) -> None:
    tree = parse(CIRCLES[lang], lang)
    for word in tree.words:
        *_, top = [word, *tree.ancestors(word.i)]
        assert top.head == top.i


def test_a_circle_is_cut() -> None:
    raws = [Raw(i, "", "", "NOUN", "", head, "", i, i, "", role="obl") for i, head in enumerate((0, 2, 3, 1, 2))]
    _uncircle(raws)
    assert [(w.head, w.role) for w in raws] == [(0, "obl"), (1, "root"), (3, "obl"), (1, "obl"), (2, "obl")]
