"""Where a SPARQL server is and how it wants to be asked: addresses, limits and credentials from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "KG_SPARQL_"
TIMEOUT = 60
_PARTS = {"query": "query", "update": "update", "data": "store"}  # as Oxigraph names them


@dataclass(frozen=True, slots=True)
class Service:
    """The addresses of a server; ``limit`` is how many quads it takes in one update, ``timeout`` in seconds.

    ``data`` is the address of the Graph Store protocol; without one, files go in by updates.
    """

    query: str
    update: str
    data: str | None
    limit: int | None = None
    timeout: float = TIMEOUT
    login: tuple[str, str] | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


def service(address: str, env: Mapping[str, str] = os.environ) -> Service:
    """Work out how to ask a server: KG_SPARQL_QUERY, _UPDATE and _DATA may put other addresses in their places.

    >>> found = service("http://localhost:7878/", {"KG_SPARQL_DATA": "http://localhost:7878/data"})
    >>> found.query, found.update, found.data
    ('http://localhost:7878/query', 'http://localhost:7878/update', 'http://localhost:7878/data')

    Raises:
        InputError: an address or a number is none, or a password stands in the address.
    """
    base = _checked(address, "--store").rstrip("/")
    given = {name.removeprefix(VARIABLE): value for name, value in env.items() if name.startswith(VARIABLE) and value}
    places = {part: given.get(part.upper(), f"{base}/{end}") for part, end in _PARTS.items()}
    for part, place in places.items():
        _checked(place, VARIABLE + part.upper())
    user, password = given.get("USER"), given.get("PASSWORD", "")
    return Service(
        **places,
        limit=_number(given, "LIMIT"),
        timeout=_number(given, "TIMEOUT") or TIMEOUT,
        login=(user, password) if user else None,
        token=given.get("TOKEN"),
    )


def _checked(address: str, where: str) -> str:
    """Refuse what is no address; one with a password in it is not shown."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise InputError(where, "no address of a server", "write it as http://localhost:7878/") from None
    if parts.username or parts.password:
        remedy = f"set {VARIABLE}USER and {VARIABLE}PASSWORD instead, so that it is never shown"
        raise InputError(where, "the address has a user or a password in it", remedy)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(where, f"{address!r} is no address of a server", "write it as http://localhost:7878/")
    return address


def _number(given: Mapping[str, str], name: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not value.isdecimal() or not int(value):
        raise InputError(VARIABLE + name, f"{value!r} is no number above 0", "give a whole number, or unset it")
    return int(value)
