"""The command ``kg query``: a question, shipped or one's own, with limits, as a table or for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.cli_options import decisions_at, existing, lang_option, names_option, roll_up_option, store_option
from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import QueryResult

FORMATS = ("table", "csv", "json", "turtle")
SHOWN, WRITTEN = 1_000, 100_000  # rows, as a table and for other programs
PATIENCE = 30.0  # seconds


class _Answer(NamedTuple):
    """What a store gave, and the labels of the addresses in it."""

    result: QueryResult
    labels: Mapping[str, str]


@click.command()
@click.argument("query", metavar="[SPARQL|NAME|-]", required=False)
@store_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Give ?NAME a value; may be repeated."
)
@click.option("--list", "listed", is_flag=True, help="List the queries that come with kg, with their parameters.")
@roll_up_option
@click.option("--labels", is_flag=True, help="Write labels beside addresses.")
@lang_option
@names_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="ROWS",
    help=f"Rows at most; 0 lifts it.  [default: {SHOWN} in a table, else {WRITTEN}]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0),
    default=PATIENCE,
    show_default=True,
    metavar="SECONDS",
    help="Stop a query that takes longer; 0 lets it.",
)
@click.option("--allow-network", is_flag=True, help="Let SERVICE in a query ask other servers.")
def query(query: str | None, where: str, format_: str, lang: str, **asked: Any) -> None:  # noqa: ANN401 - options
    """Ask the store: a query in SPARQL, the name of a shipped one, or - for standard input.

    Without a query, the shipped ones are listed. Their values are written as you know them: an actor by any name
    in French or English, an address (ent:iran) or a Wikidata id, a relation by name or label, a date as 2024-09-10.
    In a query of your own a value is an address, or else a text.
    """
    from kg.explain import messages  # noqa: PLC0415 - loads the ontology

    messages(lang)
    if query is None or asked["listed"]:
        _list(lang)
        return
    text = _text(query, roll_up=asked["roll_up"], lang=lang)
    if format_ == "turtle":
        _must_make_triples(text)
    answer = _ask(text, where, format_, lang, asked)
    if answer.result.more:
        rows = len(answer.result.rows)
        click.echo(f"kg: showing {rows:,} rows of more: --limit 0 lifts the limit", err=True)
    _print(answer, format_)


def _ask(text: str, where: str, format_: str, lang: str, asked: dict[str, Any]) -> _Answer:
    from kg import asking, limits  # noqa: PLC0415 - loads the tables of actors

    values = dict(map(_value, asked["params"]))
    who = decisions_at(where, asked["names"]).actors if values and asking.is_name(text) else None
    limit = asked["limit"]
    if limit is None:
        limit = SHOWN if format_ == "table" else WRITTEN

    def answer() -> _Answer:
        with existing(where) as store:
            result = asking.ask(store, text, values, who, limit=limit, network=asked["allow_network"])
            return _Answer(result, store.labels(result.addresses(), lang) if asked["labels"] else {})

    return limits.within(asked["timeout"], answer, "query") if asked["timeout"] else answer()


def _text(query: str, *, roll_up: bool, lang: str) -> str:
    """Give the query itself or the name of a shipped one; told which one it is that counts persons for their state."""
    from kg.store import rolled_up  # noqa: PLC0415 - loads the RDF libraries

    if roll_up:
        found = rolled_up(query)
        click.echo(f"kg: {found.name}: {found.description(lang)}", err=True)
        return found.name
    return sys.stdin.read() if query == "-" else query


def _must_make_triples(query: str) -> None:
    from kg.asking import is_name  # noqa: PLC0415 - loads the tables of actors
    from kg.store import binding, exporting  # noqa: PLC0415 - loads the RDF libraries

    if is_name(query) or binding.starts_with(query) in {"SELECT", "ASK"}:
        raise exporting.NO_TRIPLES


def _print(answer: _Answer, format_: str) -> None:
    from kg.printing import print_result  # noqa: PLC0415 - loads rich
    from kg.store.exporting import turtle  # noqa: PLC0415 - loads the RDF libraries

    if format_ == "turtle":
        click.echo(turtle(answer.result), nl=False)
    else:
        print_result(answer.result, format_, answer.labels)


def _list(lang: str) -> None:
    """List the shipped queries, those that count persons for their state behind the plain ones."""
    from kg.store import queries  # noqa: PLC0415 - loads the RDF libraries

    for found in queries().values():
        click.echo(f"{found.name}\n    {found.description(lang)}")
        for each in found.parameters:
            note = "*" if each.required else f"[{each.default}]" if each.default else ""
            click.echo(f"    --param {each.name}={each.example}{note and ' '}{note}  {each.description(lang)}")


def _value(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not (equals and name.isidentifier()):
        raise InputError(param, "no value for a name", "write it as --param who=ent:iran")
    return name, value
