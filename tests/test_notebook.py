"""The graph in a notebook: answers are tables with Python values, pages are closed off."""

from __future__ import annotations

import datetime as dt
import html
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from IPython.core.interactiveshell import InteractiveShell

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
    heavy = {"spacy", "pandas", "rdflib", "click", "rich", "IPython", "matplotlib"}
    code = f"import sys, kg; print({heavy} & set(sys.modules))"
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


def test_names_stand_for_addresses_on_request(graph: kg.Graph) -> None:
    query = "SELECT ?s ?r ?o ?claim { ?claim gp:subject ?s, ent:iran ; gp:relation ?r ; gp:object ?o } LIMIT 1"
    table = graph.sparql(query, labels="fr")
    assert list(table.columns) == ["s", "r", "o", "claim", "s_iri", "r_iri", "o_iri"]
    assert table.loc[0, ["s", "r", "o"]].to_list() == ["Iran", "livre des armes à", "Russie"]
    assert table.loc[0, "o_iri"] == "https://w3id.org/geopolitics-kg/entity/russia"
    assert graph.sparql(query, labels=True).loc[0, "r"] == "supplies arms to"


def test_what_has_no_name_keeps_its_address(graph: kg.Graph) -> None:
    table = graph.sparql("SELECT ?x { VALUES ?x { ent:iran ent:nobody } } ORDER BY ?x", labels=True)
    assert table["x"].to_list() == ["Iran", "ent:nobody"]
    assert list(graph.sparql("SELECT ?a { ?a a gp:Agreement }", labels=True).columns) == ["a"]


def test_a_shipped_query_goes_by_its_name(graph: kg.Graph) -> None:
    table = graph.sparql("denials", labels="fr", speaker="ent:iran")
    assert set(table["speaker"]) == {"Iran"}
    assert "contested" in set(graph.queries("fr")["query"])
    with pytest.raises(kg.KgError, match="did you mean contested"):
        graph.sparql("contestd")


def test_a_table_is_shown_short_and_escaped(graph: kg.Graph) -> None:
    shown = graph.sparql("SELECT ?s { ?s gp:suppliesArmsTo ?o }", labels=True)._repr_html_()
    assert "Iran" in shown
    assert "s_iri" not in shown
    plain = graph.sparql(
        'SELECT ?s ("<b>" AS ?t) (1 AS ?n) (true AS ?b) ?none { ?s gp:suppliesArmsTo ?o }'
    )._repr_html_()
    assert "ent:iran" in plain
    assert "&lt;b&gt;" in plain
    assert "NaN" not in plain


def test_statements_in_a_table_draw_themselves(graph: kg.Graph) -> None:
    query = (
        "SELECT ?subject ?relation ?object { ?s rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }"
    )
    for labels in (False, "fr"):
        table = graph.sparql(query, labels=labels)
        page = table[
            table["relation"].isin(["livre des armes à", "https://w3id.org/geopolitics-kg/ontology#suppliesArmsTo"])
        ].view("fr")
        assert "suppliesArmsTo" in page.html
        assert '"accuses":' not in page.html.split('"edges":')[1].split("]")[0]


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("SELECT ?subject { ?subject a gp:State }", "no column 'relation'"),
        ("SELECT ?subject (1 AS ?relation) (2 AS ?object) { ?subject a gp:State }", "no row holds a statement"),
    ],
)
def test_a_table_without_statements_says_so(graph: kg.Graph, query: str, what: str) -> None:
    with pytest.raises(kg.KgError, match=what):
        graph.sparql(query).view()


def test_a_table_can_be_kept_and_then_has_no_graph(graph: kg.Graph) -> None:
    table = graph.sparql("contested", labels=True)
    kept = pickle.loads(pickle.dumps(table))  # noqa: S301 - our own
    assert kept.equals(table)
    with pytest.raises(kg.KgError, match="ask again"):
        kept.view()


def test_a_mistake_is_shown_without_traceback(graph: kg.Graph) -> None:
    with pytest.raises(kg.KgError) as caught:
        graph.sparql("SELECT ?a\n{ ?a ?b }")
    assert caught.value._render_traceback_() == [f"InputError: {caught.value}"]


@pytest.fixture
def shell(graph: kg.Graph) -> Iterator[InteractiveShell]:
    found = InteractiveShell.instance()
    found.run_line_magic("load_ext", "kg")
    found.user_ns.update(graph=graph, day=dt.date(2024, 9, 10))
    yield found
    found.reset(new_session=False)
    InteractiveShell.clear_instance()


def test_a_cell_of_sparql_gives_a_table(shell: InteractiveShell) -> None:
    cell = "SELECT ?s ?o {\n  ?s gp:suppliesArmsTo ?o\n}\n"
    table = shell.run_cell_magic("sparql", "--on graph --lang fr --store-to kept --limit 1", cell)
    assert table[["s", "o"]].to_dict("records") == [{"s": "Iran", "o": "Russie"}]
    assert shell.user_ns["kept"] is table
    assert shell.run_cell_magic("sparql", "--on graph", cell)["o"][0].endswith("/russia")


def test_a_line_of_sparql_names_a_query_and_binds_values(shell: InteractiveShell) -> None:
    for line in ("--on graph contested --limit 1", "contested --on graph --limit=1"):
        assert len(shell.run_line_magic("sparql", line)) == 1
    dated = shell.run_line_magic("sparql", "--on graph -p day=$day SELECT ?a { ?a dcterms:date ?day }")
    assert len(dated) == 1
    quoted = shell.run_line_magic("sparql", """--on graph --param "title=L'Iran" ASK { ?a dcterms:title ?title }""")
    assert not quoted["answer"][0]


def test_a_cell_of_sparql_draws(shell: InteractiveShell) -> None:
    assert isinstance(shell.run_line_magic("sparql", "--on graph --graph --lang fr contested"), Page)


def test_the_graph_opened_last_is_asked(shell: InteractiveShell) -> None:
    with kg.open() as opened:
        assert shell.run_line_magic("sparql", "contested").empty
        assert opened.sparql("contested").empty
    assert not shell.run_line_magic("sparql", "contested --on graph").empty


@pytest.mark.parametrize(
    ("line", "what"),
    [
        pytest.param("contestd", "contestd: no query of that name; did you mean contested?", id="unknown query"),
        pytest.param("", "no query: write it on the lines below %%sparql", id="no query"),
        pytest.param("SELECT {", "query, line 1, column", id="no SPARQL"),
        pytest.param("--on nothing contested", "--on: no variable 'nothing' in this notebook", id="no variable"),
        pytest.param("--on day contested", "--on day: that is no graph", id="no graph"),
        pytest.param("--limit many contested", "invalid int value", id="no number"),
        pytest.param("--colour contested", "unrecognized arguments: --colour", id="no option"),
        pytest.param("-p who contested", "--param who: no value for a name", id="no value"),
        pytest.param("-p who=$nobody contested", "--param who: no variable 'nobody'", id="no value in Python"),
        pytest.param('-p who="Iran contested', "a quotation mark is missing", id="open quotation"),
        pytest.param("--store-to 2 contested", "--store-to 2: no name of a variable", id="no name"),
        pytest.param("--lang xx --graph contested", "xx: the page does not speak that language", id="no language"),
    ],
)
def test_mistakes_in_a_cell_are_told_in_one_line(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], line: str, what: str
) -> None:
    on = "" if line.startswith("--on") else "--on graph "
    shell.run_cell(f"%sparql {on}{line}")
    shown = "".join(capsys.readouterr())
    assert what in shown
    assert "Traceback" not in shown
    assert len(shown.strip().splitlines()) == 1


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
