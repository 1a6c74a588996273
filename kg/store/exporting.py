"""A store as a file: RDF, or its edges for other programs; the same store gives the same bytes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.store import terms
from kg.store.edges import as_csv, as_gexf, as_graphml, as_neo4j, edges
from kg.store.querying import to_ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.backend import Backend
    from kg.store.querying import QueryResult

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


NO_TRIPLES = InputError("--format turtle", "the query makes a table, not triples", "ask with CONSTRUCT, or take csv")
EDGES = {".csv": as_csv, ".graphml": as_graphml, ".gexf": as_gexf, ".zip": as_neo4j}


def export(backend: Backend, path: str | os.PathLike[str]) -> None:
    """Write a store to a file, sorted, in the format of its ending; the file is there whole or not at all."""
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in {*FORMATS, *EDGES}:
        known = ", ".join([*FORMATS, *EDGES])
        raise InputError(str(target), f"no format ends in {target.suffix!r}", f"end the name in {known}")
    try:
        if ending in EDGES:
            _replace(target, EDGES[ending](edges(backend)))
        else:
            _replace(target, serialize(backend.match(), FORMATS[ending]))
    except (OSError, ValueError) as error:
        raise StoreError(str(target), f"cannot be written ({error})", "check the folder and its free space") from error


def serialize(quads: Iterable[ox.Quad], form: ox.RdfFormat) -> bytes:
    """Write quads in order: by graph, subject, predicate, object. Turtle has the union of the graphs."""
    rows = sorted(quads, key=lambda quad: (str(quad.graph_name), _key(quad)))
    if form == ox.RdfFormat.N_QUADS:
        return "".join(sorted(f"{quad} .\n" for quad in rows)).encode()
    if form == ox.RdfFormat.TURTLE:
        union = sorted((quad.triple for quad in rows), key=_key)
        return ox.serialize(union, format=form, prefixes=terms.PREFIXES) or b""
    prefixes = None if form == ox.RdfFormat.JSON_LD else terms.PREFIXES
    return ox.serialize(rows, format=form, prefixes=prefixes) or b""


def turtle(result: QueryResult) -> str:
    """Write the triples that a query makes as Turtle, sorted, with the prefixes that they use.

    Raises:
        InputError: the query made a table, not triples.
    """
    if result.kind != "graph":
        raise NO_TRIPLES
    triples = sorted((ox.Triple(*map(to_ox, row)) for row in result.rows), key=_key)  # type: ignore[arg-type] # terms of triples
    plain = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    used = {name: address for name, address in terms.PREFIXES.items() if f"<{address}".encode() in plain}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _key(row: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    """Sort by subject, its class first, as people read."""
    return (str(row.subject), row.predicate != terms.A, str(row.predicate), str(row.object))


def _replace(target: Path, content: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(draft).chmod(0o666 & ~mask)
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
