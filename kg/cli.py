"""The command line: every command calls one function of the package and prints what it gives.

Exit status: 0 all done; 1 some inputs or the operation failed, the rest is done; 2 unusable
request. Messages go to standard error. Heavy libraries are imported by the commands that need
them, so that help answers at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError, KgError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Extraction

FAILED, UNUSABLE = 1, 2

LAYERS = ("claims", "attributions", "triples")


class Commands(click.Group):
    """The commands, with one way to report a user's mistake; any other exception is a bug and shows."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - what click declares
        """Run a command; turn an error of ours into one line and an exit status."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            complain(error)
            ctx.exit(UNUSABLE if isinstance(error, (InputError, UnknownName)) else FAILED)


def complain(error: KgError) -> None:
    """Print an error as one line on standard error."""
    click.echo(f"kg: {' '.join(str(error).split())}", err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="geopolitics-kg", prog_name="kg")
def main() -> None:
    """Turn French and English news into a graph of claims: who does what to whom, and who says so."""


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--layer", type=click.Choice(LAYERS), default="claims", show_default=True, help="What to print.")
@click.option("--format", "format_", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.pass_context
def extract(ctx: click.Context, paths: tuple[str, ...], layer: str, format_: str) -> None:  # noqa: ARG001 - one format so far
    """Print the claims of articles as JSON, one a line, and keep no store.

    PATH is a text, HTML or JSONL file, a folder of them, or - for standard input.
    """
    from kg.build import extractions  # noqa: PLC0415

    failed = False
    for outcome in extractions(paths):
        if isinstance(outcome, KgError):
            complain(outcome)
            failed = True
        else:
            lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in _records(outcome, layer)]
            click.echo("".join(lines).encode(), nl=False)
    ctx.exit(FAILED if failed else 0)


def _records(extraction: Extraction, layer: str) -> Iterator[dict[str, Any]]:
    from kg import jsonl  # noqa: PLC0415

    if layer == "claims":
        yield from map(jsonl.claim_to_json, extraction.claims)
    elif layer == "attributions":
        yield from map(jsonl.quotation_to_json, extraction.quotations)
    else:
        yield from map(jsonl.triple_to_json, extraction.triples)
