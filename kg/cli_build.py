"""The command `kg build`: articles of any number into a store."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import count
from time import sleep as _sleep
from typing import TYPE_CHECKING, Any

import click

from kg.cli_options import (
    FAILED,
    complain,
    decisions_at,
    names_option,
    paths_argument,
    reading,
    reading_options,
    store_option,
)
from kg.text import is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.actors import Actors
    from kg.build import Ready, Report
    from kg.decisions import Decided
    from kg.errors import KgError
    from kg.workers import Pool


@click.command()
@paths_argument
@store_option
@names_option
@reading_options
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Extract in N processes.  [default: in this]")
@click.option("--dask", metavar="ADDRESS", help="Extract on a Dask cluster; local starts one on this machine.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", default=120.0,
              show_default=True, help="With --workers: how long a few articles may take together.")  # fmt: skip
@click.option("--again", is_flag=True, help="Read also the articles that the store holds as they are.")
@click.option("--report", metavar="FILE.html|FILE.json", help="Write down what was done, and each failure.")
@click.option("--watch", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS",
              help="Go on: look every so often for what is new or changed, until Ctrl-C.")  # fmt: skip
@click.pass_context
def build(ctx: click.Context, /, paths: tuple[str, ...], where: str, names: str | None, **asked: Any) -> None:  # noqa: ANN401 - options
    """Read articles, extract their claims, keep them in a store, and print a summary.

    PATH is a file (text, Markdown, HTML, JSONL, CSV, PDF, mail, a feed, a web archive, or a ZIP of them), a folder, an
    address, or - for standard input. An article that is there already is replaced by its new text, and left alone where
    nothing has changed; one that cannot be read is reported, the rest is done. A build that was broken off goes on
    where it was. What you have decided on names (see kg actors) is followed every time.
    """
    from kg import reporting  # noqa: PLC0415
    from kg.articles import STDIN, other_files  # noqa: PLC0415 - loads a language identifier
    from kg.printing import print_summary  # noqa: PLC0415

    if asked["watch"] and STDIN in paths:
        raise click.UsageError("--watch: standard input ends, so nothing new can come of it")
    write_report = reporting.writer(asked["report"])
    complain_once = _once(complain)
    failed = False
    for number in _rounds(asked["watch"]):
        decided = decisions_at(where, names)
        report, unmet = _round(paths, where, decided, asked | {"complain": complain_once})
        for each in unmet:
            complain_once(each)
        write_report(report)
        if report.articles or not number:
            print_summary(report, sum((other_files(path) for path in paths), Counter()), where, decided)
        failed, asked["again"] = bool(report.errors), False
    ctx.exit(FAILED if failed else 0)


def _rounds(every: float | None) -> Iterator[int]:
    """Count one round, or rounds with a pause between them until somebody interrupts it."""
    yield 0
    try:
        for number in count(1) if every else ():
            _sleep(every or 0)
            yield number
    except KeyboardInterrupt:
        return


def _once(tell: Callable[[KgError], None]) -> Callable[[KgError], None]:
    """Tell the same error only once."""
    told: set[str] = set()

    def each(error: KgError) -> None:
        if str(error) not in told:
            told.add(str(error))
            tell(error)

    return each


def _round(paths: tuple[str, ...], where: str, decided: Decided, asked: dict[str, Any]) -> tuple[Report, list[KgError]]:
    """Read everything once; the store is open no longer, so that between two rounds others can ask it."""
    from kg import build as building  # noqa: PLC0415
    from kg import outlets, verdicts  # noqa: PLC0415
    from kg.articles import Meter, size  # noqa: PLC0415 - loads a language identifier
    from kg.journal import Journal, fingerprint  # noqa: PLC0415
    from kg.printing import progress  # noqa: PLC0415
    from kg.store import open_store, world_of  # noqa: PLC0415 - loads the RDF libraries

    meter = Meter(lambda: size(paths))
    how = replace(reading(asked, where), meter=meter)
    hand = verdicts.at(where, lambda: decided.actors)
    with (
        _pool(decided.actors, where, asked) as pool,
        open_store(where, world=world_of(decided.actors)) as store,
        progress(asked["complain"], meter) as on_each,
    ):
        if hand:
            store.follow(hand.rulings)
        journal = Journal(where, fingerprint(decided.path, outlets.beside(where)), again=asked["again"])
        report = building.Builder(store, pool, journal, on_each, how).add(paths)
        report.contested += store.disputes()
        unmet = [*hand.told, *hand.unmet(store.follow(hand.rulings))] if hand else []
    return report, list(unmet)


def _pool(actors: Actors, where: str, asked: dict[str, Any]) -> AbstractContextManager[Pool[Ready]]:
    from kg.build import Preparing, Sending  # noqa: PLC0415
    from kg.workers import Here, cluster, processes  # noqa: PLC0415

    work = Preparing(actors)
    if asked["workers"] and asked["dask"]:
        raise click.UsageError("--workers and --dask: take one of them")
    if asked["dask"] and is_address(where):
        from kg.store.sending import sender  # noqa: PLC0415 - its libraries take a while to load

        return cluster(asked["dask"], Sending(work, sender(where)))
    if asked["dask"]:
        return cluster(asked["dask"], work)
    if asked["workers"]:
        return processes(asked["workers"], work, patience=asked["timeout"])
    return nullcontext(Here(work))
