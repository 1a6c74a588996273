"""A SPARQL endpoint with a query page over a store, on this machine alone: `oxigraph serve` on a copy of it.

The copy costs no time and no room to speak of (its files are links), and so others may go on writing meanwhile.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import InputError, StoreError
from kg.store import open_store
from kg.store.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
_FIRST = "SELECT ?who ?whom WHERE { ?who gp:suppliesArmsTo ?whom }"
_SHOWN = ("ent", "gp", "rdf", "rdfs", "status")  # prefixes on the page


def page(port: int) -> str:
    """Give the address of the query page, with a first question laid out.

    >>> page(7878)[:30]
    'http://127.0.0.1:7878/#query=P'
    """
    lines = [f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in _SHOWN]
    return f"http://{HOST}:{port}/#query={quote(chr(10).join([*lines, _FIRST]), safe='')}"


@contextmanager
def serving(where: str, port: int, *, write: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server over a store until the block is left: over a copy to read, or over the store itself to write.

    Raises:
        StoreError: the store cannot be opened, or the server does not start.
        InputError: the server is not installed.
    """
    program = _program()
    with open_store(where) as store, tempfile.TemporaryDirectory(dir=_parent(where), prefix=".kg-serve-") as scratch:
        folder = Path(where).resolve()
        if not write:
            folder = Path(scratch) / "store"
            store.backup(folder)
        store.close()
        verb = "serve" if write else "serve-read-only"
        command = [program, verb, "--location", str(folder), "--bind", f"{HOST}:{port}", "--union-default-graph"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:  # noqa: S603 - no shell
            try:
                yield server
            finally:
                server.terminate()


def wait(server: subprocess.Popen[bytes], where: str, port: int) -> None:
    """Wait until a server ends by itself, which it does only when something is wrong."""
    _, told = server.communicate()
    words = " ".join(told.decode(errors="replace").split())
    raise StoreError(where, f"the server on port {port} ended ({words})", "take another port: --port")


def _parent(where: str) -> Path:
    return Path(where).resolve().parent


def _program() -> str:
    beside = Path(sys.executable).with_name("oxigraph")
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    if not found:
        raise InputError("oxigraph", "this server is not installed", 'pip install "geopolitics-kg[serve]"')
    return found
