"""Builds of many articles: workers, texts that end them, journals, builds that are killed, reports."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from servers import oxigraph

from kg import build as building
from kg import workers
from kg.build import Builder, Preparing, Ready, Sending
from kg.cli import main
from kg.errors import InputError
from kg.journal import Journal
from kg.model import Article, Extraction
from kg.store import open_store
from kg.store.sending import sender
from kg.workers import Extracting, batches, cluster, processes, worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.store import Store
    from kg.workers import Pool, Work

TEXTS = {
    "fr": "Paris a condamné Téhéran. L’Iran a nié avoir livré des missiles à la Russie.",
    "en": "The United States imposed sanctions on Iran. Tehran condemned Washington.",
}
SLOW, DEADLY, GREEDY = "takes for ever", "ends its process", "takes all memory"


def _articles(number: int) -> list[Article]:
    langs = ("fr", "en")
    return [Article(f"a{n:03}", f"{TEXTS[langs[n % 2]]} ({n})", langs[n % 2]) for n in range(number)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    for article in _articles(6):
        (news / f"{article.id}.txt").write_text(article.text, encoding="utf-8")
    return news


def _bytes(store: Store) -> list[str]:
    return sorted(str(quad) for quad in store._backend.match())  # noqa: SLF001 - what is really there


def test_batches_are_bounded_in_number_and_length() -> None:
    long = Article("long", "x" * workers.CHARACTERS, "en")
    given = [*_articles(workers.TOGETHER + 1), long, InputError("w", "x", "y"), long]  # 16, then 1 and a long one
    assert [len(batch) for batch in batches(given)] == [workers.TOGETHER, 2, 2]
    assert [each for batch in batches(given) for each in batch] == given


def _poison(articles: list[Article]) -> list[object]:
    """Stand in for extraction in a worker: some words of a text do what a poisonous text does."""
    for article in articles:
        if article.text == SLOW:
            time.sleep(60)
        if article.text == DEADLY:
            os._exit(9)
        if article.text == GREEDY:
            bytearray(workers.MEMORY)
    return list(Extracting()(articles))


def test_poisonous_articles_are_set_aside_and_cost_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_in_worker", _poison)
    bad = [Article(text, text, "en") for text in (SLOW, DEADLY, GREEDY)]
    given = [*_articles(3), bad[0], *_articles(2), bad[1], bad[2], *_articles(1)]
    with processes(2, Extracting(), patience=8) as pool:
        outcomes = [each for done in worked(([article] for article in given), pool) for each in done]
    errors = [outcome for outcome in outcomes if isinstance(outcome, InputError)]
    assert [error.where for error in errors] == [SLOW, DEADLY, GREEDY]
    assert "TimeoutError" in errors[0].what
    assert "ProcessExpired" in errors[1].what
    assert "MemoryError" in errors[2].what
    assert [outcome.article for outcome in outcomes if isinstance(outcome, Extraction)] == [
        article for article in given if article not in bad
    ]


def test_the_same_bytes_whatever_the_number_of_workers(folder: Path) -> None:
    stores = []
    for number in (0, 1, 2):
        with open_store(None) as store:
            if number:
                with processes(number, Preparing()) as pool:
                    Builder(store, pool).add([folder])
            else:
                Builder(store).add([folder])
            stores.append(_bytes(store))
    assert stores[0]
    assert stores[1] == stores[0]
    assert stores[2] == stores[0]


@contextmanager
def _losing_a_worker(work: Work[Ready]) -> Iterator[tuple[Pool[Ready], Callable[[object], None]]]:
    """Give a cluster of two workers, and what kills one of them when it is first called."""
    from distributed import LocalCluster  # noqa: PLC0415 - slow to load

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL) as local,
        cluster(local.scheduler_address, work) as pool,
    ):
        victims = [next(iter(local.workers.values())).pid]

        def kill_one(_: object) -> None:
            if victims:
                os.kill(victims.pop(), signal.SIGKILL)

        yield pool, kill_one
        assert not victims


@pytest.fixture
def undisturbed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what a build in this process makes of the folder, with an article that comes again in another text."""
    monkeypatch.setattr(workers, "TOGETHER", 1)  # so that a worker is lost amid its work
    monkeypatch.setattr(building, "ROUND", 2)
    again = [{"id": "a001", "lang": "en", "text": TEXTS["en"]}, {"id": "a001", "lang": "fr", "text": TEXTS["fr"]}]
    (folder / "z.jsonl").write_text("\n".join(map(json.dumps, again)), encoding="utf-8")
    with open_store(None) as store:
        Builder(store).add([folder])
        return _bytes(store)


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    folder: Path, tmp_path: Path, undisturbed: list[str]
) -> None:
    with _losing_a_worker(Preparing()) as (pool, kill_one), open_store(tmp_path / "store") as store:
        Builder(store, pool, on_each=kill_one).add([folder])
        assert _bytes(store) == undisturbed
    assert not (tmp_path / "store" / "kg-unfinished").exists()


