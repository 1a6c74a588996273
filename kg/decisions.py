"""What a user has decided about names: kept in a file beside the store, replayed on every build.

The file, ``kg-store.names.csv`` for the store ``kg-store``, is a table made for editing by hand. It says of names
and entities whom they mean (docs/actors.md); to undo a decision, delete its row.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import actors as tables
from kg import sheet
from kg.actors import pieces
from kg.errors import InputError, Refused, UnknownName
from kg.judging import Decision, Judge
from kg.lookup import PREFIX, iri_of, meant, own_iri
from kg.model import ENT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.actors import Actors
    from kg.sheet import Row, Sheet

__all__ = ["Decided", "Decision", "append", "beside", "columns", "load", "undo"]

ENDING = ".names.csv"
NEEDED = ("decision", "name", "entity")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of a file, and the tables of actors that follow from them."""

    path: Path | None
    decisions: tuple[Decision, ...]
    actors: Actors

    def touching(self, iri: str, names: Iterable[str] = ()) -> list[Decision]:
        """Give the decisions about an entity or one of its names."""
        keys = {pieces(name) for name in names}
        return [d for d in self.decisions if iri in _entities_of(d, self.actors) or (d.name and pieces(d.name) in keys)]


def beside(store: str | Path) -> Path:
    """Name the file of a store's decisions.

    >>> str(beside("news/kg-store/")), str(beside("http://localhost:7878/"))
    ('news/kg-store.names.csv', 'localhost-7878.names.csv')
    """
    return sheet.beside(store, ENDING)


def columns() -> tuple[str, ...]:
    """Name the columns of the file: a label for each language.

    >>> ",".join(columns())
    'decision,name,lang,entity,label_en,label_fr,class,note'
    """
    labels = (f"label_{lang}" for lang in sorted(tables.load().indexes))
    return "decision", "name", "lang", "entity", *labels, "class", "note"


def load(path: Path | None, *, must: bool = False) -> Decided:
    """Read a file of decisions and put the tables as it says; without the file they are as they came.

    Raises:
        Refused: rows are wrong or contradict one another; all of them are told, and none is followed.
        InputError: the file cannot be read, or ``must`` be there and is not.
    """
    if path is None or not path.exists():
        if path and must:
            raise InputError(str(path), "no such file", "check the path, or decide something: kg actors --help")
        return Decided(path, (), tables.load())
    return decide(sheet.read(path, columns(), NEEDED))


def decide(table: Sheet) -> Decided:
    """Follow the decisions of a table.

    Raises:
        Refused: see ``load``.
    """
    judge = Judge(table, tables.load())
    found = judge.actors()
    if judge.faults:
        raise Refused(str(table.path), judge.faults)
    return Decided(table.path, judge.decisions, found)


def append(path: Path, decisions: Iterable[Decision]) -> Decided:
    """Add decisions to the end of a file, which is made if it is not there; all or nothing.

    Raises:
        Refused: they, or older ones, cannot be followed.
    """
    with sheet.locked(path) as draft:
        table = sheet.read(path, columns(), NEEDED).with_rows((d.cells() for d in decisions), columns())
        decided = decide(table)
        sheet.write(table, draft)
    return decided


def undo(path: Path, name: str) -> tuple[str, ...]:
    """Take out the decisions about a name, or about an entity given by its address; give their lines.

    Raises:
        UnknownName: there are none.
        Refused: those that stay need one that would go.
    """
    with sheet.locked(path) as draft:
        table = sheet.read(path, columns(), NEEDED)
        gone = _about(table, name)
        if not gone:
            raise UnknownName(name, f"no decision about it in {path}", "open the file to see them all")
        rest = table.without(gone, columns())
        faults, known = Judge(rest, tables.load()).tell(), {fault.what for fault in Judge(table, tables.load()).tell()}
        if worse := [fault for fault in faults if fault.what not in known]:
            raise Refused(str(path), _still_needed(table, gone) or worse)
        sheet.write(rest, draft)
    return tuple("".join(table.lines[row.first - 1 : row.last]).strip() for row in gone)


def _about(table: Sheet, name: str) -> list[Row]:
    """Find the rows about a name, or about an entity itself where the address of one is given."""
    iri = iri_of(name)
    if iri.startswith(ENT):
        return [row for row in table.rows if iri in (iri_of(row["name"]), _itself(row))]
    return [row for row in table.rows if row["name"] and pieces(row["name"]) == pieces(name)]


def _still_needed(table: Sheet, gone: Iterable[Row]) -> list[InputError]:
    """Say which rows lead to what would go: they are to be taken back first."""
    going = list(gone)
    lost = {_itself(row) for row in going} - {""}
    return [
        table.fault(
            row.first, f"{row['name']} means it", f"take that back first: kg actors undo {shlex.quote(row['name'])}"
        )
        for row in table.rows
        if row not in going and row["name"] and iri_of(row["entity"]) in lost
    ]


def _itself(row: Row) -> str:
    """Give the address of the entity that a row renames or adds."""
    if row["decision"] == "add" and not row["entity"]:
        return own_iri(row["name"])
    return iri_of(row["entity"]) if row["decision"] in {"rename", "add"} else ""


def _entities_of(decision: Decision, who: Actors) -> set[str]:
    """Give the addresses that a decision speaks of."""
    found = {iri_of(text) for text in (decision.name, decision.entity) if text.startswith((PREFIX, ENT))}
    if decision.entity and not found & {iri_of(decision.entity)}:
        found |= set(meant(decision.entity, who)[:1])
    if decision.word == "add":
        found.add(iri_of(decision.entity) if decision.entity else own_iri(decision.name))
    return found
