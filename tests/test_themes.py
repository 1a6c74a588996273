"""Themes that the frame of a word leaves to its verb: what is sent, refused, agreed, asked for."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article

ROWS = {
    "fr": [
        ("who is sent", "L'Égypte a envoyé des instructeurs en Somalie.", "deploysForcesTo", "instructeurs"),
        ("who is expelled", "Berlin a expulsé quatre diplomates russes.", "breaksTiesWith", "quatre diplomates russes"),
        ("what was agreed", "Le traité entre la Russie et l'Iran date de 2025.", "signsAgreementWith", "traité"),
        ("whom one leads", "La France a condamné l'Iran.", "condemns", None),
        ("a time is none", "La France a condamné lundi la Russie.", "condemns", None),
        ("an empty object is none", "Washington a imposé des sanctions à l'Iran.", "sanctions", None),
    ],
    "en": [
        ("who is sent", "Egypt will send troops to Somalia.", "deploysForcesTo", "troops"),
        ("what moves itself", "Chinese warships were circling Taiwan.", "deploysForcesTo", "warships"),
        ("what is refused", "Canada rejects Moscow's claim.", "opposes", "claim"),
        ("what is condemned", "Japan condemned China's drills.", "condemns", "drills"),
        ("what is hit", "American jets hit Houthi launchers.", "attacks", "launchers"),
        ("what was agreed", "Vladimir Putin and Kim Jong Un signed a defence pact.", "signsAgreementWith", "pact"),
        ("a sum", "Washington gave Honduras $133 million.", "givesAidTo", "133 million"),
        ("by what means", "The missile attack on Israel by Iran was expected.", "attacks", "missile"),
        ("an actor is none", "Japan condemned China.", "condemns", None),
        ("an empty object is none", "Washington imposed sanctions on Iran.", "sanctions", None),
    ],
}


@pytest.mark.parametrize(
    ("lang", "text", "relation", "theme"),
    [pytest.param(lang, t, r, v, id=f"{lang}: {name}") for lang, rows in ROWS.items() for name, t, r, v in rows],
)
def test_a_claim_has_its_theme(lang: str, text: str, relation: str, theme: str | None) -> None:
    claim = next(c for c in extract(Article("t", text, lang)).claims if c.relation == relation)
    assert (theme or "") in (claim.theme.text if claim.theme else "")
    assert (theme is None) == (claim.theme is None)
