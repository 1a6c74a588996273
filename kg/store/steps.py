"""Changes to a store, in an order that never leaves half of one where they are taken one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store import terms
from kg.store.backend import Step
from kg.store.entry import MARKER
from kg.store.terms import A, named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.store.entry import Entry

DOWN = tuple(map(named, ("gp:source", "gp:hasCase")))  # from a case to its sources, from a statement to its cases


@dataclass(slots=True)
class Changes:
    """Quads to take out and quads to put in."""

    remove: set[ox.Quad] = field(default_factory=set)
    add: set[ox.Quad] = field(default_factory=set)

    def turn(self, old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Let new quads stand where the old ones stood."""
        before, after = set(old), set(new)
        self.remove |= before - after
        self.add |= after - before


def steps(article: ox.NamedNode, old: set[ox.Quad], new: frozenset[ox.Quad], derived: Changes) -> list[Step]:
    """Order the changes: no longer whole; what comes; what follows; what goes; whole again."""
    coming, going = set(new - old), old - new
    if not (coming or going or derived.remove or derived.add):
        return []
    was, will = ({quad for quad in quads if quad.predicate == MARKER} for quads in (old, new))
    there = {ox.Quad(article, A, named("gp:Article"), terms.graph_of(article.value))}
    history = {quad for quad in coming if quad.subject.value.startswith(f"{article.value}/version/")}  # type: ignore[union-attr] # an IRI
    history |= {quad for quad in coming if quad.predicate == named("prov:wasRevisionOf")}
    return [
        Step([], history),
        Step(was, there - old),
        Step([], coming - will - history),
        follows(derived),
        Step(going - was, []),
        Step([], will),
    ]


def new_steps(entries: Collection[Entry], graphs: Mapping[ox.NamedNode, str], derived: Changes) -> list[Step]:
    """Order the changes for articles of which nothing is there, as above."""
    there = [ox.Quad(each.node, A, named("gp:Article"), terms.graph_of(each.article.iri)) for each in entries]
    return [
        Step([], there),
        Step([], [], graphs),
        follows(derived),
        Step([], [each.marker for each in entries]),
    ]


def follows(derived: Changes) -> Step:
    """Order what follows from claims, so that no node is there to which no other leads."""
    return Step(sorted(derived.remove, key=_depth), sorted(derived.add, key=_depth, reverse=True))


def _depth(quad: ox.Quad) -> int:
    return DOWN.index(quad.predicate) + 1 if quad.predicate in DOWN else 0
