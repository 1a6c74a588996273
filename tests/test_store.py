"""One contract for every backend: what goes in comes out, and everything derived is true to it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from servers import clear, oxigraph

from kg import actors
from kg.errors import InputError, Refused, StoreError, UnknownName
from kg.model import ENT, GP, Article, Attribution, Claim, Entity, EventTime, Mention, Passage, Span
from kg.store import Store, open_store, terms
from kg.store.backend import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = actors.load()


def known(name: str) -> Entity:
    """An entity of the tables, or one made up with their shape."""
    iri = ENT + name
    label = name.replace("-", " ").title()
    made = Entity(iri, label, "Person", labels=(("en", label), ("fr", label)))
    return TABLES.entities.get(iri, made)


def good(label: str, kind: str) -> Entity:
    return Entity(f"{ENT}good/{kind}", label, "Weapon", labels=(("en", label), ("fr", label)), kind=kind)


IRAN, RUSSIA, US, UK = known("iran"), known("russia"), known("united-states"), known("united-kingdom")
PESKOV = Entity(ENT + "somebody/peskov", "Peskov", "Person", labels=(("en", "Peskov"), ("fr", "Peskov")))
MISSILES, DRONES, WEAPONS = good("missiles", "ballistic-missile"), good("drones", "drone"), good("arms", "weapon")
PROTESTERS = TABLES.local("des manifestants", "People")


def mention(entity: Entity, start: int = 0) -> Mention:
    return Mention(entity, entity.label, start, start + len(entity.label))


def by(speaker: Entity, stance: str = "asserts", *, level: int = 0, via: Entity | None = None) -> Attribution:
    cue = Span("said", 60 + level, 64 + level)
    return Attribution(mention(speaker, 50 + level), stance, level, cue, mention(via, 70) if via else None)  # type: ignore[arg-type] # one of the stances


def says(  # noqa: PLR0913 - a claim has many parts
    article: str, subject: Entity, relation: str, object_: Entity, *speakers: Attribution, at: int = 0,
    theme: Entity | None = None, polarity: str = "positive", modality: str = "actual", time: str | None = None,
) -> Claim:  # fmt: skip
    """Make a claim; ``at`` is where its sentence begins."""
    return Claim(
        article, "en", Passage(article, "text", f"Sentence at {at}.", at, at + 20), mention(subject, at + 1), relation,
        mention(object_, at + 2), Span("cue", at + 3, at + 6), "en/test", mention(theme, at + 7) if theme else None,
        polarity, modality, "holds", speakers, EventTime(time, "then", at, at + 4) if time else None,  # type: ignore[arg-type] # of the model's values
    )  # fmt: skip


def article(name: str, day: int = 10, outlet: str | None = None, **more: object) -> Article:
    return Article(
        name, f"Text of {name}.", "en", title=f"Title of {name}", date=date(2024, 9, day), outlet=outlet, **more
    )  # type: ignore[arg-type] # fields of an article


def arms(article_id: str, *speakers: Attribution, **parts: object) -> Claim:
    return says(article_id, IRAN, "suppliesArmsTo", RUSSIA, *speakers, **parts)  # type: ignore[arg-type] # as in says


def quads(store: Store) -> list[str]:
    return sorted(f"{quad} ." for quad in store._backend.match())  # noqa: SLF001 - the bytes are the contract


def statuses(store: Store, relation: str = "suppliesArmsTo") -> dict[tuple[str | None, str | None], str]:
    return {(case.kind, case.month): case.status for each in store.statements(relation=relation) for case in each.cases}


def graphs_of(store: Store, subject: Entity, relation: str, object_: Entity) -> list[str]:
    found = store._backend.match(ox.NamedNode(subject.iri), ox.NamedNode(GP + relation), ox.NamedNode(object_.iri))  # noqa: SLF001 - which view
    return [str(quad.graph_name).rsplit("/", 1)[-1].strip(">") for quad in found]


@pytest.fixture(scope="module")
def serving() -> Iterator[str]:
    with oxigraph("--union-default-graph") as address:
        yield address


@pytest.fixture
def server(serving: str) -> str:
    """The address of an empty server."""
    clear(serving)
    return serving


@pytest.fixture(params=["memory", "disk", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind: one suite holds for all."""
    where = {
        "memory": lambda: None,
        "disk": lambda: tmp_path / "store",
        "server": lambda: request.getfixturevalue("server"),
    }
    with open_store(where[request.param]()) as opened:
        yield opened


