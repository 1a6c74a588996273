"""The graph in a notebook: answers are tables with Python values, pages are closed off."""

from __future__ import annotations

import datetime as dt
import html
import pickle
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import networkx as nx
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.colors import to_hex

import kg
from kg import plots
from kg.model import Case, Entity, Source, Statement
from kg.network import network
from kg.notebook import Explanation, Page
from kg.plots import colours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))

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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_as_jupyterlab_writes_it_and_empty(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    book = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert nbformat.writes(book) + "\n" == text
    assert set(book.metadata) == {"kernelspec", "language_info"}
    assert [cell.id for cell in book.cells if cell.metadata or cell.get("outputs") or cell.get("execution_count")] == []


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 5


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


def test_claims_are_listed_once_with_names_addresses_and_dates(graph: kg.Graph) -> None:
    found = graph.claims(relation="livre des armes à", lang="fr")
    assert found["claim"].is_unique
    assert list(found["date"]) == [dt.date(2024, 9, 10)] * len(found)
    [accused, denied] = found[["speaker", "stance", "position", "object", "kind"]].to_dict("records")
    assert accused == {
        "speaker": "États-Unis",
        "stance": "affirme",
        "position": "pour",
        "object": "Russie",
        "kind": "missile",
    }
    assert denied == accused | {"speaker": "Iran", "stance": "nie", "position": "contre"}
    assert set(found["object_iri"]) == {"https://w3id.org/geopolitics-kg/entity/russia"}
    assert "suppliesArmsTo" in found.view("fr").html


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param({}, 3, id="all"),
        pytest.param({"about": "Russie"}, 2, id="about, in French"),
        pytest.param({"about": "ent:russia"}, 2, id="about, by address"),
        pytest.param({"about": "Q794"}, 3, id="about, by Wikidata number"),
        pytest.param({"speaker": "United States"}, 1, id="speaker"),
        pytest.param({"relation": "supports"}, 2, id="a relation and those below it"),
        pytest.param({"speaker": "Téhéran", "about": "Russia", "relation": "supports"}, 1, id="all at once"),
        pytest.param({"since": "2024", "until": "2024-09"}, 3, id="within dates"),
        pytest.param({"since": dt.date(2024, 9, 11)}, 0, id="after"),
        pytest.param({"until": "2023"}, 0, id="before"),
    ],
)
def test_claims_are_filtered(graph: kg.Graph, asked: dict[str, str], count: int) -> None:
    assert len(graph.claims(**asked)) == count


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        pytest.param(lambda g: g.claims(about="Irann"), "did you mean Iran", id="name"),
        pytest.param(lambda g: g.claims(speaker="Rusie"), "did you mean Russie", id="speaker"),
        pytest.param(lambda g: g.claims(about="ent:irann"), "did you mean", id="address"),
        pytest.param(lambda g: g.claims(relation="supplyArms"), "did you mean suppliesArmsTo", id="relation"),
        pytest.param(lambda g: g.claims(since="hier"), "write it as 2024", id="date"),
        pytest.param(lambda g: g.timeline("Iran", "Rusie"), "did you mean Russie", id="time line"),
        pytest.param(lambda g: g.contested(lang="xx"), "choose among en, fr", id="language"),
        pytest.param(lambda g: g.plot_timeline("Iran", "Russie", lang="xx"), "choose among en, fr", id="plot"),
    ],
)
def test_what_is_unknown_is_told_with_the_nearest(
    graph: kg.Graph, ask: Callable[[kg.Graph], object], what: str
) -> None:
    with pytest.raises(kg.KgError, match=what):
        ask(graph)


