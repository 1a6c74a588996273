"""Who owns an outlet, and whether a state runs it: a table that ships with kg, and a file beside the store.

The file, ``kg-store.outlets.csv`` for the store ``kg-store``, goes before the table (docs/verdicts.md).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from kg import actors, sheet
from kg.actors import Outlet, pieces
from kg.errors import InputError, Refused, UnknownName
from kg.lookup import entity, iri_of, named
from kg.model import BASE, ENT, Entity, digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.actors import Actors
    from kg.sheet import Row, Sheet

COLUMNS = ("outlet", "owner", "country", "state_run", "note")
NEEDED = ("outlet",)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
ENDING = ".outlets.csv"
TRUTHS = {
    "yes": True,
    "oui": True,
    "true": True,
    "1": True,
    "": False,
    "no": False,
    "non": False,
    "false": False,
    "0": False,
}


def outlet_entity(name: str) -> Entity:
    """Make an entity of an outlet that no table knows; the same name is the same outlet.

    >>> outlet_entity("Le Monde").iri == outlet_entity(" le monde").iri
    True
    """
    key = " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    slug = _NOT_SLUG.sub("-", plain).strip("-")[:60] or "outlet"
    return Entity(f"{BASE}outlet/{slug}-{digest(key)[:8]}", " ".join(name.split()), "Media")


def of_name(name: str, who: Actors) -> Entity:
    """Give an outlet by its name: the known one, which others quote, or one of its own.

    >>> from kg.actors import load
    >>> of_name("Le Monde", load()).iri == ENT + "le-monde", of_name("Gazette", load()) == outlet_entity("Gazette")
    (True, True)
    """
    media = [who.entities[iri] for iri in named(name, who) if iri in who.entities and who.entities[iri].type == "Media"]
    return media[0] if len(media) == 1 else outlet_entity(name)


def beside(store: str | Path) -> Path:
    """Name the file of outlets of a store.

    >>> str(beside("news/kg-store"))
    'news/kg-store.outlets.csv'
    """
    return sheet.beside(store, ENDING)


def amended(who: Actors, path: Path | None) -> Actors:
    """Give tables of actors that know the outlets of a file, and those of the table that ships.

    Raises:
        Refused: rows of the file are wrong; all of them are told.
        InputError: the file cannot be read.
    """
    if path is None or not path.exists():
        return who
    return replace(who, outlets={**shipped(), **load(path, who)})


@cache
def shipped() -> Mapping[str, Outlet]:
    """Give the outlets of the table that ships with kg.

    >>> shipped()[ENT + "tass"].state_run, shipped()[ENT + "bbc"].state_run
    (True, False)
    """
    with as_file(files("kg.ontologies").joinpath("outlets.csv")) as path:
        return load(path, actors.load())


def load(path: Path, who: Actors) -> dict[str, Outlet]:
    """Read a table of outlets, by their addresses.

    Raises:
        Refused: rows are wrong; all of them are told.
        InputError: the file cannot be read.
    """
    table = sheet.read(path, COLUMNS, NEEDED)
    faults = [fault for _, fault in table.faults]
    found: dict[str, Outlet] = {}
    lines: dict[str, int] = {}
    for row in table.rows:
        try:
            iri, outlet = _outlet(table, row, who)
            if found.get(iri, outlet) != outlet:
                raise table.fault(
                    row.first, f"{row['outlet']} is the outlet of line {lines[iri]} as well", "let the two rows agree"
                )
        except InputError as fault:
            faults.append(fault)
        else:
            found[iri], lines[iri] = outlet, row.first
    if faults:
        raise Refused(str(path), faults)
    return found


def _outlet(table: Sheet, row: Row, who: Actors) -> tuple[str, Outlet]:
    name, word = row["outlet"], row["state_run"].casefold()
    if not pieces(name):
        raise table.fault(row.first, "no outlet", "name it as articles do, or by its address")
    if word not in TRUTHS:
        raise table.fault(row.first, f"state_run is {row['state_run']!r}", "write yes or no")
    try:
        iri = entity(name, who).iri if name.startswith(("ent:", ENT)) else of_name(name, who).iri
        country = entity(row["country"], who) if row["country"] else None
    except UnknownName as error:
        raise table.fault(row.first, f"{error.where}: {error.what}", error.remedy) from None
    if country and country.type != "State":
        raise table.fault(row.first, f"{row['country']} is no state", "name a state, such as ent:france")
    state = country.iri if country else next(iter(who.fact(iri, "inState")), "")
    if TRUTHS[word] and not state:
        raise table.fault(row.first, f"{name} is run by a state, but by which?", "write it in the column country")
    return iri, Outlet(row["owner"], iri_of(state), TRUTHS[word])
