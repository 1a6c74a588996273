"""What an analyst has decided on single claims: a file beside the store, followed by every build.

The file, ``kg-store.verdicts.csv`` for the store ``kg-store``, is a table made for editing by hand (docs/verdicts.md);
to take a verdict back, delete its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg import ontology, sheet
from kg.errors import InputError, Refused, UnknownName
from kg.lookup import choose, entity, relation
from kg.model import BASE, Ruling
from kg.text import is_iso_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from kg.actors import Actors
    from kg.sheet import Row, Sheet

COLUMNS = ("claim", "verdict", "field", "value", "note")
NEEDED = ("claim", "verdict")
WORDS = ("reject", "confirm", "amend", "note")
ACTORS = ("subject", "object", "speaker")
CONCEPTS = ("polarity", "modality", "phase", "stance")
FIELDS = ("subject", "relation", "object", "speaker", *CONCEPTS, "time")
ENDING = ".verdicts.csv"
PREFIX = "claim:"
_CLAIM = re.compile(rf"(?:{re.escape(BASE)}claim/|{PREFIX})?([0-9a-f]{{16}}(?:-[1-9][0-9]*)?)")
_WHERE = "copy the id as kg extract, kg explain or the page shows it"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts of a file by the address of the claim; ``lines`` tells where, ``told`` which rows do not count."""

    path: Path
    rulings: Mapping[str, Ruling]
    lines: Mapping[str, int] = field(default_factory=dict)
    told: tuple[InputError, ...] = ()

    def unmet(self, why: Mapping[str, str]) -> list[InputError]:
        """Tell of verdicts that a store cannot follow, in the order of the file."""
        found = [(self.lines[claim], claim, what) for claim, what in why.items() if claim in self.lines]
        remedy = "the row waits for the claim to come back; delete it if the claim was misread and is gone"
        return [
            InputError(f"{self.path}:{line}", f"{short(claim)}: {what}", remedy) for line, claim, what in sorted(found)
        ]


def beside(store: str | Path) -> Path:
    """Name the file of a store's verdicts.

    >>> str(beside("news/kg-store"))
    'news/kg-store.verdicts.csv'
    """
    return sheet.beside(store, ENDING)


def address(claim: str) -> str | None:
    """Write the id of a claim out; None if it is none.

    >>> address("claim:5c2f0a9be1d37764-2") == address(BASE + "claim/5c2f0a9be1d37764-2")
    True
    >>> address("iran") is None
    True
    """
    found = _CLAIM.fullmatch(claim.strip())
    return f"{BASE}claim/{found[1]}" if found else None


def short(claim: str) -> str:
    """Write the address of a claim the short way.

    >>> short(BASE + "claim/5c2f0a9be1d37764")
    'claim:5c2f0a9be1d37764'
    """
    return PREFIX + claim.removeprefix(f"{BASE}claim/")


def load(path: Path, who: Callable[[], Actors]) -> Verdicts:
    """Read a file of verdicts; ``who`` gives the tables to find actors in, where a row needs them.

    Raises:
        Refused: rows are wrong; all of them are told, and none is followed.
        InputError: the file cannot be read.
    """
    return decide(sheet.read(path, COLUMNS, NEEDED), who)


def at(store: str | Path, who: Callable[[], Actors]) -> Verdicts | None:
    """Read the verdicts beside a store, if there are any: without the file a store keeps those that it follows.

    Raises:
        Refused: see ``load``.
    """
    path = beside(store)
    return load(path, who) if path.exists() else None


def decide(table: Sheet, who: Callable[[], Actors]) -> Verdicts:
    """Follow the verdicts of a table.

    Raises:
        Refused: see ``load``.
    """
    clerk = _Clerk(table, who)
    faults = [fault for _, fault in table.faults]
    for row in table.rows:
        try:
            clerk.take(row)
        except InputError as fault:
            faults.append(fault)
    if faults:
        raise Refused(str(table.path), faults)
    return Verdicts(table.path, clerk.rulings, clerk.lines, tuple(clerk.told))


def append(path: Path, rows: Iterable[Mapping[str, str]], who: Callable[[], Actors]) -> Verdicts:
    """Add verdicts to the end of a file, which is made if it is not there; all or nothing.

    Raises:
        Refused: they, or older ones, cannot be followed.
    """
    with sheet.locked(path) as draft:
        table = sheet.read(path, COLUMNS, NEEDED).with_rows(rows, COLUMNS)
        found = decide(table, who)
        sheet.write(table, draft)
    return found


def take(path: Path, other: Path, who: Callable[[], Actors]) -> tuple[Verdicts, int]:
    """Add the rows of another file, such as the page saves, that are not there yet; tell how many.

    Raises:
        InputError: the other file is not there or cannot be read.
        Refused: its rows are wrong, or those that are there.
    """
    if not other.is_file():
        raise InputError(str(other), "no such file", "check the path")
    given = sheet.read(other, COLUMNS, NEEDED)
    decide(given, who)
    there = {_cells(row) for row in sheet.read(path, COLUMNS, NEEDED).rows}
    new = list(dict.fromkeys(cells for row in given.rows if (cells := _cells(row)) not in there))
    return append(path, [dict(zip(COLUMNS, cells, strict=True)) for cells in new], who), len(new)


