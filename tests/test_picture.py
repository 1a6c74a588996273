"""The picture of a graph for reports: the same bytes, names as text and nothing else, a legend in both languages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
import view_samples as samples

from kg.errors import InputError, UnknownName
from kg.graph import build
from kg.model import ENT, Entity
from kg.view import sound, write

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Statement

SVG = "{http://www.w3.org/2000/svg}"


def _texts(path: Path) -> list[str]:
    """Read all that is written on a picture; that fails if it is no XML."""
    return ["".join(each.itertext()) for each in ET.parse(path).iter(f"{SVG}text")]  # noqa: S314 - made here


def _drawn(statements: list[Statement], path: Path, **options: str) -> list[str]:
    write(build(statements), path, **options)
    return _texts(path)


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        pytest.param("en", {"Who says what about whom", "United States", "material conflict", "contested", "person"}),
        pytest.param("fr", {"Qui dit quoi de qui", "États-Unis", "conflit matériel", "contesté", "personne"}),
    ],
)
def test_names_counts_and_legend_are_in_the_language(tmp_path: Path, lang: str, written: set[str]) -> None:
    texts = _drawn(samples.realistic(), tmp_path / "a.svg", lang=lang)
    assert written <= set(texts)
    assert any("29" in text and "36" in text for text in texts)
    assert "structure" not in texts


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_the_same_graph_gives_the_same_bytes_whatever_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(build(samples.realistic()), tmp_path / name)
    first = (tmp_path / name).read_bytes()
    for key, value in {
        "font.size": 30.0,
        "svg.hashsalt": None,
        "axes.facecolor": "red",
        "text.parse_math": True,
    }.items():
        monkeypatch.setitem(mpl.rcParams, key, value)
    write(build(reversed(samples.realistic())), tmp_path / name)
    assert (tmp_path / name).read_bytes() == first
    assert b"Matplotlib" not in first[:600]


def test_a_png_is_an_a4_sheet_sharp_enough_to_print(tmp_path: Path) -> None:
    write(build(samples.realistic()), tmp_path / "a.png")
    head = (tmp_path / "a.png").read_bytes()[:24]
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (2338, 1652)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("$\\frac{1}{2}$", id="mathematics"),
        pytest.param("$ 5 and $ 6", id="money"),
        pytest.param("</svg><script>x", id="markup"),
        pytest.param("שלום السلام", id="from right to left"),
        pytest.param("北京 🚀", id="letters that no font here has"),
        pytest.param("\u202eevil\n\x07", id="control characters"),
        pytest.param("half \ud800", id="half a character"),
    ],
)
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_hostile_name_is_text(tmp_path: Path, name: str, ending: str) -> None:
    statements = [samples.brief("Reported", samples.entity("x", name, name), "attacks", samples.IRAN)]
    path = tmp_path / f"a.{ending}"
    write(build(statements), path, title=name)
    if ending == "svg":
        shown = sound(name).replace("\u202e", "").replace("\n\x07", "")
        assert _texts(path).count(shown) == 2
        assert not list(ET.parse(path).iter(f"{SVG}script"))  # noqa: S314 - as above


def test_very_long_names_and_titles_are_cut(tmp_path: Path) -> None:
    long = samples.entity("x", "x" * 10_000, "x" * 10_000)
    texts = _drawn([samples.brief("Reported", long, "attacks", samples.IRAN)], tmp_path / "a.svg", title="y" * 10_000)
    assert max(map(len, texts)) < 120
    assert "x" * 27 + "…" in texts


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        pytest.param([], "There is nothing to draw.", id="nothing"),
        pytest.param(
            [samples.brief("Reported", samples.BURNS, "leads", samples.CIA)], "showing 0 of 1", id="structure"
        ),
        pytest.param([samples.brief("Contested", samples.IRAN, "attacks", samples.IRAN)], "≠ attacks", id="to itself"),
    ],
)
def test_small_graphs_have_a_picture(tmp_path: Path, statements: list[Statement], says: str) -> None:
    assert any(text.startswith(says) for text in _drawn(statements, tmp_path / "a.svg"))


def test_of_a_large_graph_the_weightiest_are_drawn_and_it_says_so(tmp_path: Path) -> None:
    actors = [Entity(f"{ENT}a{n:04}", f"Actor {n}", "State") for n in range(600)]
    statements = [samples.brief("Reported", actor, "supports", actors[n // 3]) for n, actor in enumerate(actors)]
    texts = _drawn(statements, tmp_path / "a.svg")
    assert "showing 150 of 600 relations · only the 150 names most spoken of" in texts


def test_what_was_asked_for_is_told(tmp_path: Path) -> None:
    asked = {"statements": 36, "of": 100, "undated": 0, "since": "2024-01-01"}
    write(build(samples.realistic()), tmp_path / "a.svg", asked=asked)
    assert any("36 of 100" in text for text in _texts(tmp_path / "a.svg"))


def test_mistakes_are_told(tmp_path: Path) -> None:
    graph = build([])
    with pytest.raises(InputError, match=r"nothing has that ending; write a page \(.html\) or a picture"):
        write(graph, tmp_path / "a.doc")
    with pytest.raises(InputError, match="cannot be written"):
        write(graph, tmp_path / "missing" / "a.svg")
    with pytest.raises(UnknownName, match="choose among en, fr"):
        write(graph, tmp_path / "a.png", lang="de")
