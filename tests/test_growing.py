"""What follows from articles that come in is worked out from what stands: the same as from all their voices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_fuzz import examples
from test_outlets import filed
from test_store import DRONES, IRAN, MISSILES, RUSSIA, UK, US, WEAPONS, arms, article, by, known, quads, says, statuses

from kg.cli import main
from kg.model import GP, Article, Claim, Ruling
from kg.store import Store, entry, open_store, world_of
from kg.store import store as module
from kg.store.cases import independent
from kg.store.growing import Growth, grow

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.sources import World

FRANCE = known("france")
Made = tuple[Article, list[Claim]]

SAID = st.tuples(
    st.sampled_from([("suppliesArmsTo", None), ("meetsWith", "2024-08-02"), ("meetsWith", "2024-09-03")]),
    st.sampled_from([None, MISSILES, DRONES, WEAPONS]),
    st.sampled_from([
        (), (), (by(US),), (by(UK),), (by(US), by(UK)), (by(IRAN),), (by(RUSSIA), by(IRAN)), (by(IRAN, "denies"),),
        (by(US, "denies"),), (by(UK, "doubts"),), (by(US, "doubts"),),
    ]),
    st.sampled_from(["actual", "actual", "alleged", "planned"]),
    st.sampled_from(["positive", "positive", "positive", "negative"]),
    st.booleans(),
)  # fmt: skip
PAPERS = ["Gazette", "Herald", "Courier", None]  # the first two have one owner
NEWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 6)),
        st.sampled_from(PAPERS),
        st.integers(0, 1),
        st.lists(SAID, min_size=1, max_size=4),
    ),
    min_size=2,
    max_size=8,
)


def made(number: int, day: int | None, paper: str | None, printed: int, said: list[tuple]) -> Made:  # type: ignore[type-arg] # as in SAID
    """Make an article; those that are ``printed`` have one text in common."""
    name = f"n{number}"
    claims = []
    for place, ((relation, time), theme, speakers, modality, polarity, rejected) in enumerate(said):
        ends = (RUSSIA, relation, IRAN) if relation == "meetsWith" and rejected else (IRAN, relation, RUSSIA)
        claims.append(
            says(name, *ends, *speakers, at=100 * place, theme=theme, modality=modality, polarity=polarity, time=time)
        )
    one = replace(article(name, day or 1, paper), text=LONG if printed else f"Text of {name}.")
    return (one if day else replace(one, date=None)), claims


LONG = " ".join(f"Word{number} of a long report that several papers print." for number in range(40))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    return world_of(filed(folder, "Gazette,Big Press,,\nHerald,Big Press,,\nCourier,Small Press,,\n"))


@given(NEWS, st.randoms(use_true_random=False), st.integers(0, 1))
@examples(40)
def test_grown_is_what_follows_from_all_voices(
    world: World,
    news: list[tuple],  # type: ignore[type-arg] # as in NEWS
    chance: object,
    together: int,
) -> None:
    articles = [made(number, *each) for number, each in enumerate(news)]
    rejected = [
        claim.iri for (_, claims), each in zip(articles, news, strict=True)
        for claim, said in zip(claims, each[3], strict=True) if said[-1] and said[0][0] != "meetsWith"
    ]  # fmt: skip
    rulings = {address: Ruling(rejected=True) for address in rejected[:2]}
    grown = _bytes(articles, rulings, world, together=together)
    chance.shuffle(articles)  # type: ignore[attr-defined] # a Random
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "grow", lambda backend, heard, world: Growth(set(), set(), set(heard)))  # noqa: ARG005 - as it is called
        assert _bytes(articles, rulings, world, together=0) == grown


def _bytes(articles: list[Made], rulings: dict[str, Ruling], world: World, *, together: int) -> list[str]:
    with open_store(world=world) as store:
        store.follow(rulings)
        store.add(*articles[0])
        if together:
            store.add_all([entry(*each, world) for each in articles[1:]])
        else:
            for each in articles[1:]:
                store.add(*each)
        return quads(store)


def unsure(store: Store, *claims: Claim) -> int:
    """Count the statements of which a new article would have all voices read."""
    one = entry(article(claims[0].article, 20, "Courier"), claims, store._world)  # noqa: SLF001 - the world it is in
    heard: dict[tuple[str, str, str], list] = {}  # type: ignore[type-arg] # voices
    for ends, voice in one.voices:
        heard.setdefault(ends, []).append(voice)
    return len(grow(store._backend, heard, store._world).unsure)  # noqa: SLF001 - what the store asks


ENOUGH = [
    pytest.param([arms("x")], 0, id="one more paper"),
    pytest.param([arms("x", by(US))], 0, id="a source that said so before"),
    pytest.param([arms("x", by(IRAN, "denies"))], 0, id="a first denial"),
    pytest.param([arms("x", by(US, "denies"))], 0, id="a change of mind"),
    pytest.param([says("x", IRAN, "meetsWith", RUSSIA, time="2023-01-02")], 0, id="a month of which nobody spoke"),
    pytest.param([says("x", UK, "supports", RUSSIA)], 0, id="a statement that is new"),
    pytest.param([arms("x", theme=DRONES)], 1, id="a kind that is new: whoever spoke of a broader one may deny it"),
    pytest.param([says("x", IRAN, "supports", US)], 0, id="the only source again"),
    pytest.param([says("x", IRAN, "accuses", US)], 1, id="a second outlet, which may print what the first did"),
]


@pytest.mark.parametrize(("claims", "expected"), ENOUGH)
def test_what_stands_is_enough_where_it_can_be(claims: list[Claim], expected: int) -> None:
    with open_store() as store:
        store.add(article("a", 1, "Gazette"), [arms("a"), says("a", IRAN, "accuses", US)])
        store.add(article("c", 1, "Courier"), [says("c", IRAN, "supports", US)])
        store.add(article("b", 2, "Herald"), [arms("b", by(US)), says("b", IRAN, "meetsWith", RUSSIA)])
        assert unsure(store, *claims) == expected


def test_who_joins_in_again_may_leave_two_joint_voices_that_are_one() -> None:
    with open_store() as store:
        for number, speakers in enumerate([(by(US), by(UK)), (by(UK), by(FRANCE))], start=1):
            store.add(article(f"n{number}", number), [arms(f"n{number}", *speakers)])
        assert statuses(store) == {(None, None): "Reported"}
        store.add(article("n3", 3), [arms("n3", by(UK), modality="alleged")])
        assert statuses(store) == {(None, None): "Corroborated"}  # the United States and France, each without the other
        store.add(article("n4", 4), [arms("n4", by(UK))])
        assert statuses(store) == {(None, None): "Reported"}
        assert store.validate() == []


def test_stores_that_do_not_tell_the_latest_claims_are_read(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.add(article("a", 1, "Gazette"), [arms("a")])
        store.add(article("b", 2, "Herald"), [arms("b", by(US))])
        whole = quads(store)
        store.dataset().store._store.update("DELETE WHERE { GRAPH ?g { ?s gp:latestClaim ?o } }", prefixes={"gp": GP})  # type: ignore[attr-defined] # noqa: SLF001 - as an older kg wrote it
        assert quads(store) != whole
        store.add(article("c", 3, "Herald"), [arms("c", by(US))])
        store.forget("c")
        assert quads(store) == whole


def test_what_follows_is_worked_out_anew_on_request(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.add(article("a", 1, "Gazette"), [arms("a"), says("a", IRAN, "meetsWith", RUSSIA)])
        store.add(article("b", 2, "Herald"), [arms("b", by(US)), says("b", IRAN, "accuses", US)])
        whole = quads(store)
        bare = store.dataset().store._store  # type: ignore[attr-defined] # noqa: SLF001 - behind the store's back
        bare.update("DELETE WHERE { GRAPH ?g { ?s gp:latestClaim ?o } }", prefixes={"gp": GP})
        bare.update("DELETE WHERE { GRAPH ?g { ?s gp:status ?o } }", prefixes={"gp": GP})
        assert any("kg migrate" in fault for fault in store.validate())
        del bare  # it holds the lock
    found = CliRunner().invoke(main, ["migrate", "--store", str(tmp_path / "s")])
    assert (found.exit_code, found.output) == (0, f"{tmp_path / 's'}: 3 statements changed\n")
    with open_store(tmp_path / "s") as store:
        assert quads(store) == whole
        assert (store.validate(), store.migrate()) == ([], 0)


GROUPS = [
    pytest.param(["a", "b"], True, id="two"),
    pytest.param(["a", "ab"], False, id="one of them alone"),
    pytest.param(["ab", "bc", "ac"], False, id="each with each"),
    pytest.param(["ab", "acd", "bef"], True, id="two of which neither is the shortest"),
    pytest.param(["", "a"], False, id="nobody"),
]


@pytest.mark.parametrize(("groups", "expected"), GROUPS)
def test_independent(groups: list[str], expected: object) -> None:
    assert independent(map(frozenset, groups)) is expected
