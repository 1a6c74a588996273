"""The command line: every command calls one function of the package and prints what it gives.

Exit status: 0 all done; 1 some inputs or the operation failed, the rest is done; 2 unusable
request. Messages go to standard error. Heavy libraries are imported by the commands that need
them, so that help answers at once.
"""

from __future__ import annotations

import errno
import json
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from kg.cli_actors import actors
from kg.cli_brief import brief
from kg.cli_build import build
from kg.cli_diff import diff
from kg.cli_options import (
    FAILED,
    UNUSABLE,
    complain,
    decisions_at,
    existing,
    lang_option,
    names_option,
    paths_argument,
    reading,
    reading_options,
    store_option,
)
from kg.cli_query import query
from kg.cli_store import backup, export, import_, migrate, restore, serve
from kg.cli_verdict import verdict
from kg.cli_view import view
from kg.errors import InputError, KgError, UnknownName
from kg.model import LAYERS, addressed
from kg.sweeping import settled
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.actors import Actors
    from kg.model import Extraction


class Commands(click.Group):
    """The commands, with one way to report a user's mistake; any other exception is a bug and shows."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what click declares
        """Run a command; turn a mistake into one line and an exit status."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            complain(error)
            ctx.exit(UNUSABLE if isinstance(error, (InputError, UnknownName)) else FAILED)
        except OSError as error:
            if error.errno == errno.EPIPE or error.filename is None:
                raise  # click ends quietly when nobody reads any more
            complain(InputError(str(error.filename), error.strerror or str(error), "check the path"))
            ctx.exit(FAILED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="geopolitics-kg", prog_name="kg")
def main() -> None:
    """Turn French and English news into a graph of claims: who does what to whom, and who says so."""


for command in (actors, brief, build, diff, export, import_, backup, restore, migrate, serve, query, verdict, view):
    main.add_command(command)


@main.command()
@paths_argument
@reading_options
@click.option("--layer", type=click.Choice(LAYERS), default="claims", show_default=True, help="What to print.")
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("--names", metavar="FILE", help="A file of decisions on names to follow.")
@click.option("--why", is_flag=True, help="Show how each sentence was read; PATH may be a sentence in quotes.")
@click.option("--grep", metavar="WORDS", help="With --why: only the sentences that hold these words.")
@click.option("--lang", metavar="fr|en", help="With --why: the language, where the text does not tell it.")
@click.pass_context
def extract(ctx: click.Context, /, paths: tuple[str, ...], names: str | None, **asked: Any) -> None:  # noqa: ANN401 - options
    """Print the claims of articles as JSON, one a line, and keep no store.

    PATH is a text, HTML or JSONL file, a folder of them, or - for standard input.
    """
    from kg.build import extractions  # noqa: PLC0415

    who = decisions_at(None, names).actors if names else None
    if asked["why"]:
        ctx.exit(_show_why(paths, who, lang=asked["lang"], grep=asked["grep"] or ""))
    if asked["grep"] or asked["lang"]:
        raise click.UsageError("--grep and --lang go with --why")
    failed = False
    outcomes = extractions(paths, actors=who, layers=(asked["layer"],), reading=reading(asked))
    with settled():  # the first comes with all that is loaded
        first = list(islice(outcomes, 1))
    for outcome in chain(first, outcomes):
        if isinstance(outcome, KgError):
            complain(outcome)
            failed = True
        else:
            lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in _records(outcome, asked["layer"])]
            click.echo("".join(lines).encode(errors="backslashreplace"), nl=False)  # half a character stays escaped
    ctx.exit(FAILED if failed else 0)


@main.command()
@click.argument("subject")
@click.argument("relation")
@click.argument("object_", metavar="OBJECT")
@store_option
@names_option
@lang_option
def explain(subject: str, relation: str, object_: str, where: str, names: str | None, lang: str) -> None:
    """Tell who says that SUBJECT RELATION OBJECT, who denies it, in what role, and with what words.

    Names may be in French or English: kg explain Iran suppliesArmsTo Russie
    """
    from kg.explain import explain as explain_statement  # noqa: PLC0415

    who = decisions_at(where, names).actors
    with existing(where) as store:
        click.echo(explain_statement(store, subject, relation, object_, lang=lang, who=who))


@main.command()
@store_option
@click.option("--pyshacl", is_flag=True, help="Have pyshacl check the shapes: another opinion, and a slow one.")
@click.pass_context
def validate(ctx: click.Context, where: str, *, pyshacl: bool) -> None:
    """Check that everything in the store has the shape that the ontology asks for, and follows from the claims."""
    with existing(where) as store:
        faults = store.validate(pyshacl=pyshacl)
    for fault in faults:
        click.echo(f"kg: {where}: {one_line(fault)}", err=True)
    if not faults:
        click.echo(f"{where}: everything is as it should be")
    ctx.exit(FAILED if faults else 0)


@main.command()
@click.argument("article")
@store_option
def forget(article: str, where: str) -> None:
    """Remove an article, by its id, and all that stands on it alone."""
    with existing(where) as store:
        if not store.forget(article):
            remedy = f'see the ids: kg query "SELECT DISTINCT ?a {{ ?a a gp:Article }}" --store {where}'
            raise UnknownName(article, "no article of that id in this store", remedy)
    click.echo(f"{one_line(article)}: forgotten")


def _records(extraction: Extraction, layer: str) -> Iterator[dict[str, Any]]:
    from kg import jsonl  # noqa: PLC0415

    if layer == "claims":
        addresses = {claim: address for address, claim in addressed(extraction.claims)}
        yield from (jsonl.claim_to_json(claim, addresses[claim]) for claim in extraction.claims)
    elif layer == "attributions":
        yield from map(jsonl.quotation_to_json, extraction.quotations)
    else:
        yield from map(jsonl.triple_to_json, extraction.triples)


def _show_why(paths: tuple[str, ...], who: Actors | None, *, lang: str | None, grep: str) -> int:
    """Show how sentences were read, those of articles or the texts themselves, and give the exit status."""
    from kg.printing import print_lines  # noqa: PLC0415
    from kg.why import asked, why  # noqa: PLC0415 - loads spaCy

    status = 0
    for path in paths:
        for outcome in asked(path, lang):
            if isinstance(outcome, KgError):
                complain(outcome)
                status = FAILED
            else:
                print_lines(why(outcome, grep=grep, actors=who))
    return status
