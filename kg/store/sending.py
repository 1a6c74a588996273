"""From a worker straight to a server: the graphs of articles, which do not count until the closing pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.store import terms
from kg.store.server import Server
from kg.store.service import Service, service

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.entry import Entry


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts articles on a server; it can be sent to other processes, with the settings of the first."""

    address: str
    settings: Service

    def send(self, entries: Sequence[Entry]) -> list[Entry]:
        """Put articles there of which there is nothing; they come back without their triples, the others as they are.

        Raises:
            StoreError: the server is away or refuses.
        """
        graphs = {terms.graph_of(each.article.iri): each.triples for each in entries}
        server = Server(self.address, self.settings)
        try:
            there = server.holds(graphs)
            server.load_graphs({graph: triples for graph, triples in graphs.items() if graph not in there})
        finally:
            server.close()
        return [
            each if graph in there else replace(each, triples="") for graph, each in zip(graphs, entries, strict=True)
        ]


def sender(address: str) -> Sender:
    """Make a sender with the settings of this process.

    Raises:
        InputError: the address or a setting is none.
    """
    return Sender(address, service(address))
