"""Real servers of SPARQL on loopback, for tests."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextlib.contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """Run `oxigraph serve` in memory and give its address."""
    address = f"127.0.0.1:{free_port()}"
    command = [OXIGRAPH, "serve", "--bind", address, *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(f"http://{address}/")
            yield f"http://{address}/"
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    for _ in range(200):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address)
            return
        time.sleep(0.02)
    raise AssertionError(address)


def clear(address: str) -> None:
    httpx.post(f"{address}update", data={"update": "CLEAR ALL"}).raise_for_status()
