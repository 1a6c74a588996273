"""The quick check of an article finds what pyshacl finds, on every row that breaks a shape."""

from __future__ import annotations

import tomllib
from itertools import count, islice, pairwise, zip_longest
from pathlib import Path

import psutil
import pyoxigraph as ox
import pytest

from kg import ontology
from kg.errors import DataError
from kg.store import shapes, terms

FOLDER = Path(__file__).parent / "shapes"
GOOD = (FOLDER / "good.ttl").read_text(encoding="utf-8")
ROWS = tomllib.loads((FOLDER / "rows.toml").read_text(encoding="utf-8"))
HERE = "https://example.org/ROW/"


def quads_of(turtle: str) -> list[ox.Quad]:
    triples = ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
    return [ox.Quad(each.subject, each.predicate, each.object, terms.STATEMENTS) for each in triples]


def told(turtle: str) -> list[str]:
    return [str(fault).removeprefix(HERE) for fault in shapes.faults(quads_of(turtle))]


def test_a_good_graph_has_no_fault() -> None:
    assert told(GOOD) == []


@pytest.mark.parametrize("row", ROWS)
def test_the_quick_check_tells_what_pyshacl_tells(row: str) -> None:
    lines = told(GOOD.replace(ROWS[row]["old"], ROWS[row]["new"]))
    expected = [b for a, b in pairwise([None, *sorted(ROWS[row]["told"])]) if a != b]
    assert [line[: len(start)] for line, start in zip_longest(lines, expected, fillvalue="")] == expected


def test_a_part_of_shacl_that_it_does_not_know_is_refused() -> None:
    text = (ontology.FOLDER / ontology.SHAPES).read_text(encoding="utf-8")
    text = text.replace("sh:minLength 1", "sh:maxLength 1", 1).replace(
        "sh:targetClass", "sh:closed true ; sh:targetClass", 1
    )
    with pytest.raises(DataError, match="unknown: sh:closed, sh:maxLength"):
        shapes._Shapes(ox.parse(text.encode(), ox.RdfFormat.TURTLE), [])  # noqa: SLF001 - not the file that ships


def test_checking_many_articles_takes_no_more_memory() -> None:
    """Oxigraph's store in memory, which is asked some of the questions, keeps what was taken out of it."""
    numbers = count()

    def held(articles: int) -> int:
        for n in islice(numbers, articles):
            assert told(GOOD.replace(HERE, f"{HERE}{n}/")) == []
        return int(psutil.Process().memory_info().rss)

    before = held(300)
    assert held(1500) - before < 10 << 20
