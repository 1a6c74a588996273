"""The shipped queries: golden answers, the same on every backend; values by sort; limits."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from servers import oxigraph
from test_store import DRONES, IRAN, RUSSIA, STORY, UK, US, arms, article, by, known, says

from kg import asking, limits
from kg.cli import main
from kg.errors import DataError, InputError, StoreError, UnknownName
from kg.store import Store, open_store, queries
from kg.store.shipped import ROLLED_UP, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

GOLDEN = Path(__file__).parent / "golden" / "store"
BLINKEN, ZELENSKY, ARAGHCHI = (known(each) for each in ("antony-blinken", "volodymyr-zelenskyy", "abbas-araghchi"))
BELARUS, EU, NATO = known("belarus"), known("european-union"), known("nato")

LONG = " ".join(f"Sentence {number} tells of the talks in Minsk." for number in range(40))

# Later articles: ties that begin and end, one who changes position, papers that disagree, one text in two papers.
LATER = [
    (article("agreed"), [arms("agreed", by(US), theme=DRONES), says("agreed", UK, "supports", US)]),
    (
        article("spoken", 14),
        [
            says("spoken", BLINKEN, "supports", ZELENSKY),
            says("spoken", IRAN, "threatens", BLINKEN, by(ARAGHCHI, "denies"), at=100),
        ],
    ),
    (
        replace(article("allied", 15, "Example Gazette"), text=LONG),
        [
            says("allied", BELARUS, "alliedWith", RUSSIA),
            says("allied", RUSSIA, "supports", BELARUS, at=100),
            says("allied", EU, "sanctions", BELARUS, at=200),
            says("allied", US, "supports", UK, at=300),
        ],
    ),
    (
        replace(article("copied", 16, "Example Courier"), text=LONG),
        [
            says("copied", EU, "sanctions", BELARUS, by(US)),
            says("copied", BELARUS, "alliedWith", RUSSIA, modality="alleged", at=100),
        ],
    ),
    (
        article("broken", 18, "Example Courier"),
        [
            says("broken", BELARUS, "breaksTiesWith", RUSSIA),
            replace(says("broken", EU, "sanctions", BELARUS, at=100), phase="ends"),
            arms("broken", by(IRAN, "denies"), theme=DRONES, at=200),
            says("broken", RUSSIA, "supports", BELARUS, by(RUSSIA, "denies"), at=300),
        ],
    ),
]  # fmt: skip


def fill(store: Store) -> Store:
    for each, claims in (*STORY, *LATER):
        store.add(each, claims)
    return store


@pytest.fixture(scope="module", params=["memory", "disk", "server"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same articles in a store of each kind."""
    with ExitStack() as stack:
        where = {
            "memory": lambda: None,
            "disk": lambda: tmp_path_factory.mktemp("queries") / "store",
            "server": lambda: stack.enter_context(oxigraph("--union-default-graph")),
        }
        yield fill(stack.enter_context(open_store(where[request.param]())))


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as memory:
        yield fill(memory)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("asked") / "store"
    with open_store(where) as opened:
        fill(opened)
    return where


@pytest.mark.parametrize("name", sorted(queries()))
def test_the_answer_is_the_golden_one_on_every_backend(filled: Store, name: str) -> None:
    query, golden = queries()[name], GOLDEN / f"{name}.csv"
    result = asking.ask(filled, name, {each.name: each.example for each in query.parameters if each.required})
    rows = (" | ".join("" if v is None else str(v) for v in row) for row in result.values())
    lines = [",".join(result.columns), *rows]
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert golden.read_text(encoding="utf-8").splitlines() == lines
    assert len(lines) > 1


def test_no_golden_answer_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(queries())


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_shipped_query_tells_what_it_is(store: Store, name: str) -> None:
    query = queries()[name]
    assert query.description("fr") != query.description("en") != name
    assert "GRAPH" not in query.text.upper().split()
    for each in query.parameters:
        assert each.description("fr") != each.description("en") != each.name
        assert each.example
    every = {each.name: each.example for each in query.parameters}
    asking.ask(store, name, every)


def test_what_counts_persons_for_their_state_has_a_plain_form() -> None:
    rolled = [name for name in queries() if name.endswith(ROLLED_UP)]
    assert [name for name in rolled if name.removesuffix(ROLLED_UP) not in queries()] == []
    assert len(rolled) >= 5


def test_a_time_line_of_states_has_what_is_told_of_their_persons(store: Store) -> None:
    ends = {"one": "Iran", "other": "États-Unis"}
    plain, rolled = (asking.ask(store, name, ends).rows for name in ("timeline", "timeline" + ROLLED_UP))
    assert {str(row[3]) for row in set(rolled) - set(plain)} == {BLINKEN.iri}
    assert set(plain) < set(rolled)


