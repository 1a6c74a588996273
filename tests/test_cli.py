"""The commands as a user meets them: what they print, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg.cli import main

if TYPE_CHECKING:
    from click.testing import Result

TOP = Path(__file__).resolve().parent.parent
ARTICLES = TOP / "data" / "articles"
SAMPLE = ARTICLES / "fr-iran-missiles-blinken.txt"
KG = str(Path(sys.executable).with_name("kg"))
HEAVY = {"spacy", "rdflib", "pandas", "networkx", "pyvis", "trafilatura", "py3langid", "rich", "numpy", "pyshacl"}


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin, catch_exceptions=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("news") / "store"
    assert run("build", *sorted(ARTICLES.glob("*-iran-missiles-*")), "--store", where).exit_code == 0
    return where


def test_help_answers_at_once() -> None:
    def seconds(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - start

    bare = min(seconds(sys.executable, "-c", "import click") for _ in range(5))
    assert min(seconds(KG, "--help") for _ in range(5)) < 0.2 + 2 * bare


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, kg\nfrom kg.cli import main\nmain(['--help'], standalone_mode=False)\nprint(sorted(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert {module.split(".")[0] for module in shown.splitlines()[-1].split("'")} & HEAVY == set()


def test_extract_loads_nothing_that_it_does_not_need() -> None:
    """Most of what one article takes is loading."""
    code = f"""import sys
