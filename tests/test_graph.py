"""The graph that the page draws: nothing merged, nothing lost, places that a reader can use, the same twice."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import view_samples as samples

from kg.graph import STATUSES, build, strongest
from kg.model import ENT, Entity, Statement, Status


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
    }
    assert graph[samples.IRAN.iri][samples.RUSSIA.iri]["alliedWith"]["symmetric"]


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
    assert len(STATUSES) == 7


def test_no_name_lies_on_another() -> None:
    graph = build(samples.realistic())
    core = [node for _, node in graph.nodes(data=True) if not node["structural"]]
    close = [
        (a["label"], b["label"])
        for a, b in combinations(core, 2)
        if abs(a["x"] - b["x"]) < 90 and abs(a["y"] - b["y"]) < 60
    ]
    assert not close


def test_the_order_of_statements_does_not_matter() -> None:
    statements = samples.realistic()
    one, other = build(statements), build(reversed(statements))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_order_of_sets_does_not_matter(seed: str) -> None:
    """Strings hash differently in every process; places must not follow."""
    program = "import view_samples, kg.graph; print(kg.graph.build(view_samples.realistic()).nodes(data=True))"
    here = str(Path(__file__).parent)
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": here}
    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    )
    assert printed.stdout.strip() == str(build(samples.realistic()).nodes(data=True))


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


def test_a_large_graph_has_places_too() -> None:
    actors = [Entity(f"{ENT}a{n:04}", f"Actor {n}", "State") for n in range(600)]
    graph = build(samples.brief("Reported", actor, "supports", actors[n // 3]) for n, actor in enumerate(actors))
    places = {(node["x"], node["y"]) for _, node in graph.nodes(data=True)}
    assert len(places) == 600