NAMES = [
    pytest.param("Iran", id="label"),
    pytest.param("ent:iran", id="short address"),
    pytest.param(IRAN.iri, id="address"),
    pytest.param("Q794", id="Wikidata"),
    pytest.param("Téhéran", id="the capital, in French"),
    pytest.param(IRAN, id="an entity"),
]


@pytest.mark.parametrize("name", NAMES)
def test_an_actor_goes_by_any_name(store: Store, name: object) -> None:
    found = asking.ask(store, "who-arms", {"supplier": name, "recipient": "Russie"})
    assert {row[0] for row in found.values()} == {IRAN.iri}


@pytest.mark.parametrize("name", ["suppliesArmsTo", "gp:suppliesArmsTo", "supplies arms to", "Livre des armes à"])
def test_a_relation_goes_by_name_or_label(store: Store, name: str) -> None:
    assert asking.ask(store, "cases-of", {"subject": "Iran", "relation": name})


def test_ends_of_a_symmetric_relation_go_either_way(store: Store) -> None:
    ends = [("Belarus", "Russia"), ("Russie", "Biélorussie")]
    found = [asking.ask(store, "cases-of", {"subject": a, "relation": "alliedWith", "object": b}) for a, b in ends]
    assert found[0].rows == found[1].rows != ()


WRONG = [
    ("who-arms", {"suplier": "Iran"}, UnknownName, "who-arms: suplier: no parameter .* did you mean supplier"),
    ("unresolved", {"x": "Iran"}, UnknownName, "takes no values"),
    ("who-arms", {"supplier": "Irran"}, UnknownName, "supplier=Irran: nobody of that name .* did you mean Iran"),
    ("who-arms", {"supplier": "ent:irann"}, UnknownName, "ent:irann: nobody"),
    ("who-arms", {"supplier": "Zorglub' } DROP"}, UnknownName, "nobody of that name"),
    ("cases-of", {"relation": "suppliesArms"}, UnknownName, "no relation .* did you mean suppliesArmsTo"),
    ("changes", {"since": "10/09/2024"}, InputError, "since=10/09/2024: no date; write it as 2024-09-10"),
    ("blocs", {"least": "-1"}, InputError, "least=-1: no whole number"),
    ("paths", {"from": "Iran", "to": "Russia", "structure": "maybe"}, InputError, "neither yes nor no"),
    ("timeline", {"one": "Iran"}, InputError, r"needs a value for other \(the other one\); .* kg query timeline"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "error", "message"), WRONG)