@pytest.mark.system
def test_workers_that_write_to_a_server_give_the_same_bytes(folder: Path, undisturbed: list[str]) -> None:
    with oxigraph("--union-default-graph") as address, open_store(address) as store:
        work = Sending(Preparing(), sender(address))
        sent = work(_articles(6)[:2])  # as a worker leaves them that is lost before it can tell
        assert [each.entry.triples for each in sent if isinstance(each, Ready)] == ["", ""]
        with _losing_a_worker(work) as (pool, kill_one):
            Builder(store, pool, on_each=kill_one).add([folder])
        assert _bytes(store) == undisturbed


def test_a_round_that_is_broken_off_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    done = [each for each in Preparing()(_articles(6)) if isinstance(each, Ready)]
    where = tmp_path / "store"
    with open_store(where) as store:
        store.add_all([done[0].entry])
        before = _bytes(store)
        store._backend.load_graphs({each.entry.marker.graph_name: each.entry.triples for each in done[1:]})  # type: ignore[misc] # noqa: SLF001 - as a kill before the closing pass leaves it
        store._backend.flush()  # noqa: SLF001 - as above
    with open_store(where) as store:
        assert _bytes(store) == before
        store.add_all([each.entry for each in done], in_bulk=True)
        whole = _bytes(store)
    with open_store(None) as store:
        Builder(store).add([folder])
        assert _bytes(store) == whole


def test_a_cluster_that_is_not_there_is_told_in_a_line(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(folder), "--store", str(tmp_path / "store"), "--dask", "nonsense"])
    assert result.exit_code == 2
    assert result.output.startswith("kg: nonsense: no Dask cluster answers")
    assert not (tmp_path / "store").exists()


def test_what_is_done_is_not_done_again(folder: Path, tmp_path: Path) -> None:
    where = str(tmp_path / "store")

    def build(fingerprint: str = "f", *, again: bool = False) -> tuple[int, int]:
        with open_store(where) as store:
            report = Builder(store, journal=Journal(where, fingerprint, again=again)).add([folder])
        return report.articles, report.unchanged

    assert build() == (6, 0)
    assert build() == (0, 6)
    (folder / "a000.txt").write_text(TEXTS["en"])
    assert build() == (1, 5)
    with open_store(where) as store:
        store.forget("a003")
    assert build() == (1, 5)
    assert build("another version of the lexicon") == (6, 0)
    assert build("another version of the lexicon", again=True) == (6, 0)


def test_a_line_that_a_kill_cut_off_is_as_if_it_had_not_been(tmp_path: Path) -> None:
    first, second = _articles(2)
    Journal(tmp_path, "f").note([first, second])
    path = tmp_path / "kg-journal"
    path.write_text(path.read_text()[:-10])
    journal = Journal(tmp_path, "f")
    assert (journal.knows(first), journal.knows(second)) == (True, False)


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    lines = [json.dumps({"id": a.id, "text": a.text, "lang": a.lang}) for a in _articles(5 * workers.TOGETHER)]
    (tmp_path / "news.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", "news.jsonl", "--store", "store"]
    journal = tmp_path / "store" / "kg-journal"
    started = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    while started.poll() is None and (not journal.exists() or journal.read_text().count("\n") <= workers.TOGETHER):
        time.sleep(0.01)
    started.send_signal(signal.SIGKILL)
    assert started.wait() == -signal.SIGKILL
    done = journal.read_text().count("\n") - 1
    assert workers.TOGETHER <= done < len(lines)
    with open_store(tmp_path / "store") as store:
        stored = sum(1 for _ in store.articles())
    assert done <= stored <= done + workers.TOGETHER
    rest = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert f"{len(lines) - done} stored, {done} unchanged" in rest
    with open_store(tmp_path / "store") as store, open_store(None) as undisturbed:
        Builder(undisturbed).add([tmp_path / "news.jsonl"])
        assert _bytes(store) == _bytes(undisturbed)


@pytest.mark.parametrize("ending", ["json", "html"])
def test_report_tells_every_failure(folder: Path, tmp_path: Path, ending: str) -> None:
    (folder / "<b>bad.txt").write_bytes(b"\xff\xfe\x00")
    report = tmp_path / f"report.{ending}"
    result = CliRunner().invoke(
        main, ["build", str(folder), "--store", str(tmp_path / "store"), "--workers", "1", "--report", str(report)]
    )
    assert result.exit_code == 1, result.output
    written = report.read_text()
    if ending == "json":
        content = json.loads(written)
        assert (content["stored"], content["failed"]) == (6, 1)
        assert content["failures"][0]["article"].endswith("<b>bad.txt")
        assert set(content["failures"][0]) == {"article", "reason", "remedy"}
    else:
        assert "&lt;b&gt;bad.txt" in written
        assert "<b>bad" not in written
        assert "stored: 6" in written


def test_report_of_no_known_format_is_refused_before_anything_is_done(folder: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["build", str(folder), "--store", str(tmp_path / "store"), "--report", "report.pdf"]
    )
    assert result.exit_code == 2
    assert "take .html or .json" in result.output
    assert not (tmp_path / "store").exists()