def test_rejected_claims_count_nowhere_and_verdicts_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    with kg.open(tmp_path / "news") as graph:
        graph.add(file)
        denied, accused = (
            graph.claims(speaker=name, relation="suppliesArmsTo")["claim"][0] for name in ("Iran", "Q30")
        )
    rows = (f"{denied.rsplit('/', 1)[-1]},reject,", f"{accused.rsplit('/', 1)[-1]},confirm,read twice")
    (tmp_path / "news.verdicts.csv").write_text("claim,verdict,note\n" + "".join(f"claim:{row}\n" for row in rows))
    with kg.open(tmp_path / "news") as graph:
        left = graph.claims(relation="suppliesArmsTo", lang="fr")
        assert left["claim"].to_list() == [accused]
        assert left["verdict"].to_list() == ["confirmée par l’analyste · remarque de l’analyste : read twice"]
        assert graph.contested().empty
        assert len(graph.plot_timeline("Iran", "Russia").figure.axes[0].patches) == 1


def test_contested_cases_name_both_sides(graph: kg.Graph) -> None:
    found = graph.contested(about="Téhéran", lang="fr")
    assert [*found.columns][:3] == ["subject", "relation", "object"]
    missile = found[found["kind"] == "missile"].iloc[0]
    assert missile[["says_so", "denies_it", "supporters", "deniers"]].to_list() == ["États-Unis", "Iran", 1, 1]
    assert missile["first_seen"] == dt.date(2024, 9, 10)
    assert graph.contested(about="France").empty


def test_a_time_line_counts_persons_for_their_state(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "date: 2024-09-10\n\nAntony Blinken a accusé l’Iran. Les États-Unis ont sanctionné Téhéran. "
        "Paris a condamné Téhéran.\n"
    )
    with kg.open() as graph:
        graph.add(file)
        found = graph.timeline("Iran", "États-Unis", lang="fr")
        assert found[["subject", "relation", "object", "through"]].astype(object).fillna("").to_numpy().tolist() == [
            ["États-Unis", "accuse", "Iran", "Antony Blinken"],
            ["États-Unis", "sanctionne", "Iran", ""],
        ]
        assert graph.timeline("États-Unis", "Iran", lang="fr").equals(found)
        assert graph.timeline("États-Unis", "Iran", until="2024-08").empty


def test_networkx_gets_plain_values_that_graphml_can_hold(graph: kg.Graph, tmp_path: Path) -> None:
    made = graph.to_networkx(lang="fr")
    iran, russia = (f"https://w3id.org/geopolitics-kg/entity/{name}" for name in ("iran", "russia"))
    assert made.nodes[russia] == {
        "label": "Russie", "label_en": "Russia", "label_fr": "Russie", "class": "State", "known": True, "qid": "Q159",
    }  # fmt: skip
    edge = dict(made.edges[iran, russia, "suppliesArmsTo"])
    assert edge.pop("statement").startswith("https://w3id.org/geopolitics-kg/statement/")
    assert edge == {
        "label": "livre des armes à", "relation": "suppliesArmsTo", "quad": "material-cooperation", "symmetric": False,
        "status": "Contested", "kinds": "missile", "cases": 1, "sources": 2, "articles": 1, "claims": 2,
        "first": "2024-09-10", "last": "2024-09-10",
    }  # fmt: skip
    nx.write_graphml(made, tmp_path / "graph.graphml")
    back = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(made.nodes(data=True))
    assert set(back.edges(keys=True)) == set(made.edges(keys=True))


def test_networkx_gets_what_concerns_one_actor(graph: kg.Graph) -> None:
    assert {edge["relation"] for *_, edge in graph.to_networkx(about="Russie").edges(data=True)} == {"suppliesArmsTo"}


def test_names_that_xml_cannot_hold_are_cleaned() -> None:
    ends = (Entity(f"urn:{name}", f"{name}\x00<b>", "Unresolved") for name in "ab")
    made = network([Statement("urn:s", next(ends), "accuses", next(ends))], roll_up=True)
    assert made.nodes["urn:a"]["label"] == "a\ufffd<b>"
    assert list(nx.generate_graphml(made))


