"""What follows when articles come in, from what stands and their voices alone.

A store that reads all voices on a statement, for each article that speaks of it, takes longer with every article. Where
the cases as they stand tell enough, only they are read: whose latest claim comes first, who holds which position.
Where they do not (`grown`, a kind of goods that is new to the statement), all voices on it have to be read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.store import terms
from kg.store.cases import Standing, Turn, counts, grown, latest, verdicts
from kg.store.terms import named
from kg.store.voices import ranks, stood
from kg.store.writing import (
    case_node,
    case_triples,
    head_triples,
    plain_quads,
    source_node,
    standing_triples,
    statement_quads,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import NamedNode, Quad

    from kg.store.backend import Backend
    from kg.store.cases import Rank, Stood, Voice
    from kg.store.sources import World
    from kg.store.writing import Ends, Triples

_STANDING = tuple(map(named, ("gp:voiceOf", "gp:sourceRole", "gp:position", "gp:latestClaim")))


class Growth(NamedTuple):
    """What stood and what stands instead; ``unsure`` are the statements of which all voices have to be read."""

    before: set[Quad]
    after: set[Quad]
    unsure: set[Ends]


@dataclass(slots=True)
class _Case:
    """A case that stands already, and the voices that come in."""

    stood: Stood
    node: NamedNode
    voices: list[Voice] = field(default_factory=list)

    def sources(self) -> dict[NamedNode, Standing]:
        """Give where the voices that come in stand, by the node of the source."""
        return {source_node(self.node, each.source): each for each in latest(self.voices)}


def grow(backend: Backend, heard: Mapping[Ends, Sequence[Voice]], world: World) -> Growth:
    """Work out what the voices of new articles change on each statement.

    >>> from kg.store.local import open_memory
    >>> from kg.store.sources import default_world
    >>> grow(open_memory(), {}, default_world())
    Growth(before=set(), after=set(), unsure=set())
    """
    standing = stood(backend, heard)
    new = {ends: voices for ends, voices in heard.items() if not standing[ends]}
    joined = {ends: _joined(ends, standing[ends], heard[ends], world) for ends in heard if ends not in new}
    reader = _Reader(backend, list(chain.from_iterable(cases for cases in joined.values() if cases)))
    growth = Growth(set(), set().union(*(statement_quads(ends, voices, world) for ends, voices in new.items())), set())
    for ends, cases in joined.items():
        turned = None if cases is None else _turned(ends, standing[ends], cases, heard[ends], reader, world)
        if turned is None:
            growth.unsure.add(ends)
        else:
            growth.before.update(turned[0])
            growth.after.update(turned[1])
    return growth


def _joined(ends: Ends, standing: Sequence[Stood], voices: Sequence[Voice], world: World) -> list[_Case] | None:
    """Give the cases in which some voices count; None where a case comes up in which older voices may count too."""
    keys = {(each.kind, each.month) for each in standing}
    months = {each.month for each in standing}
    if any(voice.key not in keys and voice.month in months for voice in voices):
        return None
    found = []
    for each in standing:
        key = (each.kind, each.month)
        if some := [voice for voice in voices if counts(voice, key, world.kind_is)]:
            found.append(_Case(each, case_node(ends, *key), some))
    return None if any(case.stood.status == "Rejected" for case in found) else found


class _Reader:
    """Reads where the sources of some voices stand, and since which claim, in few requests."""

    def __init__(self, backend: Backend, cases: Sequence[_Case]) -> None:
        facts: dict[NamedNode, dict[NamedNode, NamedNode]] = {}
        for quad in backend.about(chain.from_iterable(case.sources() for case in cases), terms.STATEMENTS):
            facts.setdefault(cast("NamedNode", quad.subject), {})[quad.predicate] = cast("NamedNode", quad.object)
        self.there = facts.keys()
        self._standings = {node: _standing(found) for node, found in facts.items() if found.keys() >= set(_STANDING)}
        self._ranks: dict[str, Rank] = ranks(backend, self._standings.values())

    def turns(self, case: _Case) -> list[Turn] | None:
        """Tell which sources come to a case or speak later in it; None if the store does not say."""
        turns = []
        for node, after in case.sources().items():
            before = self._standings.get(node)
            rank = self._ranks.get(before.claim) if before else None
            if node in self.there and rank is None:
                return None
            if rank is None or rank < next(voice.rank for voice in case.voices if voice.claim == after.claim):
                turns.append(Turn(before, after))
        return turns


def _standing(found: Mapping[NamedNode, NamedNode]) -> Standing:
    source, role, position, claim = (found[each] for each in _STANDING)
    return Standing(source.value, cast("Any", terms.value_of(role)), cast("Any", terms.value_of(position)), claim.value)


def _turned(
    ends: Ends,
    standing: Sequence[Stood],
    cases: Sequence[_Case],
    voices: Sequence[Voice],
    reader: _Reader,
    world: World,
) -> tuple[set[Quad], set[Quad]] | None:
    """Give what stands for a statement, as far as it changes, and what will."""
    before: Triples = []
    after: Triples = []
    outcomes = {(each.kind, each.month): each.outcome for each in standing}
    was = list(outcomes.values())
    for case in cases:
        turns = reader.turns(case)
        new = None if turns is None else grown(case.stood, turns, (each.date for each in case.voices if each.date))
        if turns is None or new is None:
            return None
        outcomes[new.kind, new.month] = new.outcome
        before += [*head_triples(ends, case.stood), *_written(case, (turn.before for turn in turns))]
        after += [*head_triples(ends, new), *_written(case, (turn.after for turn in turns))]
    months = {each.month for each in standing}
    for verdict in verdicts((voice for voice in voices if voice.month not in months), world.kind_is):
        outcomes[verdict.kind, verdict.month] = verdict.outcome
        after += case_triples(ends, verdict)
    return (
        terms.quads_in(terms.STATEMENTS, before) | plain_quads(ends, was, world),
        terms.quads_in(terms.STATEMENTS, after) | plain_quads(ends, list(outcomes.values()), world),
    )


def _written(case: _Case, standings: Iterator[Standing | None]) -> Iterator[Any]:
    for each in standings:
        if each:
            yield from standing_triples(case.node, each)
