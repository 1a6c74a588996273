"""What an analyst decides on claims counts: in every status, on every backend, after every rebuild."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_store import (
    DRONES,
    IRAN,
    PESKOV,
    RUSSIA,
    STORY,
    UK,
    US,
    arms,
    article,
    by,
    quads,
    says,
    server,
    serving,
    store,
)

from kg import actors, verdicts
from kg.cli import main
from kg.errors import InputError, Refused
from kg.model import Ruling
from kg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Claim, Evidence
    from kg.store import Store

__all__ = ["server", "serving", "store"]  # fixtures
WHO, STANCES = [IRAN, RUSSIA, US, UK], ["asserts", "denies", "doubts"]
RELATIONS = ["suppliesArmsTo", "accuses", "meetsWith"]
ACCUSED, DENIED = arms("accused", by(US)), arms("denied", by(IRAN, "denies"))
OWN = arms("own")


def fill(store: Store) -> None:
    store.add(article("accused"), [ACCUSED])
    store.add(article("denied", 11), [DENIED])
    store.add(article("own", 12, "Gazette"), [OWN])


def statuses(store: Store, relation: str | None = None) -> list[str]:
    return [case.status for each in store.statements(relation=relation) for case in each.cases]


def evidence(store: Store) -> dict[str, Evidence]:
    return {e.iri: e for s in store.statements() for case in s.cases for e in case.evidence}


@pytest.mark.parametrize(
    ("rulings", "wanted"),
    [
        pytest.param({}, ["Contested"], id="none"),
        pytest.param({DENIED.iri: Ruling(rejected=True)}, ["Corroborated"], id="the denial rejected"),
        pytest.param({ACCUSED.iri: Ruling(rejected=True), OWN.iri: Ruling(rejected=True)}, ["Denied"], id="the rest"),
        pytest.param({c.iri: Ruling(rejected=True) for c in (ACCUSED, DENIED, OWN)}, ["Rejected"], id="all"),
        pytest.param({DENIED.iri: Ruling(confirmed=True, note="seen")}, ["Contested"], id="confirmed"),
        pytest.param({DENIED.iri: Ruling(note="ask")}, ["Contested"], id="a note"),
        pytest.param({DENIED.iri: Ruling(amendments=(("stance", "asserts"),))}, ["Corroborated"], id="stance"),
        pytest.param({DENIED.iri: Ruling(amendments=(("polarity", "negative"),))}, ["Corroborated"], id="polarity"),
        pytest.param({DENIED.iri: Ruling(amendments=(("modality", "planned"),))}, ["Corroborated"], id="modality"),
        pytest.param({DENIED.iri: Ruling(amendments=(("speaker", US.iri),))}, ["Contested"], id="speaker"),
        pytest.param({DENIED.iri: Ruling(amendments=(("object", UK.iri),))}, ["Corroborated", "Denied"], id="object"),
        pytest.param(
            {DENIED.iri: Ruling(amendments=(("relation", "sanctions"),))}, ["Corroborated", "Denied"], id="relation"
        ),
    ],
)
def test_a_verdict_counts_and_can_be_taken_back(store: Store, rulings: dict[str, Ruling], wanted: list[str]) -> None:
    fill(store)
    before, claims = quads(store), {name: store.claims(name) for name in ("accused", "denied", "own")}
    assert store.follow(rulings) == {}
    assert sorted(statuses(store)) == sorted(wanted)
    assert store.validate() == []
    assert {c: e.ruling for c, e in evidence(store).items() if e.ruling} == rulings
    assert {name: store.claims(name) for name in claims} == claims  # as they were read
    after = quads(store)
    assert store.follow(rulings) == {}
    assert quads(store) == after
    assert store.follow({}) == {}
    assert quads(store) == before


def test_it_does_not_matter_when_a_verdict_comes() -> None:
    rulings = {DENIED.iri: Ruling(amendments=(("object", UK.iri),), note="no"), OWN.iri: Ruling(rejected=True)}
    with open_store() as late, open_store() as early:
        fill(late)
        late.follow(rulings)
        assert set(early.follow(rulings)) == {DENIED.iri, OWN.iri}
        fill(early)
        fill(early)
        early.forget("own")
        early.add(article("own", 12, "Gazette"), [OWN])
        assert quads(early) == quads(late)


def test_an_amended_claim_keeps_its_address_and_what_it_was(store: Store) -> None:
    fill(store)
    store.follow({ACCUSED.iri: Ruling(amendments=(("subject", UK.iri), ("time", "2024-08")))})
    told = evidence(store)[ACCUSED.iri]
    assert (told.claim.subject.entity.label, told.claim.subject.how) == ("United Kingdom", "verdict")
    assert told.claim.time is not None
    assert told.claim.time.value == "2024-08"
    assert told.original == ACCUSED
    assert told.claim.subject.text == ACCUSED.subject.text


def test_a_time_taken_away_comes_back_with_its_words() -> None:
    timed = says("a", US, "accuses", IRAN, time="2024-08")
    with open_store() as store:
        store.add(article("a"), [timed])
        before = quads(store)
        store.follow({timed.iri: Ruling(amendments=(("time", ""),))})
        assert [case.month for each in store.statements() for case in each.cases] == ["2024-09"]
        assert store.claims("a") == (timed,)
        assert store.validate() == []
        store.follow({})
        assert quads(store) == before


@pytest.mark.parametrize(
    ("claim", "amendment", "why"),
    [
        pytest.param(OWN, ("stance", "denies"), "own voice", id="no speaker"),
        pytest.param(arms("own", by(US), by(UK)), ("speaker", PESKOV.iri), "2 speakers", id="several"),
        pytest.param(OWN, ("object", actors.load().entity("https://w3id.org/geopolitics-kg/entity/paris").iri),
                     "object has none of the classes", id="a city armed"),
        pytest.param(OWN, ("object", IRAN.iri), "subject and object are the same", id="itself"),
    ],
)  # fmt: skip
def test_what_does_not_fit_a_claim_is_told_and_not_done(claim: object, amendment: tuple[str, str], why: str) -> None:
    assert isinstance(claim, type(OWN))
    with open_store() as store:
        store.add(article("own", 12), [claim])
        before = quads(store)
        [told] = store.follow({claim.iri: Ruling(amendments=(amendment,))}).values()
        assert why in told
        assert quads(store) == before


def test_verdicts_are_exported_and_come_back(tmp_path: Path) -> None:
    with open_store() as one, open_store() as other:
        for each in STORY:
            one.add(*each)
        claims = sorted(evidence(one))
        one.follow({claims[0]: Ruling(rejected=True, note='"<b>'), claims[1]: Ruling(amendments=(("phase", "ends"),))})
        one.export(tmp_path / "a.ttl")
        other.load(tmp_path / "a.ttl")
        assert quads(other) == quads(one)
        assert other.validate(pyshacl=True) == []


def test_edges_tell_what_was_rejected_and_confirmed(tmp_path: Path) -> None:
    with open_store() as store:
        fill(store)
        store.follow({DENIED.iri: Ruling(rejected=True), OWN.iri: Ruling(confirmed=True)})
        store.export(tmp_path / "e.csv")
    head, edge = (tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()
    told = dict(zip(head.split(","), edge.split(","), strict=True))
    counts = [told[name] for name in ("status", "sources", "deniers", "articles", "claims", "rejected", "confirmed")]
    assert counts == ["Corroborated", "2", "0", "2", "2", "1", "1"]


HEADER = "claim,verdict,field,value,note\n"
ID = "claim:0123456789abcdef"
LONG = verdicts.address(ID) or ""


def read(folder: Path, rows: str, header: str = HEADER) -> verdicts.Verdicts:
    path = folder / "v.csv"
    path.write_text(header + rows, encoding="utf-8")
    return verdicts.load(path, actors.load)


@pytest.mark.parametrize(
    ("rows", "ruling"),
    [
        (f"{ID},reject,,,no", Ruling(rejected=True, note="no")),
        (f"{LONG},REJECT,,,", Ruling(rejected=True)),
        ("0123456789abcdef,confirm", Ruling(confirmed=True)),
        (f"{ID},note,,,look", Ruling(note="look")),
        (f"{ID},amend,object,russie,", Ruling(amendments=(("object", RUSSIA.iri),))),
        (f"{ID},amend,subject,Q794,", Ruling(amendments=(("subject", IRAN.iri),))),
        (f"{ID},amend,time,2024-09,", Ruling(amendments=(("time", "2024-09"),))),
        (f"{ID},amend,time,,", Ruling(amendments=(("time", ""),))),
        (f"{ID},amend,phase,Ends,\n{ID},amend,modality,planned,\n{ID},confirm,,,ok",
         Ruling(confirmed=True, amendments=(("modality", "planned"), ("phase", "ends")), note="ok")),
        (f"# {ID},reject\n\n{ID},confirm", Ruling(confirmed=True)),
    ],
)  # fmt: skip
def test_rows_say_what_is_decided(tmp_path: Path, rows: str, ruling: Ruling) -> None:
    found = read(tmp_path, rows + "\n")
    assert (found.rulings, found.told) == ({LONG: ruling}, ())


@pytest.mark.parametrize(
    ("rows", "ruling", "lines"),
    [
        (f"{ID},reject,,,\n{ID},confirm,,,", Ruling(confirmed=True), [2]),
        (f"{ID},confirm,,,\n{ID},reject,,,", Ruling(rejected=True), [2]),
        (f"{ID},amend,phase,ends,\n{ID},amend,phase,begins,", Ruling(amendments=(("phase", "begins"),)), [2]),
        (f"{ID},amend,phase,ends,\n{ID},reject,,,", Ruling(rejected=True), [2]),
        (f"{ID},reject,,,\n{ID},reject,,,", Ruling(rejected=True), [2]),
        (f"{ID},note,,,a\n{ID},note,,,b\n{ID},note,,,c", Ruling(note="c"), [2, 3]),
    ],
)
def test_of_two_rows_the_later_counts_and_that_is_told(
    tmp_path: Path, rows: str, ruling: Ruling, lines: list[int]
) -> None:
    found = read(tmp_path, rows + "\n")
    assert found.rulings == {LONG: ruling}
    assert [each.where.rsplit(":", 1)[1] for each in found.told] == [str(line) for line in lines]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("iran,reject", ":2: 'iran' is no id of a claim; copy the id"),
        (f"{ID},rejct", ":2: no verdict 'rejct'; did you mean reject?"),
        (f"{ID},reject,object,,", ":2: reject has no use for field and value"),
        (f"{ID},amend,,,", ":2: no field '' to amend; take one of"),
        (f"{ID},amend,objet,ent:iran,", ":2: no field 'objet' to amend; did you mean object?"),
        (f"{ID},amend,object,Irann,", "Irann: nobody of that name is known; did you mean Iran"),
        (f"{ID},amend,relation,suppliesArms,", "did you mean suppliesArmsTo?"),
        (f"{ID},amend,modality,planed,", "no modality 'planed'; did you mean planned?"),
        (f"{ID},amend,time,yesterday,", "'yesterday' is no time; write 2024"),
        (f"{ID},amend,object,,", "no value for object; write the new one"),
        (f"{ID},note,,,", "a note without words"),
        (f"{ID},confirm,,,a,b", "6 cells for 5 columns"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path: Path, rows: str, what: str) -> None:
    with pytest.raises(Refused, match=r"v\.csv:2") as error:
        read(tmp_path, rows + "\n")
    assert what in str(error.value)


@pytest.mark.parametrize("header", ["claim,field\n", "claim,verdict,verdict\n", "claim,verdict,colour\n"])
def test_a_wrong_header_is_told(tmp_path: Path, header: str) -> None:
    with pytest.raises(InputError, match=r"v\.csv:1"):
        read(tmp_path, "", header)


NEWS = {
    "a": "Washington accused Tehran of supplying missiles to Moscow.",
    "b": "Iran has denied that it supplied missiles to Russia.",
}


def run(*args: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_from_the_command_line(tmp_path: Path) -> None:
    for name, text in NEWS.items():
        (tmp_path / f"{name}.txt").write_text(
            f"title: {name}\ndate: 2024-09-1{len(name)}\n\n{text}\n", encoding="utf-8"
        )
    kept, texts = tmp_path / "s", [tmp_path / f"{name}.txt" for name in NEWS]
    assert run("build", *texts, "--store", kept)[0] == 0
    told = run("explain", "Iran", "suppliesArmsTo", "Russia", "--store", kept)[1]
    assert "contested" in told
    [denial] = [line.split()[-1] for line in told.splitlines() if "denied by Iran" in line]
    shown = run("extract", tmp_path / "b.txt")[1]
    assert verdicts.address(denial) in [json.loads(line)["claim"] for line in shown.splitlines()]

    done = run("verdict", denial, "reject", "--note", "quoted from 2022", "--store", kept)
    assert done == (0, f"{denial}: rejected by the analyst. Written to {kept}.verdicts.csv, and followed.\n", "")
    told = run("explain", "Iran", "suppliesArmsTo", "Russia", "--store", kept, "--lang", "fr")[1]
    assert "allégué" in told or "rapporté" in told
    assert "✗ rejetée par l’analyste · remarque de l’analyste : quoted from 2022" in " ".join(told.split())
    assert "quoted from 2022" in run("verdict", denial, "--store", kept)[1]

    wrong = run("verdict", denial[:-1] + "x", "reject", "--store", kept)
    assert wrong[0] == 2
    assert f"did you mean {denial}?" in wrong[2]
    wrong = run("verdict", denial, "amend", "-f", "object", "-v", "Iran", "--store", kept)
    assert wrong[0] == 2
    assert "subject and object are the same" in wrong[2]
    assert "rejected" in run("verdict", "--list", "--store", kept)[1]

    assert run("verdict", denial, "amend", "-f", "object", "-v", "Irak", "--store", kept)[2].startswith("kg: ")
    assert "amended by the analyst: object: Russia → Iraq" in run("verdict", "--list", "--store", kept)[1]
    rebuilt = run("build", *texts, "--store", kept, "--again")
    assert rebuilt[0] == 0
    assert "another verdict in line 3, which counts" in rebuilt[2]
    assert "denied by Iran" in run("explain", "Iran", "suppliesArmsTo", "Iraq", "--store", kept)[1]
    run("forget", "b", "--store", kept)
    orphan = run("build", texts[0], "--store", kept)[2]
    assert f"s.verdicts.csv:3: {denial}: no claim of that id is in this store; the row waits" in orphan
    assert "not in this store" in run("verdict", "--list", "--store", kept)[1]
    assert run("build", texts[1], "--store", kept)[0] == 0
    assert run("verdict", denial, "--undo", "--store", kept)[0] == 0
    assert "contested" in run("explain", "Iran", "suppliesArmsTo", "Russia", "--store", kept)[1]
    assert run("validate", "--store", kept)[0] == 0


def test_verdicts_of_the_page_are_taken_over(tmp_path: Path) -> None:
    kept = tmp_path / "s"
    with open_store(kept) as store:
        fill(store)
    saved = tmp_path / "verdicts.csv"
    rows = [
        f'{verdicts.short(DENIED.iri)},reject,,,"=no, really"',
        f"{verdicts.short(OWN.iri)},note,,,look",
        f"{ID},confirm,,,",
    ]
    saved.write_text("\r\n".join([HEADER.strip(), *rows, ""]), encoding="utf-8")
    status, said, told = run("verdict", "--from", saved, "--store", kept)
    assert (status, said) == (0, f"3 added to {kept}.verdicts.csv, and followed.\n")
    assert told.startswith(f"kg: {kept}.verdicts.csv:4: {ID}: no claim of that id")
    assert "note: '=no, really" in run("verdict", "--list", "--store", kept)[1]
    assert run("verdict", "--from", saved, "--store", kept, "--lang", "fr")[1].startswith("0 ajoutés")
    saved.write_text(HEADER + "x,reject,,,\n", encoding="utf-8")
    assert f"{saved}:2: 'x' is no id" in run("verdict", "--from", saved, "--store", kept)[2]
    assert run("verdict", "--from", tmp_path / "none.csv", "--store", kept)[0] == 2


@pytest.mark.parametrize("seed", range(12))
def test_any_verdicts_leave_a_store_that_holds_and_can_be_taken_back(seed: int) -> None:
    """The same bytes whether they come before or after the articles, and the bytes of before without them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    stories = [
        (article(f"a{n}", 1 + n, chance.choice([None, "TASS", "Gazette"])), any_claims(chance, f"a{n}"))
        for n in range(4)
    ]
    with open_store() as store, open_store() as early:
        for each in stories:
            store.add(*each)
        before, ids = quads(store), sorted(store.claim_ids())
        rulings = {claim: any_ruling(chance) for claim in chance.sample(ids, min(5, len(ids)))}
        store.follow(rulings)
        assert store.validate() == []
        early.follow(rulings)
        for each in stories:
            early.add(*each)
        assert quads(early) == quads(store)
        store.forget("a1")
        store.add(*stories[1])
        assert quads(early) == quads(store)
        store.follow({})
        assert quads(store) == before


def any_claims(chance: random.Random, name: str) -> list[Claim]:
    found = []
    for one, other in (chance.sample(WHO, 2) for _ in range(3)):
        speakers = [by(who, chance.choice(STANCES)) for who in chance.sample(WHO, chance.randint(0, 2))]
        theme, modality = chance.choice([None, DRONES]), chance.choice(["actual", "alleged"])
        place = chance.choice([0, 40])
        relation = chance.choice(RELATIONS)
        found.append(says(name, one, relation, other, *speakers, at=place, theme=theme, modality=modality))
    return found


def any_ruling(chance: random.Random) -> Ruling:
    if chance.random() < 1 / 3:
        return Ruling(rejected=True, note="no")
    values = {field: chance.choice(WHO).iri for field in ("subject", "object", "speaker")}
    values |= {"relation": chance.choice(["meetsWith", "opposes"]), "stance": chance.choice(STANCES), "phase": "ends"}
    values |= {"polarity": "negative", "modality": "planned", "time": chance.choice(["", "2023-01"])}
    chosen = sorted(chance.sample(sorted(values), 2))
    return Ruling(confirmed=chance.random() < 1 / 3, amendments=tuple((field, values[field]) for field in chosen))
