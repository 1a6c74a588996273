"""Kill a load of ready-made claims again and again, and compare what it leaves with an undisturbed load.

A process of its own, so that it can fork children that have everything loaded: run as `kills.py FOLDER ARTICLES KILLS`.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import made

from kg.store import open_store
from kg.store.shapes import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Article, Claim

    Articles = list[tuple[Article, tuple[Claim, ...]]]

CHANCE = random.Random(5)  # noqa: S311 - to be repeatable


def load(where: str, articles: Articles, acknowledge: int) -> None:
    """Add what is not there yet, and write a byte for each article when it is in the store."""
    with open_store(where) as store:
        for article, claims in articles:
            if not store.holds(article.id):
                store.add(article, claims)
                os.write(acknowledge, b".")


def check(where: str, articles: Articles, acknowledged: int, told: int) -> None:
    """See that everything acknowledged is there and whole, and at most one article more; tell how many there are."""
    with open_store(where) as store:
        held = sum(store.holds(article.id) for article, _ in articles)
        assert acknowledged <= held <= acknowledged + 1, (acknowledged, held)
        for article, claims in articles[max(0, held - 2) : held + 1]:
            assert set(store.claims(article.id)) == (set(claims) if store.holds(article.id) else set()), article.id
    os.write(told, str(held).encode())


def held_after(where: str, articles: Articles, acknowledged: int) -> int:
    """Check in a child, for this process must stay fit to fork."""
    end, start = os.pipe()
    assert done(forked(lambda: check(where, articles, acknowledged, start))) == 0
    os.close(start)
    with os.fdopen(end) as told:
        return int(told.read())


def forked(action: Callable[[], None]) -> int:
    """Do something in a child process; a failure shows in its exit status."""
    if child := os.fork():
        return child
    try:
        action()
    except BaseException as error:  # noqa: BLE001 - a child must never go on as its parent
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def done(child: int) -> int:
    """Wait for a child and give its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_one(where: str, articles: Articles) -> tuple[bool, int]:
    """Load until some articles are acknowledged and a moment more, kill; tell whether it was killed, and the count."""
    end, start = os.pipe()
    child = forked(lambda: load(where, articles, start))
    os.close(start)
    wanted = CHANCE.randrange(12)
    got = b""
    while len(got) < wanted and (more := os.read(end, 1)):
        got += more
    time.sleep(CHANCE.random() / 50)
    os.kill(child, signal.SIGKILL)
    killed = done(child) == -signal.SIGKILL
    while more := os.read(end, 1000):
        got += more
    os.close(end)
    return killed, len(got)


def quads(where: str, into: Path) -> None:
    with open_store(where) as store:
        store.export(into)


def main(folder: Path, count: int, kills: int) -> None:
    """Kill, compare, and print how often."""
    articles, where = list(made.articles(count)), str(folder / "killed")
    faults([])  # loads the shapes for all children
    held = killed = 0
    while killed < kills:
        was_killed, acknowledged = kill_one(where, articles)
        assert was_killed, "the load was through: more articles are needed"
        killed += 1
        held = held_after(where, articles, held + acknowledged)
    sys.stdout.write(f"{killed} kills, {held} of {count} articles loaded meanwhile\n")
    for each in (where, str(folder / "undisturbed")):
        assert done(forked(lambda each=each: load(each, articles, os.open(os.devnull, os.O_WRONLY)))) == 0
        assert done(forked(lambda each=each: quads(each, Path(f"{each}.nq")))) == 0
    assert Path(f"{where}.nq").read_bytes() == (folder / "undisturbed.nq").read_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