from kg.cli import main
main(["extract", {str(SAMPLE)!r}], standalone_mode=False)
print(sorted(sys.modules))"""
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    loaded = {module.split(".")[0] for module in shown.splitlines()[-1].split("'")}
    assert loaded & (HEAVY - {"spacy", "numpy", "rich"}) == set()


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0


def test_extract_prints_one_claim_a_line_in_the_words_of_the_article() -> None:
    result = run("extract", SAMPLE)
    assert (result.exit_code, result.stderr) == (0, "")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    assert claims
    text = SAMPLE.read_text(encoding="utf-8").split("\n\n", 1)[1]
    for claim in claims:
        assert claim["article"] == "fr-iran-missiles-blinken"
        if claim["in"] == "text":
            passage = claim["passage"]
            assert text[passage["start"] : passage["end"]] == passage["text"]


@pytest.mark.parametrize("layer", ["claims", "attributions", "triples"])
def test_extract_reads_standard_input(layer: str) -> None:
    article = json.dumps({"id": "x", "text": "Selon Londres, l’Iran a livré des missiles à la Russie."})
    result = run("extract", "-", "--layer", layer, stdin=article)
    assert (result.exit_code, result.stderr) == (0, "")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {record["article"] for record in records} == {"x"}


def test_extract_goes_on_after_a_broken_input(tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    result = run("extract", broken, tmp_path / "none.txt", SAMPLE)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"kg: {broken}: binary, not text (NUL at byte 0); give text, HTML or JSONL",
        f"kg: {tmp_path}/none.txt: no such file or folder; check the path",
    ]
    assert result.stdout == run("extract", SAMPLE).stdout


def test_extract_gives_the_same_bytes_whatever_the_environment(tmp_path: Path) -> None:
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C"}
    once = subprocess.run([KG, "extract", SAMPLE], check=True, capture_output=True, env=bare).stdout
    seeded = {**bare, "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "latin-1"}
    assert once == subprocess.run([KG, "extract", SAMPLE], check=True, capture_output=True, env=seeded).stdout
    assert once.decode() == run("extract", SAMPLE).stdout


def test_a_reader_that_leaves_is_no_failure_to_shout_about() -> None:
    with subprocess.Popen([KG, "extract", SAMPLE], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_build_prints_a_summary(store: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    (tmp_path / "style.css").write_text("a {}")
    shutil.copy(SAMPLE, tmp_path)
    where = tmp_path / "store"
    result = run("build", tmp_path, "--store", where)
    assert result.exit_code == 1
    assert result.stderr == f"kg: {tmp_path}/bad.txt: empty; give an article with text\n"
    assert "Articles" in result.stdout
    assert "1 stored, 1 failed" in result.stdout
    assert ".css" in result.stdout
    assert "suppliesArmsTo" in result.stdout
    assert store.exists()


def test_the_store_can_be_named_by_the_environment(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(store))
    assert run("query", QUERY).exit_code == 0


def test_validate_finds_a_store_in_order(store: Path, tmp_path: Path) -> None:
    where = tmp_path / "store"
    shutil.copytree(store, where)
    result = run("validate", "--store", where)
    assert (result.exit_code, result.stdout) == (0, f"{where}: everything is as it should be\n")


def test_query_by_name_and_with_a_value(store: Path) -> None:
    assert "gp:suppliesArmsTo" in run("query", "contested", "--store", store).stdout
    asked = ("query", "SELECT ?o { ?s gp:suppliesArmsTo ?o }", "--store", store, "--format", "csv")
    assert "entity/russia" in run(*asked, "--param", "s=ent:iran").stdout
    assert run(*asked, "--param", "s=ent:russia").stdout == "o\n"
    assert run(*asked, "--param", "s").exit_code == 2


QUERY = "SELECT ?s ?o { ?s gp:suppliesArmsTo ?o }"


def test_query_as_table_csv_and_json(store: Path) -> None:
    table = run("query", QUERY, "--store", store)
    assert table.exit_code == 0
    assert "ent:iran" in table.stdout
    rows = list(csv.reader(io.StringIO(run("query", QUERY, "--store", store, "--format", "csv").stdout)))
    assert rows[0] == ["s", "o"]
    assert ["https://w3id.org/geopolitics-kg/entity/iran", "https://w3id.org/geopolitics-kg/entity/russia"] in rows
    answer = json.loads(run("query", "-", "--store", store, "--format", "json", stdin=QUERY).stdout)
    assert answer["head"]["vars"] == ["s", "o"]
    assert answer["results"]["bindings"][0]["s"]["type"] == "uri"
    assert len(answer["results"]["bindings"]) == len(rows) - 1


def test_query_with_literals_and_yes_or_no(store: Path) -> None:
    query = 'SELECT (1 AS ?n) ("Été"@fr AS ?l) ("x" AS ?t) {}'
    (row,) = json.loads(run("query", query, "--store", store, "--format", "json").stdout)["results"]["bindings"]
    assert row["n"] == {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert row["l"] == {"type": "literal", "value": "Été", "xml:lang": "fr"}
    assert row["t"]["value"] == "x"
    ask = run("query", "ASK { ?a a gp:Article }", "--store", store, "--format", "json").stdout
    assert json.loads(ask)["boolean"] is True


@pytest.mark.parametrize(
    ("lang", "contested", "denies"), [("en", "contested", "denied by Iran"), ("fr", "contesté", "démenti par Iran")]
)
def test_explain_names_those_who_say_so_and_those_who_deny(store: Path, lang: str, contested: str, denies: str) -> None:
    result = run("explain", "Téhéran", "suppliesArmsTo", "Russia", "--store", store, "--lang", lang)
    assert result.exit_code == 0
    assert contested in result.stdout
    assert denies in result.stdout
    assert "fr-iran-missiles-blinken" in result.stdout


def test_explain_tells_when_nobody_says_so(store: Path) -> None:
    result = run("explain", "Russie", "sanctions", "Iran", "--store", store)
    assert result.exit_code == 0
    assert result.stdout.startswith("No claim found that Russie sanctions Iran.")


def test_export_and_view_write_files(store: Path, tmp_path: Path) -> None:
    for name in ("a.ttl", "a.trig", "a.nq", "a.jsonld"):
        assert run("export", "--store", store, "-o", tmp_path / name).exit_code == 0
        assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param([], "a.html: {n} relations between", id="everything"),
        pytest.param(["--lang", "fr"], "a.html : {n} relations entre", id="in French"),
        pytest.param(["--about", "Kremlin", "--hops", "2"], " of {n} relations", id="two hops"),
        pytest.param(["--status", "contested", "--relation", "supports"], "a.html: 1 of {n} relations", id="contested"),
        pytest.param(["--since", "2031"], "a.html: an empty page: none of {n} relations", id="nothing is left"),
        pytest.param(["--min-sources", "9", "--lang", "fr"], "a.html : une page vide", id="nothing, in French"),
    ],
)
def test_a_page_is_written_and_told(store: Path, tmp_path: Path, asked: list[str], told: str) -> None:
    done = run("view", "--store", store, "-o", tmp_path / "a.html", *asked)
    count = run("query", "SELECT (COUNT(?s) AS ?n) { ?s a gp:Statement }", "--format", "csv", "--store", store)
    assert (done.exit_code, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert told.format(n=count.stdout.split()[1]) in done.stdout
    assert "<html" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_page_without_a_name_is_named_after_store_and_actor_and_opened(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or len(opened) == 1)
    done = run("view", "--store", store, "--about", "Iran", "--open")
    assert done.stdout.startswith(f"{store.name}-iran.html: ")
    assert opened == [(tmp_path / f"{store.name}-iran.html").as_uri()]
    again = run("view", "--store", store, "--open")
    assert again.exit_code == 0
    assert again.stderr == f"kg: {store.name}.html: no browser found; open the file in one\n"


def test_a_picture_is_drawn_without_a_browser(store: Path, tmp_path: Path) -> None:
    for name, begins in (("a.svg", b"<?xml"), ("a.png", b"\x89PNG")):
        done = run("view", "--store", store, "--about", "Iran", "-o", tmp_path / name)
        assert (done.exit_code, done.stderr) == (0, "")
        assert f"{name}: " in done.stdout
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_empty_store_gives_a_friendly_page(tmp_path: Path) -> None:
    (tmp_path / "none.txt").write_text("Nothing happened.")
    run("build", tmp_path / "none.txt", "--store", tmp_path / "store")
    done = run("view", "--store", tmp_path / "store", "-o", tmp_path / "a.html")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "no claim in the store yet" in done.stdout


def test_persons_count_for_their_state_with_a_switch_that_says_so(store: Path, tmp_path: Path) -> None:
    plain, rolled = (run("query", "cases-of", "--store", store, *extra) for extra in ([], ["--roll-up"]))
    assert (plain.exit_code, plain.stderr, rolled.exit_code) == (0, "", 0)
    assert rolled.stderr.startswith("kg: cases-of-rolled-up: ")
    assert rolled.stdout == run("query", "cases-of-rolled-up", "--store", store).stdout != plain.stdout
    assert run("view", "--roll-up", "--store", store, "-o", tmp_path / "a.html").exit_code == 0


def test_forget_removes_an_article(store: Path, tmp_path: Path) -> None:
    where = tmp_path / "store"
    run("build", SAMPLE, "--store", where)
    assert run("forget", SAMPLE.stem, "--store", where).exit_code == 0
    assert "false" in run("query", "ASK { ?a a gp:Article }", "--store", where).stdout.lower()
    assert run("forget", SAMPLE.stem, "--store", where).exit_code == 2
    assert store.exists()


MISTAKES = [
    pytest.param(["extract"], 2, "Missing argument 'PATH…'", id="no path"),
    pytest.param(["extract", "a", "--layer", "facts"], 2, "'facts' is not one of", id="unknown layer"),
    pytest.param(
        ["query", QUERY, "--store", "{tmp}/none"], 1, "kg: {tmp}/none: no store here; make one", id="no store"
    ),
    pytest.param(["query", "SELECT", "--store", "{store}"], 2, "kg: ", id="syntax error in a query"),
    pytest.param(
        ["query", "contestd", "--store", "{store}"], 2, "kg: contestd: no query of that name; ", id="query name"
    ),
    pytest.param(
        ["query", "contested", "--roll-up", "--store", "{store}"],
        2,
        "kg: contested: no query that counts persons",
        id="no such query rolled up",
    ),
    pytest.param(["explain", "Iran", "suppliesArms", "Russia", "--store", "{store}"], 2, "did you mean", id="relation"),
    pytest.param(
        ["explain", "Zorglub", "sanctions", "Iran", "--store", "{store}"], 2, "kg: Zorglub: nobody", id="name"
    ),
    pytest.param(
        ["explain", "Iran", "sanctions", "Iran", "--lang", "xx", "--store", "{store}"], 2, "choose", id="language"
    ),
    pytest.param(["forget", "../x", "--store", "{store}"], 2, "kg: ../x: no article of that id", id="unknown article"),
    pytest.param(["export", "-o", "{tmp}/a.doc", "--store", "{store}"], 2, ".ttl", id="unknown ending"),
    pytest.param(["export", "-o", "{tmp}/no/a.ttl", "--store", "{store}"], 1, "kg: {tmp}/no", id="no such folder"),
    pytest.param(
        ["view", "-o", "{tmp}/no/a.html", "--store", "{store}"], 2, "kg: {tmp}/no", id="no such folder for a page"
    ),
    pytest.param(["view", "-o", "{tmp}/a.doc", "--store", "{store}"], 2, ": nothing has that ending; ", id="no ending"),
    pytest.param(["view", "--hops", "2", "--store", "{store}"], 2, "--hops goes with --about", id="hops from nobody"),
    pytest.param(["view", "--about", "Iraan", "--store", "{store}"], 2, "kg: Iraan: nobody", id="a view of nobody"),
    pytest.param(["view", "--status", "true", "--store", "{store}"], 2, "kg: true: no such status; ", id="a status"),
    pytest.param(["view", "--since", "soon", "--store", "{store}"], 2, "kg: since soon: no date; ", id="no date"),
    pytest.param(["validate", "--store", "{tmp}"], 1, "kg: {tmp}", id="a folder that is no store"),
]


@pytest.mark.parametrize(("args", "status", "message"), MISTAKES)
def test_a_mistake_is_one_line_and_no_traceback(
    store: Path, tmp_path: Path, args: list[str], status: int, message: str
) -> None:
    (tmp_path / "notes.txt").write_text("not a store")
    places = {"store": str(store), "tmp": str(tmp_path)}
    result = run(*(arg.format(**places) if "{s" in arg or "{t" in arg else arg for arg in args))
    assert (result.exit_code, result.stdout) == (status, "")
    assert message.format(**places) in result.stderr
    if "Usage" not in result.stderr:
        assert result.stderr.count("\n") == 1