STORY = [
    (
        article("accused", 10, "Example Gazette"),
        [
            says("accused", US, "accuses", IRAN),
            arms("accused", by(US), by(UK), theme=MISSILES, at=100),
            arms("accused", by(IRAN, "denies"), theme=WEAPONS, at=200),
            arms("accused", by(RUSSIA, "denies", via=PESKOV), theme=MISSILES, at=300),
        ],
    ),
    (
        article("admitted", 12, "Example Courier"),
        [
            arms("admitted", by(IRAN), theme=DRONES, at=0),
            arms("admitted", by(IRAN, "denies"), theme=MISSILES, at=100),
            says("admitted", PROTESTERS, "opposes", IRAN, at=200, modality="alleged", time="2024-09-11"),
        ],
    ),
]


def test_story_of_two_articles(store: Store) -> None:
    for each, claims in STORY:
        store.add(each, claims)
    assert statuses(store) == {
        ("ballistic-missile", None): "Contested",
        ("drone", None): "Reported",
        ("weapon", None): "Corroborated",  # who admits drones no longer denies all weapons
    }
    assert graphs_of(store, IRAN, "suppliesArmsTo", RUSSIA) == ["claimed"]
    (statement,) = store.statements(IRAN.iri, "suppliesArmsTo", RUSSIA.iri)
    missiles = statement.cases[0]
    assert [(s.label, s.role, s.position, s.speakers) for s in missiles.sources] == [
        ("Iran", "subject", "against", ()),
        ("Russia", "object", "against", ("Peskov",)),
        ("United Kingdom", "third party", "for", ()),
        ("United States", "third party", "for", ()),
    ]
    assert (missiles.first_seen, missiles.last_seen) == (date(2024, 9, 10), date(2024, 9, 12))
    assert [each.position for each in missiles.evidence] == ["for", "against", "against", "against"]


def test_claims_and_articles_come_back_as_they_went_in(store: Store) -> None:
    for each, claims in STORY:
        store.add(each, claims)
    for each, claims in STORY:
        assert store.claims(each.id) == tuple(claims)
    assert list(store.articles()) == [replace(each, text="") for each, _ in STORY]


def test_statements_of_a_status(store: Store) -> None:
    for each, claims in STORY:
        store.add(each, claims)
    assert [each.relation for each in store.statements(status="Contested")] == ["suppliesArmsTo"]
    assert [each.relation for each in store.statements(status="Alleged")] == ["opposes"]
    assert list(store.statements(status="Denied")) == []


BASIC = {"at": 0}
SECOND = {"at": 100}
STATUS = [
    pytest.param([arms("a", by(US))], "Reported", id="one speaker"),
    pytest.param([arms("a")], "Reported", id="own voice"),
    pytest.param([arms("a", by(US), by(UK))], "Reported", id="joint speakers are one source"),
    pytest.param([arms("a", by(US)), arms("a", by(UK), at=100)], "Corroborated", id="two speakers apart"),
    pytest.param([arms("a", by(US)), arms("a", at=100)], "Corroborated", id="speaker and outlet"),
    pytest.param([arms("a", by(IRAN)), arms("a", by(RUSSIA), at=100)], "Reported", id="only the parties say so"),
    pytest.param([arms("a", by(US)), arms("a", by(IRAN), at=100)], "Corroborated", id="a third and a party"),
    pytest.param([arms("a", by(US)), arms("a", by(US), at=100)], "Reported", id="one speaker twice"),
    pytest.param([arms("a", modality="alleged")], "Alleged", id="alleged"),
    pytest.param(
        [arms("a", modality="alleged"), arms("a", by(IRAN, "denies"), at=100)], "Contested", id="alleged, denied"
    ),
    pytest.param([arms("a", by(IRAN, "denies"))], "Denied", id="only denied"),
    pytest.param([arms("a", by(IRAN), polarity="negative")], "Denied", id="negated by a speaker"),
    pytest.param([arms("a", by(IRAN, "denies"), polarity="negative")], "Reported", id="a negation denied"),
    pytest.param([arms("a", polarity="negative")], "Negated", id="negated in own voice"),
    pytest.param([arms("a", polarity="negative"), arms("a", by(US), at=100)], "Reported", id="negated, but said"),
    pytest.param([arms("a", modality="planned")], "Prospective", id="planned"),
    pytest.param([arms("a", by(US, "doubts"))], "Prospective", id="doubted"),
    pytest.param(
        [arms("a", by(US)), arms("a", by(US), at=100, modality="planned")], "Reported", id="a plan undoes nothing"
    ),
    pytest.param([arms("a", by(US)), arms("a", by(US, "doubts"), at=100)], "Prospective", id="said, then doubted"),
    pytest.param([arms("a", by(US)), arms("a", by(US, "denies"), at=100)], "Denied", id="said, then denied"),
    pytest.param([arms("a", by(US, "denies")), arms("a", by(US), at=100)], "Reported", id="denied, then admitted"),
]


