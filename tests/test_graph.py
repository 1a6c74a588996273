"""The graph that the page draws: nothing merged, nothing lost, places that a reader can use, the same twice."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import view_samples as samples

from kg import ontology
from kg.graph import STATUSES, build, bundles, family, strongest
from kg.model import ENT, Case, Entity, Evidence, Statement, Status


def test_every_statement_is_one_edge_and_every_entity_one_node() -> None:
    statements = samples.realistic()
    graph = build(statements)
    assert sorted(edge["statement"].iri for *_, edge in graph.edges(data=True)) == sorted(s.iri for s in statements)
    assert set(graph) == {entity.iri for s in statements for entity in (s.subject, s.object)}


def test_an_edge_tells_what_its_statement_says() -> None:
    graph = build(samples.realistic())
    edge = dict(graph[samples.IRAN.iri][samples.RUSSIA.iri]["suppliesArmsTo"])
    del edge["statement"]
    assert edge == {
        "relation": "suppliesArmsTo",
        "quad": "material-cooperation",
        "symmetric": False,
        "status": "Contested",
        "cases": 2,
        "sources": 4,
        "evidence": 5,
        "through": (None, None),
    }
    assert graph[samples.IRAN.iri][samples.RUSSIA.iri]["alliedWith"]["symmetric"]


def test_a_family_has_one_quad() -> None:
    quads: dict[str, set[str]] = {}
    for name, relation in ontology.load().relations.items():
        quads.setdefault(family(name), set()).add(relation.quad)
    assert {name: some for name, some in quads.items() if len(some) > 1} == {}
    assert len(quads) == 28


def test_every_edge_is_in_one_line_and_what_goes_both_ways_in_its_own() -> None:
    war = [samples.brief("Reported", samples.IRAN, name, samples.USA) for name in ("atWarWith", "attacks", "kills")]
    graph = build([*samples.realistic(), *war])
    lines = bundles(graph)
    assert sorted(number for line in lines for number in line.edges) == list(range(graph.number_of_edges()))
    between = [line for line in lines if (line.source, line.target) == (samples.IRAN.iri, samples.USA.iri)]
    fights = {line.symmetric: len(line.edges) for line in between if line.quad == "material-conflict"}
    assert fights == {True: 1, False: 2}


def test_a_node_tells_who_it_is() -> None:
    node = build(samples.realistic()).nodes[samples.RUSSIA.iri]
    assert (node["label"], node["labels"], node["type"]) == ("Russia", {"en": "Russia", "fr": "Russie"}, "State")
    assert node["weight"] == 13
    assert not node["structural"]


def test_office_holders_alone_are_structural() -> None:
    graph = build(samples.realistic())
    structural = {node["label"] for _, node in graph.nodes(data=True) if node["structural"]}
    assert structural == {"Dmitry Peskov", "William Burns", "CIA"}


@pytest.mark.parametrize(
    ("statuses", "seen"),
    [
        pytest.param(("Reported", "Contested"), "Contested", id="a contest does not hide behind a report"),
        pytest.param(("Denied", "Corroborated"), "Corroborated", id="a denied case does not hide a corroborated one"),
        pytest.param((), "Prospective", id="no case at all claims nothing"),
    ],
)
def test_the_strongest_status_is_seen(statuses: tuple[Status, ...], seen: Status) -> None:
    assert strongest(statuses) == seen
    assert len(STATUSES) == 8


def test_no_name_lies_on_another() -> None:
    graph = build(samples.realistic())
    core = [node for _, node in graph.nodes(data=True) if not node["structural"]]
    close = [
        (a["label"], b["label"])
        for a, b in combinations(core, 2)
        if abs(a["x"] - b["x"]) < 90 and abs(a["y"] - b["y"]) < 60
    ]
    assert not close


@pytest.mark.parametrize("roll_up", [False, True])
def test_the_order_of_statements_does_not_matter(roll_up: bool) -> None:  # noqa: FBT001 - of the table
    statements = samples.realistic()
    one, other = build(statements, roll_up=roll_up), build(reversed(statements), roll_up=roll_up)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_order_of_sets_does_not_matter(seed: str) -> None:
    """Strings hash differently in every process; places must not follow."""
    program = "import view_samples as v, kg.graph; print(kg.graph.build(v.realistic(), roll_up=True).nodes(data=True))"
    here = str(Path(__file__).parent)
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": here}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    )
    assert printed.stdout.strip() == str(build(samples.realistic(), roll_up=True).nodes(data=True))


def test_rolled_up_persons_and_agencies_become_their_state() -> None:
    graph = build(samples.realistic(), roll_up=True)
    merged = {node["label"]: [each.label for each in node["merged"]] for _, node in graph.nodes(data=True)}
    assert {label: names for label, names in merged.items() if names} == {
        "Russia": ["Dmitry Peskov"],
        "Ukraine": ["Volodymyr Zelensky"],
        "United States": ["Antony Blinken", "CIA", "William Burns"],
    }
    assert not {name for names in merged.values() for name in names} & merged.keys()


def test_rolled_up_an_edge_says_through_whom_and_is_never_merged() -> None:
    graph = build(samples.realistic(), roll_up=True)
    through = {
        (a, edge["relation"], b): [end and end.label for end in edge["through"]]
        for a, b, edge in graph.edges(data=True)
        if any(edge["through"])
    }
    assert through == {
        (samples.USA.iri, "visits", samples.KYIV.iri): ["Antony Blinken", None],
        (samples.USA.iri, "meetsWith", samples.UKRAINE.iri): ["Antony Blinken", "Volodymyr Zelensky"],
    }
    told = [s for s in samples.realistic() if s.relation not in {"represents", "leads", "partOf"}]
    assert sorted(edge["statement"].iri for *_, edge in graph.edges(data=True)) == sorted(s.iri for s in told)


def test_rolled_up_somebody_counts_for_another_at_another_date() -> None:
    """Rutte was prime minister until July 2024 and leads NATO since October: one statement, two edges."""
    rutte = samples.entity("mark-rutte", "Mark Rutte", "Mark Rutte", "Person")
    dates = [dt.date(2023, 5, 1), dt.date(2024, 8, 15), dt.date(2025, 5, 1)]
    claims = [samples.claim("{s:Rutte} {c:backs} {o:Ukraine}.", rutte, "supports", samples.UKRAINE)] * 3
    evidence = tuple(
        Evidence(replace(claim, article=f"a{day}"), replace(samples.FR, id=f"a{day}", date=day), "for")
        for claim, day in zip(claims, dates, strict=True)
    )
    case = Case("case:rutte", "Reported", evidence=evidence, first_seen=dates[0], last_seen=dates[-1])
    graph = build([samples.statement(rutte, "supports", samples.UKRAINE, case)], roll_up=True)
    seen = {
        a.removeprefix(ENT): [(c.first_seen, c.last_seen) for c in edge["statement"].cases]
        for a, _, edge in graph.edges(data=True)
    }
    assert seen == {
        "netherlands": [(dates[0], dates[0])],
        "mark-rutte": [(dates[1], dates[1])],
        "nato": [(dates[2], dates[2])],
    }


def test_rolled_up_who_an_article_introduces_counts_too() -> None:
    envoy = Entity(f"{ENT}local/envoy", "the envoy", "Person", known=False)
    one = samples.brief("Reported", envoy, "represents", samples.USA)
    other = samples.brief("Reported", envoy, "threatens", samples.IRAN)
    graph = build([one, other], roll_up=True)
    assert set(graph) == {samples.USA.iri, samples.IRAN.iri}
    assert [edge["relation"] for *_, edge in graph.edges(data=True)] == ["threatens"]


def test_nothing_to_roll_up_is_the_same_graph() -> None:
    statements = [s for s in samples.realistic() if {s.subject.type, s.object.type} <= {"State"}]
    one, other = build(statements), build(statements, roll_up=True)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def _chain(length: int) -> list[Statement]:
    people = [Entity(f"{ENT}p{n:03}", f"P{n}", "Person") for n in range(length + 1)]
    return [samples.brief("Reported", a, "partOf", b) for a, b in pairwise(people)]


@pytest.mark.parametrize(
    ("statements", "nodes"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([samples.brief("Reported", samples.IRAN, "attacks", samples.IRAN)], 1, id="an edge to itself"),
        pytest.param([samples.brief("Reported", samples.BURNS, "leads", samples.CIA)], 2, id="structure alone"),
        pytest.param([samples.brief("Reported", samples.CIA, "partOf", samples.CIA)], 1, id="structure to itself"),
        pytest.param(_chain(20), 21, id="a chain of structure"),
    ],
)
def test_odd_graphs_have_places(statements: list[Statement], nodes: int) -> None:
    graph = build(statements)
    places = {(node["x"], node["y"]) for _, node in graph.nodes(data=True)}
    assert len(places) == graph.number_of_nodes() == nodes


def _tree(size: int) -> list[Statement]:
    actors = [Entity(f"{ENT}a{n:04}", f"Actor {n}", "State") for n in range(size)]
    return [samples.brief("Reported", actor, "supports", actors[n // 3]) for n, actor in enumerate(actors)]


def test_what_is_too_large_to_read_starts_with_its_weightiest_and_has_places_for_all() -> None:
    graph = build(_tree(1200))
    nodes = dict(graph.nodes(data=True))
    shown = [node for node in nodes.values() if not node["beyond"]]
    assert len(shown) == 150
    assert min(node["weight"] for node in shown) >= max(n["weight"] for n in nodes.values() if n["beyond"])
    assert len({(node["x"], node["y"]) for node in nodes.values()}) == 1200


def test_what_can_be_read_is_shown_whole() -> None:
    assert not [node for _, node in build(_tree(200)).nodes(data=True) if node["beyond"]]


def test_few_nodes_with_too_many_lines_start_with_fewer() -> None:
    actors = [Entity(f"{ENT}a{n:02}", f"Actor {n}", "State") for n in range(60)]
    graph = build(samples.brief("Reported", a, "supports", b) for a in actors for b in actors if a != b)
    assert sum(not node["beyond"] for _, node in graph.nodes(data=True)) == 25


def test_who_stands_for_a_state_stands_under_it() -> None:
    graph = build(samples.realistic())
    nodes = dict(graph.nodes(data=True))
    homes = {node["label"]: nodes[node["home"]]["label"] for node in nodes.values() if node["home"]}
    assert homes == {
        "Antony Blinken": "United States",
        "CIA": "United States",
        "Dmitry Peskov": "Russia",
        "Volodymyr Zelensky": "Ukraine",
        "William Burns": "United States",
    }
    for node in nodes.values():
        if node["home"] and not node["structural"]:
            home = nodes[node["home"]]
            assert (abs(node["x"] - home["x"]), node["y"] - home["y"]) == (0, 66)
    assert not any(node["home"] for _, node in build(samples.realistic(), roll_up=True).nodes(data=True))
