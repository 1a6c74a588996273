"""The graph in a notebook: answers are tables with Python values, pages are closed off."""

from __future__ import annotations

import datetime as dt
import html
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import kg
from kg.notebook import Explanation, Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = """title: Missiles
date: 2024-09-10

Washington a accusé l’Iran de livrer des missiles à la Russie. L’Iran a nié avoir livré des missiles à la Russie.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    file = tmp_path_factory.mktemp("news") / "missiles.txt"
    file.write_text(TEXT)
    with kg.open() as opened:
        assert opened.add(file).articles == 1
        yield opened


def test_import_is_light() -> None:
    code = "import sys, kg; print({'spacy', 'pandas', 'rdflib', 'click', 'rich'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"set()\n"


def test_public_names_are_there() -> None:
    assert set(kg.__all__) <= set(dir(kg))
    assert all(getattr(kg, name) for name in kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing


def test_sparql_gives_a_table(graph: kg.Graph) -> None:
    table = graph.sparql("SELECT ?s ?o { ?s gp:suppliesArmsTo ?o }")
    assert list(table.columns) == ["s", "o"]
    assert table.to_dict("records") == [
        {"s": "https://w3id.org/geopolitics-kg/entity/iran", "o": "https://w3id.org/geopolitics-kg/entity/russia"}
    ]


def test_sparql_gives_python_values(graph: kg.Graph) -> None:
    table = graph.sparql(
        'SELECT (1 AS ?n) (1.5 AS ?d) (true AS ?b) ("2024-09-10"^^xsd:date AS ?t) ("l\'Été"@fr AS ?s) {}'
    )
    number, decimal, truth, date, text = table.iloc[0]
    assert (number, float(decimal), truth, date, text) == (1, 1.5, True, dt.date(2024, 9, 10), "l'Été")


def test_sparql_without_answer_keeps_its_columns(graph: kg.Graph) -> None:
    table = graph.sparql("SELECT ?a ?b { ?a gp:shelters ?b }")
    assert (list(table.columns), len(table)) == (["a", "b"], 0)


def test_values_are_bound_and_never_pasted(graph: kg.Graph) -> None:
    table = graph.sparql("SELECT ?title { ?article a gp:Article ; dcterms:title ?title }", title='" } DROP ALL #')
    assert table.empty


def test_sparql_answers_yes_or_no(graph: kg.Graph) -> None:
    assert graph.sparql("ASK { ?a a gp:Article }").iloc[0, 0]


def test_explain_shows_itself(graph: kg.Graph) -> None:
    shown = graph.explain("Iran", "suppliesArmsTo", "Russie", lang="fr")
    assert "contesté" in repr(shown)
    assert str(shown) == repr(shown)


def test_explanation_is_text_and_never_markup() -> None:
    assert Explanation("<b>&")._repr_html_() == '<pre style="white-space: pre-wrap">&lt;b&gt;&amp;</pre>'


def test_view_is_a_frame_of_its_own(graph: kg.Graph, tmp_path: Path) -> None:
    page = graph.view(lang="fr")
    shown = page._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts" ')
    assert html.escape(page.html, quote=True) in shown
    page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page.html


def test_a_page_cannot_leave_its_frame() -> None:
    assert '"' not in Page('"><script>alert(1)</script>')._repr_html_().split('srcdoc="')[1].removesuffix('"></iframe>')


def test_a_graph_on_disk_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    with kg.open(tmp_path / "news") as graph:
        graph.add(file)
    with kg.open(tmp_path / "news") as graph:
        assert len(graph.sparql("SELECT ?a { ?a a gp:Article }")) == 1
