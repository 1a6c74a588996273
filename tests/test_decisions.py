"""What a user decides on names holds: whatever the file looks like, on every build, and until the row is deleted."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import actors, decisions
from kg.cli import main
from kg.decisions import Decision
from kg.errors import InputError, Refused, UnknownName
from kg.lookup import iri_of, named, short

HEADER = "decision,name,lang,entity,label_fr,label_en,class,note\n"
NEWS = {
    "a": "Zorglub Industries a livré des missiles à la Russie. Le Grand Frère a condamné Paris.",
    "b": "Zorglub Industries supplied missiles to Iran. Turkey condemned Zorglub Industries.",
    "c": "La Turquie a condamné Paris. Moscou a nié avoir livré des drones à l’Iran. Air France a condamné l’Iran.",
}
DECISIONS = {
    "a name means a state": "merge,Zorglub Industries,,ent:russia\n",
    "a name in one language": "merge,le Grand Frère,fr,ent:russia\n",
    "a new entity with labels": "add,Zorglub Industries,,,Société Zorglub,Zorglub Ltd,Company\n",
    "two names of a new entity": "add,Zorg,,,,,Company\nmerge,Zorglub Industries,,ent:user/zorg\n",
    "an entity is another": "merge,ent:turkey,,ent:iran\n",
    "a state renamed": "rename,,,ent:turkey,Türkiye,Türkiye\n",
    "a name split off that has another in it": "split,Air France,,ent:air-france\n",
    "a name split off": "split,Moscou,fr,ent:moscow\n",
    "a name split off and given to another": "split,Moscou,fr,ent:moscow\nmerge,Moscou,fr,ent:ukraine\n",
}


def write(folder: Path, rows: str, header: str = HEADER, *, encoding: str = "utf-8") -> Path:
    path = folder / "n.csv"
    path.write_bytes((header + rows).encode(encoding))
    return path


def run(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def read_of(folder: Path, rows: str, *texts: str) -> list[str | None]:
    """Tell whom texts name by the decisions."""
    who = decisions.load(write(folder, rows)).actors
    return [short(found[0]) if (found := named(text, who)) else None for text in texts]


@pytest.mark.parametrize(
    ("rows", "text", "meant"),
    [
        pytest.param("merge,the Bear,en,ent:russia", "the Bear", "ent:russia", id="a name"),
        pytest.param("merge,the Bear,,Q159", "the Bear", "ent:russia", id="by Wikidata id"),
        pytest.param("merge,the Bear,,russie", "the Bear", "ent:russia", id="by label"),
        pytest.param("merge,the Bear,,Russia", "The Bear", "ent:russia", id="at the beginning of a sentence"),
        pytest.param("merge,Zorg (Moscow),,ent:russia", "Zorg (Moscow)", "ent:russia", id="with brackets"),
        pytest.param('merge,"Zorg, Ltd",,ent:russia', "Zorg, Ltd", "ent:russia", id="with a comma"),
        pytest.param("merge,ent:russia,,ent:iran", "Russie", "ent:iran", id="an entity"),
        pytest.param("merge,ent:russia,,ent:iran\nmerge,ent:iran,,ent:iraq", "Russie", "ent:iraq", id="a chain"),
        pytest.param("add,Zorg,,,,,Company", "Zorg", "ent:user/zorg", id="a new entity"),
        pytest.param("add,Зорг,,ent:user/zorg-2,,,Company", "Зорг", "ent:user/zorg-2", id="of an address of its own"),
        pytest.param("add,Zorg,,,Société Zorg,,Company", "Société Zorg", "ent:user/zorg", id="by its label"),
        pytest.param(
            "merge,Zorg Inc,,ent:user/zorg\nadd,Zorg,,,,,Company", "Zorg Inc", "ent:user/zorg", id="any order"
        ),
        pytest.param("split,Kremlin,,ent:russia", "Kremlin", None, id="a name split off"),
        pytest.param("rename,,,ent:russia,Moscovie,Muscovy", "Muscovy", "ent:russia", id="a new label is a name"),
        pytest.param("rename,,,ent:russia,Moscovie,Muscovy", "Russie", "ent:russia", id="the old one stays one"),
        pytest.param("# merge,the Bear,,ent:russia\n,,,,\n\n", "the Bear", None, id="a comment"),
        pytest.param("MERGE,the Bear,*,ent:russia", "the Bear", "ent:russia", id="in capitals, every language"),
    ],
)
def test_a_decision_is_followed(tmp_path: Path, rows: str, text: str, meant: str | None) -> None:
    assert read_of(tmp_path, rows + "\n", text) == [meant]


@pytest.mark.parametrize(
    ("row", "text", "lang"),
    [
        pytest.param("split,Air France,,ent:air-france", "Air France", "fr", id="another name is in it"),
        pytest.param("split,Etats-Unis,fr,ent:united-states", "Etats-Unis", "fr", id="read without accents"),
        pytest.param("split,South Sudan,en,ent:south-sudan", "South Sudan", "en", id="a state is in it"),
    ],
)
def test_a_name_that_was_split_off_is_nobody_else(tmp_path: Path, row: str, text: str, lang: str) -> None:
    who = decisions.load(write(tmp_path, row + "\n")).actors
    assert named(text, who, lang) == (who.local(text).iri,)
    assert who.local(text).known is False


def test_local_entities_of_a_name_are_merged_whatever_their_class(tmp_path: Path) -> None:
    who = decisions.load(write(tmp_path, "merge,des hommes armés,,ent:wagner\n")).actors
    assert {who.local("Des hommes armés", type_).iri for type_ in ("People", "Unresolved")} == {iri_of("ent:wagner")}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        pytest.param(HEADER, "utf-8", id="plain"),
        pytest.param(HEADER, "utf-8-sig", id="with a byte order mark"),
        pytest.param(HEADER.replace(",", ";"), "utf-8", id="semicolons"),
        pytest.param(HEADER.replace(",", "\t"), "utf-8-sig", id="tabs"),
        pytest.param(HEADER.replace("\n", "\r\n"), "utf-8", id="lines of Windows"),
        pytest.param("# mine; really; mine\n" + HEADER, "utf-8", id="a comment first"),
        pytest.param("Decision,NAME,Lang, Entity ,,\n", "utf-8", id="capitals, spaces, empty columns"),
    ],
)
def test_tables_as_editors_and_spreadsheets_write_them(tmp_path: Path, header: str, encoding: str) -> None:
    delimiter = next(d for d in "\t;," if d in header.replace("# mine; really; mine", ""))
    row = delimiter.join(["merge", "le Grand  Frère", "fr", "ent:russia", "", ""]) + "\n"
    found = decisions.load(write(tmp_path, row, header, encoding=encoding))
    assert named("le Grand Frère", found.actors) == (iri_of("ent:russia"),)
    line = header.count("\n") + 1
    assert found.decisions == (Decision("merge", "le Grand Frère", "fr", "ent:russia", line=line),)


BAD = [
    pytest.param(
        "merge,Zz,,ent:austra", ":2: ent:austra: nobody of that name is known; did you mean Austria (ent:austria)?"
    ),
    pytest.param("merge,Zz,,Congo", ":2: Congo: several are called so; write one of ent:"),
    pytest.param("merge,ent:iran,,ent:iran", ":2: ent:iran merged into itself; delete the row"),
    pytest.param(
        "merge,ent:iran,,ent:iraq\nmerge,ent:iraq,,ent:mali\nmerge,ent:mali,,ent:iran",
        ":4: a cycle of merges, ent:iran → ent:iraq → ent:mali → ent:iran; delete one of the rows in lines 2, 3, 4",
    ),
    pytest.param("merge,ent:iran,,ent:iraq\nmerge,ent:iran,,ent:mali", ":3: ent:iran is merged into ent:iraq already"),
    pytest.param("merge,ent:local/x-1,,ent:iraq", ":2: ent:local/x-1 goes by its words; write these words"),
    pytest.param("merge,ent:nowhere,,ent:iraq", ":2: ent:nowhere: no such entity; "),
    pytest.param("merge,Moscou,,ent:iran", ":2: Moscou names Moscow (ent:moscow) already; split it from ent:moscow"),
    pytest.param(
        "merge,Zorg,,ent:iran\nmerge,Zorg,fr,ent:iraq", ":3: Zorg is claimed by ent:iraq and, in line 2, by ent:iran; "
    ),
    pytest.param("merge,Zorg,,ent:iran\nadd,Zorg,,,,,Company", ":3: Zorg is claimed by ent:user/zorg and, in line 2"),
    pytest.param("merge,missile,en,ent:iran", ":2: missile is a kind of goods; choose a longer name"),
    pytest.param("merge,—,en,ent:iran", ":2: '—' is no name; a name has letters"),
    pytest.param("merge,a\x07b,en,ent:iran", ":2: name has a character that cannot be seen; type it anew"),
    pytest.param("add,Zorg,,,,,Sate", ":2: no class 'Sate'; did you mean State?"),
    pytest.param("add,Zorg,,,,,Entity", ":2: no class 'Entity'; "),
    pytest.param("add,Zorg,,ent:iran,,,State", ":2: ent:iran is there already; "),
    pytest.param(
        "add,Zorg,,ent:../../x,,,State", ":2: 'ent:../../x' is no address for a new entity; such as ent:user/"
    ),
    pytest.param("add,Zorg,,ent:x> <y,,,State", ":2: 'ent:x> <y' is no address for a new entity; "),
    pytest.param("add,Zorg,,,,,State\nadd,Zorg,,,,,Company", ":3: ent:user/zorg is added by line 2 too; "),
    pytest.param("rename,,,ent:iran,,", ":2: rename without a label; fill in label_en or label_fr"),
    pytest.param("rename,,,ent:iran,A,\nrename,,,Q794,B,", ":3: ent:iran has two labels in fr; keep one: A or B"),
    pytest.param("merge,ent:iran,,ent:iraq\nrename,,,ent:iran,A,", ":3: ent:iran is merged into another; "),
    pytest.param("rename,,,ent:iran,Congo,", ":2: Congo names "),
    pytest.param("split,Moscou,,ent:iran", ":2: Moscou does not name ent:iran; it names Moscow (ent:moscow)"),
    pytest.param("split,Zorglub,,ent:iran", ":2: Zorglub does not name ent:iran; nobody is called so"),
    pytest.param("merge,Zorg,,ent:iran\nsplit,Zorg,,ent:iran", ":3: Zorg is ent:iran by line 2; delete one"),
    pytest.param("mrege,Zorg,,ent:iran", ":2: no decision 'mrege'; did you mean merge?"),
    pytest.param("merge,Zorg,,", ":2: merge without entity; "),
    pytest.param("merge,Zorg,de,ent:iran", ":2: no language 'de'; take en, fr, or leave it empty for all"),
    pytest.param("merge,Zorg,,ent:iran,,,State", ":2: merge has no use for class; "),
    pytest.param("merge,Zorg,,ent:iran,,,,a,b", ":2: 9 cells for 8 columns; "),
    pytest.param('merge,"Zorg"x,,ent:iran', ":2: no row of a CSV ("),
    pytest.param('merge,"Zorg,,ent:iran\nmerge,a,,b', ":2: no row of a CSV ("),
]


@pytest.mark.parametrize(("rows", "message"), BAD)
def test_a_bad_row_is_refused_with_line_and_remedy(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        decisions.load(write(tmp_path, rows + "\n"))
    assert [fault for fault in caught.value.faults if str(fault).startswith(f"{tmp_path}/n.csv{message}")]
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("header", "message"),
    [
        pytest.param("decision,name\n", ":1: no column entity; begin with the line decision,name,", id="missing"),
        pytest.param("decision,name,entity,colour\n", ":1: unknown column 'colour'; take decision, ", id="unknown"),
        pytest.param("decision,name,entity,name\n", ":1: the column name twice; keep one", id="twice"),
        pytest.param("merge,Zorg,,ent:iran\n", ":1: no column decision; ", id="no header at all"),
    ],
)
def test_a_bad_header_is_refused(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        decisions.load(write(tmp_path, "", header))
    assert str(caught.value.faults[0]).startswith(f"{tmp_path}/n.csv{message}")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_what_is_not_utf_8_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(InputError, match=r"n\.csv:\d+: not UTF-8; save it as CSV UTF-8"):
        decisions.load(write(tmp_path, "merge,Frère,,ent:russia\n", encoding=encoding))


def test_all_faults_are_told_in_the_order_of_the_lines_and_nothing_is_half_applied(tmp_path: Path) -> None:
    news, store = tmp_path / "news.txt", tmp_path / "store"
    news.write_text(NEWS["a"])
    assert run("build", news, "--store", store)[0] == 0
    before = exported(store)
    rows = "merge,Zorglub Industries,,ent:russia\nmerge,a,,ent:nowhere\nadd,x,,,,,Nothing\nsplit,a,,ent:iran\n"
    (tmp_path / "store.names.csv").write_text(HEADER + rows)
    for args in (["build", news, "--store", store], ["extract", news, "--names", tmp_path / "store.names.csv"]):
        status, shown, told = run(*args)
        assert (status, shown) == (2, "")
        assert [line.partition(": ")[2].partition(":")[2][:1] for line in told.splitlines()] == ["3", "4", "5"]
    assert exported(store) == before
    new = tmp_path / "new"
    assert run("build", news, "--store", new, "--names", tmp_path / "store.names.csv")[0] == 2
    assert not new.exists()


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    status, _, told = run("build", tmp_path, "--store", tmp_path / "store", "--names", tmp_path / "none.csv")
    assert (status, "none.csv: no such file" in told) == (2, True)


def exported(store: Path) -> list[str]:
    """Give all that a store holds."""
    out = store.with_suffix(".nq")
    assert run("export", "--store", store, "-o", out)[0] == 0
    return sorted(out.read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    for name, text in NEWS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def undecided(news: Path) -> Path:
    store = news.with_name("undecided")
    assert run("build", news, "--store", store)[::2] == (0, "")
    return store


@pytest.mark.parametrize("rows", DECISIONS.values(), ids=DECISIONS)
def test_to_decide_and_rebuild_is_to_have_decided_and_to_undo_is_never_to_have(
    news: Path, undecided: Path, tmp_path: Path, rows: str
) -> None:
    first, later, before = tmp_path / "first", tmp_path / "later", exported(undecided)
    (tmp_path / "first.names.csv").write_text(HEADER + rows)
    assert run("build", news, "--store", first)[::2] == (0, "")
    shutil.copytree(undecided, later)
    (tmp_path / "later.names.csv").write_text(HEADER + rows)
    assert run("build", news, "--store", later)[::2] == (0, "")
    assert exported(later) == exported(first) != before
    (tmp_path / "later.names.csv").write_text(HEADER)
    assert run("build", news, "--store", later)[::2] == (0, "")
    assert exported(later) == before


def test_a_store_with_decisions_is_valid(news: Path, tmp_path: Path) -> None:
    rows = DECISIONS["a new entity with labels"] + DECISIONS["an entity is another"] + DECISIONS["a name split off"]
    (tmp_path / "store.names.csv").write_text(HEADER + rows)
    assert run("build", news, "--store", tmp_path / "store")[::2] == (0, "")
    assert run("validate", "--store", tmp_path / "store")[::2] == (0, "")


def test_written_decisions_leave_the_rest_of_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    mine = "\ufeff# mine\r\ndecision;name;entity;note\r\nmerge;'le; Frère';;\r\n".replace(
        "'le; Frère';;", '"le; Frère";ent:russia;"a\r\nb"'
    )
    path.write_bytes(mine.encode())
    decisions.append(path, [Decision("merge", 'the "Bear"; he', entity="ent:russia")])
    assert path.read_bytes().decode() == mine + 'merge;"the ""Bear""; he";ent:russia;\r\n'
    assert decisions.undo(path, 'the "Bear"; he') == ('merge;"the ""Bear""; he";ent:russia;',)
    assert path.read_bytes().decode() == mine
    assert [line.startswith("merge;") for line in decisions.undo(path, "le; Frère")] == [True]
    assert path.read_bytes().decode() == "\ufeff# mine\r\ndecision;name;entity;note\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["n.csv"]


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        pytest.param(Decision("merge", "Moscou", entity="ent:iran"), "n.csv, not written: Moscou names", id="claimed"),
        pytest.param(Decision("merge", "=cmd()", entity="ent:iran"), "=cmd(): begins with =, which a", id="a formula"),
        pytest.param(Decision("merge", "Zorg", "en", "ent:iran"), "n.csv: no column lang; add lang", id="no column"),
    ],
)
def test_a_decision_that_cannot_be_followed_is_not_written(tmp_path: Path, decision: Decision, message: str) -> None:
    path = write(tmp_path, "merge,the Bear,ent:russia\n", "decision,name,entity\n")
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        decisions.append(path, [decision])
    assert message in str(caught.value)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["n.csv"]


def test_what_others_need_is_not_undone_and_what_is_wrong_is(tmp_path: Path) -> None:
    path = write(tmp_path, "add,Zorg,,,,,Company\nmerge,Zorg Inc,,ent:user/zorg\nmerge,Zz,,ent:nowhere\n")
    with pytest.raises(Refused, match="Zorg Inc means it; take that back first"):
        decisions.undo(path, "Zorg")
    with pytest.raises(UnknownName, match="no decision about it"):
        decisions.undo(path, "Zor")
    decisions.undo(path, "Zz")
    decisions.undo(path, "Zorg Inc")
    assert decisions.undo(path, "ent:user/zorg") == ("add,Zorg,,,,,Company",)
    assert path.read_text() == HEADER


def test_two_who_write_at_once_do_not_lose_a_decision(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    (tmp_path / ".n.csv.new").touch()
    with pytest.raises(InputError, match="another program is writing it; wait"):
        decisions.append(path, [Decision("merge", "Zorg", entity="ent:iran")])
    assert path.read_text() == HEADER


def test_thousands_of_decisions_are_read_in_seconds(tmp_path: Path) -> None:
    rows = (f"add,Zorg{n} Corp,,,,,Company,\nmerge,Zorg{n} Inc,,ent:user/zorg{n}-corp\n" for n in range(1000))
    path = write(tmp_path, "".join(rows))
    start = time.process_time()
    assert len(decisions.load(path).decisions) == 2000
    assert time.process_time() - start < 5


def test_the_tables_themselves_stay_as_they_are(tmp_path: Path) -> None:
    before = named("Russie", actors.load())
    decisions.load(write(tmp_path, "merge,ent:russia,,ent:iran\n"))
    assert named("Russie", actors.load()) == before


@pytest.mark.parametrize("where", ["kg-store", "kg-store/", "a/b", "."])
def test_the_file_stands_beside_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = decisions.beside(where)
    assert path.name == f"{Path(where).resolve().name}.names.csv"
    assert path.resolve().parent == Path(where).resolve().parent
