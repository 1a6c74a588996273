"""The page as text: one file, no network, data that cannot become markup, both languages complete."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import view_samples as samples

from kg import ontology, view
from kg.errors import InputError, UnknownName
from kg.graph import build
from kg.view import labels, page, write
from kg.view.reading import Articles, case_to_json

ADDRESS = re.compile(r"""(?:src|href|url|action|data)\s*=?\s*[("']\s*(?:https?:)?//""", re.IGNORECASE)
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def embedded(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def text() -> str:
    return page(build(samples.realistic()), title="Missiles")


def test_the_page_holds_every_node_edge_and_claim(text: str) -> None:
    data = embedded(text)
    statements = samples.realistic()
    claims = sum(len(case.evidence) for s in statements for case in s.cases)
    assert len(data["edges"]) == len(data["statements"]) == len(statements)
    assert (
        len(data["nodes"]) == len(data["entities"]) == len({e.iri for s in statements for e in (s.subject, s.object)})
    )
    assert sum(len(case["claims"]) for cases in data["statements"] for case in cases) == claims
    assert [edge["id"] for edge in data["edges"]] == list(range(len(statements)))


def test_the_page_holds_the_graph_rolled_up_too_and_its_claims_but_once(text: str) -> None:
    data = embedded(text)
    rolled = data["rolled"]
    assert data["roll_up"] is False
    assert (rolled["merged"], rolled["into"]) == (5, 3)
    assert len(rolled["nodes"]) == len(data["nodes"]) - 5
    assert all(isinstance(place, int) for place in rolled["statements"]), "no statement fell apart"
    for edge, place in zip(rolled["edges"], rolled["statements"], strict=True):
        assert edge["relation"] == data["edges"][place]["relation"]
    through = [[end and end["en"] for end in edge["through"]] for edge in rolled["edges"] if any(edge["through"])]
    assert through == [["Antony Blinken", None], ["Antony Blinken", "Volodymyr Zelensky"]]
    merged = {one["iri"]: [each["fr"] for each in one["merged"]] for one in rolled["entities"] if one["merged"]}
    assert merged[samples.RUSSIA.iri] == ["Dmitri Peskov"]


def test_a_graph_that_is_rolled_up_opens_so_and_can_be_turned_back(text: str) -> None:
    data, plain = embedded(page(build(samples.realistic(), roll_up=True), title="Missiles")), embedded(text)
    assert data.pop("roll_up") is not plain.pop("roll_up")
    assert data == plain


@pytest.mark.parametrize("roll_up", [False, True])
def test_where_nobody_counts_for_another_there_is_no_switch(roll_up: bool) -> None:  # noqa: FBT001 - of the table
    data = embedded(page(build([samples.contested()], roll_up=roll_up)))
    assert (data["rolled"], data["roll_up"]) == (None, False)


def test_parallel_edges_do_not_lie_on_each_other(text: str) -> None:
    data = embedded(text)
    iris = [entity["iri"] for entity in data["entities"]]
    ends = {iris.index(samples.IRAN.iri), iris.index(samples.RUSSIA.iri)}
    bows = [json.dumps(e["smooth"], sort_keys=True) for e in data["bundles"] if {e["from"], e["to"]} == ends]
    assert len(set(bows)) == len(bows) == 3


def test_edges_of_one_family_between_two_are_one_line() -> None:
    statements = [
        samples.brief("Reported", samples.USA, "sanctions", samples.IRAN),
        samples.brief("Contested", samples.USA, "attacks", samples.IRAN),
        samples.brief("Reported", samples.USA, "condemns", samples.IRAN),
        samples.brief("Reported", samples.IRAN, "attacks", samples.USA),
    ]
    data = embedded(page(build(statements)))
    names = [entity["names"]["en"] for entity in data["entities"]]
    lines = {(names[line["from"]], line["family"]): line for line in data["bundles"]}
    assert set(lines) == {
        ("United States", "opposes.material-conflict"),
        ("United States", "opposes.verbal-conflict"),
        ("Iran", "opposes.material-conflict"),
    }
    both = lines["United States", "opposes.material-conflict"]
    assert (both["status"], both["cases"], both["sources"]) == ("Contested", 2, 1)
    assert sorted(data["edges"][number]["relation"] for number in both["edges"]) == ["attacks", "sanctions"]
    assert all(number in data["bundles"][e["bundle"]]["edges"] for number, e in enumerate(data["edges"]))
    assert len({json.dumps([line["from"], line["smooth"]]) for line in data["bundles"]}) == 3


def test_a_state_is_known_by_its_seat_its_people_and_its_code(text: str) -> None:
    russia = next(entity for entity in embedded(text)["entities"] if entity["qid"] == "Q159")
    assert {"Kremlin", "Moscou", "Russian Federation", "Russes"} <= set(russia["aliases"])
    assert russia["iso"] == "RU"
    unknown = embedded(page(build(samples.hostile())))["entities"]
    assert all(entity["iso"] is None and len(entity["aliases"]) <= 40 for entity in unknown)


def test_a_sentence_shows_its_parts(text: str) -> None:
    data = embedded(text)
    number = next(e["id"] for e in data["edges"] if e["status"] == "Contested")
    first = data["statements"][number][0]["claims"][0]
    assert first["parts"] == [
        ["Les États-Unis", "speaker"],
        [" ont ", ""],
        ["accusé", "said"],
        [" ", ""],
        ["l’Iran", "subject"],
        [" d’avoir ", ""],
        ["livré", "cue"],
        [" ", ""],
        ["des missiles balistiques", "theme"],
        [" à ", ""],
        ["la Russie", "object"],
        [".", ""],
    ]
    assert first["said"][0]["via"] == {"en": "Antony Blinken", "fr": "Antony Blinken"}


def test_a_mention_outside_of_its_sentence_is_not_marked() -> None:
    """What a pronoun stands for may be elsewhere; the sentence must come out whole all the same."""
    one = samples.claim("They {c:attack} at night.", samples.IRAN, "attacks", samples.USA)
    case = samples.case("Reported", ((one, "for"),), ())
    parts = case_to_json(case, ("en",), Articles())["claims"][0]["parts"]
    assert "".join(words for words, _ in parts) == "They attack at night."
    assert [mark for _, mark in parts] == ["", "cue", ""]


def test_the_page_asks_nothing_of_a_network(text: str) -> None:
    library = max(SCRIPT.findall(text), key=len)
    ours = text.replace(library, "")
    data = json.dumps(embedded(text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert not ADDRESS.search(ours.replace(data, ""))
    assert "<link" not in ours.replace('<link rel="icon" href="data:,">', "")
    assert "cdn" not in ours.lower().replace(data.lower(), "")


def test_the_policy_allows_our_scripts_and_nothing_else(text: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    assert found[1].startswith("default-src 'none'; ")
    assert "unsafe" not in found[1]
    scripts = SCRIPT.findall(text)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in found[1]


def test_every_part_of_the_script_is_in_the_page() -> None:
    folder = Path(view.__file__).with_name("script")
    assert sorted(view.SCRIPTS) == sorted(path.stem for path in folder.iterdir())


def test_hostile_data_stays_data() -> None:
    text = page(build(samples.hostile()), title=samples.NASTY[1])
    assert len(SCRIPT.findall(text)) == 2
    assert "window.hacked" in text
    assert not re.search(r"<[^>]*window\.hacked", text.replace("&lt;", "").replace("&gt;", ""))
    data = embedded(text)
    names = {name for entity in data["entities"] for name in entity["names"].values()}
    assert set(samples.NASTY) <= names
    assert not [article["url"] for article in data["articles"] if article["url"]]


def test_half_characters_do_not_stop_the_page() -> None:
    page(build([]), title="half \ud800").encode()
    broken = samples.entity("x", "half \ud800", "\udfff")
    page(build([samples.brief("Reported", broken, "attacks", broken)])).encode()


def test_the_same_statements_give_the_same_bytes(text: str) -> None:
    assert page(build(reversed(samples.realistic())), title="Missiles") == text


def test_a_page_without_title_has_that_of_its_language() -> None:
    assert "<title>Qui dit quoi de qui</title>" in page(build([]), lang="fr")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownName, match="choose among en, fr"):
        page(build([]), lang="de")


def test_write_says_what_it_could_not_write(tmp_path: Path) -> None:
    write(build([]), tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes().startswith(b"<!DOCTYPE html>")
    with pytest.raises(InputError, match="cannot be written"):
        write(build([]), tmp_path / "missing" / "page.html")


def test_both_languages_have_the_same_words() -> None:
    english, *others = labels().values()
    for other in others:
        assert other.keys() == english.keys()
        assert other["role"].keys() == english["role"].keys() == ontology.load().concepts["role"].keys()
        for key, words in english.items():
            if isinstance(words, dict):
                assert words.keys() == other[key].keys(), key
            else:
                assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", other[key])), key


def test_every_quad_has_a_colour_and_a_place_in_the_legend(text: str) -> None:
    data = embedded(text)
    assert sorted(data["terms"]["order"]["quad"]) == sorted(ontology.load().concepts["quad"])
    assert sorted(data["terms"]["order"]["status"]) == sorted(ontology.load().concepts["status"])
    assert sorted(data["terms"]["order"]["family"]) == sorted(data["terms"]["family"])
    for quad in data["terms"]["order"]["quad"]:
        assert text.count(f"--{quad}:") == 2, f"{quad} in light and in dark"
    for family in data["terms"]["shape"]:
        assert text.count(f"--class-{family}:") == 2, f"{family} in light and in dark"
