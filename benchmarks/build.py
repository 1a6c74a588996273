"""Builds at scale: memory over many articles, two workers against one, what a killed build does again.

``build.py 20000`` takes that many generated articles for the memory; ``make bench`` takes fewer.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
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


def timed(path: Path, number: int) -> float:
    """Time a build into a new store on the disk, the start of its workers left out."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "store") as store,
        processes(number, Preparing()) as pool,
    ):
        pool.submit([]).result()
        start = time.perf_counter()
        Builder(store, pool).add([path])
        return time.perf_counter() - start


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
        one, two = zip(*((timed(path, 1), timed(path, 2)) for _ in range(ROUNDS)), strict=True)
    gain = statistics.median(a / b for a, b in zip(one, two, strict=True))
    print(f"\n{TIMED} articles: one worker {statistics.median(one):.1f} s, two {statistics.median(two):.1f} s, "
          f"{gain:.2f} times as fast (median of {ROUNDS} pairs)")  # fmt: skip


if __name__ == "__main__":
    main()
