"""The ontology is whole, its reader says all that is wrong with it, and every shape catches what breaks it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import zip_longest
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import ontology
from kg.errors import DataError, UnknownName
from kg.model import GP

_RELATIONS = """
    cooperatesWith cooperatesMilitarilyWith cooperatesEconomicallyWith alliedWith signsAgreementWith supports
    suppliesArmsTo givesAidTo trainsForcesOf recognizes shelters meetsWith negotiatesWith visits mediatesFor concedesTo
    withdrawsFrom opposes accuses condemns threatens warns callsOn sanctions breaksTiesWith coerces detains prosecutes
    blockades cyberattacks seizes attacks invades kills overthrows atWarWith occupies deploysForcesTo protestsAgainst
    memberOf leads represents citizenOf basedIn partOf owns controls claimsTerritory produces possesses uses tradesWith
"""
_CLASSES = """
    Entity Actor State Organisation IntergovernmentalOrganisation Institution ArmedForce ArmedGroup Party Company Media
    Person People Place Territory City Facility Good Weapon Commodity Agreement Unresolved
"""
_SYMMETRIC = """
    cooperatesWith cooperatesMilitarilyWith cooperatesEconomicallyWith alliedWith signsAgreementWith meetsWith
    negotiatesWith atWarWith tradesWith
"""
_PUNCTUAL = """
    signsAgreementWith meetsWith negotiatesWith visits concedesTo accuses condemns threatens warns callsOn detains
    cyberattacks seizes attacks invades kills overthrows protestsAgainst
