"""The voices on statements and the cases that follow from them, read back from a store."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from kg.store import terms
from kg.store.cases import Stood, Voice
from kg.store.querying import inner
from kg.store.writing import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

    from kg.model import Position, Role
    from kg.store.backend import Backend
    from kg.store.cases import Place, Rank, Standing
    from kg.store.writing import Ends

_TOGETHER = 100  # addresses in one query


def voices(backend: Backend, wanted: Iterable[Ends], *, but: NamedNode | None = None) -> dict[Ends, list[Voice]]:
    """Read the voices on some statements, but those of one article and of articles that are there in part."""
    by_iri = {terms.statement_iri(*ends): ends for ends in wanted}
    found: dict[Ends, list[Voice]] = {ends: [] for ends in by_iri.values()}
    rows: dict[tuple[str, str], list[QuerySolution]] = {}
    for row in _rows(backend, "voices", "statements", list(by_iri)):
        if row["article"] != but:
            rows.setdefault((row["statement"].value, row["claim"].value), []).append(row)
    for (statement, claim), told in sorted(rows.items()):
        found[by_iri[statement]].append(_voice(claim, told))
    return _with_copies(backend, _with_doubts(backend, found))


def _with_doubts(backend: Backend, found: dict[Ends, list[Voice]]) -> dict[Ends, list[Voice]]:
    """Note on what leaves a case open whether it is a doubt."""
    doubted = _doubted(backend, [v.claim for heard in found.values() for v in heard if v.position == "open"])
    return {
        ends: [replace(voice, doubted=True) if voice.claim in doubted else voice for voice in heard]
        for ends, heard in found.items()
    }


def _doubted(backend: Backend, claims: Sequence[str]) -> set[str]:
    return {row["claim"].value for row in _rows(backend, "doubts", "claims", claims)}


def _with_copies(backend: Backend, found: dict[Ends, list[Voice]]) -> dict[Ends, list[Voice]]:
    """Note on what articles put forward in their own voice the keys that they share with near-identical ones."""
    own = [voice.claim for heard in found.values() for voice in heard if voice.is_own]
    keys: dict[str, set[str]] = {}
    for row in _rows(backend, "copies", "claims", own):
        found_keys = shared([], row["key"].value) if row["owned"].value == "true" else [row["key"].value]
        keys.setdefault(row["claim"].value, set()).update(found_keys)
    return {
        ends: [replace(each, copies=frozenset(keys[each.claim])) if each.claim in keys else each for each in heard]
        for ends, heard in found.items()
    }


def stood(backend: Backend, wanted: Iterable[Ends]) -> dict[Ends, list[Stood]]:
    """Read the cases of some statements as they stand."""
    by_iri = {terms.statement_iri(*ends): ends for ends in wanted}
    rows = list(_rows(backend, "stood", "statements", list(by_iri)))
    held: dict[str, Counter[tuple[Position, Role]]] = {row["case"].value: Counter() for row in rows}
    for row in _rows(backend, "held", "cases", list(held)):
        position, role = (cast("Any", terms.value_of(row[name])) for name in ("position", "role"))
        held[row["case"].value][position, role] += int(row["count"].value)
    found: dict[Ends, list[Stood]] = {ends: [] for ends in by_iri.values()}
    for row in rows:
        found[by_iri[row["statement"].value]].append(_stood(row, held[row["case"].value]))
    return found


def _stood(row: QuerySolution, held: Counter[tuple[Position, Role]]) -> Stood:
    first, last = (date.fromisoformat(row[name].value) if row[name] else None for name in ("first", "last"))
    return Stood(*_key(row), cast("Any", terms.value_of(row["status"])), first, last, held)


def ranks(backend: Backend, standings: Iterable[Standing]) -> dict[str, Rank]:
    """Read, by the claim that they come from, what decides whether some standings are a source's latest."""
    by_claim = {each.claim: each for each in standings}
    doubted = _doubted(backend, [claim for claim, each in by_claim.items() if each.position == "open"])
    return {
        claim: (by_claim[claim].position != "open" or claim in doubted, _place(row), claim)
        for row in _rows(backend, "ranks", "claims", list(by_claim))
        for claim in [row["claim"].value]
    }


def _rows(backend: Backend, query: str, name: str, addresses: Sequence[str]) -> Iterator[QuerySolution]:
    for start in range(0, len(addresses), _TOGETHER):
        some = " ".join(f"<{address}>" for address in addresses[start : start + _TOGETHER])
        yield from cast("QuerySolutions", backend.select(inner(query).replace(f"<urn:{name}>", some), {}))


def _voice(claim: str, rows: Sequence[QuerySolution]) -> Voice:
    row = rows[0]
    kind, month = _key(row)
    sources = sorted((each["source"].value, cast("Any", terms.value_of(each["role"]))) for each in rows)
    return Voice(
        claim=claim,
        kind=kind,
        month=month,
        position=cast("Any", terms.value_of(row["position"])),
        place=_place(row),
        sources=tuple(sources),
        date=date.fromisoformat(row["date"].value) if row["date"] else None,
    )


def _key(row: QuerySolution) -> tuple[str | None, str | None]:
    kind, month = row["kind"], row["month"]
    return terms.name_of(kind) if kind else None, month.value if month else None


def _place(row: QuerySolution) -> Place:
    day = row["date"].value if row["date"] else ""
    return (day, row["id"].value, 0 if row["part"].value == "title" else 1, int(row["start"].value))
