"""The command that draws: ``kg view``."""

from __future__ import annotations

import re
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli_options import decisions_at, existing, lang_option, names_option, roll_up_option, store_option
from kg.text import is_address, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import Graph
    from kg.selection import Selection


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what to draw; they are the fields of `kg.selection.Asked`."""
    for option in (
        click.option("--min-sources", type=click.IntRange(1), default=1, metavar="N",
                     help="Only what at least so many independent sources speak of."),
        click.option("--until", metavar="DATE", help="Only what was published until then."),
        click.option("--since", metavar="DATE",
                     help="Only what was published since then: 2024, 2024-09 or 2024-09-11."),
        click.option("--status", multiple=True, metavar="STATUS",
                     help="Only cases of this status (contested, corroborated …); may be repeated."),
        click.option("--quad", multiple=True, metavar="QUAD",
                     help="Only this kind of relation (material-conflict …); may be repeated."),
        click.option("--relation", multiple=True, metavar="RELATION",
                     help="Only this relation and those below it; may be repeated."),
        click.option("--hops", type=click.IntRange(1, 2), default=1, show_default=True,
                     help="How far from that actor."),
        click.option("--about", metavar="NAME", help="Only what concerns this actor."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command()
@store_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="A page (.html) or a picture (.svg, .png).  [default: a page named after the store]",
)
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@names_option
@lang_option
@asking
@roll_up_option
def view(
    where: str, names: str | None, output: str | None, lang: str, *, open_: bool, roll_up: bool, **asked: Any  # noqa: ANN401 - options
) -> None:  # fmt: skip
    """Draw the graph, or of it what is asked for, as one interactive page that needs no network, or as a picture."""
    from kg.graph import build  # noqa: PLC0415 - loads networkx
    from kg.selection import select  # noqa: PLC0415
    from kg.view import write  # noqa: PLC0415

    if asked["hops"] > 1 and not asked["about"]:
        raise click.UsageError("--hops goes with --about")
    who = decisions_at(where, names).actors
    with existing(where) as store:
        found = select(store, roll_up=roll_up, who=who, **asked)
    path = Path(output) if output else _named(where, asked["about"])
    drawn = build(found.statements, roll_up=roll_up, who=who)
    write(drawn, path, lang=lang, asked=found.to_json())
    click.echo(told(path, found, drawn, lang))
    if open_ and not webbrowser.open(path.resolve().as_uri()):
        click.echo(f"kg: {path}: no browser found; open the file in one", err=True)


def _named(where: str, about: str | None) -> Path:
    """Name a page after its store and whom it is about, in the current folder."""
    stem = "graph" if is_address(where) else Path(where).resolve().name
    about = re.sub(r"\W+", "-", about or "").strip("-").lower()
    return Path("-".join(filter(None, (stem, about))) + ".html")


def told(path: Path, found: Selection, drawn: Graph, lang: str) -> str:
    """Say what was written, and how much of the store that is."""
    from kg.explain import messages  # noqa: PLC0415

    said = messages(lang)["view"]
    numbers = {"shown": len(found.statements), "all": found.of, "nodes": drawn.number_of_nodes()}
    key = "empty" if not found.of else "nothing" if not found.statements else "showing" if found.asked else "whole"
    parts = [said[key].format(path=one_line(str(path)), **numbers)]
    if found.undated:
        parts.append(said["undated"].format(count=found.undated))
    return "; ".join(parts)
