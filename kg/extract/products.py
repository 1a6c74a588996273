"""Matrix products of the models by numpy's own library, on one thread: three times as fast as spaCy's, the same parses.

Nine tenths of a parse are products of small matrices. spaCy has them done by BLIS, which it brings along;
numpy's wheels bring OpenBLAS, which knows the processors of today. More threads make it slower:
they wait for each other.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

NAMES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads", "openblas_{}_num_threads")


class Threads(NamedTuple):
    """How to ask and tell numpy's library the number of its threads."""

    get: Callable[[], int]
    set: Callable[[int], object]


@cache
def threads() -> Threads | None:
    """Find the functions of OpenBLAS in what numpy has loaded; None where numpy was built with another library."""
    from numpy.linalg import _umath_linalg  # noqa: PLC0415 - numpy is slow to load, and comes with spaCy

    try:
        library = ctypes.CDLL(_umath_linalg.__file__)
    except OSError:
        return None
    for name in NAMES:
        get, set_ = (getattr(library, name.format(verb), None) for verb in ("get", "set"))
        if get and set_:
            return Threads(get, set_)
    return None


def quicken(nlp: Language) -> Language:
    """Have the products of this model done by numpy, if its library is OpenBLAS; others' models stay as they are."""
    if threads():
        from thinc.api import NumpyOps  # noqa: PLC0415 - comes with spaCy

        ops = NumpyOps(use_blis=False)
        for _, component in nlp.pipeline:
            network = getattr(component, "model", None)  # rules have none
            for layer in network.walk() if network else ():
                layer.ops = ops
    return nlp


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep OpenBLAS to one thread within the block."""
    found = threads()
    before = found.get() if found else 1
    if found and before > 1:
        found.set(1)
    try:
        yield
    finally:
        if found and before > 1:
            found.set(before)