"""
VALUES = {
    "stance": "asserts denies doubts",
    "polarity": "positive negative",
    "modality": "actual alleged planned demanded possible hypothetical",
    "phase": "begins holds ends",
    "status": "Contested Corroborated Reported Alleged Denied Negated Prospective Rejected",
    "position": "for alleged against negated open rejected",
    "verdict": "reject confirm amend note",
    "role": "subject object third-party own-voice",
    "facet": "government forces people territory",
    "quad": "verbal-cooperation material-cooperation standing-tie neutral verbal-conflict material-conflict "
    "structure goods",
    "plover": "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
    "MOBILIZE COERCE ASSAULT",
    "cameo": " ".join(f"{code:02}" for code in range(1, 21)),
}
ONTOLOGY = ontology.load()
RELATIONS, CLASSES = _RELATIONS.split(), _CLASSES.split()


def test_the_52_relations_the_classes_and_the_values_are_there_and_no_others() -> None:
    assert len(RELATIONS) == 52
    assert sorted(ONTOLOGY.relations) == sorted(RELATIONS)
    assert sorted(ONTOLOGY.classes) == sorted(CLASSES)
    assert {scheme: sorted(values) for scheme, values in ONTOLOGY.concepts.items()} == {
        scheme: sorted(values.split()) for scheme, values in VALUES.items()
    }


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_has_all_its_parts(name: str) -> None:
    relation = ONTOLOGY.relation(name)
    for texts in (relation.labels, relation.definitions, relation.examples):
        assert [lang for lang, _ in texts] == ["en", "fr"]
        assert all(text.strip() for _, text in texts)
    assert relation.iri == GP + name
    assert relation.subject
    assert relation.object
    assert relation.quad in ONTOLOGY.concepts["quad"]
    assert not any(ONTOLOGY.relation(ended).punctual for ended in relation.ends), "an event has no end to bring about"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_two_terms_have_one_label(lang: str) -> None:
    for terms in (ONTOLOGY.relations, ONTOLOGY.classes, ONTOLOGY.kinds):
        labels = [term.label_in(lang) for term in terms.values()]
        assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("suppliesArmsTo", ("supports", False, False, "AID", "material-cooperation", ("Actor",), ("Actor",), ())),
        ("meetsWith", (None, True, True, "CONSULT", "verbal-cooperation", ("Actor",), ("Actor",), ())),
        (
            "withdrawsFrom",
            (None, False, False, "RETREAT", "neutral", ("Actor",), ("Actor", "Agreement", "Place"),
             ("deploysForcesTo", "memberOf", "occupies")),
        ),
        ("basedIn", (None, False, False, None, "structure", ("Actor", "Facility"), ("Place", "State"), ())),
        (
            "breaksTiesWith",
            ("opposes", False, False, "SANCTION", "material-conflict", ("Actor",), ("Actor",),
             ("alliedWith", "cooperatesEconomicallyWith", "cooperatesMilitarilyWith", "cooperatesWith", "tradesWith")),
        ),
    ],
)  # fmt: skip
def test_facts_of_some_relations(name: str, facts: tuple[object, ...]) -> None:
    r = ONTOLOGY.relation(name)
    assert (r.parent, r.symmetric, r.punctual, r.plover, r.quad, r.subject, r.object, r.ends) == facts


def test_symmetric_and_punctual_relations() -> None:
    relations = ONTOLOGY.relations.values()
    assert {r.name for r in relations if r.symmetric} == set(_SYMMETRIC.split())
    assert {r.name for r in relations if r.punctual} == set(_PUNCTUAL.split())


@pytest.mark.parametrize(
    ("kind", "ancestor", "type_"),
    [
        ("ballistic-missile", "missile", "Weapon"),
        ("cruise-missile", "weapon", "Weapon"),
        ("fighter-jet", "aircraft", "Weapon"),
        ("uranium", "energy", "Commodity"),
        ("wheat", "food", "Commodity"),
        ("semiconductor", "technology", "Commodity"),
        ("loan", "money", "Good"),
        ("medicine", "humanitarian-aid", "Good"),
    ],
)
def test_kinds_of_goods(kind: str, ancestor: str, type_: str) -> None:
    assert ONTOLOGY.kind_is(kind, ancestor)
    assert not ONTOLOGY.kind_is(ancestor, kind)
    assert ONTOLOGY.kinds[kind].type == type_
    assert len(ONTOLOGY.kinds) >= 60


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        pytest.param(lambda o: o.relation("alliedwith"), "did you mean alliedWith?", id="case"),
        pytest.param(lambda o: o.relation("suplyArms"), "did you mean suppliesArmsTo?", id="spelling"),
        pytest.param(lambda o: o.relation("xyzzy"), "the file has 52 of them, none alike", id="nothing alike"),
        pytest.param(lambda o: o.is_a("Sate", "Actor"), "no class 'Sate'; did you mean State?", id="class"),
        pytest.param(lambda o: o.is_a("State", "Acter"), "no class 'Acter'; did you mean Actor?", id="upper class"),
        pytest.param(lambda o: o.kind_is("misile", "weapon"), "did you mean missile?", id="kind"),
        pytest.param(lambda o: o.is_sub_relation("attacks", "oposes"), "did you mean opposes?", id="upper relation"),
        pytest.param(lambda o: o.concept("stance", "denied"), "did you mean denies?", id="value"),
        pytest.param(lambda o: o.concept("mood", "actual"), "no scheme 'mood'; take stance, polarity", id="scheme"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(ask: object, message: str) -> None:
    with pytest.raises(UnknownName, match=re.escape(message)):
        ask(ONTOLOGY)  # type: ignore[operator] # a function of the table


BREAKS = [
    pytest.param(
        [("gp:warns a gp:Relation", "gp:warns gp:ends gp:suports ; a gp:Relation")],
        ["[gp:warns]: unknown name 'suports'; did you mean supports?"],
        id="unknown relation that is ended",
    ),
    pytest.param(
        [
            (
                'subPropertyOf gp:coerces ;\n    rdfs:label "détient"@fr',
                'subPropertyOf gp:coerce ;\n    rdfs:label "détient"@fr',
            )
        ],
        ["[gp:detains]: unknown parent gp:coerce; did you mean gp:coerces?"],
        id="unknown parent",
    ),
    pytest.param(
        [
            ('"avertit"@fr, "warns"@en', '"avertit"@fr'),
            ('"acteur"@fr, "actor"@en', '"acteur"@fr, "agent"@fr, "actor"@en'),
        ],
        ["[gp:Actor]: two labels in one language; keep one", "[gp:warns]: no label in 'en'; add one"],
        id="label missing and label twice",
    ),
    pytest.param(
        [('skos:example "Londres a accusé Moscou."@fr, "London accused Moscow."@en ;', "")],
        ["[gp:accuses]: no example in 'en'; add one", "[gp:accuses]: no example in 'fr'; add one"],
        id="no example",
    ),
    pytest.param(
        [("gp:opposes a gp:Relation", "gp:opposes rdfs:subPropertyOf gp:attacks ; a gp:Relation")],
        [
            "[gp:attacks]: is its own ancestor by subPropertyOf; break the circle",
            "[gp:opposes]: is its own ancestor by subPropertyOf; break the circle",
        ],
        id="circle",
    ),
    pytest.param(
        [
            ("gp:objectClass gp:Organisation ;", "gp:objectClass gp:Organization ;"),
            ("gp:quad quad:neutral ;", "gp:quad quad:natural ;"),
        ],
        [
            "[gp:callsOn]: unknown name 'natural'; did you mean neutral?",
            "[gp:deploysForcesTo]: unknown name 'natural'; did you mean neutral?",
            "[gp:memberOf]: unknown name 'Organization'; did you mean Organisation?",
            "[gp:withdrawsFrom]: unknown name 'natural'; did you mean neutral?",
        ],
        id="unknown class and unknown quad",
    ),
    pytest.param(
        [("gp:goodClass gp:Weapon ;", ""), ("skos:broader kind:missile", "skos:broader kind:weapon, kind:missile")],
        None,
        id="kinds without a class",
    ),
]


def broken(folder: Path, changes: list[tuple[str, str]]) -> str:
    """Copy the ontology with changes and give the message that reading it raises."""
    texts = {name: (ontology.FOLDER / name).read_text(encoding="utf-8") for name in ontology.FILES}
    for old, new in changes:
        assert any(old in text for text in texts.values()), old
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        ontology.read(folder)
    return str(caught.value)


@pytest.mark.parametrize(("changes", "problems"), BREAKS)
def test_a_broken_file_gives_all_its_problems(
    tmp_path: Path, changes: list[tuple[str, str]], problems: list[str] | None
) -> None:
    lines = broken(tmp_path, changes).splitlines()
    told = [line.strip().removeprefix("ontologies/geopolitics.ttl ") for line in lines[1:-1]]
    if problems is not None:
        assert told == problems
    else:
        assert "ontologies/vocabulary.ttl [kind:drone]: no class of goods; give its topmost kind a gp:goodClass" in told
    assert lines[0] == f"ontologies: {len(told)} problems"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("gp:x a gp:y .", "no Turtle", id="no Turtle"),
        pytest.param("<e:a> <e:b> [] .", "blank node", id="blank node"),
        pytest.param(None, "not found", id="missing"),
    ],
)
def test_a_file_that_cannot_be_read_says_which(tmp_path: Path, text: str | None, message: str) -> None:
    path = tmp_path / "ontologies" / "actors" / "x.ttl"
    path.parent.mkdir(parents=True)
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"^ontologies/actors/x\.ttl: {message}"):
        list(ontology.triples(path))


def test_every_term_of_ours_in_the_data_files_is_defined() -> None:
    top = Path(__file__).resolve().parent.parent
    paths = [*(top / "ontologies").rglob("*.ttl"), *(top / "kg/lang").rglob("*.ttl")]
    paths = [path for path in paths if path.name != ontology.SHAPES]
    used = {
        iri.removeprefix(GP)
        for path in paths
        for triple in ontology.triples(path)
        for iri in (triple[1], triple[2].value)
        if iri.startswith(GP)
    }
    defined = {s.removeprefix(GP) for s, _, _ in ontology.triples(ontology.FOLDER / ontology.FILES[0])}
    named = set(re.findall(r"gp:(\w+)", (ontology.FOLDER / ontology.SHAPES).read_text(encoding="utf-8")))
    assert (used | named) - defined == set()


def test_loading_is_quick() -> None:
    """What counts is that every command may load it: no rdflib, no pyshacl."""
    code = (
        "import sys, time, kg.ontology; start = time.perf_counter(); kg.ontology.load(); "
        "print(time.perf_counter() - start < 0.5, *{'rdflib', 'pyshacl'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True"


SHAPES = Path(__file__).parent / "shapes"
GOOD = (SHAPES / "good.ttl").read_text(encoding="utf-8")
ROWS = tomllib.loads((SHAPES / "rows.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told() -> dict[str, list[str]]:
    """Validate once, every row in a corner of its own of one graph: reading the shapes takes longer than a row."""
    graph = rdflib.Graph(bind_namespaces="none")
    for number, row in enumerate(ROWS.values()):
        assert row["old"] in GOOD, row["old"]
        text = GOOD.replace(row["old"], row["new"]).replace("/ROW/", f"/{number}/")
        graph.parse(data=text, format="turtle")
    lines = ontology.validate(graph)
    assert lines == sorted(set(lines))
    found: dict[str, list[str]] = {row: [] for row in ROWS}
    for line in lines:
        place = re.fullmatch(r"https://example\.org/(\d+)/(.*)", line)
        assert place, line
        found[list(ROWS)[int(place[1])]].append(place[2])
    return found


def test_a_good_graph_gives_no_line() -> None:
    assert ontology.validate(rdflib.Graph().parse(data=GOOD, format="turtle")) == []


@pytest.mark.parametrize("row", ROWS)
def test_the_shapes_catch_exactly_this(told: dict[str, list[str]], row: str) -> None:
    expected = ROWS[row]["told"]
    assert [line[: len(start)] for line, start in zip_longest(told[row], expected, fillvalue="")] == expected


@pytest.mark.parametrize(
    "node", ["Claim", "Attribution", "Span", "Statement", "Case", "Source", "Article", "State", "Office", "Membership"]
)
def test_a_blank_node_is_told(node: str) -> None:
    graph = rdflib.Graph().parse(data=f"@prefix gp: <{GP}> . [] a gp:{node} .", format="turtle")
    assert any("without an IRI; give " in line for line in ontology.validate(graph))


def test_every_shape_with_a_target_has_a_row_that_breaks_it() -> None:
    text = (ontology.FOLDER / ontology.SHAPES).read_text(encoding="utf-8")
    shapes = set(re.findall(r"^shape:(\w+) a sh:NodeShape ;\n +sh:target", text, re.MULTILINE))
    assert (len(shapes), len(ROWS)) == (18, 102)
    assert {row.partition(":")[0] for row in ROWS if ROWS[row]["told"]} == shapes


def test_every_message_of_the_shapes_is_told_in_some_row() -> None:
    text = (ontology.FOLDER / ontology.SHAPES).read_text(encoding="utf-8")
    messages = re.findall(r'sh:message "(.*)"', text)
    starts = {start.partition(": ")[2] for row in ROWS.values() for start in row["told"]}
    untold = [m for m in messages if "without an IRI" not in m and not any(m.startswith(start) for start in starts)]
    assert untold == []
    assert [message for message in messages if message.count("; ") != 1] == [], "what; remedy"


def test_a_dataset_is_checked_over_all_its_graphs_together() -> None:
    dataset = rdflib.Dataset()
    parsed = sorted(ox.parse(GOOD.encode(), ox.RdfFormat.TURTLE), key=str)
    for number, quad in enumerate(parsed):
        graph = dataset.graph(rdflib.URIRef(f"https://example.org/graph/{number % 3}"))
        graph.parse(data=f"{quad.triple} .", format="nt")
    assert ontology.validate(dataset) == []
