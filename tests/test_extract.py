"""Extraction on whole articles: the story that started the project, told anew, and the gate over all samples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import gate
import pytest
from notation import expected_of
from test_data import GOLD, article_beside

from kg.extract import extract
from kg.model import Article

if TYPE_CHECKING:
    from kg.model import Claim

RETELLING = next(path for path in GOLD if path.stem == "fr-iran-missiles-blinken")


@pytest.fixture(scope="module")
def retelling() -> tuple[Claim, ...]:
    return extract(article_beside(RETELLING)).claims


def says(claim: Claim, stance: str, *names: str) -> bool:
    return any(a.stance == stance and a.speaker.entity.label in names for a in claim.attribution)


STORY = [
    ("United States", "accuses", "Iran", None, None),
    ("United Kingdom", "accuses", "Iran", None, None),
    ("Iran", "suppliesArmsTo", "Russia", "asserts", "United States"),
    ("Iran", "suppliesArmsTo", "Russia", "asserts", "United Kingdom"),
    ("Iran", "suppliesArmsTo", "Russia", "asserts", "Antony Blinken"),
    ("Iran", "suppliesArmsTo", "Russia", "denies", "Iran"),
    ("Iran", "suppliesArmsTo", "Russia", "denies", "Russia"),
    ("Antony Blinken", "represents", "United States", None, None),
    ("William Burns", "leads", "CIA", None, None),
    ("Volodymyr Zelenskyy", "leads", "Ukraine", None, None),
    ("Dmitry Peskov", "represents", "Russia", None, None),
    ("United States", "sanctions", "Iran", "asserts", "Antony Blinken"),
    ("United States", "sanctions", "Iran Air", None, None),
    ("Iran", "cooperatesMilitarilyWith", "Russia", None, None),
    ("Russia", "alliedWith", "Iran", None, None),
    ("United States", "warns", "Iran", None, None),
    ("Iran", "cooperatesWith", "Russia", None, None),
    ("Ukraine", "callsOn", "United States", None, None),
    ("Antony Blinken", "visits", "Kyiv", None, None),
    ("Antony Blinken", "meetsWith", "Volodymyr Zelenskyy", None, None),
    ("United States", "supports", "Ukraine", None, None),
]
NOT_YET = {
    ("United States", "sanctions", "Iran"): "planned",
    ("United States", "sanctions", "Iran Air"): "possible",
    ("Antony Blinken", "visits", "Kyiv"): "planned",
    ("Antony Blinken", "meetsWith", "Volodymyr Zelenskyy"): "planned",
}


@pytest.mark.parametrize(
    ("subject", "relation", "obj", "stance", "speaker"),
    [pytest.param(*row, id=" ".join(filter(None, row))) for row in STORY],
)
def test_the_story_gives(
    retelling: tuple[Claim, ...], subject: str, relation: str, obj: str, stance: str | None, speaker: str | None
) -> None:
    found = [
        c for c in retelling if (e := expected_of(c)).relation == relation and {e.subject, e.object} == {subject, obj}
    ]
    assert any(stance is None or says(c, stance, speaker or "") for c in found)
    modality = NOT_YET.get((subject, relation, obj))
    assert modality is None or {c.modality for c in found} == {modality}


def test_the_story_gives_nothing_false(retelling: tuple[Claim, ...]) -> None:
    arms = [c for c in retelling if c.relation == "suppliesArmsTo"]
    assert {(c.subject.entity.label, c.object.entity.label) for c in arms} == {("Iran", "Russia")}
    assert not any(says(c, "denies", "Antony Blinken") for c in retelling)


def test_every_claim_of_every_sample_stands_at_its_offsets() -> None:
    for path in GOLD:
        article = article_beside(path)
        for claim in extract(article).claims:
            whole = article.text if claim.passage.part == "text" else (article.title or "")
            spans = [claim.passage, claim.subject, claim.object, claim.cue]
            spans += [claim.theme] if claim.theme else []
            spans += [a.speaker for a in claim.attribution] + [a.cue for a in claim.attribution if a.cue]
            assert all(whole[s.start : s.end] == s.text for s in spans), claim


def test_what_an_accusation_is_about_is_a_claim_of_the_article(retelling: tuple[Claim, ...]) -> None:
    claims = {c.iri: c for c in retelling}
    accusations = [c for c in retelling if c.relation == "accuses"]
    assert {claims[iri].relation for c in accusations for iri in c.about} == {"suppliesArmsTo"}


def test_the_gate_holds() -> None:
    scores, _ = gate.measure()
    floors = gate.baseline()
    assert floors.pop("corpus") == {"digest": gate.digest()}, "the gold changed: python tests/gate.py --pin"
    reached = {lang: scores[lang].figures() for lang in floors}
    short = {(lang, name) for lang, row in floors.items() for name, floor in row.items() if reached[lang][name] < floor}
    assert short == set(), reached


HOSTILE = [
    pytest.param("", id="nothing"),
    pytest.param('« "“ — ', id="lone marks"),
    pytest.param("LES ÉTATS-UNIS ONT ACCUSÉ L'IRAN DE FOURNIR DES MISSILES À LA RUSSIE.", id="capitals"),
    pytest.param("paris a condamné téhéran et moscou a nié " * 200, id="no full stop"),
    pytest.param(
        "<script>alert('Iran')</script> L'Iran accuse \"Moscou\". 'Robert'); DROP TABLE", id="markup and quotes"
    ),
    pytest.param("إيران تتهم روسيا. Иран. イラン。 L'Iran accuse Moscou.", id="other scripts"),
    pytest.param("| a | b |\n|---|---|\n| Iran | 3 |\n\n\n\r\n\tRussie\t4", id="a table"),
    pytest.param('"We support our ambassador, Jane Doe," said Jane Doe.', id="an office of our own"),
    pytest.param("« L'Iran a livré des missiles à la Russie, a dit Blinken. " * 20, id="quotations never closed"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_bad_text_breaks_nothing(text: str, lang: str) -> None:
    found = extract(Article("bad", text, lang, date=date(2024, 9, 10)))
    assert all(c.passage.text == text[c.passage.start : c.passage.end] for c in found.claims)
