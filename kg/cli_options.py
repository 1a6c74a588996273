"""What several commands share: options, and how they come to a store and to the decisions beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError, KgError, Refused, StoreError
from kg.text import is_address, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.articles import Options
    from kg.decisions import Decided
    from kg.store import Store

FAILED, UNUSABLE = 1, 2  # exit statuses

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
store_option = click.option(
    "--store", "where", default="kg-store", envvar="KG_STORE", show_default=True, show_envvar=True, metavar="DIR|URL",
    help="The folder of the store, or the address of a SPARQL server.",
)  # fmt: skip
lang_option = click.option("--lang", default="en", show_default=True, metavar="fr|en", help="The language of labels.")
roll_up_option = click.option(
    "--roll-up", is_flag=True, help="Count persons, ministries and armies for the state or body that they stand for."
)
names_option = click.option(
    "--names", metavar="FILE", help="The file of your decisions on names.  [default: beside the store, DIR.names.csv]"
)
roll_up_option = click.option(
    "--roll-up", is_flag=True, help="Count persons, ministries and armies for the state or body that they stand for."
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how inputs are read."""
    for option in (
        click.option("--allow-private", is_flag=True, help="Fetch also from this machine and its network."),
        click.option("--follow", is_flag=True, help="Read the pages that a feed points to, not what it says of them."),
        click.option("--field", "fields", multiple=True, metavar="NAME=COLUMN",
                     help="Where a CSV or JSONL file has text, title, date, outlet, url, lang or id; may be repeated."),
    ):  # fmt: skip
        command = option(command)
    return command


def reading(asked: dict[str, Any], where: str | None = None) -> Options:
    """Turn what was asked into options of reading; fetched pages are kept beside a store, DIR.pages."""
    from kg.articles import Options  # noqa: PLC0415 - loads a language identifier

    fields = {}
    for given in asked["fields"]:
        name, equals, column = given.partition("=")
        if not (equals and name and column):
            raise InputError(given, "no column for a field", "write it as --field text=body")
        fields[name] = column
    folder = Path(where) if where and not is_address(where) else None
    pages = folder.with_name(folder.name + ".pages") if folder else None
    return Options(fields, follow=asked["follow"], private=asked["allow_private"], pages=pages)


def complain(error: KgError) -> None:
    """Print an error as one line on standard error, the faults of a file as one each."""
    for each in error.faults if isinstance(error, Refused) else (error,):
        click.echo(f"kg: {one_line(str(each))}", err=True)


def existing(where: str) -> Store:
    """Open a store to read it, as the verdicts beside it say; a folder that is not there is a mistake, no new store."""
    from kg import verdicts  # noqa: PLC0415 - as below
    from kg.store import lazy_world, open_store  # noqa: PLC0415 - loads the RDF libraries

    if not is_address(where) and not Path(where).exists():
        raise StoreError(where, "no store here", f"make one: kg build PATH… --store {where}")
    who = cache(lambda: decisions_at(where, None).actors)
    given = verdicts.at(where, who)
    if given is None:
        return open_store(where)
    store = open_store(where, world=lazy_world(who))
    try:
        store.follow(given.rulings)
    except BaseException:
        store.close()
        raise
    return store


def decisions_at(where: str | None, names: str | None) -> Decided:
    """Read the decisions of a file, or those beside a store, where there may be none; and the outlets beside it."""
    from kg import decisions, outlets  # noqa: PLC0415 - loads the tables of actors

    path = Path(names) if names is not None else decisions.beside(where) if where else None
    found = decisions.load(path, must=names is not None)
    return replace(found, actors=outlets.amended(found.actors, outlets.beside(where) if where else None))
