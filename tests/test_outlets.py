"""Who owns an outlet counts: one owner is one source, and an outlet that a state runs is its state speaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_store import IRAN, RUSSIA, UK, US, arms, article, by, quads, says

from kg import actors, outlets
from kg.brief import brief
from kg.cli import main
from kg.errors import InputError, Refused
from kg.explain import explain
from kg.model import ENT
from kg.store import open_store, world_of

if TYPE_CHECKING:
    from pathlib import Path

    from kg.actors import Outlet
    from kg.model import Case
    from kg.store import Store

TABLES = actors.load()
TASS = TABLES.entity(ENT + "tass")


def filed(folder: Path, rows: str, header: str = "outlet,owner,country,state_run\n") -> actors.Actors:
    path = folder / "o.csv"
    path.write_text(header + rows, encoding="utf-8")
    return outlets.amended(TABLES, path)


def case(store: Store) -> Case:
    [found] = [case for each in store.statements(relation="suppliesArmsTo") for case in each.cases]
    return found


def told(store: Store) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(source.label, source.role, source.speakers) for source in case(store).sources]


def test_outlets_of_one_owner_are_one_source(tmp_path: Path) -> None:
    who = filed(tmp_path, "Gazette,Big Press,,\nHerald,big press,,\nCourier,Small Press,,\n")
    with open_store(tmp_path / "s", world=world_of(who)) as store:
        store.add(article("a", 1, "Gazette"), [arms("a")])
        store.add(article("b", 2, "Herald"), [arms("b")])
        assert case(store).status == "Reported"
        assert "Gazette (own voice, owned by Big Press)" in explain(store, "Iran", "suppliesArmsTo", "Russia")
        assert "all outlets that say so have one owner, Big Press." in str(
            brief(store, "Iran", "suppliesArmsTo", "Russia")
        )
        assert store.validate() == []
    with open_store(tmp_path / "s", world=world_of(who)) as store:  # what it remembers is gone: it reads
        store.add(article("c", 3, "Courier"), [arms("c")])
        assert case(store).status == "Corroborated"
        store.forget("c")
        assert case(store).status == "Reported"
        assert store.validate() == []


def test_an_outlet_that_a_state_runs_is_its_state_speaking() -> None:
    with open_store() as store:
        store.add(article("a", 1, "TASS"), [arms("a")])
        assert told(store) == [("Russia", "object", ("TASS",))]
        store.add(article("b", 2), [arms("b", by(RUSSIA))])
        assert told(store) == [("Russia", "object", ("TASS",))]
        assert case(store).status == "Reported"
        store.add(article("c", 3, "Gazette", agency="Tass"), [arms("c")])
        assert len(told(store)) == 1
        store.add(article("d", 3, "Gazette"), [arms("d")])
        assert case(store).status == "Corroborated"
        assert "Russia (to whom it is said to be done, through TASS)" in explain(
            store, "Iran", "suppliesArmsTo", "Russia"
        ).replace("\n  ", " ")
        assert store.validate(pyshacl=True) == []


@pytest.mark.parametrize(
    ("outlet", "speakers", "wanted"),
    [
        pytest.param("Sputnik", (), [("Russia", "own voice", ("Sputnik",))], id="no party"),
        pytest.param(None, (by(TASS),), [("Russia", "third party", ("TASS",))], id="quoted"),
        pytest.param("BBC", (), [("BBC", "own voice", ())], id="public, not run by the state"),
        pytest.param("Gazette", (), [("Gazette", "own voice", ())], id="nothing known"),
    ],
)
def test_who_speaks(outlet: str | None, speakers: tuple[object, ...], wanted: list[object]) -> None:
    with open_store() as store:
        store.add(article("a", 1, outlet), [says("a", US, "supports", UK, *speakers)])  # type: ignore[arg-type] # attributions
        [one] = [each for statement in store.statements() for each in statement.cases]
        assert [(source.label, source.role, source.speakers) for source in one.sources] == wanted
        assert store.validate() == []


def test_the_users_file_goes_before_the_table(tmp_path: Path) -> None:
    who = filed(tmp_path, "RT,,,no\nZvezda,,Russie,yes\n")
    with open_store(world=world_of(who)) as store:
        for name, outlet in (("a", "RT"), ("b", "Zvezda"), ("c", "Tass")):
            store.add(article(name, 1, outlet), [arms(name)])
        assert told(store) == [("RT", "own voice", ()), ("Russia", "object", ("Tass", "Zvezda"))]


def test_forgetting_restores_the_bytes(tmp_path: Path) -> None:
    who = filed(tmp_path, "Gazette,Big Press,,\n")
    with open_store(world=world_of(who)) as store:
        store.add(article("a", 1, "TASS"), [arms("a")])
        before = quads(store)
        store.add(article("b", 2, "Gazette"), [arms("b"), arms("b", by(IRAN, "denies"), at=50)])
        store.forget("b")
        assert quads(store) == before


@pytest.mark.parametrize(
    ("row", "iri", "wanted"),
    [
        ("RT,TV-Novosti,Russia,yes", ENT + "rt", actors.Outlet("TV-Novosti", RUSSIA.iri, state_run=True)),
        ("ent:rt,,,oui", ENT + "rt", actors.Outlet("", RUSSIA.iri, state_run=True)),
        ("Gazette,Big,,", outlets.outlet_entity("gazette").iri, actors.Outlet("Big", "", state_run=False)),
        ("Gazette,,Iran,NO", outlets.outlet_entity("Gazette").iri, actors.Outlet("", IRAN.iri, state_run=False)),
    ],
)
def test_a_row_says_who_owns_and_runs(tmp_path: Path, row: str, iri: str, wanted: Outlet) -> None:
    known = filed(tmp_path, row + "\n").outlets
    assert known is not None
    assert known[iri] == wanted
    assert known.keys() >= outlets.shipped().keys()


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("RT,,Russia,perhaps", ":2: state_run is 'perhaps'; write yes or no"),
        ("Gazette,,,yes", ":2: Gazette is run by a state, but by which?; write it in the column country"),
        ("RT,,Rusia,yes", ":2: Rusia: nobody of that name is known; did you mean Russia"),
        ("RT,,ent:moscow,yes", ":2: ent:moscow is no state; name a state"),
        ("ent:rtt,,Russia,yes", ":2: ent:rtt: nobody of that name is known; did you mean"),
        (",Big,,", ":2: no outlet; name it"),
        ("Gazette,A,,\ngazette,B,,", ":3: gazette is the outlet of line 2 as well; let the two rows agree"),
        ("Gazette,A,,,,", None),
        ("Gazette,A,,,x,y", ":2: 6 cells for 4 columns"),
    ],
)
def test_a_wrong_row_is_told(tmp_path: Path, rows: str, what: str | None) -> None:
    if what is None:
        assert filed(tmp_path, rows + "\n")
        return
    with pytest.raises(Refused) as error:
        filed(tmp_path, rows + "\n")
    assert what in str(error.value)


def test_a_wrong_header_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"o\.csv:1: unknown column 'proprietor'"):
        filed(tmp_path, "", "outlet,proprietor\n")


def test_the_table_that_ships_names_those_whom_the_tables_know() -> None:
    known = outlets.shipped()
    assert all(iri in TABLES.entities or "/outlet/" in iri for iri in known)
    assert all(outlet.state for outlet in known.values() if outlet.state_run)


def test_from_the_command_line(tmp_path: Path) -> None:
    texts = []
    for name, outlet in (("a", "Gazette"), ("b", "Herald")):
        texts.append(tmp_path / f"{name}.txt")
        head = f"title: {name}\noutlet: {outlet}\ndate: 2024-09-10\n\n"
        texts[-1].write_text(f"{head}Iran supplied missiles to Russia.\n", encoding="utf-8")
    kept = tmp_path / "s"

    def run(*args: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, [*map(str, args), "--store", str(kept)], catch_exceptions=False)
        return done.exit_code, done.stdout, done.stderr

    assert run("build", *texts)[0] == 0
    assert "corroborated" in run("explain", "Iran", "suppliesArmsTo", "Russia")[1]
    file = tmp_path / "s.outlets.csv"
    file.write_text("outlet;owner\nGazette;Big Press\nHerald;Big Press\n", encoding="utf-8")
    assert run("build", *texts)[0] == 0
    said = run("explain", "Iran", "suppliesArmsTo", "Russia", "--lang", "fr")[1]
    assert "rapporté" in said
    assert "propriété de Big Press" in said
    file.write_text("outlet;owner;state_run\nGazette;Big Press;yes\n", encoding="utf-8")
    status, _, error = run("build", *texts)
    assert (status, error.startswith(f"kg: {file}:2: Gazette is run by a state, but by which?")) == (2, True)
