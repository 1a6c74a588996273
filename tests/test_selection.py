"""What is drawn of a store when less than everything is asked for, and how that is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
import view_samples as samples

from kg.errors import InputError, UnknownName
from kg.selection import select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Statement
    from kg.store import Store

EVERYTHING = samples.realistic()


class Kept:
    """A store that gives the sample statements back."""

    def statements(self, about: str | None = None, *, roll_up: bool = False) -> Iterator[Statement]:
        assert not roll_up
        for statement in EVERYTHING:
            if about in {None, statement.subject.iri, statement.object.iri}:
                yield statement

    def query(self, _: str) -> Kept:
        return self

    def values(self) -> list[tuple[int]]:
        return [(len(EVERYTHING),)]


STORE = cast("Store", Kept())


def _chosen(**asked: Any) -> list[Statement]:  # noqa: ANN401 - the fields of Asked
    return list(select(STORE, **asked).statements)


def test_everything_is_chosen_where_nothing_is_asked() -> None:
    found = select(STORE)
    assert list(found.statements) == EVERYTHING
    assert (found.of, found.to_json()) == (len(EVERYTHING), None)


def test_a_relation_stands_for_those_below_it() -> None:
    below = {s.relation for s in _chosen(relation="supports")}
    assert {"supports", "suppliesArmsTo"} <= below
    assert "attacks" not in below


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"status": "Contested"}, id="by name"),
        pytest.param({"status": "contested"}, id="by its label in English"),
        pytest.param({"status": ["contesté"]}, id="by its label in French"),
    ],
)
def test_a_status_keeps_the_cases_that_have_it(asked: dict[str, Any]) -> None:
    statuses = {case.status for s in _chosen(**asked) for case in s.cases}
    assert statuses == {"Contested"}


def test_quads_relations_and_statuses_go_together() -> None:
    found = _chosen(quad=["verbal-conflict", "material-conflict"], status="Reported", relation="opposes")
    assert found
    assert {case.status for s in found for case in s.cases} == {"Reported"}
    assert "suppliesArmsTo" not in {s.relation for s in found}


def test_a_case_is_kept_whole_for_its_status_follows_from_all_of_it() -> None:
    [contested] = [s for s in EVERYTHING if any(case.status == "Contested" for case in s.cases)]
    [case] = [case for case in contested.cases if case.status == "Contested"]
    days = sorted(each.article.date for each in case.evidence if each.article.date)
    assert days[0] != days[-1]
    [found] = [s for s in _chosen(since=days[-1].isoformat()) if s.iri == contested.iri]
    assert case in found.cases


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        pytest.param({"since": "2024"}, True, id="since a year"),
        pytest.param({"since": "2024-09-13"}, False, id="since a day after all articles"),
        pytest.param({"until": "2024-09"}, True, id="until the end of a month"),
        pytest.param({"until": "2024-08"}, False, id="until the end of the month before"),
        pytest.param({"since": "2024-09-11", "until": "2024-09-11"}, True, id="on one day"),
        pytest.param({"min_sources": 2}, True, id="two sources"),
        pytest.param({"min_sources": 50}, False, id="more sources than anything has"),
    ],
)
def test_dates_and_sources_limit(asked: dict[str, Any], some: bool) -> None:  # noqa: FBT001 - of the table
    assert bool(_chosen(**asked)) is some


def test_what_has_no_date_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    [case] = EVERYTHING[-1].cases
    undated = tuple(replace(each, article=replace(each.article, date=None)) for each in case.evidence)
    changed = replace(EVERYTHING[-1], cases=(replace(case, evidence=undated),))
    monkeypatch.setattr(Kept, "statements", lambda *_, **__: iter([*EVERYTHING[:-1], changed]))
    found = select(STORE, since="2000")
    assert (len(found.statements), found.undated) == (len(EVERYTHING) - 1, 1)
    assert found.to_json() == {
        "since": "2000-01-01",
        "statements": len(EVERYTHING) - 1,
        "of": len(EVERYTHING),
        "undated": 1,
    }


def test_one_hop_is_what_touches_somebody_and_two_what_touches_those() -> None:
    one, two = (select(STORE, about="Téhéran", hops=hops) for hops in (1, 2))
    assert all(samples.IRAN.iri in {s.subject.iri, s.object.iri} for s in one.statements)
    reached = {end.iri for s in one.statements for end in (s.subject, s.object)}
    assert {s.iri for s in two.statements} == {s.iri for s in EVERYTHING if reached & {s.subject.iri, s.object.iri}}
    assert len(one.statements) < len(two.statements) < len(EVERYTHING)
    told = two.to_json()
    assert told
    assert (told["hops"], "Iran" in [name["label"] for name in told["about"]]) == (2, True)


def test_the_second_hop_goes_over_what_is_asked_for_alone() -> None:
    found = _chosen(about="Iran", hops=2, relation="suppliesArmsTo")
    assert {s.relation for s in found} == {"suppliesArmsTo"}


def test_rolled_up_the_hops_go_through_the_state() -> None:
    def names(*, roll_up: bool) -> set[str]:
        return {
            end.label for s in _chosen(about="William Burns", hops=2, roll_up=roll_up) for end in (s.subject, s.object)
        }

    assert "Iran" not in names(roll_up=False)
    assert "Iran" in names(roll_up=True)


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        pytest.param({"about": "Iraan"}, UnknownName, "did you mean", id="an actor"),
        pytest.param({"relation": "attcks"}, UnknownName, "no such relation; did you mean attacks", id="a relation"),
        pytest.param({"relation": "x"}, UnknownName, "docs/relations.md", id="a relation like none"),
        pytest.param({"quad": "hate"}, UnknownName, "no such quad; take one of ", id="a quad"),
        pytest.param({"status": "contestd"}, UnknownName, "did you mean Contested", id="a status"),
        pytest.param({"since": "2024-02-30"}, InputError, "since 2024-02-30: no date; write it as", id="a day"),
        pytest.param({"until": "yesterday"}, InputError, "until yesterday: no date", id="a word"),
        pytest.param({"until": "2024-13"}, InputError, "no date", id="a month"),
        pytest.param({"since": "2025", "until": "2024"}, InputError, "turn them round", id="the end first"),
        pytest.param({"about": "Iran", "hops": 3}, InputError, "take 1 to 2", id="too far"),
    ],
)
def test_a_mistake_is_told(asked: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        select(STORE, **asked)


def test_until_a_month_is_until_its_last_day() -> None:
    found = select(STORE, until="2024-02").to_json()
    assert found
    assert found["until"] == dt.date(2024, 2, 29).isoformat()
