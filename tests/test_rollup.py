"""Whom somebody counts for, at the article's date: offices, ministries, armies, spokespersons, groups."""

from __future__ import annotations

import datetime as dt

import pytest

from kg import actors
from kg.model import ENT, Article, Attribution, Claim, Entity, Mention, Passage, Span
from kg.rollup import RollUp
from kg.store import open_store

TABLES = actors.load()
UP = RollUp(TABLES.bodies_of, TABLES.part_of, lambda iri: TABLES.entity(iri).type if iri in TABLES.entities else None)

# Who, when, and for whom they count.
ROWS = """
antony-blinken     | 2024-09-10 | united-states
antony-blinken     | 2026-01-10 | antony-blinken
donald-trump       | 2018-05-08 | united-states
donald-trump       | 2022-05-08 | donald-trump
donald-trump       | 2025-05-08 | united-states
francois-hollande  | 2016-05-01 | france
francois-hollande  | 2024-05-01 | francois-hollande
emmanuel-macron    | 2024-05-01 | france
vladimir-putin     |            | russia
mark-rutte         | 2023-03-01 | netherlands
mark-rutte         | 2025-03-01 | nato
mark-rutte         |            | mark-rutte
jens-stoltenberg   | 2022-03-01 | nato
sergei-lavrov      | 2023-03-01 | russia
maria-zakharova    | 2023-03-01 | russia
dmitry-peskov      | 2023-03-01 | russia
vasily-nebenzya    | 2023-03-01 | russia
william-burns      | 2022-03-01 | united-states
alexander-bortnikov | 2022-03-01 | russia
ursula-von-der-leyen | 2023-03-01 | european-union
kaja-kallas        | 2023-03-01 | estonia
kaja-kallas        | 2025-03-01 | european-union
rafael-grossi      | 2023-03-01 | iaea
antonio-guterres   | 2023-03-01 | united-nations
philippe-lazzarini | 2023-12-01 | united-nations
naim-qassem        | 2025-03-01 | hezbollah
yahya-saree        | 2024-03-01 | houthis
jordan-bardella    | 2024-03-01 | rassemblement-national
asim-munir         | 2024-03-01 | pakistan
cia                | 2024-03-01 | united-states
irgc               | 2024-03-01 | iran
quds-force         | 2024-03-01 | iran
israel-defense-forces | 2024-03-01 | israel
bundestag          | 2024-03-01 | germany
european-commission | 2024-03-01 | european-union
un-security-council | 2024-03-01 | united-nations
iaea               | 2024-03-01 | iaea
who                | 2024-03-01 | who
hamas              | 2024-03-01 | hamas
qassam-brigades    | 2024-03-01 | hamas
pdvsa              | 2024-03-01 | pdvsa
bbc                | 2024-03-01 | bbc
paris              | 2024-03-01 | paris
france             | 2024-03-01 | france
"""


@pytest.mark.parametrize("row", [pytest.param(r, id=" ".join(r.split())) for r in ROWS.strip().splitlines()])
def test_somebody_counts_for(row: str) -> None:
    who, day, target = (cell.strip() for cell in row.split("|"))
    assert UP.target(ENT + who, dt.date.fromisoformat(day) if day else None) == ENT + target


def test_the_tables_know_who_the_rows_speak_of() -> None:
    assert [
        r for r in ROWS.strip().splitlines() for cell in r.split("|")[::2] if ENT + cell.strip() not in TABLES.entities
    ] == []


def test_who_the_article_introduces_counts_for_that_body_and_its_state() -> None:
    assert UP.target(ENT + "local/x", None, (ENT + "cia",)) == ENT + "united-states"
    assert UP.target(ENT + "antony-blinken", dt.date(2024, 9, 10), (ENT + "iran",)) == ENT + "united-states"


def test_an_article_introduces_nobody_whose_offices_are_known_nor_a_group() -> None:
    """*President Trump* in 2022 is what he is called, no office that he holds."""
    assert UP.target(ENT + "donald-trump", dt.date(2022, 5, 8), (ENT + "united-states",)) == ENT + "donald-trump"
    assert UP.target(ENT + "m23", dt.date(2022, 5, 8), (ENT + "rwanda",)) == ENT + "m23"


def test_a_circle_of_parts_ends() -> None:
    circle = RollUp(lambda _, __: (), {"a": "b", "b": "a"}.get, lambda _: "Institution")
    assert circle.target("a", None) in {"a", "b"}


# ---- In the sources behind a status: always ----


def _mention(name: str) -> Mention:
    entity = TABLES.entities.get(ENT + name) or Entity(f"{ENT}local/{name}", name, "Unresolved", known=False)
    return Mention(entity, entity.label, 0, 1)


def _said(article: str, at: int, speaker: str, stance: str = "asserts", via: str | None = None) -> Claim:
    attribution = Attribution(_mention(speaker), stance, via=_mention(via) if via else None)  # type: ignore[arg-type] - of Stance
    passage = Passage(article, "text", "A sentence.", at, at + 11)
    cue = Span("cue", at, at + 1)
    return Claim(article, "en", passage, _mention("iran"), "suppliesArmsTo", _mention("russia"), cue, "en/x",
                 attribution=(attribution,))  # fmt: skip


# Speakers with their mouthpieces, on one day, and who supports and denies then.
SOURCES = [
    pytest.param([("antony-blinken", "asserts", None), ("united-states", "asserts", None)], "2024-09-10",
                 {"united-states": "third party"}, "Reported", id="minister and state are one source"),
    pytest.param([("william-burns", "asserts", None), ("john-kirby", "asserts", None)], "2022-09-10",
                 {"united-states": "third party"}, "Reported", id="director and spokesman are one source"),
    pytest.param([("cia", "asserts", None), ("united-states-department-of-defense", "asserts", None)], "2024-09-10",
                 {"united-states": "third party"}, "Reported", id="two agencies of a state are one source"),
    pytest.param([("antony-blinken", "asserts", None), ("david-lammy", "asserts", None)], "2024-09-10",
                 {"united-states": "third party", "united-kingdom": "third party"}, "Corroborated", id="two states"),
    pytest.param([("russia", "denies", "dmitry-peskov"), ("vasily-nebenzya", "denies", None)], "2024-09-10",
                 {"russia": "object"}, "Denied", id="a spokesman's state and its ambassador"),
    pytest.param([("antony-blinken", "asserts", None), ("antony-blinken", "asserts", None)], "2026-02-10",
                 {"antony-blinken": "third party"}, "Reported", id="out of office, for himself"),
    pytest.param([("iaea", "asserts", None), ("antonio-guterres", "asserts", None)], "2024-09-10",
                 {"iaea": "third party", "united-nations": "third party"}, "Corroborated", id="IAEA is not the UN"),
    pytest.param([("abbas-araghchi", "denies", None), ("irgc", "denies", None)], "2025-02-10",
                 {"iran": "subject"}, "Denied", id="a party's minister and guards speak as the party"),
]  # fmt: skip


@pytest.mark.parametrize(("speakers", "day", "sources", "status"), SOURCES)
def test_sources_are_rolled_up_always(
    speakers: list[tuple[str, str, str | None]], day: str, sources: dict[str, str], status: str
) -> None:
    article = Article("a", "A sentence." * 20, "en", date=dt.date.fromisoformat(day))
    claims = [_said("a", 20 * n, who, stance, via) for n, (who, stance, via) in enumerate(speakers)]
    with open_store() as store:
        store.add(article, claims)
        (statement,) = store.statements()
    (case,) = statement.cases
    assert {source.iri.removeprefix(ENT): source.role for source in case.sources} == sources
    assert case.status == status
