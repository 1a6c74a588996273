"""The commands that keep a store, move it and serve it: export, import, backup, restore, migrate, serve."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from kg.cli_options import existing, store_option
from kg.errors import InputError
from kg.text import is_address


@click.command()
@store_option
@click.option("-o", "--output", required=True, metavar="FILE", help="Its ending tells the format.")
def export(where: str, output: str) -> None:
    """Write the whole graph to a file, or its edges for other programs.

    The graph: Turtle (.ttl), TriG (.trig), N-Quads (.nq) or JSON-LD (.jsonld). One edge a case,
    with its status and counts: a table (.csv), GraphML (.graphml), GEXF (.gexf), or two tables for
    Neo4j's importer (.zip).
    """
    with existing(where) as store:
        store.export(output)


@click.command(name="import")
@click.argument("file")
@store_option
def import_(file: str, where: str) -> None:
    """Read a FILE that kg export wrote, Turtle or N-Quads, into a new store."""
    from kg.store import open_store  # noqa: PLC0415 - loads the RDF libraries

    if not Path(file).is_file():
        raise InputError(file, "no such file", "check the path")
    with open_store(where) as store:
        store.load(file)
        count = sum(1 for _ in store.articles())
    click.echo(f"{where}: {count} article{'' if count == 1 else 's'}")


@click.command()
@click.argument("folder")
@store_option
def backup(folder: str, where: str) -> None:
    """Copy the store as it is now to a new FOLDER, with your decisions beside it."""
    with existing(where) as store:
        store.backup(folder)
    click.echo(f"{folder}: a copy of {where}")


@click.command()
@click.argument("folder")
@store_option
def restore(folder: str, where: str) -> None:
    """Make a store of a backup in FOLDER, where there is none."""
    from kg.store.keeping import restore as restore_store  # noqa: PLC0415 - as above

    _folder(where)
    for kept in restore_store(Path(folder), Path(where)):
        click.echo(f"kg: {kept}: kept as it is, not as in the backup", err=True)
    click.echo(f"{where}: restored from {folder}")


@click.command()
@store_option
def migrate(where: str) -> None:
    """Work out anew all that follows from the claims of a store, as after an update of kg."""
    with existing(where) as store:
        count = store.migrate()
    click.echo(f"{where}: {count} statement{'' if count == 1 else 's'} changed")


@click.command()
@store_option
@click.option("--port", type=click.IntRange(1, 65535), default=7878, show_default=True)
@click.option("--write", is_flag=True, help="Let others change the store through the server.")
def serve(where: str, port: int, *, write: bool) -> None:
    """Serve the store on this machine: a SPARQL endpoint, and a page to ask in, both without network.

    It serves the store as it is now; articles that are added later are seen when you start it again.
    """
    from kg.serving import page, serving, wait  # noqa: PLC0415 - as above

    _folder(where)
    existing(where).close()
    for stop in (signal.SIGINT, signal.SIGTERM):  # also where a shell has it started in the background
        signal.signal(stop, signal.default_int_handler)
    with serving(where, port, write=write) as server:
        click.echo(f"Endpoint:   http://127.0.0.1:{port}/query")
        click.echo(f"Query page: {page(port)}")
        click.echo("Stop it with Ctrl-C.")
        try:
            wait(server, where, port)
        except KeyboardInterrupt:
            click.echo()


def _folder(where: str) -> None:
    if is_address(where):
        raise InputError(where, "a server, not a folder", "give the folder of a store with --store")
