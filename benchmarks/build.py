"""Builds at scale: memory over many articles, two workers against one, what a killed build does again.

``build.py 20000`` takes that many generated articles for the memory; ``make bench`` takes fewer.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from generated import articles

from kg.build import Builder, Preparing
from kg.journal import Journal
from kg.store import open_store
from kg.workers import processes

ROUNDS, TIMED = 5, 200
MEGA = 1 << 20


def written(folder: Path, number: int) -> Path:
    """Write generated articles as JSON lines."""
    path = folder / f"{number}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in articles(number):
            record = {"id": each.id, "text": each.text, "lang": each.lang, "title": each.title,
                      "date": str(each.date), "outlet": each.outlet}  # fmt: skip
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@dataclass(frozen=True)
class Took:
    """Seconds of the clock, of this process's processor, and of its workers'."""

    clock: float
    here: float
    workers: float


def timed(path: Path, number: int) -> Took:
    """Time a build into a new store on the disk, the start of its workers left out."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "store") as store,
        processes(number, Preparing()) as pool,
    ):
        for _ in range(2 * number):
            pool.submit([]).result()
        clock, here, others = time.perf_counter(), time.process_time(), _of_workers()
        Builder(store, pool).add([path])
        return Took(time.perf_counter() - clock, time.process_time() - here, _of_workers() - others)


def _of_workers() -> float:
    return sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())


def memory(path: Path, number: int) -> None:
    """Print what a build's processes hold as articles are done."""
    me, done = psutil.Process(), 0
    step = max(number // 10, 1)
    print(f"\narticles  this process  largest worker  (MB, of {number} articles)")

    def tell(_: object) -> None:
        nonlocal done
        done += 1
        if done % step == 0:
            workers = [child.memory_info().rss for child in me.children()]
            print(f"{done:8}  {me.memory_info().rss / MEGA:12.0f}  {max(workers) / MEGA:14.0f}", flush=True)

    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "store") as store,
        processes(2, Preparing()) as pool,
    ):
        Builder(store, pool, Journal(Path(folder) / "store", "benchmark"), tell).add([path])
        start = time.perf_counter()
        report = Builder(store, pool, Journal(Path(folder) / "store", "benchmark")).add([path])
        print(f"the same build again: {report.unchanged} unchanged, {time.perf_counter() - start:.2f} s")


def main() -> None:
    """Print memory, then the gain of a second worker."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        memory(written(Path(folder), number), number)
        path = written(Path(folder), TIMED)
        pairs = [(timed(path, 1), timed(path, 2)) for _ in range(ROUNDS)]
    gains = sorted(one.clock / two.clock for one, two in pairs)
    one, two = (statistics.median(each[k].clock for each in pairs) for k in (0, 1))
    print(f"\n{TIMED} articles: one worker {one:.1f} s, two {two:.1f} s, {statistics.median(gains):.2f} times as fast "
          f"(median of {ROUNDS} pairs, {gains[0]:.2f} to {gains[-1]:.2f})")  # fmt: skip
    here, workers = (statistics.median(getattr(each[1], part) for each in pairs) for part in ("here", "workers"))
    most = max(here, workers) / max((here + workers) / 2, here)
    print(f"processor time with two: {1e3 * workers / TIMED:.1f} ms an article in the workers, "
          f"{1e3 * here / TIMED:.1f} ms in this process; so on two free cores {most:.2f} times as fast")  # fmt: skip


if __name__ == "__main__":
    main()
