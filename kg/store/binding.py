"""Values into queries as terms: a query is read token by token, and a variable gives way to a term.

A value never meets the text of the query as text: Oxigraph writes the term, and it takes the place of
a whole token. (Oxigraph's own substitution asks for every bound variable among the selected ones, and
a server across the network has none.)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.terms import Node

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>'{3}(?:\\.|(?!''')[^\\])*'{3}|"{3}(?:\\.|(?!\"{3})[^\\])*"{3}|'(?:\\.|[^'\\\r\n])*'|"(?:\\.|[^"\\\r\n])*")
    |(?P<variable>[?$]\w+)
    |(?P<tag>@[\w-]+)
    |(?P<name>(?:\w[\w.-]*)?:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^\w\s])*)
    |(?P<word>\w+)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_ENDS_SELECTION = frozenset({"WHERE", "FROM", "{"})
CHANGES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_VERBS = CHANGES | {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


@lru_cache(256)
def tokens(sparql: str) -> tuple[tuple[str, str], ...]:
    """Cut a query into tokens, each with its sort; nothing is lost.

    >>> [text for sort, text in tokens("ASK { ?s a 'SERVICE' }") if sort == "word"]
    ['ASK', 'a']
    """
    return tuple((found.lastgroup or "sign", found[0]) for found in _TOKEN.finditer(sparql))


def words(sparql: str) -> list[str]:
    """Give the bare words of a query, in capitals: the keywords, not what stands in strings, names or comments."""
    return [text.upper() for sort, text in tokens(sparql) if sort == "word"]


def bind(sparql: str, bound: Mapping[str, Node]) -> str:
    r"""Let terms take the place of variables.

    >>> from pyoxigraph import Literal
    >>> bind("SELECT ?s ?name { ?s ?p ?name }", {"name": Literal("l'Iran")})
    'SELECT ?s ("l\'Iran" AS ?name) { ?s ?p "l\'Iran" }'

    Raises:
        InputError: the query has no such variable, or gives it a value itself.
    """
    if not bound:
        return sparql
    names = {text[1:] for sort, text in tokens(sparql) if sort == "variable"}
    for name in bound:
        if name not in names:
            known = ", ".join(f"?{each}" for each in sorted(names)) or "none"
            raise InputError("query", f"has no variable ?{name}", f"its variables are: {known}")
    reader = _Place()
    return "".join(reader.read(sort, text, bound) for sort, text in tokens(sparql))


class _Place:
    """Where in a query the reader stands: in a selection, behind GROUP BY, in which depth of braces."""

    def __init__(self) -> None:
        self._braces = self._parens = 0
        self._selects = self._orders = self._lists = False
        self._last = ""

    def read(self, sort: str, text: str, bound: Mapping[str, Node]) -> str:
        """Take one token and give what stands in its place."""
        if sort == "variable":
            text = self._variable(text, bound)
        elif sort in {"word", "sign"}:
            self._step(text.upper())
        if sort != "skip":
            self._last = text.upper() if sort == "word" else text
        return text

    def _variable(self, text: str, bound: Mapping[str, Node]) -> str:
        if (term := bound.get(text[1:])) is None:
            return text
        if self._last == "AS" or self._lists:
            raise InputError("query", f"gives ?{text[1:]} a value itself", "take another name, or do not bind it")
        if self._parens == 0 and self._selects:
            # Further in, the variable need not come out: what stands outside has the term as well.
            return f"({term} AS {text})" if self._braces == 0 else ""
        return f"({term})" if self._parens == 0 and self._orders else str(term)

    def _step(self, text: str) -> None:
        self._braces += (text == "{") - (text == "}")
        self._parens += (text == "(") - (text == ")")
        if text == "SELECT":
            self._selects = True
        elif text in _ENDS_SELECTION:
            self._selects = self._lists = False
        if text == "BY":
            self._orders = True
        elif text in {"}", "LIMIT", "OFFSET", "HAVING", "VALUES"}:
            self._orders = False
        if text == "VALUES":
            self._lists = True


def capped(sparql: str, rows: int) -> str:
    r"""Ask for no more rows than these, unless a query says itself how many it wants.

    >>> capped("SELECT ?s { ?s a ?c }", 10), capped("SELECT ?s { ?s a ?c } LIMIT 5", 10)
    ('SELECT ?s { ?s a ?c }\nLIMIT 10', 'SELECT ?s { ?s a ?c } LIMIT 5')
    """
    depth, outside = 0, set()
    for sort, text in tokens(sparql):
        depth += (text == "{") - (text == "}") if sort == "sign" else 0
        if sort == "word" and depth == 0:
            outside.add(text.upper())
    return sparql if outside & {"LIMIT", "VALUES", "ASK"} else f"{sparql}\nLIMIT {rows}"


def starts_with(sparql: str) -> str:
    """Give the word by which a query says what it is; of an update, its verb.

    >>> starts_with("PREFIX gp: <urn:x> SELECT ?s { ?s a gp:Claim }"), starts_with("drop all")
    ('SELECT', 'DROP')
    """
    return next((word for word in words(sparql) if word in _VERBS), "")
