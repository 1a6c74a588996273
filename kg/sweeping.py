"""No garbage is looked for while much is made that all stays: such searches go through everything there is."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unswept() -> Iterator[None]:
    """Look for no garbage within the block; what it leaves is found behind it.

    >>> with unswept():
    ...     gc.isenabled()
    False
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def settled() -> Iterator[None]:
    """Look for no garbage within the block, and take all that is there behind it to stay until the process ends.

    The end of a process looks through everything several times: that would take a second of a short command.
    """
    with unswept():
        yield
        gc.freeze()
