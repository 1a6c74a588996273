"""Unknown names are listed with those whom they may mean, and decisions on them are written as the commands say."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg import actors
from kg.cli import main
from kg.errors import InputError
from kg.lookup import short
from kg.unresolved import Finder, Unresolved

if TYPE_CHECKING:
    from pathlib import Path

NEWS = (
    "Zorglub Industries a livré des missiles à la Russie. Des manifestants ont condamné Zorglub Industries. "
    "L’Iran a condamné Volodymir Zelenskii."
)
EVIL = "Le groupe Z\x1b[31m'\" <b> } a condamné l’Iran."


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(actors.load())


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        pytest.param("Azerbaidjian", ["ent:azerbaijan"], id="a letter too many"),
        pytest.param("Emanuel Macron", ["ent:emmanuel-macron"], id="one wanting"),
        pytest.param("Orban Viktor", ["ent:viktor-orban"], id="surname first"),
        pytest.param("Otan", ["ent:nato"], id="an acronym in small letters"),
        pytest.param("United Nation", ["ent:united-nations"], id="singular"),
        pytest.param("Bachar al Assad", ["ent:bashar-al-assad"], id="without a hyphen"),
        pytest.param("Zorglub", [], id="nobody is near"),
        pytest.param("Ambazonia", [], id="one part sounds otherwise"),
        pytest.param("Giorgia", [], id="a first name"),
        pytest.param("Rosatom Overseas", [], id="a part too many"),
        pytest.param("Macron Industries", [], id="one part is far"),
        pytest.param("Zambia Airways", [], id="a part is somebody else"),
        pytest.param("«—»", [], id="no letters"),
        pytest.param("", [], id="nothing"),
        pytest.param(".*|[(", [], id="a pattern is only a text"),
    ],
)
def test_who_is_proposed(finder: Finder, text: str, proposed: list[str]) -> None:
    assert [short(each.entity.iri) for each in finder.candidates(text)] == proposed


CONFUSED = [
    ("Austria", "Australia"), ("Autriche", "Australie"), ("Niger", "Nigeria"), ("Hama", "Hamas"), ("Iran", "Iraq"),
    ("Irak", "Iran"), ("Mali", "Malta"), ("Slovakia", "Slovenia"), ("Slovaquie", "Slovénie"), ("Gambia", "Zambia"),
    ("Gambie", "Zambie"), ("Dominica", "Dominican Republic"), ("Guinea", "Guyana"), ("Mauritius", "Mauritania"),
    ("Maurice", "Mauritanie"), ("Sudan", "South Sudan"), ("Serbia", "Siberia"), ("Liberia", "Libya"),
    ("Latvia", "Lithuania"), ("Khamenei", "Khomeini"), ("Chad", "China"), ("Tchad", "Tchétchénie"),
]  # fmt: skip


@pytest.mark.parametrize("pair", CONFUSED, ids=" or ".join)
def test_one_is_never_proposed_for_the_other(finder: Finder, pair: tuple[str, str]) -> None:
    first, second = ({short(each.entity.iri) for each in finder.candidates(text, 99)} for text in pair)
    assert not first & second


@pytest.mark.parametrize(
    ("name", "is_name"),
    [
        ("Zorglub", True), ("Société de la Zorg", True), ("Abul al-Gheit", True), ("des manifestants", False),
        ("Des manifestants", False), ("les autorités de Zorg", False), ("Brigade 12", True), ("", False),
        ("Officials", False), ("Lundi", False), ("Manifestants", False), ("Scalia", True),
    ],
)  # fmt: skip
def test_names_are_told_from_descriptions(name: str, *, is_name: bool) -> None:
    assert Unresolved("x", name, "Person", 1, ()).is_name is is_name


def run(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    (folder / "news").mkdir()
    (folder / "news" / "a.txt").write_text(NEWS)
    (folder / "news" / "b.txt").write_text(EVIL)
    assert run("build", folder / "news", "--store", folder / "store")[0] == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_unknown_names_are_listed_with_sentences_and_candidates(folder: Path) -> None:
    status, shown, told = run("actors", "--store", folder / "store")
    assert (status, told) == (0, "")
    assert "    2  Zorglub Industries (organisation)\n       “Zorglub Industries a livré" in shown
    assert "\x1b" not in shown
    assert "manifestants (" not in shown
    assert "anifestants (" in run("actors", "--store", folder / "store", "--all")[1]
    _, shown, _ = run("actors", "--store", folder / "store", "-n", "1", "--lang", "fr")
    assert shown.startswith("    2  Zorglub Industries (organisation)\n       « Zorglub")
    assert "(--limit " in shown or "Décidez" in shown


def test_all_that_is_known_of_one_is_shown(folder: Path) -> None:
    run("actors", "merge", "Zorglub Industries", "Rosatom", "--note", "a test", "--store", folder / "store")
    status, shown, _ = run("actors", "show", "Rosatom", "--store", folder / "store")
    assert status == 0
    for said in (
        "Rosatom (ent:rosatom)",
        "class: company",
        "Zorglub Industries",
        "merge,Zorglub Industries,",
        "line 2",
    ):
        assert said in shown, said
    _, shown, _ = run("actors", "show", "Macron", "--lang", "fr", "--store", folder / "store")
    assert "chef de l’État : France (ent:france) (2017-05-14 – " in shown
    assert "Wikidata: Q3052772" in shown
    _, shown, _ = run("actors", "show", "Russie", "--store", folder / "none")
    for said in ("Kremlin", "Moscow (ent:moscow)", "head of state: Vladimir Putin", "names (fr): Fédération de Russie"):
        assert said in shown, said
    assert run("actors", "show", "Congo", "--store", folder / "none")[1].count("class: state") == 2


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("NATO", "en", "  members:\n    since 1949-04-04: Belgium, Canada"),
        ("ent:france", "fr", "  membre de:"),
        ("ent:france", "fr", "    depuis 1949-04-04 : OTAN\n"),
        ("ent:african-union", "en", "    2013-07-05 – 2014-06-17 (suspended): Egypt\n"),
    ],
)
def test_members_are_shown_with_their_dates(name: str, lang: str, said: str) -> None:
    assert said in run("actors", "show", name, "--lang", lang)[1]


def test_what_the_store_has_on_an_unknown_name_is_shown(folder: Path) -> None:
    assert run("actors", "show", "zorglub industries", "--store", folder / "store")[1].startswith("    2  Zorglub Ind")
    status, _, told = run("actors", "show", "Zorglub Industrie", "--store", folder / "store")
    assert (status, "did you mean Zorglub Industries?" in told) == (2, True)


COMMANDS = [
    pytest.param(["merge", "Zorg", "Russie", "--lang", "fr"], "merge,Zorg,fr,ent:russia,,,,", id="merge"),
    pytest.param(["merge", "ent:gru", "Q159"], "merge,ent:gru,,ent:russia,,,,", id="merge entities"),
    pytest.param(["split", "Moscou", "ent:moscow", "--note", "a, b"], 'split,Moscou,,ent:moscow,,,,"a, b"', id="split"),
    pytest.param(
        ["split", "Moscou", "ent:moscow", "--lang", "fr", "--into", "Iran"],
        "split,Moscou,fr,ent:moscow,,,,\nmerge,Moscou,fr,ent:iran,,,,",
        id="split into",
    ),
    pytest.param(["rename", "Iran", "--fr", "Perse"], "rename,,,ent:iran,,Perse,,", id="rename"),
    pytest.param(
        ["add", "Zorg", "--class", "Company", "--en", "Zorg Ltd", "--also", "Zorg Inc"],
        "add,Zorg,,,Zorg Ltd,,Company,\nmerge,Zorg Inc,,ent:user/zorg,,,,",
        id="add",
    ),
]


@pytest.mark.parametrize(("args", "rows"), COMMANDS)
def test_a_command_writes_its_decision_and_undo_takes_it_back(tmp_path: Path, args: list[str], rows: str) -> None:
    path, header = tmp_path / "kg-store.names.csv", "decision,name,lang,entity,label_en,label_fr,class,note\n"
    status, shown, told = run("actors", "--store", tmp_path / "kg-store", *args)  # as well before the command as behind
    assert (status, told) == (0, "")
    assert shown.endswith(f"Written to {path}; the next kg build follows it.\n")
    assert path.read_text() == f"{header}{rows}\n"
    for name in ("Zorg Inc",) if args[0] == "add" else ():
        assert run("actors", "undo", name, "--names", path)[0] == 0
    about = "ent:iran" if args[0] == "rename" else args[1]
    status, shown, _ = run("actors", "undo", about, "--names", path)
    assert (status, shown.count("taken back: ")) == (0, 1 + (args[0] == "split" and "--into" in args))
    assert path.read_text() == header


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(["merge", "Zorg", "Austrlia"], "kg: Austrlia: nobody of that name is known; did you", id="who"),
        pytest.param(["merge", "Zorg", "Congo"], "kg: Congo: several are called so; write one of ent:", id="several"),
        pytest.param(["merge", "Moscou", "Iran"], "names Moscow (ent:moscow) already; split it from", id="claimed"),
        pytest.param(["merge", "ent:iran", "ent:iran"], "ent:iran merged into itself", id="itself"),
        pytest.param(["split", "Moscou", "Iran"], "Moscou does not name ent:iran", id="split of nothing"),
        pytest.param(["add", "Zorg", "--class", "Sate"], "no class 'Sate'; did you mean State?", id="class"),
        pytest.param(["add", "=1+1", "--class", "State"], "a spreadsheet runs as a formula", id="formula"),
        pytest.param(["rename", "Iran"], "give a label: --en or --fr", id="no label"),
        pytest.param(["undo", "Zorg"], "kg: Zorg: no decision about it in ", id="undo nothing"),
    ],
)
def test_a_command_that_cannot_be_followed_writes_nothing(tmp_path: Path, args: list[str], message: str) -> None:
    status, shown, told = run("actors", *args, "--store", tmp_path / "store")
    assert (status, shown) == (2, "")
    assert message in told
    assert list(tmp_path.iterdir()) == []


def test_the_next_build_follows_what_was_decided(folder: Path) -> None:
    store, ask = folder / "store", "ASK { ent:rosatom gp:suppliesArmsTo ent:russia }"
    assert "false" in run("query", ask, "--store", store)[1].lower()
    local = next(line for line in run("query", "unresolved", "--store", store)[1].splitlines() if "Zorglub" in line)
    run("actors", "merge", local.split()[-1], "ent:rosatom", "--store", store)  # by the address of the local entity
    assert "merge,Zorglub Industries,,ent:rosatom" in (folder / "store.names.csv").read_text()
    status, shown, _ = run("build", folder / "news", "--store", store)
    assert (status, "1 of " in shown) == (0, True)
    assert "true" in run("query", ask, "--store", store)[1].lower()
    assert "Zorglub" not in run("actors", "--store", store)[1]
    shown = run("extract", folder / "news" / "a.txt", "--names", folder / "store.names.csv")[1]
    assert "entity/rosatom" in shown or "ent:rosatom" in shown


def test_every_way_in_follows_the_decisions_beside_the_store(folder: Path) -> None:
    store = folder / "store"
    run("actors", "merge", "Zorglub Industries", "ent:rosatom", "--store", store)
    run("build", folder / "news", "--store", store)
    status, shown, _ = run("explain", "zorglub industries", "suppliesArmsTo", "Russie", "--store", store)
    assert (status, shown.startswith("No claim")) == (2, False)  # a name is written as it was decided
    status, shown, _ = run("explain", "Zorglub Industries", "suppliesArmsTo", "Russie", "--store", store)
    assert (status, shown.startswith("Rosatom supplies arms to Russia")) == (0, True)
    assert run("view", "--about", "Zorglub Industries", "--store", store, "-o", folder / "a.html")[0] == 0
    with kg.open(folder / "new", names=folder / "store.names.csv") as graph:
        graph.add(folder / "news")
        assert bool(graph.sparql("ASK { ent:rosatom gp:suppliesArmsTo ent:russia }").iloc[0, 0])
        told = str(graph.explain("Zorglub Industries", "suppliesArmsTo", "Russie"))
    assert told.startswith("Rosatom supplies arms to Russia")
    with pytest.raises(InputError, match="no such file"):
        kg.open(names=folder / "none.csv")