@pytest.mark.parametrize(("claims", "status"), STATUS)
def test_status(claims: list[Claim], status: str) -> None:
    with open_store() as memory:
        memory.add(article("a", outlet="Example Gazette"), claims)
        assert statuses(memory) == {(None, None): status}
        live = status in {"Contested", "Corroborated", "Reported", "Alleged"}
        assert bool(graphs_of(memory, IRAN, "suppliesArmsTo", RUSSIA)) == live


KINDS = [
    pytest.param([(MISSILES, "asserts"), (WEAPONS, "denies")],
                 {"ballistic-missile": "Contested", "weapon": "Contested"},
                 id="a broader denial denies the narrower, narrow support supports the broader"),
    pytest.param([(DRONES, "asserts"), (MISSILES, "denies")], {"drone": "Reported", "ballistic-missile": "Denied"},
                 id="drones admitted, missiles denied"),
    pytest.param([(MISSILES, "asserts"), (None, "denies")], {"ballistic-missile": "Contested", None: "Contested"},
                 id="a denial of everything"),
    pytest.param([(WEAPONS, "asserts"), (MISSILES, "denies")], {"weapon": "Reported", "ballistic-missile": "Denied"},
                 id="a narrower denial leaves the broader alone"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), KINDS)
def test_kinds(said: list[tuple[Entity | None, str]], expected: dict[str | None, str]) -> None:
    speakers = {"asserts": US, "denies": IRAN}
    claims = [arms("a", by(speakers[how], how), theme=theme, at=100 * n) for n, (theme, how) in enumerate(said)]
    with open_store() as memory:
        memory.add(article("a"), claims)
        assert statuses(memory) == {(kind, None): status for kind, status in expected.items()}


def test_punctual_relations_have_a_case_a_month() -> None:
    claims = [says("a", US, "accuses", IRAN, at=0), says("a", US, "accuses", IRAN, at=100, time="2023-05-04")]
    claims.append(says("a", US, "accuses", IRAN, at=200, time="2022"))
    with open_store() as memory:
        memory.add(article("a"), claims)
        assert set(statuses(memory, "accuses")) == {(None, "2023-05"), (None, "2024-09")}


def test_symmetric_statement_is_one_and_holds_both_ways(store: Store) -> None:
    store.add(article("a"), [says("a", RUSSIA, "alliedWith", IRAN)])
    store.add(article("b"), [says("b", IRAN, "alliedWith", RUSSIA)])
    assert graphs_of(store, IRAN, "alliedWith", RUSSIA) == graphs_of(store, RUSSIA, "alliedWith", IRAN) == ["voice"]
    (statement,) = store.statements(RUSSIA.iri, "alliedWith", IRAN.iri)
    assert (
        [statement]
        == list(store.statements(IRAN.iri, "alliedWith", RUSSIA.iri))
        == list(store.statements(about=IRAN.iri))
    )
    assert [case.status for case in statement.cases] == ["Corroborated"]


def test_voice_gives_way_to_claimed_and_comes_back(store: Store) -> None:
    store.add(article("a"), [arms("a")])
    assert graphs_of(store, IRAN, "suppliesArmsTo", RUSSIA) == ["voice"]
    store.add(article("b"), [arms("b", by(IRAN, "denies"))])
    assert graphs_of(store, IRAN, "suppliesArmsTo", RUSSIA) == ["claimed"]
    store.forget("b")
    assert graphs_of(store, IRAN, "suppliesArmsTo", RUSSIA) == ["voice"]


