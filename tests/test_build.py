"""A build does all that can be done, and tells the rest."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from kg.articles import Meter, Options, read, size
from kg.build import Builder, Ready, Report, build, extractions
from kg.errors import InputError, KgError
from kg.model import Article, Extraction
from kg.store import Entry, open_store

if TYPE_CHECKING:
    from pathlib import Path

FR = "Paris a condamné Téhéran. L’Iran a nié avoir livré des missiles à la Russie."
EN = "The United States imposed sanctions on Iran. Tehran condemned Washington."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(FR)
    (news / "b.txt").write_bytes(b"\xff\xfe\x00")
    (news / "c.jsonl").write_text(
        "\n".join([json.dumps({"id": "c1", "text": EN}), "{", json.dumps({"id": "c2", "text": FR})])
    )
    return news


def test_a_broken_article_stops_nothing(folder: Path) -> None:
    seen: list[object] = []
    with open_store(None) as store:
        report = Builder(store, on_each=seen.append).add([folder, folder / "none"])
        stored = {article.id for article in store.articles()}
    assert stored == {"a", "c1", "c2"}
    assert (report.articles, len(report.errors), len(seen)) == (3, 3, 6)
    assert [error.where for error in report.errors] == [f"{folder}/b.txt", f"{folder}/c.jsonl:2", f"{folder}/none"]
    assert report.relations["condemns"] >= 2
    assert report.claims == report.relations.total()


def test_the_same_again_adds_nothing(folder: Path) -> None:
    with open_store(None) as store:
        build([folder], store)
        before = sorted(map(repr, store.statements()))
        report = build([folder, folder], store)
        assert sorted(map(repr, store.statements())) == before
    assert report.articles == 3
    assert report.replaced == []


def test_what_is_contested_is_told_in_short(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FR)
    (tmp_path / "b.txt").write_text("Moscou a reçu des missiles de l’Iran. L’Iran a livré des missiles à la Russie.")
    with open_store(None) as store:
        told = build([tmp_path], store).contested
        whole = list(store.statements(status="Contested"))
    assert [each[:3] for each in told] == [(s.subject.label, s.relation, s.object.label) for s in whole]
    assert [each.claims for each in told] == [sum(len(case.evidence) for case in s.cases) for s in whole]
    assert told


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    for name, text in (("x/a.txt", FR), ("y/a.txt", EN), ("b.txt", EN)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    ids = [outcome.article.id for outcome in extractions([tmp_path]) if isinstance(outcome, Extraction)]
    assert ids == ["b", "x/a.txt", "y/a.txt"]


def test_an_article_that_extraction_cannot_bear_costs_only_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.extract as extraction  # noqa: PLC0415 - its function is replaced

    plain = extraction.extract

    def fail_on_english(article: Article, **_: object) -> Extraction:
        if article.lang == "en":
            raise RecursionError("too deep")
        return plain(article)

    def extract_all(articles: list[Article], **_: object) -> list[Extraction]:
        return list(map(fail_on_english, articles))

    monkeypatch.setattr(extraction, "extract", fail_on_english)
    monkeypatch.setattr(extraction, "extract_all", extract_all)
    outcomes = list(extractions([folder]))
    assert [type(outcome) for outcome in outcomes] == [Extraction, InputError, InputError, InputError, Extraction]
    assert str(outcomes[2]).startswith("c1: extraction failed (RecursionError: too deep in fail_on_english, line ")


def _ready(article_id: str, text: str) -> Ready:
    return Ready(Entry(Article(article_id, text, "en"), "", (), {}, ()), ("supports",), ("no actor (en/back)",))


def test_report_counts_what_was_done() -> None:
    report = Report()
    failure: KgError = InputError("x", "y", "z")
    for outcome in (_ready("a", "one"), _ready("a", "one"), _ready("a", "two"), failure):
        report.count(outcome)
    assert (report.articles, report.claims, report.replaced, report.errors) == (1, 2, ["a"], [failure])
    assert report.relations == {"supports": 2}
    assert report.rejected == {"no actor (en/back)": 2}


def test_a_meter_estimates_how_much_will_come(folder: Path) -> None:
    meter = Meter(lambda: size([folder]))
    expected = []
    for outcome in read(folder, Options(meter=meter)):
        assert outcome
        expected.append(meter.expected)
    assert expected[-1] == len(expected) == 5
    assert expected[0] == round((folder / "a.txt").stat().st_size ** -1 * (size([folder]) or 0))


def test_nobody_knows_how_much_a_stream_will_bring(folder: Path) -> None:
    assert size([folder, "-"]) is None
    assert size(["https://example.org/feed"]) is None
    assert size([folder / "none"]) == 0
    meter = Meter(lambda: size([folder, "-"]))
    assert [meter.expected for _ in read(folder, Options(meter=meter))] == [None] * 5


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals to open")
def test_progress_is_shown_to_who_looks_and_to_nobody_else(folder: Path) -> None:
    looked_at = _shown_on_a_terminal(["build", str(folder), "--store", str(folder.parent / "store")])
    assert re.search(r"\d of about \d+ articles, \d failed", looked_at)
    streamed = _shown_on_a_terminal(["build", "-", "--store", str(folder.parent / "stream")])
    assert "1 articles" in streamed
    assert "of about" not in streamed
    assert " left" not in streamed


def _shown_on_a_terminal(arguments: list[str]) -> str:
    """Run kg with a terminal as its standard error, and give what stands there."""
    import pty  # noqa: PLC0415 - not on every system

    ours, theirs = pty.openpty()
    shown: list[bytes] = []

    def look() -> None:
        with contextlib.suppress(OSError):  # the end of what is shown
            while piece := os.read(ours, 1 << 16):
                shown.append(piece)

    looking = threading.Thread(target=look)
    looking.start()
    run = [sys.executable, "-c", "from kg.cli import main; main()", *arguments]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    subprocess.run(run, stderr=theirs, stdout=subprocess.PIPE, input=FR.encode(), check=False, env=environment)
    os.close(theirs)
    looking.join()
    os.close(ours)
    return b"".join(shown).decode()
