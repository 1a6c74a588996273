"""Quads in Oxigraph, in memory or in a folder on disk that carries a marker of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.store import terms
from kg.store.backend import lines
from kg.store.binding import bind
from kg.store.terms import named

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store.backend import Answer, Step, Triple
    from kg.store.terms import Node

VERSION = 1  # of the layout; a store of another version is not opened
MARKER = "kg-store.json"
UNFINISHED = "kg-unfinished"  # is there while graphs are loaded of which some may not be whole
_FORMAT = "geopolitics-kg store"
_DAMAGED = "check the path and your rights; if it is damaged, kg restore a backup, or build it anew from its articles"


class Local:
    """A backend in this process."""

    in_pieces = False

    def __init__(self, quads: ox.Store, where: str, folder: Path | None = None) -> None:
        """Take a store of Oxigraph that is ours alone to write; what was not made whole in it, is taken out."""
        self._quads: ox.Store | None = quads
        self.where = where
        self._mark = folder / UNFINISHED if folder else None
        if self._mark and self._mark.exists():
            self._sweep()

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Node | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Find quads; None stands for anything."""
        yield from self._read(subject, predicate, object_, graph)

    def about(self, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give all that is said of some nodes."""
        for node in nodes:
            yield from self._read(node, None, None, graph)

    def holding(self, triples: Iterable[Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give those of some triples that stand in a graph."""
        for triple in triples:
            yield from self._read(*triple, graph)

    def pointing(self, predicate: ox.NamedNode, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give the quads of one property that point at some nodes."""
        for node in nodes:
            yield from self._read(None, predicate, node, None)

    def apply(self, steps: Iterable[Step]) -> None:
        """Change quads in one transaction."""
        request = ";\n".join(filter(None, (step.request() for step in steps)))
        if not request:
            return
        try:
            self.quads.update(request)
            if self._mark:
                self._mark.unlink(missing_ok=True)
        except (OSError, RuntimeError) as error:
            raise self._fault(error) from error

    def select(self, sparql: str, bindings: Mapping[str, Node]) -> Answer:
        """Ask over the union of all graphs; values are bound as terms."""
        return self.quads.query(bind(sparql, bindings), use_default_graph_as_union=True)

    def load(self, path: Path) -> None:
        """Add a file of N-Quads."""
        try:
            self.quads.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        except (OSError, RuntimeError) as error:
            raise self._fault(error) from error

    def load_graphs(self, graphs: Mapping[ox.NamedNode, str]) -> None:
        """Add whole graphs at once; until the next change is done, a mark tells that they are not whole."""
        try:
            if self._mark:
                self._mark.touch()
            self.quads.bulk_load(lines(graphs), ox.RdfFormat.N_QUADS)
        except (OSError, RuntimeError) as error:
            raise self._fault(error) from error

    def backup(self, target: Path) -> None:
        """Copy the store of a folder as it is now; in the same file system this takes no room at first."""
        try:
            self.quads.backup(str(target))
            _mark(target)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                str(target), f"cannot be written ({error})", "check the path and its free space"
            ) from error

    def local(self) -> ox.Store:
        """Give the store of Oxigraph itself."""
        return self.quads

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

    def flush(self) -> None:
        """Bring everything to the disk."""
        try:
            self.quads.flush()
        except (OSError, RuntimeError) as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Flush and let go of the lock; Oxigraph drops it with the last reference."""
        if self._quads is not None:
            try:
                self.flush()
            finally:
                self._quads = None

    def _sweep(self) -> None:
        """Take out the articles that do not count: nothing follows from them yet."""
        for graph in list(self.quads.named_graphs()):
            of_article = isinstance(graph, ox.NamedNode) and terms.is_of_article(graph)
            if of_article and not any(self._read(None, named("gp:articleId"), None, graph)):
                self.quads.remove_graph(graph)
        self.flush()
        if self._mark:
            self._mark.unlink(missing_ok=True)

    def _read(self, *pattern: Any) -> Iterator[ox.Quad]:  # noqa: ANN401 - terms or None
        """Find quads one by one: who looks whether there is any reads no more than that."""
        try:
            yield from self.quads.quads_for_pattern(*pattern)
        except (OSError, RuntimeError) as error:
            raise StoreError(self.where, f"cannot be read ({error})", _DAMAGED) from error

    def _fault(self, error: Exception) -> StoreError:
        return StoreError(self.where, f"cannot be written ({error})", "free some space, or check the disk")


def open_memory() -> Local:
    """Make an empty store in memory."""
    return Local(ox.Store(), "memory")


def open_disk(where: str | os.PathLike[str]) -> Local:
    """Open or make a store in a folder; a folder of anything else is left alone.

    Raises:
        StoreError: the folder is something else, of another version, damaged, or open elsewhere.
    """
    folder = Path(where)
    check(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _mark(folder)
        return Local(ox.Store(str(folder)), str(folder), folder)
    except (OSError, RuntimeError) as error:
        raise _unopened(folder, str(error)) from error


def _unopened(folder: Path, message: str) -> StoreError:
    if "lock" in message.casefold():
        remedy = "close it or wait until it is done, then try again; to read meanwhile, restore a backup of it"
        return StoreError(str(folder), "another program has this store open", remedy)
    return StoreError(str(folder), f"cannot be opened ({message})", _DAMAGED)


def check(folder: Path) -> None:
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
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(marker, dict) and marker.get("format") == _FORMAT
    return marker.get("version", "unknown") if ours else None


def _mark(folder: Path) -> None:
    """Leave the marker first, whole or not at all: a crash right after it leaves an empty store."""
    if not (folder / MARKER).exists():
        draft = folder / f".{MARKER}.new"
        draft.write_text(json.dumps({"format": _FORMAT, "version": VERSION}) + "\n", encoding="utf-8")
        draft.replace(folder / MARKER)