def test_a_time_line_is_drawn_above_and_below_its_axis(graph: kg.Graph) -> None:
    plot = graph.plot_timeline("Iran", "Russie", lang="fr")
    assert repr(plot) == "Plot(title='Iran et Russie : coopération et conflit')"
    [axes] = plot.figure.axes
    assert {bar.get_height() for bar in axes.patches} == {1}
    assert [bar.get_hatch() for bar in axes.patches] == [None, "////"]
    assert to_hex(axes.patches[0].get_facecolor()) == colours()["material-cooperation"]
    shown = [text.get_text() for text in axes.get_legend().get_texts()]
    assert shown == ["coopération matérielle", "affirmé", "démenti"]
    below = graph.plot_timeline("United States", "Iran", step="year").figure.axes[0]
    assert [bar.get_height() for bar in below.patches] == [-1]
    assert "articles by year" in below.get_ylabel()


def test_a_plot_is_the_same_twice_and_can_be_saved(graph: kg.Graph, tmp_path: Path) -> None:
    once, twice = (graph.plot_contested(lang="fr")._repr_png_() for _ in range(2))
    assert once == twice
    assert once.startswith(b"\x89PNG")
    for name in ("a.png", "a.svg", "a.pdf"):
        graph.plot_timeline("Iran", "Russie").save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 5000
    with pytest.raises(kg.KgError, match=r"write to a \.png"):
        graph.plot_timeline("Iran", "Russie").save(tmp_path / "a.doc")


def test_names_in_a_plot_are_text_and_no_formula() -> None:
    source = Source("urn:s", "$\\frac{1}{$ <b>", "third party", "for")
    plot = plots.contested([("$x^$ says", Case("urn:c", "Contested", sources=(source,)))])
    assert plot._repr_png_().startswith(b"\x89PNG")


def test_where_there_is_nothing_the_plot_says_so(graph: kg.Graph) -> None:
    for plot in (graph.plot_timeline("Iran", "France"), graph.plot_contested(about="France")):
        [text] = plot.figure.axes[0].texts
        assert text.get_text() in {"Nothing is told between Iran and France.", "Nothing is contested."}


@pytest.fixture
def shell(graph: kg.Graph) -> Iterator[InteractiveShell]:
    main = sys.modules["__main__"]  # a shell takes its place, and processes started later would look for it
    found = InteractiveShell.instance()
    found.run_line_magic("load_ext", "kg")
    found.user_ns.update(graph=graph, day=dt.date(2024, 9, 10))
    yield found
    found.reset(new_session=False)
    InteractiveShell.clear_instance()
    sys.modules["__main__"] = main


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
        pytest.param("--lang xx contested", "xx: no messages in that language; choose among en, fr", id="no language"),
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
    assert shown.startswith(
        '<iframe sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
    )
    assert html.escape(page.html, quote=True) in shown
    page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page.html
    page.save(tmp_path / "page.svg")
    assert "Qui dit quoi de qui" in (tmp_path / "page.svg").read_text(encoding="utf-8")


def test_view_draws_what_is_asked_for(graph: kg.Graph) -> None:
    assert "suppliesArmsTo" in graph.view(about="Moscou", hops=2, status="contesté").html
    assert '"since":"2031-01-01","statements":0,' in graph.view(since="2031").html
    with pytest.raises(kg.KgError, match="did you mean attacks"):
        graph.view(relation="attcks")


def test_a_page_cannot_leave_its_frame() -> None:
    assert '"' not in Page('"><script>alert(1)</script>')._repr_html_().split('srcdoc="')[1].removesuffix('"></iframe>')


def test_a_graph_on_disk_is_there_again_and_reads_only_what_is_new(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    with kg.open(tmp_path / "news") as graph:
        assert graph.add(file).articles == 1
    with kg.open(tmp_path / "news") as graph:
        again = graph.add(file)
        assert (again.articles, again.unchanged) == (0, 1)
        assert again.contested
        assert len(graph.sparql("SELECT ?a { ?a a gp:Article }")) == 1
