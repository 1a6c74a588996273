"""Does another SPARQL server hold and answer the same as memory does? By hand, for Virtuoso: no part of the suite.

    virtuoso-t +configfile virtuoso.ini
    isql-vt 1111 dba dba exec='GRANT SPARQL_UPDATE TO "SPARQL";'
    python tests/second_opinion.py http://localhost:8890/sparql

It has graphs of its own, which `open_store` refuses, so that this asks the server without that check. Virtuoso
7.2.5 gives the same answers, and the same quads (of truth values it writes 1 for true). But its DELETE DATA leaves
texts that have a language, so that a store there is not for forgetting: this tells which.
"""

from __future__ import annotations

import sys

from test_store import STORY, quads

from kg.asking import ask
from kg.model import BASE
from kg.store import Store, open_store, queries
from kg.store.server import Server
from kg.store.service import service
from kg.store.sources import default_world
from kg.store.terms import XSD

BOOLEAN = f"<{XSD}boolean>"


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def ours(store: Store) -> set[str]:
    """Give the quads of our graphs, truth values in one form."""
    mine = (quad for quad in quads(store) if f"<{BASE}graph/" in quad)
    true = (quad.replace(f'"1"^^{BOOLEAN}', f'"true"^^{BOOLEAN}') for quad in mine)
    return {quad.replace(f'"0"^^{BOOLEAN}', f'"false"^^{BOOLEAN}') for quad in true}


def compare(what: str, server: Store, memory: Store) -> None:
    """Tell what one has and the other has not, and which queries they answer differently."""
    there, here = ours(server), ours(memory)
    tell(f"{what}: {len(here)} quads; only on the server {len(there - here)}, only in memory {len(here - there)}")
    for quad in sorted(there ^ here)[:5]:
        tell(f"    {quad}")
    for query in queries().values():
        values = {each.name: each.example for each in query.parameters if each.required}
        rows = [sorted(map(str, ask(store, query.name, values).rows)) for store in (server, memory)]
        if rows[0] != rows[1]:
            tell(f"    {query.name}: {len(rows[0])} rows there, {len(rows[1])} here, not the same")


def main(address: str) -> None:
    """Add and forget on both."""
    settings = {"KG_SPARQL_QUERY": address, "KG_SPARQL_UPDATE": address, "KG_SPARQL_LIMIT": "200"}
    backend = Server(address, service(address, settings))
    with Store(backend, default_world()) as server, open_store() as memory:
        for article, claims in STORY:
            server.add(article, claims)
            memory.add(article, claims)
        compare("added", server, memory)
        for article, _ in STORY:
            server.forget(article.id)
            memory.forget(article.id)
        compare("forgotten", server, memory)


if __name__ == "__main__":
    main(sys.argv[1])
