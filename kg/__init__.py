"""Questionable graphs from geopolitical news.

>>> import kg
>>> graph = kg.open()
>>> graph.sparql("SELECT ?claim { ?claim a gp:Claim }").empty
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from kg.articles import read
    from kg.errors import KgError
    from kg.model import Article, Claim, Entity, Statement
    from kg.notebook import Graph, open  # noqa: A004 - `kg.open` reads like `gzip.open`

__all__ = ["Article", "Claim", "Entity", "Graph", "KgError", "Statement", "open", "read"]

_HOMES = {
    "Article": "kg.model",
    "Claim": "kg.model",
    "Entity": "kg.model",
    "Graph": "kg.notebook",
    "KgError": "kg.errors",
    "Statement": "kg.model",
    "open": "kg.notebook",
    "read": "kg.articles",
}


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Give a notebook ``%sparql`` and ``%%sparql``; ``%load_ext kg`` calls this."""
    from kg.magic import load  # noqa: PLC0415 - IPython is there when it calls

    load(shell)


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as modules do
    """Load a public name when it is first used, so that ``import kg`` and ``kg --help`` stay light."""
    from importlib import import_module  # noqa: PLC0415

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
