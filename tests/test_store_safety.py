"""What is acknowledged stays: kills, full disks, damage, backups; and files go out and come back the same."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import httpx
import networkx as nx
import pytest
from click.testing import CliRunner
from servers import free_port, wait_for
from test_store import HOSTILE, IRAN, RUSSIA, STORY, TABLES, article, known, quads, says

from kg.cli import main
from kg.errors import InputError, StoreError
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = Path(__file__).resolve().parent.parent
KG = str(Path(sys.executable).with_name("kg"))
KILLS, ARTICLES = 50, 800


def kg(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def filled(where: Path) -> list[str]:
    """Make a store of the story in a folder, and give its quads."""
    with open_store(where) as store:
        for each, claims in STORY:
            store.add(each, claims)
        spoken = says("spoken", IRAN, "alliedWith", RUSSIA)
        store.add(article("spoken", 14), [spoken, says("spoken", known("vladimir-putin"), "visits", IRAN, at=100)])
        store.add(article("spoken", 15, "Example Gazette"), [spoken])  # a second text of the same article
        return quads(store)


@pytest.mark.system
def test_fifty_kills_leave_the_bytes_of_an_undisturbed_load(tmp_path: Path) -> None:
    """Nothing acknowledged is lost, and no article is there by half."""
    path = os.pathsep.join(map(str, (TOP, TOP / "benchmarks", TOP / "tests")))
    done = subprocess.run(
        [sys.executable, str(TOP / "tests" / "kills.py"), str(tmp_path), str(ARTICLES), str(KILLS)],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{KILLS} kills")


FULL_DISK = """
import resource, signal, sys
from test_store import STORY, article, arms
from kg.errors import StoreError
from kg.store import open_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(sys.argv[1]) as store:
    store.add(*STORY[0])
    store.flush()
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        for number in range(1000):
            store.add(article(f"more-{number}"), [arms(f"more-{number}")])
            print(number, flush=True)
        sys.exit("the disk was not full")
    except StoreError as error:
        print(error, flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        import os
        os._exit(0)
"""


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    where = tmp_path / "store"
    path = os.pathsep.join(map(str, (TOP, TOP / "tests")))
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(where)],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *numbers, message = done.stdout.splitlines()
    assert message.startswith(f"{where}: cannot be written (")
    assert message.endswith("free some space, or check the disk")
    with open_store(where) as store:
        assert store.claims("accused") == tuple(STORY[0][1])
        held = [f"more-{number}" for number in numbers]
        assert [name for name in held if not store.claims(name)] == []
        store.add(*STORY[1])


def test_a_damaged_store_says_what_to_do(tmp_path: Path) -> None:
    where = tmp_path / "store"
    filled(where)
    for file in where.glob("*.sst"):
        file.write_bytes(b"\xff" * file.stat().st_size)
    with pytest.raises(StoreError, match="if it is damaged, kg restore a backup, or build it anew"):
        open_store(where)
    code, out, err = kg("query", "contested", "--store", where)
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_a_backup_is_a_store_and_comes_back(tmp_path: Path) -> None:
    where, copy, again = tmp_path / "store", tmp_path / "copies" / "monday", tmp_path / "again"
    before = filled(where)
    (tmp_path / "store.names.csv").write_text("decision,name,entity\n")
    (where / "kg-journal").write_text("{}\n")
    assert kg("backup", copy, "--store", where) == (0, f"{copy}: a copy of {where}\n", "")
    with open_store(where) as store:
        store.forget("accused")
    assert kg("restore", copy, "--store", again) == (0, f"{again}: restored from {copy}\n", "")
    with open_store(again) as store:
        assert quads(store) == before
    assert (tmp_path / "again.names.csv").read_text() == "decision,name,entity\n"
    assert (again / "kg-journal").read_text() == "{}\n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_backup_and_restore_replace_nothing(tmp_path: Path) -> None:
    where, other = tmp_path / "store", tmp_path / "other"
    filled(where)
    other.mkdir()
    (other / "notes.txt").write_text("mine")
    assert "is there already; give a new name" in kg("backup", other, "--store", where)[2]
    assert "something is there already, which restoring would replace" in kg("restore", where, "--store", other)[2]
    assert "a folder of something else" in kg("restore", other, "--store", tmp_path / "new")[2]
    assert "no backup of a store here" in kg("restore", tmp_path / "nowhere", "--store", tmp_path / "new")[2]
    assert "a server, not a folder" in kg("restore", where, "--store", "http://localhost:1/")[2]
    (tmp_path / "kept.names.csv").write_text("mine")
    (tmp_path / "store.names.csv").write_text("old")
    assert kg("restore", where, "--store", tmp_path / "kept")[2].endswith("kept as it is, not as in the backup\n")
    assert (tmp_path / "kept.names.csv").read_text() == "mine"
    with open_store() as memory, pytest.raises(StoreError, match="cannot be written"):
        memory.backup(tmp_path / "copy")
    assert (other / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("ending", [".nq", ".ttl"])
def test_an_export_comes_back_as_the_same_store(tmp_path: Path, ending: str) -> None:
    before = filled(tmp_path / "store")
    file = tmp_path / f"out{ending}"
    assert kg("export", "-o", file, "--store", tmp_path / "store")[0] == 0
    assert kg("import", file, "--store", tmp_path / "new") == (0, f"{tmp_path / 'new'}: 3 articles\n", "")
    with open_store(tmp_path / "new") as store:
        assert quads(store) == before
        assert store.validate() == []
        store.forget("admitted")
        store.add(*STORY[1])
        assert quads(store) == before


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_from_turtle(tmp_path: Path, words: str) -> None:
    with open_store() as first, open_store() as second:
        first.add(
            article("a/../b" + words[:1]), [says("a/../b" + words[:1], TABLES.local(words, "Person"), "opposes", IRAN)]
        )
        first.export(tmp_path / "x.ttl")
        second.load(tmp_path / "x.ttl")
        assert quads(second) == quads(first)


WRONG = [
    pytest.param("x.ttl", lambda s: s.replace(" a gp:Article", " a", 1), r"x\.ttl:\d+: .*; mend", id="Turtle"),
    pytest.param("x.ttl", lambda s: s + "<urn:a> <urn:b> <urn:c> .\n", "nothing of kg has this address", id="foreign"),
    pytest.param("x.ttl", lambda s: s + "[] <urn:b> <urn:c> .\n", "a node without address", id="a blank node"),
    pytest.param("x.nq", lambda s: s + "<urn:a> <urn:b> <urn:c> .\n", r"x\.nq:\d+: no graph of kg", id="no graph"),
    pytest.param("x.nq", lambda s: s.replace('"^^', "^^", 1), r"x\.nq:\d+: .*; mend that line", id="N-Quads"),
    pytest.param("x.trig", lambda s: s, r"no format to read ends in '\.trig'; give \.ttl or \.nq", id="ending"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "message"), WRONG)
def test_a_wrong_file_changes_nothing(tmp_path: Path, name: str, spoil: Callable[[str], str], message: str) -> None:
    filled(tmp_path / "store")
    file = tmp_path / name
    with open_store(tmp_path / "store") as store:
        store.export(file)
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    with open_store(tmp_path / "new") as store:
        before = quads(store)
        with pytest.raises(InputError, match=message):
            store.load(file)
        assert quads(store) == before


def test_an_import_never_mixes(tmp_path: Path) -> None:
    filled(tmp_path / "store")
    with open_store(tmp_path / "store") as store:
        store.export(tmp_path / "x.nq")
        with pytest.raises(StoreError, match="holds articles already, which an import would mix up"):
            store.load(tmp_path / "x.nq")
    assert "no such file" in kg("import", tmp_path / "no.ttl", "--store", tmp_path / "new")[2]
    assert not (tmp_path / "new").exists()


def test_edges_have_status_and_counts(tmp_path: Path) -> None:
    filled(tmp_path / "store")
    for ending in ("csv", "graphml"):
        assert kg("export", "-o", tmp_path / f"edges.{ending}", "--store", tmp_path / "store")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "edges.csv").read_text(encoding="utf-8"))))
    [missiles] = [row for row in rows if row["kind"] == "ballistic-missile"]
    assert {name: missiles[name] for name in ("subject_label", "relation", "object_label", "status")} == {
        "subject_label": "Iran", "relation": "suppliesArmsTo", "object_label": "Russia", "status": "Contested",
    }  # fmt: skip
    counts = [missiles[name] for name in ("supporters", "deniers", "sources", "articles", "claims")]
    assert counts == ["2", "2", "4", "2", "3"]
    assert (missiles["first_seen"], missiles["last_seen"]) == ("2024-09-10", "2024-09-12")
    graph = nx.read_graphml(tmp_path / "edges.graphml", force_multigraph=True)
    assert len(graph.edges) == len(rows)
    assert graph.edges[IRAN.iri, RUSSIA.iri, missiles["case"]]["status"] == "Contested"
    assert graph.nodes[IRAN.iri]["label"] == "Iran"


def test_edges_go_to_gephi_and_neo4j(tmp_path: Path) -> None:
    filled(tmp_path / "store")
    for name in ("edges.csv", "edges.gexf", "edges.zip", "again.gexf", "again.zip"):
        assert kg("export", "-o", tmp_path / name, "--store", tmp_path / "store")[0] == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "edges.csv").read_text(encoding="utf-8"))))
    for ending in ("gexf", "zip"):
        assert (tmp_path / f"edges.{ending}").read_bytes() == (tmp_path / f"again.{ending}").read_bytes()
    assert b"lastmodified" not in (tmp_path / "edges.gexf").read_bytes()
    graph = nx.read_gexf(tmp_path / "edges.gexf")
    assert (len(graph.edges), graph.nodes[IRAN.iri]["label"]) == (len(rows), "Iran")
    with zipfile.ZipFile(tmp_path / "edges.zip") as archive:
        nodes, ties = (
            list(csv.DictReader(archive.read(f"{name}.csv").decode().splitlines()))
            for name in ("nodes", "relationships")
        )
    assert {each[":ID"] for each in nodes} == {tie[end] for tie in ties for end in (":START_ID", ":END_ID")}
    assert {each["label"]: each[":LABEL"] for each in nodes}["Iran"] == "Entity"
    [missiles] = [tie for tie in ties if tie["kind"] == "ballistic-missile"]
    assert [missiles[name] for name in (":TYPE", "status", "claims:int", "last_seen:date")] == [
        "suppliesArmsTo", "Contested", "3", "2024-09-12",
    ]  # fmt: skip


def test_an_empty_store_has_no_edges(tmp_path: Path) -> None:
    with open_store() as store:
        for ending in ("csv", "graphml", "gexf", "zip"):
            store.export(tmp_path / f"x.{ending}")
    assert (tmp_path / "x.zip").stat().st_size > 0


@pytest.mark.parametrize("words", [*HOSTILE, "=HYPERLINK(1)"])
def test_hostile_words_stay_words_in_edges(tmp_path: Path, words: str) -> None:
    with open_store() as store:
        store.add(article("a"), [says("a", TABLES.local(words, "Person"), "opposes", IRAN)])
        store.export(tmp_path / "x.csv")
        for ending in ("graphml", "gexf", "zip"):
            store.export(tmp_path / f"x.{ending}")
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert len(archive.read("nodes.csv").decode().splitlines()) == len(archive.read("nodes.csv").split(b"\n")) - 1
        assert len(archive.read("nodes.csv").splitlines()) == 1 + 2
    assert ET.parse(tmp_path / "x.gexf")  # noqa: S314 - our own file
    [row] = csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8"), newline=""))
    assert row["subject_label"].lstrip("'")[:1] == words.lstrip("'")[:1]
    assert not row["subject_label"].startswith("=")
    assert ET.parse(tmp_path / "x.graphml")  # noqa: S314 - our own file


def test_serve_answers_on_this_machine_and_only_reads(tmp_path: Path) -> None:
    where, port = tmp_path / "store", free_port()
    filled(where)
    command = [KG, "serve", "--store", str(where), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            assert server.stdout
            assert server.stdout.readline() == f"Endpoint:   http://127.0.0.1:{port}/query\n"
            asked = {"query": "ASK { ?iran <https://w3id.org/geopolitics-kg/ontology#suppliesArmsTo> ?russia }"}
            assert httpx.post(f"http://127.0.0.1:{port}/query", data=asked).json()["boolean"] is True
            update = httpx.post(f"http://127.0.0.1:{port}/update", data={"update": "CLEAR ALL"})
            assert update.is_client_error
            page = httpx.get(f"http://127.0.0.1:{port}/")
            assert "http://" not in page.text
            assert "https://" not in page.text
            with open_store(where) as store:  # others may write meanwhile
                store.forget("accused")
            second = subprocess.run(command, capture_output=True, text=True, check=False)
            assert second.returncode == 1
            assert f"the server on port {port} ended" in second.stderr
        finally:
            server.terminate()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_serve_needs_a_store(tmp_path: Path) -> None:
    assert kg("serve", "--store", tmp_path / "none")[0] == 1
    assert kg("serve", "--store", "http://localhost:1/")[0] == 2
