"""The command `kg brief`: one page on a matter, to show a colleague."""

from __future__ import annotations

import click

from kg.cli_options import decisions_at, existing, lang_option, names_option, store_option


@click.command()
@click.argument("asked", nargs=-1, required=True, metavar="SUBJECT RELATION OBJECT | ACTOR ACTOR")
@store_option
@names_option
@lang_option
@click.option("-o", "--output", metavar="FILE.md|FILE.html", help="Write it to a file.  [default: print Markdown]")
def brief(asked: tuple[str, ...], where: str, names: str | None, lang: str, output: str | None) -> None:
    """Write one page on a statement, or on all that is between two actors.

    Who says so, who denies it, who changed sides, in what role, in which words, and what is not known.
    Names may be in French or English: kg brief Iran suppliesArmsTo Russie
    """
    from kg.brief import brief as write_brief  # noqa: PLC0415 - loads the tables

    who = decisions_at(where, names).actors
    with existing(where) as store:
        page = write_brief(store, *asked, lang=lang, who=who)
    if output:
        page.save(output)
    else:
        click.echo(str(page))
