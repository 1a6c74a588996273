"""The command `kg diff`: what the articles of some days changed."""

from __future__ import annotations

from datetime import date

import click

from kg.cli_options import decisions_at, existing, lang_option, names_option, store_option
from kg.errors import InputError


@click.command()
@click.option("--since", required=True, metavar="DATE", help="The first day: 2024-09-10.")
@click.option("--until", metavar="DATE", help="The last day.  [default: all that come after]")
@store_option
@names_option
@lang_option
@click.option("--format", "format_", type=click.Choice(["table", "markdown"]), default="table", show_default=True)
@click.option("-o", "--output", metavar="FILE.md|FILE.html", help="Write it to a file, with the sentences.")
def diff(  # noqa: PLR0913, PLR0917 - one for each option
    since: str, until: str | None, where: str, names: str | None, lang: str, format_: str, output: str | None
) -> None:
    """Tell what changed: new cases, changes of status, first denials, relations that ended.

    By the dates of articles: what those from SINCE on (to UNTIL) add to those before. An article without date counts
    as older than any.
    """
    from kg.changes import changes, report, rows  # noqa: PLC0415 - loads the tables
    from kg.printing import print_rows  # noqa: PLC0415 - as above

    first, last = _day(since), _day(until) if until else None
    if last and last < first:
        raise InputError(f"--until {until}", f"before --since {since}", "give the later day as --until")
    who = decisions_at(where, names).actors
    with existing(where) as store:
        if output:
            report(store, first, last, lang=lang, who=who).save(output)
        elif format_ == "markdown":
            click.echo(str(report(store, first, last, lang=lang, who=who)))
        else:
            head, *found = rows(changes(store, first, last), lang=lang, who=who)
            print_rows(head, found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(text, "no date", "write it as 2024-09-10") from None
