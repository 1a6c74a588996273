"""How costs grow with the number of articles, the parse left out: articles with ready-made claims (see made.py).

*Alone* is what follows from an article alone (a worker does it), *round* is the closing pass over a thousand articles
of a cluster, *batch* a build's sixteen at a time; in milliseconds of the processor for an article. *Summary* is what a
build tells at its end. ``growth.py 100000`` goes so far.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import made
import psutil

from kg.journal import Journal
from kg.store import default_world, entry, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Entry, Store

NUMBER, ROUND, BATCH, BATCHES = 2000, 1000, 16, 10
SHOWN = (1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
ASIDE = 10_000_000  # numbers of the articles that are added by the batch
MEGA = 1 << 20


def timed(action: Callable[[], object]) -> float:
    """Time one call, by the processor."""
    start = time.process_time()
    action()
    return time.process_time() - start


def entries(count: int, start: int) -> list[Entry]:
    """Make articles ready to be stored."""
    return [entry(article, claims, default_world()) for article, claims in made.articles(count, start)]


def in_bulk(store: Store, ready: list[Entry]) -> None:
    """Add a round, and bring it to the disk."""
    store.add_all(ready, in_bulk=True)
    store.flush()


def in_batches(store: Store, number: int) -> float:
    """Add some batches as a build does, and time them."""
    ready = entries(BATCH * BATCHES, ASIDE + number)
    return timed(lambda: [store.add_all(ready[at : at + BATCH]) for at in range(0, len(ready), BATCH)])


def again(folder: Path) -> float:
    """Time what a build needs before its first article: open the store, and read the journal."""

    def opened() -> None:
        with open_store(folder):
            Journal(folder, "growth")

    return timed(opened)


def main() -> None:
    """Print a line for each number of articles."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    print("articles  alone ms  round ms  batch ms  summary s  opened s  on disk MB  memory MB")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "store"
        for done in range(ROUND, number + 1, ROUND):
            with open_store(folder) as store:
                journal = Journal(folder, "growth")
                ready: list[Entry] = []
                alone = timed(lambda: ready.extend(entries(ROUND, done - ROUND)))  # noqa: B023 - called at once
                closing = timed(lambda: in_bulk(store, ready))  # noqa: B023 - as above
                journal.note(each.article for each in ready)
                batch = in_batches(store, done) if done in SHOWN else 0.0
                summary = timed(store.disputes) if done in SHOWN else 0.0
            if done in SHOWN:
                size = sum(file.stat().st_size for file in folder.rglob("*")) / MEGA
                held = psutil.Process().memory_info().rss / MEGA
                print(f"{done:8}  {alone / ROUND * 1e3:8.1f}  {closing / ROUND * 1e3:8.1f}  "
                      f"{batch / BATCH / BATCHES * 1e3:8.1f}  {summary:9.2f}  {again(folder):8.2f}  "
                      f"{size:10.0f}  {held:9.0f}",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
