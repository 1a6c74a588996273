"""Who is a member of what, and when: read from ontologies/memberships.ttl when somebody asks, and by no extraction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg import ontology
from kg.model import GP

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's membership; dates as precise as known, None if open; ``standing`` says what is no plain one."""

    member: str
    organisation: str
    since: str | None = None
    until: str | None = None
    standing: str | None = None


def memberships(iri: str) -> tuple[Membership, ...]:
    """Give the memberships of a state or body, and those of its members, the oldest first.

    >>> from kg.model import ENT
    >>> [row.since for row in memberships(ENT + "nato") if row.member == ENT + "finland"]
    ['2023-04-04']
    >>> memberships(ENT + "antony-blinken")
    ()

    Raises:
        DataError: the table is missing, or is no Turtle.
    """
    return _read().get(iri, ())


@cache
def _read() -> Mapping[str, tuple[Membership, ...]]:
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in ontology.triples(ontology.FOLDER / "memberships.ttl"):
        rows[subject][predicate.removeprefix(GP)] = value.value
    found: dict[str, list[Membership]] = defaultdict(list)
    for row in sorted(rows.values(), key=lambda row: (row.get("from", ""), row["member"], row["organisation"])):
        each = Membership(row["member"], row["organisation"], row.get("from"), row.get("until"), row.get("standing"))
        found[each.member].append(each)
        found[each.organisation].append(each)
    return {iri: tuple(of) for iri, of in found.items()}
