"""The voices on statements, read back from the claims of the articles that are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from kg.store import terms
from kg.store.cases import Voice
from kg.store.querying import inner
from kg.store.writing import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

    from kg.store.backend import Backend
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
    open_ = [voice.claim for heard in found.values() for voice in heard if voice.position == "open"]
    doubted = {row["claim"].value for row in _rows(backend, "doubts", "claims", open_)}
    return {
        ends: [replace(voice, doubted=True) if voice.claim in doubted else voice for voice in heard]
        for ends, heard in found.items()
    }


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


def _rows(backend: Backend, query: str, name: str, addresses: Sequence[str]) -> Iterator[QuerySolution]:
    for start in range(0, len(addresses), _TOGETHER):
        some = " ".join(f"<{address}>" for address in addresses[start : start + _TOGETHER])
        yield from cast("QuerySolutions", backend.select(inner(query).replace(f"<urn:{name}>", some), {}))


def _voice(claim: str, rows: Sequence[QuerySolution]) -> Voice:
    row = rows[0]
    day = row["date"].value if row["date"] else ""
    sources = sorted((each["source"].value, cast("Any", terms.value_of(each["role"]))) for each in rows)
    return Voice(
        claim=claim,
        kind=terms.name_of(row["kind"]) if row["kind"] else None,
        month=row["month"].value if row["month"] else None,
        position=cast("Any", terms.value_of(row["position"])),
        place=(day, row["id"].value, 0 if row["part"].value == "title" else 1, int(row["start"].value)),
        sources=tuple(sources),
        date=date.fromisoformat(day) if day else None,
    )
