"""Where the quads lie: in memory or in a folder on disk. One interface, so that others can follow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.store.binding import bind

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store.terms import Node

VERSION = 1  # of the layout; a store of another version is not opened
_MARKER = "kg-store.json"
_FORMAT = "geopolitics-kg store"


class Backend:
    """Quads in an Oxigraph store. Every query runs over the union of all graphs."""

    def __init__(self, quads: ox.Store, where: str) -> None:
        """Take a store of Oxigraph that is ours alone to write."""
        self._quads: ox.Store | None = quads
        self.where = where

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Node | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Find quads; None stands for anything."""
        return self.quads.quads_for_pattern(subject, predicate, object_, graph)

    def has(self, quad: ox.Quad) -> bool:
        """Is this quad there?"""
        return quad in self.quads

    def apply(self, remove: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> None:
        """Take quads out and put others in, all of it or nothing: one request, one transaction."""
        parts = [("DELETE DATA", sorted(map(_line, remove))), ("INSERT DATA", sorted(map(_line, add)))]
        request = ";\n".join(f"{verb} {{\n{''.join(lines)}}}" for verb, lines in parts if lines)
        if not request:
            return
        try:
            self.quads.update(request)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                self.where, f"cannot be written ({error})", "free some space, or check the disk"
            ) from error

    def select(
        self, sparql: str, bindings: Mapping[str, Node]
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Ask over the union of all graphs; values are bound as terms."""
        return self.quads.query(bind(sparql, bindings), use_default_graph_as_union=True)

    @property
    def is_open(self) -> bool:
        """Can it still be asked?"""
        return self._quads is not None

    @property
    def quads(self) -> ox.Store:
        """The store of Oxigraph underneath."""
        if self._quads is None:
            raise StoreError(self.where, "this store is closed", "open it again")
        return self._quads

    def close(self) -> None:
        """Flush and let go of the lock; Oxigraph drops it with the last reference."""
        if self._quads is not None:
            self._quads.flush()
            self._quads = None

    def flush(self) -> None:
        """Bring everything to the disk, so that a power cut loses nothing."""
        self.quads.flush()


def _line(quad: ox.Quad) -> str:
    """Write a quad for an update; Oxigraph writes the terms, so nothing in them can break out."""
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"


def open_memory() -> Backend:
    """Make an empty store in memory."""
    return Backend(ox.Store(), "memory")


def open_disk(where: str | os.PathLike[str]) -> Backend:
    """Open or make a store in a folder; a folder of anything else is left alone."""
    folder = Path(where)
    _check(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _mark(folder)
        return Backend(ox.Store(str(folder)), str(folder))
    except (OSError, RuntimeError) as error:
        raise _unopened(folder, str(error)) from error


def _unopened(folder: Path, message: str) -> StoreError:
    if "lock" in message.casefold():
        remedy = "close it or wait until it is done, then try again"
        return StoreError(str(folder), "another program has this store open", remedy)
    remedy = "check the path and your rights; if the store is damaged, build it anew from its articles"
    return StoreError(str(folder), f"cannot be opened ({message})", remedy)


def _check(folder: Path) -> None:
    """Refuse what is no store of ours before anything is written into it."""
    where = str(folder)
    if "\0" in where:
        raise InputError(repr(where), "no path", "give the path of a folder")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StoreError(where, "a file, not a folder", "give the folder of a store, or a new name")
    version = _version(folder)
    if version is None and any(folder.iterdir()):
        raise StoreError(where, "a folder of something else, not a store of kg", "give an empty folder or a new name")
    if version not in {None, VERSION}:
        remedy = "open it with the kg that wrote it, or build a new one from its articles"
        raise StoreError(where, f"a store of version {version}, this kg reads version {VERSION}", remedy)


def _version(folder: Path) -> object:
    """Read the version off the marker file; None where there is no marker of ours."""
    try:
        marker = json.loads((folder / _MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(marker, dict) and marker.get("format") == _FORMAT
    return marker.get("version", "unknown") if ours else None


def _mark(folder: Path) -> None:
    """Leave the marker first, whole or not at all: a crash right after it leaves an empty store."""
    if not (folder / _MARKER).exists():
        draft = folder / f".{_MARKER}.new"
        draft.write_text(json.dumps({"format": _FORMAT, "version": VERSION}) + "\n", encoding="utf-8")
        draft.replace(folder / _MARKER)
