"""Work in a process of its own that can be ended: after some time, or when it takes too much memory.

Oxigraph has no way to stop a query, and one that sorts everything against everything would take all the memory
of a machine. The process reads only; to end it loses nothing.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import traceback
from typing import TYPE_CHECKING, TypeVar

from kg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

T = TypeVar("T")

LESS = "ask for less: a value for a parameter, a narrower pattern, no ORDER BY over everything"


def within(seconds: float, act: Callable[[], T], what: str) -> T:
    """Do something in a process of its own and give what it gives; where none can be forked, in this one.

    >>> within(10, lambda: 6 * 7, "a sum")
    42

    Raises:
        KgError: as in the other process.
        StoreError: it took too long or too much memory.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return act()
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_do, args=(sending, act), daemon=True)
    child.start()
    sending.close()
    try:
        if not receiving.poll(seconds):
            raise StoreError(what, f"stopped after {seconds:g} s", f"{LESS}; or give it more time (--timeout 0: any)")
        found = receiving.recv()
    except EOFError:
        raise StoreError(what, "stopped: it took too much memory", LESS) from None
    finally:
        child.kill()
        child.join()
    if isinstance(found, Exception):
        raise found
    return found  # type: ignore[no-any-return] # what act gives


def memory() -> int:
    """Give the bytes that such a process may take: half of the memory of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2


def _do(sending: Connection, act: Callable[[], object]) -> None:
    """Be the other process, without a word on standard error when the memory is over."""
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _take_at_most(memory())
    try:
        sending.send(act())
    except MemoryError:
        sending.close()
    except Exception as error:  # noqa: BLE001 - raised again by who waits
        error.add_note(traceback.format_exc())
        sending.send(error)


def _take_at_most(size: int) -> None:
    import resource  # noqa: PLC0415 - not on every system

    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