def test_person_introduced_in_the_article_counts_as_the_state() -> None:
    envoy = TABLES.local("l’émissaire", "Person")
    claims = [says("a", envoy, "represents", US), arms("a", by(envoy), at=100), arms("a", by(US), at=200)]
    with open_store() as memory:
        memory.add(article("a"), claims)
        (statement,) = memory.statements(relation="suppliesArmsTo")
    assert [(s.label, s.speakers) for s in statement.cases[0].sources] == [("United States", ("l’émissaire",))]
    assert statement.cases[0].status == "Reported"


def test_about_a_state_finds_who_stood_for_it(store: Store) -> None:
    blinken = known("antony-blinken")
    later = replace(article("later"), date=date(2026, 3, 1))
    store.add(
        article("spoken"), [says("spoken", blinken, "visits", UK), says("spoken", IRAN, "threatens", blinken, at=100)]
    )
    store.add(later, [says("later", blinken, "supports", UK)])
    assert list(store.statements(about=US.iri)) == []
    found = [each.relation for each in store.statements(about=US.iri, roll_up=True)]
    assert found == ["visits", "threatens"]
    assert [each.relation for each in store.statements(relation="visits", about=US.iri, roll_up=True)] == ["visits"]
    assert store.validate() == []
    store.forget("spoken")
    assert list(store.statements(about=US.iri, roll_up=True)) == []


def test_reversal_over_two_articles_is_kept_but_the_latest_counts(store: Store) -> None:
    store.add(article("later", 20), [arms("later", by(IRAN))])
    store.add(article("earlier", 1), [arms("earlier", by(IRAN, "denies"))])
    (statement,) = store.statements()
    assert [(s.position, statement.cases[0].status) for s in statement.cases[0].sources] == [("for", "Reported")]
    assert [each.position for each in statement.cases[0].evidence] == ["against", "for"]


def test_adding_twice_changes_nothing_and_forgetting_restores_the_bytes(store: Store) -> None:
    states = [quads(store)]
    for each, claims in STORY:
        store.add(each, claims)
        states.append(quads(store))
        store.add(each, list(reversed(claims)))
        assert quads(store) == states[-1]
    assert store.forget("admitted")
    assert quads(store) == states[1]
    assert not store.forget("admitted")
    store.add(*STORY[1])
    assert quads(store) == states[2]
    store.forget("accused")
    store.forget("admitted")
    assert quads(store) == states[0]


def test_order_of_adding_does_not_matter() -> None:
    other = replace(PROTESTERS, label="Des Manifestants", labels=())
    third = (article("third", 14), [says("third", other, "opposes", IRAN)])
    found = []
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        with open_store() as memory:
            for index in order:
                memory.add(*[*STORY, third][index])
            memory.add(
                article("passing"), [says("passing", replace(PROTESTERS, label="DES MANIFESTANTS"), "opposes", US)]
            )
            memory.forget("passing")
            found.append(quads(memory))
    assert found[0] == found[1] == found[2]


def test_new_text_replaces_the_old_and_remembers_its_hash(store: Store) -> None:
    store.add(article("a"), [arms("a", by(US), theme=MISSILES)])
    store.add(replace(article("a", 11), text="New."), [arms("a", by(US), theme=DRONES)])
    assert statuses(store) == {("drone", None): "Reported"}
    older = store.query("SELECT ?date { ?a gp:articleId ?id ; prov:wasRevisionOf ?v . ?v dcterms:date ?date }", id="a")
    assert older.values() == [(date(2024, 9, 10),)]
    store.add(article("a"), [arms("a", by(US), theme=MISSILES)])
    assert len(store.query("SELECT ?v { ?a prov:wasRevisionOf ?v }").rows) == 1


def test_no_triple_stands_in_two_graphs_and_no_node_is_blank(store: Store) -> None:
    for each, claims in STORY:
        store.add(each, claims)
    found = list(store._backend.match())  # noqa: SLF001 - every quad
    assert len({quad.triple for quad in found}) == len(found)
    assert not any(isinstance(node, ox.BlankNode) for quad in found for node in (quad.subject, quad.object))


