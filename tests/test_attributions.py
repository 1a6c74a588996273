"""The layer of attributions: who is quoted or reported, and with what words, by construction."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article


def told(text: str, lang: str) -> list[tuple[str, str, str]]:
    """Kind, speaker's words and content of every attribution of a text."""
    found = extract(Article("a", text, lang)).quotations
    return [(q.kind, q.speaker.text if q.speaker else "", " … ".join(c.text for c in q.content)) for q in found]


@pytest.mark.parametrize(
    ("lang", "text", "content"),
    [
        ("en", "Anna Moreau said that Veltia had closed the port.", "that Veltia had closed the port"),
        ("en", "The minister urged ships to leave the port.", "ships to leave the port"),
        ("en", "The union called on miners to strike.", "miners to strike"),
        ("en", "Anna Moreau called the plan a “dangerous mistake.”", "the plan a “dangerous mistake.”"),
        ("en", "The senator refuses to publish his accounts.", "to publish his accounts"),
        ("en", "The treaty was condemned by the opposition.", "The treaty"),
        ("en", "Anna Moreau spoke of an affront.", "an affront"),
        ("fr", "Le port, dit cette délégation, est fermé depuis mardi.", "Le port … est fermé depuis mardi"),
        ("fr", "Le ministre l'a répété : le port restera fermé.", "le port restera fermé"),
        ("en", "The minister added: the port will stay closed.", "the port will stay closed"),
        ("fr", "Je voudrais rappeler à cet égard que le port est fermé.", "que le port est fermé"),
        ("fr", "Le port est fermé, comme l'a rappelé le ministre.", "Le port est fermé"),
        ("fr", "Le montant que le ministre a annoncé est connu depuis mardi.", "Le montant"),
    ],
)
def test_content(lang: str, text: str, content: str) -> None:
    """A content runs from its first word to its last, with both marks of a quotation in it."""
    assert [c for _, _, c in told(text, lang)] == [content]


def test_what_the_speaker_adds() -> None:
    """A participle of saying behind a reported clause is by whoever reports it."""
    text = "Anna Moreau said Veltia had closed the port, adding that ships were waiting."
    assert told(text, "en") == [
        ("indirect", "Anna Moreau", "Veltia had closed the port"),
        ("indirect", "Anna Moreau", "that ships were waiting"),
    ]


def test_the_same_speaker_once() -> None:
    """What somebody says they think is said once; what they say that others say is told beside it."""
    assert len(told("Anna Moreau said she thinks that the port is closed.", "en")) == 1
    text = "Anna Moreau said that Paul Weber had denied that the port was closed."
    assert [s for _, s, _ in told(text, "en")] == ["Anna Moreau", "Paul Weber"]


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("fr", "L'Iran a livré des drones à Moscou, souffle un conseiller.", "un conseiller"),
        ("fr", "Téhéran, affirme le ministre, a livré des drones à Moscou.", "le ministre"),
        ("fr", "Téhéran aurait livré des drones à Moscou, laisse-t-on entendre à Washington.", "Washington"),
        ("en", "Iran armed Moscow, and it will arm Minsk, Jane Doe, the minister, told reporters.", "Jane Doe"),
        ("en", "Asked about Iran, an ally of Moscow, Jane Doe, the minister, said Minsk would arm it.", "Jane Doe"),
    ],
)
def test_speaker_beside(lang: str, text: str, speaker: str) -> None:
    """Whoever speaks is found wherever the verb of saying stands."""
    assert speaker in [s for _, s, _ in told(text, lang)]
