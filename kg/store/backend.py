"""Where the quads lie: in memory, in a folder on disk, or on a SPARQL server, all behind one interface."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from kg.store.terms import Node

Triple: TypeAlias = "tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]"
Answer: TypeAlias = "ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]"


class Backend(Protocol):
    """Quads that are ours alone to write. Every query runs over the union of all graphs."""

    where: str
    in_pieces: bool  # may a change have been broken off in the middle?

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Node | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Find quads; None stands for anything."""

    def about(self, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give all that is said of some nodes; on a server in few requests."""

    def holding(self, triples: Iterable[Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give those of some triples that stand in a graph; on a server in few requests."""

    def pointing(self, predicate: ox.NamedNode, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give the quads of one property that point at some nodes; on a server in few requests."""

    def apply(self, steps: Iterable[Step]) -> None:
        """Change quads, all of it or nothing, where the backend can; a server with a limit takes step after step."""

    def select(self, sparql: str, bindings: Mapping[str, Node]) -> Answer:
        """Ask over the union of all graphs; values are bound as terms."""

    def load(self, path: Path) -> None:
        """Add a file of N-Quads, faster than by changes; not all or nothing."""

    def load_graphs(self, graphs: Mapping[ox.NamedNode, str]) -> None:
        """Add whole graphs, given as N-Triples, faster than by changes; they count with the next one."""

    def backup(self, target: Path) -> None:
        """Make a copy as it is now, a folder that is a store of its own."""

    def local(self) -> ox.Store:
        """Give the quads as a store of Oxigraph for reading; of a server, a copy."""

    @property
    def is_open(self) -> bool:
        """Can it still be asked?"""

    def flush(self) -> None:
        """Bring everything to the disk, so that a power cut loses nothing."""

    def close(self) -> None:
        """Flush, and let others open it."""


class Step(NamedTuple):
    """Quads to take out, then quads to put in, in this order where they go one by one.

    ``graphs`` are put in as well: triples, written as N-Triples, by the graph that they belong to.
    """

    remove: Collection[ox.Quad]
    add: Collection[ox.Quad]
    graphs: Mapping[ox.NamedNode, str] = MappingProxyType({})

    def request(self) -> str:
        """Write it as SPARQL."""
        whole = "".join(f"GRAPH {graph} {{\n{triples}}}\n" for graph, triples in self.graphs.items())
        return ";\n".join(filter(None, (update(self.remove, self.add), whole and f"INSERT DATA {{\n{whole}}}")))


def update(remove: Iterable[ox.Quad], add: Iterable[ox.Quad]) -> str:
    r"""Write changes as SPARQL, in order; Oxigraph writes the terms, so nothing in them can break out.

    >>> import pyoxigraph as ox
    >>> node = ox.NamedNode("urn:a")
    >>> update([], [ox.Quad(node, node, ox.Literal("'}"), node)])
    'INSERT DATA {\nGRAPH <urn:a> { <urn:a> <urn:a> "\'}" }\n}'
    """
    parts = [("DELETE DATA", sorted(map(_line, remove))), ("INSERT DATA", sorted(map(_line, add)))]
    return ";\n".join(f"{verb} {{\n{''.join(lines)}}}" for verb, lines in parts if lines)


def _line(quad: ox.Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"


def lines(graphs: Mapping[ox.NamedNode, str]) -> bytes:
    """Write graphs that are given as N-Triples as one file of N-Quads."""
    return "".join(triples.replace(" .\n", f" {graph} .\n") for graph, triples in graphs.items()).encode()