def test_a_wrong_value_is_told(
    store: Store, name: str, values: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        asking.ask(store, name, values)


def test_a_parameter_without_sort_is_a_fault_of_the_file() -> None:
    with pytest.raises(DataError, match=r"x\.rq: \?who has no type; write # parameter.who.type: entity or"):
        parse("x", "# parameter.who.en: whoever\nSELECT ?who {}")


def test_dates_and_numbers_of_python_are_taken(store: Store) -> None:
    since = asking.ask(store, "changes", {"since": date(2024, 9, 14)})
    assert since.rows == asking.ask(store, "changes", {"since": "2024-09-14"}).rows != ()
    assert {row[0] > date(2024, 9, 14) for row in since.values()} == {True}  # type: ignore[operator] # dates


def test_somebody_whom_only_the_store_knows_goes_by_the_words_of_the_text(store: Store) -> None:
    assert asking.ask(store, "claims-about", {"about": "Des manifestants"})
    with pytest.raises(UnknownName, match="did you mean des manifestants"):
        asking.ask(store, "claims-about", {"about": "manifestants"})


def test_a_city_alone_means_the_state_that_is_seated_there(store: Store) -> None:
    store.add(article("visit", 21), [says("visit", UK, "visits", known("moscow"))])
    named, city = (asking.ask(store, "claims-about", {"about": each}) for each in ("Moscou", "ent:moscow"))
    assert {RUSSIA.iri in (row[3], row[5]) for row in named.values()} == {True}
    assert [row[5] for row in city.values()] == [known("moscow").iri]


def test_several_of_one_name_are_told(store: Store) -> None:
    who = replace(asking.actors.load())  # tables of its own
    twins = [each for each in who.entities.values() if each.type == "State"][:2]
    doubled = {each.iri: replace(each, label="Twin", labels=(("en", "Twin"),)) for each in twins}
    doubles = replace(who, entities=dict(who.entities) | doubled)
    with pytest.raises(UnknownName, match=r"about=Twin: several are called so; write the address of one: Twin \(ent:"):
        asking.ask(store, "claims-about", {"about": "Twin"}, doubles)


def test_paths_keep_away_from_structure_unless_asked(store: Store) -> None:
    store.add(article("leads", 20), [says("leads", known("vladimir-putin"), "leads", RUSSIA)])
    ends = {"from": "Vladimir Putin", "to": "Belarus"}
    assert not asking.ask(store, "paths", ends)
    assert asking.ask(store, "paths", ends | {"structure": "oui"})
    assert not asking.ask(store, "paths", ends | {"structure": "oui", "longest": 1})


def run(where: Path, *words: str, status: int = 0) -> Result:
    done = CliRunner().invoke(main, ["query", *words, "--store", str(where)], catch_exceptions=False)
    assert done.exit_code == status, done.stderr
    return done


def test_the_shipped_ones_are_listed_in_either_language() -> None:
    for words, text in (((), "Who arms whom"), (("--list", "--lang", "fr"), "Qui arme qui")):
        shown = CliRunner().invoke(main, ["query", *words]).stdout
        assert text in shown
        assert [name for name in queries() if f"\n{name}\n" not in f"\n{shown}"] == []


def test_labels_stand_beside_addresses(folder: Path) -> None:
    asked = ("who-arms", "-p", "recipient=Russie", "--labels", "--lang", "fr")
    assert "Russie (ent:russia)" in run(folder, *asked).stdout
    rows = run(folder, *asked, "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("supplier,supplierLabel,recipient,recipientLabel,kind,kindLabel")
    assert "contesté" in rows[1]
    assert '"recipientLabel"' in run(folder, *asked, "--format", "json").stdout


def test_rows_are_limited_and_it_is_told(folder: Path) -> None:
    every = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    cut = run(folder, every)
    assert cut.stderr == "kg: showing 1,000 rows of more: --limit 0 lifts the limit\n"
    assert len(cut.stdout.splitlines()) == 1001
    assert run(folder, every, "--limit", "0").stderr == ""
    assert len(run(folder, every, "--limit", "7", "--format", "csv").stdout.splitlines()) == 8
    assert len(run(folder, f"{every} LIMIT 3").stdout.splitlines()) == 4
    made = run(folder, "CONSTRUCT { ?s a ?o } { ?s a ?o }", "--limit", "2", "--format", "turtle")
    assert made.stderr.startswith("kg: showing 2 rows")


def test_turtle_is_for_triples(folder: Path) -> None:
    made = "CONSTRUCT { ?a gp:arms ?b } { ?a gp:suppliesArmsTo ?b }"
    shown = run(folder, made, "--format", "turtle").stdout
    assert shown.splitlines()[-1].strip() == "ent:iran gp:arms ent:russia ."
    for asked in ("who-arms", "SELECT ?s { ?s ?p ?o }"):
        told = run(folder, asked, "--format", "turtle", status=2).stderr
        assert told == "kg: --format turtle: the query makes a table, not triples; ask with CONSTRUCT, or take csv\n"


NEVER = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"


def test_a_query_that_never_ends_is_stopped(folder: Path) -> None:
    told = run(folder, NEVER, "--timeout", "1", status=1).stderr
    assert told.startswith("kg: query: stopped after 1 s; ask for less")
    assert run(folder, "contested").stdout  # nothing is left open


def test_a_query_that_never_ends_is_stopped_on_a_server() -> None:
    with oxigraph("--union-default-graph") as address:
        with open_store(address) as other:
            fill(other)
        told = CliRunner().invoke(main, ["query", NEVER, "--store", address, "--timeout", "2"])
        assert (told.exit_code, told.stderr[:33]) == (1, "kg: query: stopped after 2 s; ask")


def test_a_value_with_an_apostrophe_is_a_term(folder: Path) -> None:
    asked = "SELECT ?a { ?a gp:outlet ?name }"
    assert run(folder, asked, "--param", "name=l'Example \" } #").stdout.split() == ["a"]
    assert run(folder, asked, "--param", "name=Example Gazette").stdout.split()[1:] != []


def test_a_query_that_takes_too_much_memory_is_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "memory", lambda: 200 << 20)
    with pytest.raises(StoreError, match="it took too much memory; ask for less"):
        limits.within(60, lambda: store.query(NEVER), "query")


def test_a_bug_shows_from_the_other_process() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        limits.within(10, lambda: 1 // 0, "query")
    assert "test_queries.py" in caught.value.__notes__[0]
    with pytest.raises(InputError, match="a: b; c"):
        limits.within(10, lambda: (_ for _ in ()).throw(InputError("a", "b", "c")), "query")


def test_other_servers_are_asked_only_when_allowed(folder: Path) -> None:
    with oxigraph("--union-default-graph") as address, open_store(address) as other:
        other.add(*STORY[0])
        asked = f"SELECT ?who {{ SERVICE <{address}query> {{ ?who gp:accuses ent:iran }} }}"
        assert "SERVICE would reach the network" in run(folder, asked, status=2).stderr
        assert run(folder, asked, "--allow-network").stdout.split() == ["who", "ent:united-states"]
    assert "LOAD would change the store" in run(folder, f"LOAD <{address}>", "--allow-network", status=2).stderr