def _cells(row: Row) -> tuple[str, ...]:
    """Give the cells of a row, the claim the short way; what a spreadsheet would run is made text."""
    note = f"'{row['note']}" if row["note"].startswith(sheet.FORMULA) else row["note"]
    claim = short(address(row["claim"]) or row["claim"])
    return claim, row["verdict"].casefold(), row["field"].casefold(), row["value"], note


def undo(path: Path, claim: str) -> str:
    """Take out the rows on a claim; give its address.

    Raises:
        UnknownName: there are none.
    """
    with sheet.locked(path) as draft:
        table = sheet.read(path, COLUMNS, NEEDED)
        gone = [row for row in table.rows if address(row["claim"]) == (address(claim) or "")]
        if not gone:
            raise UnknownName(claim, f"no verdict on it in {path}", "see them all: kg verdict --list")
        sheet.write(table.without(gone, COLUMNS), draft)
    return address(claim) or claim


class _Clerk:
    """Takes rows one by one; a later one overrules an earlier one on the same matter, and that is told."""

    def __init__(self, table: Sheet, who: Callable[[], Actors]) -> None:
        self._table, self._who = table, who
        self._seen: dict[tuple[str, str], int] = {}
        self.rulings: dict[str, Ruling] = {}
        self.lines: dict[str, int] = {}
        self.told: list[InputError] = []

    def take(self, row: Row) -> None:
        """Follow a row.

        Raises:
            InputError: it is wrong.
        """
        claim, word, name = address(row["claim"]), row["verdict"].casefold(), row["field"].casefold()
        if claim is None:
            raise self._fault(row, f"{row['claim']!r} is no id of a claim", _WHERE)
        if word not in WORDS:
            raise self._fault(row, f"no verdict {row['verdict']!r}", choose(word, WORDS))
        self._check_cells(row, word)
        value = self._value(row, name) if word == "amend" else ""
        self._overrule(row, claim, word, name)
        self.rulings[claim] = _with(self.rulings.get(claim, Ruling()), word, (name, value), row["note"])
        self.lines[claim] = row.first

    def _check_cells(self, row: Row, word: str) -> None:
        if word != "amend" and (row["field"] or row["value"]):
            raise self._fault(row, f"{word} has no use for field and value", "leave them empty, or write amend")
        if word == "amend" and row["field"].casefold() not in FIELDS:
            raise self._fault(row, f"no field {row['field']!r} to amend", choose(row["field"].casefold(), FIELDS))
        if word == "note" and not row["note"]:
            raise self._fault(row, "a note without words", "write it in the column note, or delete the row")

    def _value(self, row: Row, name: str) -> str:
        value = row["value"]
        if not value and name != "time":
            raise self._fault(row, f"no value for {name}", "write the new one in the column value")
        try:
            if name in ACTORS:
                return entity(value, self._who()).iri
            if name == "relation":
                return relation(value).name
        except UnknownName as error:
            raise self._fault(row, f"{error.where}: {error.what}", error.remedy) from None
        if name in CONCEPTS:
            known = sorted(ontology.load().concepts[name])
            if value.casefold() not in known:
                raise self._fault(row, f"no {name} {value!r}", choose(value.casefold(), known))
            return value.casefold()
        if value and not is_iso_time(value):
            raise self._fault(row, f"{value!r} is no time", "write 2024, 2024-09, 2024-09-10, 2019/2021 or 2019/..")
        return value

    def _overrule(self, row: Row, claim: str, word: str, name: str) -> None:
        """Tell which earlier rows on the same claim do not count any more."""
        matter = "note" if word == "note" else name
        rivals = {matter} if word in {"amend", "note"} else {"reject", "confirm"} if word == "confirm" else set()
        if word == "reject":
            rivals = {"reject", "confirm", *FIELDS}
        elif word == "amend":
            rivals.add("reject")
        for rival in sorted(rivals):
            if line := self._seen.pop((claim, rival), None):
                what = f"{short(claim)} has another verdict in line {row.first}, which counts"
                self.told.append(self._table.fault(line, what, "delete one of the two rows"))
        self._seen[claim, word if word in {"reject", "confirm"} else matter] = row.first

    def _fault(self, row: Row, what: str, remedy: str) -> InputError:
        return self._table.fault(row.first, what, remedy)


def _with(ruling: Ruling, word: str, change: tuple[str, str], note: str) -> Ruling:
    """Add a row to what was decided before."""
    if word == "reject":
        ruling = Ruling(rejected=True, note=ruling.note)
    elif word == "confirm":
        ruling = replace(ruling, rejected=False, confirmed=True)
    elif word == "amend":
        others = tuple(each for each in ruling.amendments if each[0] != change[0])
        ruling = replace(ruling, rejected=False, amendments=tuple(sorted((*others, change))))
    return replace(ruling, note=note or ruling.note)
