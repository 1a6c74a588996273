"""Articles of any number that are new to the last word: real states, invented people and places, by a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2024, 1, 1)
SYLLABLES = (
    "ba",
    "de",
    "fi",
    "go",
    "ku",
    "lo",
    "ma",
    "ne",
    "pi",
    "ro",
    "sa",
    "te",
    "vi",
    "zo",
    "ka",
    "dra",
    "len",
    "tor",
    "mir",
)
STATES = {
    "en": ("Iran", "Russia", "the United States", "France", "China", "Turkey", "Poland", "Israel", "Egypt", "Armenia"),
    "fr": (
        "l’Iran",
        "la Russie",
        "la France",
        "la Chine",
        "la Turquie",
        "la Pologne",
        "Israël",
        "l’Égypte",
        "l’Arménie",
    ),
}
SENTENCES = {
    "en": (
        "{A} accused {B} on Monday of supplying {n} drones to {C}.",
        "{B} denied the accusation, which its envoy {p} called baseless.",
        "“{A} will not supply weapons to anybody,” the foreign minister, {p}, said in {t}.",
        "{C} imposed sanctions on {n} companies from {A} after the incident near {t}.",
        "According to {p}, talks between {A} and {B} will resume in {t} within {n} days.",
        "The mayor of {t}, {p}, said that {n} houses had been rebuilt since the storm.",
        "Prices in the markets of {t} rose by {n} per cent, traders told {p}.",
    ),
    "fr": (
        "{A} a accusé lundi {B} d’avoir livré {n} drones à {C}.",
        "{B} a démenti cette accusation, que son émissaire {p} a qualifiée d’infondée.",
        "« {A} ne livrera d’armes à personne », a déclaré le ministre des affaires étrangères, {p}, à {t}.",
        "{C} a sanctionné {n} entreprises après l’incident survenu près de {t}.",
        "Selon {p}, les négociations entre {A} et {B} reprendront à {t} d’ici {n} jours.",
        "Le maire de {t}, {p}, a indiqué que {n} maisons avaient été reconstruites depuis la tempête.",
        "Les prix ont augmenté de {n} pour cent sur les marchés de {t}, a expliqué {p}.",
    ),
}  # fmt: skip


def articles(number: int, *, seed: int = 1, sentences: int = 8) -> Iterator[Article]:
    """Invent articles, in French and English by turns; the same number and seed give the same texts."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for n in range(number):
        lang = ("en", "fr")[n % 2]
        text = " ".join(_sentence(chance, lang) for _ in range(sentences))
        day = FIRST + timedelta(days=n % 700)
        yield Article(f"generated-{n:06}", text, lang, f"{_name(chance)} {n}", day, None, f"Paper {n % 40}")


def _sentence(chance: random.Random, lang: str) -> str:
    a, b, c = chance.sample(STATES[lang], 3)
    words = {"A": a, "B": b, "C": c, "n": chance.randrange(2, 9000), "p": _person(chance), "t": _name(chance)}
    sentence = chance.choice(SENTENCES[lang]).format(**words)
    return sentence[0].upper() + sentence[1:]


def _person(chance: random.Random) -> str:
    return f"{_name(chance)} {_name(chance)}"


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))).capitalize()