def test_two_countries_named_at_once_are_two_claims(store: Store) -> None:
    both = [says("a", country, "condemns", IRAN) for country in (US, UK)]
    both = [replace(each, subject=replace(each.subject, text="they", end=9)) for each in both]
    assert both[0].iri == both[1].iri
    store.add(article("a"), both)
    assert set(store.claims("a")) == set(both)


def test_disk_keeps_everything(tmp_path: Path) -> None:
    with open_store(tmp_path / "news") as first:
        for each, claims in STORY:
            first.add(each, claims)
        before = quads(first)
    with open_store(tmp_path / "news") as again:
        assert quads(again) == before
        assert again.claims("accused") == tuple(STORY[0][1])


MARK = '{"format": "geopolitics-kg store", "version": %d}'
FOREIGN = [
    pytest.param({"notes.txt": "mine"}, "a folder of something else", id="other files"),
    pytest.param({"kg-store.json": MARK % 99}, "of version 99", id="a later version"),
    pytest.param({"kg-store.json": "["}, "a folder of something else", id="a broken marker"),
    pytest.param({"kg-store.json": MARK % 1, "CURRENT": "junk"}, "cannot be opened", id="damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "message"), FOREIGN)
def test_foreign_folder_is_left_alone(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=message):
        open_store(tmp_path)
    assert {name: (tmp_path / name).read_text() for name in files} == files


def test_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="a file, not a folder"):
        open_store(tmp_path / "file")


def test_second_writer_is_told_what_to_do(tmp_path: Path) -> None:
    where = str(tmp_path / "store")
    code = (
        "from kg.store import open_store\nfrom kg.errors import StoreError\n"
        f"try: open_store({where!r})\nexcept StoreError as e: print(e)"
    )
    with open_store(where):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert "another program has this store open; close it or wait" in done.stdout
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_closed_store_says_so() -> None:
    with open_store() as memory:
        pass
    with pytest.raises(StoreError, match="closed"):
        list(memory.articles())


HOSTILE = [
    "L'Iran « dit »", 'say "no"\\', "two\nlines\r\t", "<script>alert(1)</script>", "\u202eevil\u202c شهيد", "a\x00b",
    "} . <urn:a> <urn:b> <urn:c> . {", "\\u0041 ?x $x", "'''\"\"\"", "#", "@en", "😀",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(store: Store, words: str, tmp_path: Path) -> None:
    somebody = TABLES.local(words, "Person")
    claim = replace(says("a", somebody, "opposes", IRAN), rule=words)
    claim = replace(claim, passage=replace(claim.passage, text=words), cue=Span(words, 3, 6))
    store.add(replace(article("a"), title=words, outlet=words, url=words), [claim])
    assert store.claims("a") == (claim,)
    assert store.query("SELECT ?a { ?a gp:url ?words }", words=ox.Literal(words)).values() == [(article("a").iri,)]
    store.export(tmp_path / "x.nq")
    assert set(ox.parse(path=str(tmp_path / "x.nq"))) == set(store._backend.match())  # noqa: SLF001 - every quad
    store.forget("a")
    assert not list(store.articles())


def test_half_characters_are_replaced_and_offsets_stay(store: Store) -> None:
    claim = replace(arms("a"), cue=Span("a\ud800b", 3, 6))
    store.add(replace(article("a"), title="\udfff"), [claim])
    assert store.claims("a")[0].cue == Span("a\ufffdb", 3, 6)


BAD = [
    pytest.param(article("a"), [says("a", Entity("no iri", "x", "State"), "opposes", IRAN)], InputError, id="no IRI"),
    pytest.param(article("a"), [arms("b")], InputError, id="of another article"),
    pytest.param(replace(article("a"), lang="not a tag"), [], InputError, id="no language"),
    pytest.param(article("a"), [says("a", IRAN, "likes", US)], UnknownName, id="no relation"),
]


@pytest.mark.parametrize(("bad", "claims", "error"), BAD)
def test_bad_article_changes_nothing(store: Store, bad: Article, claims: list[Claim], error: type[Exception]) -> None:
    store.add(*STORY[1])
    before = quads(store)
    with pytest.raises(error):
        store.add(bad, [arms(bad.id), *claims])
    assert quads(store) == before


MISSHAPEN = [
    pytest.param(says("a", IRAN, "opposes", IRAN), "subject and object are the same", id="with itself"),
    pytest.param(
        says("a", DRONES, "opposes", IRAN),
        "the subject has none of the classes that the relation allows",
        id="a drone as actor",
    ),
    pytest.param(arms("a", time="next week", at=100), "no ISO 8601 date or span", id="no date"),
]


@pytest.mark.parametrize(("claim", "fault"), MISSHAPEN)
def test_a_claim_that_has_not_the_shape_is_left_out_and_told(store: Store, claim: Claim, fault: str) -> None:
    good = says("a", US, "accuses", IRAN, at=500)
    assert [each.what for each in store.add(article("a"), [claim, good])] == [fault]
    assert store.claims("a") == (good,)
    assert store.validate() == []


def test_an_article_without_its_shape_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="one language of two letters"):
        store.add(replace(article("a"), lang="fra"), [])


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "a b", "é", "x" * 300, "voice"])
def test_any_id_will_do(store: Store, name: str) -> None:
    before = quads(store)
    store.add(article(name), [arms(name)])
    assert [each.id for each in store.articles()] == [name]
    assert store.forget(name)
    assert quads(store) == before


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nq", ".jsonld"])
def test_exports_parse_back(store: Store, tmp_path: Path, ending: str) -> None:
    for each, claims in STORY:
        store.add(each, claims)
    path = tmp_path / f"out{ending}"
    store.export(path)
    first = path.read_bytes()
    store.export(path)
    assert path.read_bytes() == first
    every = set(store._backend.match())  # noqa: SLF001 - every quad
    found = set(ox.parse(path=str(path)))
    if ending == ".ttl":
        assert {quad.triple for quad in found} == {quad.triple for quad in every}
        assert len(rdflib.Graph().parse(path)) == len(every)
    else:
        assert found == every
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".out")] == []


