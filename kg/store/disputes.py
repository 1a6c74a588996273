"""What is contested in a store, in short: a summary needs no evidence, of which there may be more than memory holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from kg.store.querying import inner
from kg.store.reading import Reader
from kg.store.terms import name_of

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, QuerySolutions

    from kg.store.backend import Backend


class Dispute(NamedTuple):
    """A contested statement, its ends by their labels, and how many claims are on it."""

    subject: str
    relation: str
    object: str
    claims: int


def disputes(backend: Backend) -> list[Dispute]:
    """Give the contested statements in the order of their addresses."""
    rows = [
        (cast("NamedNode", row["subject"]), row["relation"], cast("NamedNode", row["object"]), int(row["claims"].value))
        for row in cast("QuerySolutions", backend.select(inner("disputes"), {}))
    ]
    rows.sort(key=lambda row: (row[0].value, row[1].value, row[2].value))
    reader = Reader(backend)
    reader.fetch_entities(end for subject, _, object_, _ in rows for end in (subject, object_))
    return [
        Dispute(reader.entity(subject).label, name_of(relation), reader.entity(object_).label, claims)
        for subject, relation, object_, claims in rows
    ]