def test_export_of_unknown_ending(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no format ends in '\.docx'; end the name in \.ttl"):
        store.export(tmp_path / "x.docx")
    with pytest.raises(StoreError, match="cannot be written"):
        store.export(tmp_path / "missing" / "x.ttl")


def test_plain_question_gets_a_plain_answer(store: Store) -> None:
    store.add(*STORY[0])
    assert store.query("SELECT ?to { ent:iran gp:suppliesArmsTo ?to }").values() == [(RUSSIA.iri,)]
    assert store.query("ASK { ?who gp:accuses ?whom }", whom=IRAN)
    assert not store.query("ASK { ?who gp:accuses ?whom }", whom="ent:russia")
    made = store.query("CONSTRUCT { ?a gp:knows ?b } { ?a gp:accuses ?b }")
    assert made.values() == [(US.iri, GP + "knows", IRAN.iri)]
    assert store.query("SELECT ?p (COUNT(*) AS ?n) { ?s gp:level ?p } GROUP BY ?p").values() == [(0, 4)]


BAD_QUERIES = [
    pytest.param("SELECT ?s\nWHERE { ?s ?p }", "line 2, column", id="syntax"),
    pytest.param("SELECT ?s ?? { }", "line 1, column 1[0-9]: ", id="syntax on the first line"),
    pytest.param("", "query, line 1", id="empty"),
    pytest.param("SELECT * { SERVICE <http://localhost:9999/> { ?s ?p ?o } }", "SERVICE would reach", id="network"),
    pytest.param("SELECT * { { service silent ?x { ?s ?p ?o } } }", "SERVICE would reach", id="network, small letters"),
    pytest.param("SELECT * { # '\nSERVICE <http://localhost:9/> { ?s ?p ?o } }", "SERVICE would", id="after a comment"),
    pytest.param("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT would change", id="update"),
    pytest.param("PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "DELETE would change", id="update after a prefix"),
    pytest.param("LOAD <file:///etc/passwd>", "LOAD would change", id="load"),
]  # fmt: skip


@pytest.mark.parametrize(("sparql", "message"), BAD_QUERIES)
def test_bad_query(store: Store, sparql: str, message: str) -> None:
    before = quads(store)
    with pytest.raises(InputError, match=message):
        store.query(sparql)
    assert quads(store) == before


def test_word_service_elsewhere_is_no_fault(store: Store) -> None:
    found = store.query("SELECT ?service { ?service gp:service 'SERVICE <x>' . # SERVICE\n }")
    assert found.rows == ()


BINDINGS = [
    pytest.param("SELECT ?who { ?who gp:accuses ?whom }", {"whom": IRAN.iri}, [(US.iri,)], id="not selected"),
    pytest.param("SELECT * { ?who gp:accuses ?whom }", {"whom": IRAN.iri}, [(US.iri,)], id="all selected"),
    pytest.param("SELECT ?whom ?who { ?who gp:accuses ?whom }", {"whom": IRAN}, [(IRAN.iri, US.iri)], id="selected"),
    pytest.param("SELECT ?whom ?n { { SELECT ?whom (COUNT(*) AS ?n) { ?who gp:accuses ?whom } GROUP BY ?whom } }",
                 {"whom": IRAN}, [(IRAN.iri, 1)], id="selected further in, grouped by"),
    pytest.param("SELECT ?who { ?who gp:accuses ?x FILTER(?x = ?whom) } ORDER BY ?whom", {"whom": IRAN}, [(US.iri,)],
                 id="in a filter"),
    pytest.param("SELECT ?a { ?a gp:outlet ?name }", {"name": "Example' . }"}, [], id="a text that would break out"),
    pytest.param("SELECT ?a { ?a dcterms:date ?day }", {"day": date(2024, 9, 10)}, [(article("accused").iri,)],
                 id="a date"),
]  # fmt: skip


@pytest.mark.parametrize(("sparql", "bound", "expected"), BINDINGS)
def test_values_are_bound(
    store: Store, sparql: str, bound: dict[str, object], expected: list[tuple[object, ...]]
) -> None:
    store.add(*STORY[0])
    assert store.query(sparql, **bound).values() == expected


def test_bound_name_must_be_there(store: Store) -> None:
    with pytest.raises(InputError, match=r"no variable \?whom; its variables are: \?who"):
        store.query("SELECT ?who { ?who gp:accuses ent:iran }", whom=IRAN)
    with pytest.raises(InputError, match="gives"):
        store.query("SELECT ?n { BIND(1 AS ?n) }", n=2)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib warns of its own calls
def test_dataset_is_the_union(store: Store) -> None:
    store.add(*STORY[0])
    dataset = store.dataset()
    triple = (rdflib.URIRef(IRAN.iri), rdflib.URIRef(GP + "suppliesArmsTo"), rdflib.URIRef(RUSSIA.iri))
    assert triple in dataset
    assert len(list(dataset.quads())) == len(quads(store))


def test_entity_is_described_while_somebody_speaks_of_it(store: Store) -> None:
    ask = "SELECT ?label { ent:iran rdfs:label ?label FILTER(LANG(?label) = 'en') }"
    store.add(*STORY[0])
    store.add(*STORY[1])
    store.forget("accused")
    assert store.query(ask).values() == [("Iran",)]
    store.forget("admitted")
    assert store.query(ask).values() == []


def test_everything_written_has_the_shape_of_the_ontology(store: Store) -> None:
    for each, claims in STORY:
        store.add(replace(each, url="https://example.org/a"), claims)
    assert store.validate() == store.validate(pyshacl=True) == []


def test_a_missing_part_is_found() -> None:
    with open_store() as memory:
        memory.add(*STORY[1])
        lost = next(memory._backend.match(None, ox.NamedNode(GP + "polarity")))  # noqa: SLF001 - damage on purpose
        memory._backend.apply([Step([lost], [])])  # noqa: SLF001 - as above
        assert len(memory.validate()) == len(memory.validate(pyshacl=True)) == 1


def test_a_status_that_is_not_true_is_found() -> None:
    with open_store() as memory:
        memory.add(*STORY[1])
        true = next(memory._backend.match(None, ox.NamedNode(GP + "status")))  # noqa: SLF001 - damage on purpose
        false = ox.Quad(true.subject, true.predicate, terms.concept("status", "Prospective"), true.graph_name)
        memory._backend.apply([Step([true], [false])])  # noqa: SLF001 - as above
        [fault] = memory.validate()
        assert "not what the claims on it make it; kg migrate" in fault
        memory.add(*STORY[1])
        assert memory.validate() == []
