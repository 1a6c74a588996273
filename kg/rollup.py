"""Whom somebody counts for: the state or body that they lead, represent or are part of at a date.

A minister, an ambassador and a spokesman count for their state, a director for what the agency is part of, an army
for its state. What is a state or an organisation of states counts for itself: the IAEA is not the United Nations.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from datetime import date as Date  # noqa: N812 - arguments are called date

    from kg.model import Case, Claim, Entity, Evidence, Statement

OFFICES = frozenset({"leads", "represents"})  # relations by which an article itself introduces somebody
_TOPMOST = frozenset({"State", "IntergovernmentalOrganisation"})
_SPEAKING = frozenset({"Person", "People", "Unresolved", None})  # who may be introduced with an office


@dataclass(frozen=True, slots=True)
class RollUp:
    """What must be known of the world: bodies by person and date, what a body is part of, the class of an entity."""

    bodies_of: Callable[[str, Date | None], tuple[str, ...]]
    part_of: Callable[[str], str | None]
    type_of: Callable[[str], str | None]

    def target(self, iri: str, date: Date | None, introduced: tuple[str, ...] = ()) -> str:
        """Give whom an entity counts for at a date, itself if nobody else; a state goes before other bodies.

        ``introduced`` are the bodies that an article gives to somebody of whom the tables know no office: where they
        do, they know its dates. Without a date, somebody who stood for several counts for themselves.

        >>> up = RollUp(lambda who, _: ("cia",) if who == "burns" else (), {"cia": "us"}.get, {"us": "State"}.get)
        >>> up.target("burns", None), up.target("cia", None), up.target("us", None)
        ('us', 'us', 'us')
        """
        known = self.bodies_of(iri, date)
        told = introduced if self.type_of(iri) in _SPEAKING and not self.bodies_of(iri, None) else ()
        wholes = list(dict.fromkeys(map(self._whole, known or told or (iri,))))
        if date is None and known and len(wholes) > 1:
            return iri
        return next((whole for whole in wholes if self.type_of(whole) == "State"), wholes[0])

    def _whole(self, iri: str) -> str:
        """Follow a ministry or an agency up to what it is part of."""
        seen = {iri}
        while self.type_of(iri) not in _TOPMOST and (above := self.part_of(iri)) and above not in seen:
            iri = above
            seen.add(iri)
        return iri


def introduced(claims: Iterable[Claim]) -> Mapping[str, tuple[str, ...]]:
    """Read who leads or represents what off an article's own claims, for persons no table knows."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.relation in OFFICES and claim.is_net_positive and claim.phase != "ends":
            found.setdefault(claim.subject.entity.iri, set()).add(claim.object.entity.iri)
    return {person: tuple(sorted(bodies)) for person, bodies in found.items()}


@dataclass(frozen=True, slots=True)
class Rolled:
    """A statement, or what some articles say of it, between those whom its ends count for.

    ``through`` are the ends as the statement has them, where they are not the same: Antony Blinken for
    the United States. The cases keep their status and sources: they are about the statement as it was said.
    """

    statement: Statement
    through: tuple[Entity | None, Entity | None] = (None, None)


def rolled(statements: Sequence[Statement], roll_up: RollUp, entity: Callable[[str], Entity | None]) -> list[Rolled]:
    """Roll statements up, each piece of evidence at its article's date.

    A statement stays one unless its ends stood for others at other dates; then it falls apart by whom they stood for.
    """
    known = {end.iri: end for statement in statements for end in (statement.subject, statement.object)}
    told = _told(statements)

    def whole(end: Entity, evidence: Evidence | None) -> Entity:
        article = evidence.article if evidence else None
        offices = told.get((article.id, end.iri), ()) if article else ()
        iri = roll_up.target(end.iri, article.date if article else None, offices)
        return known.get(iri) or entity(iri) or end

    return [part for statement in statements for part in _parts(statement, whole)]


def _parts(statement: Statement, whole: Callable[[Entity, Evidence | None], Entity]) -> Iterator[Rolled]:
    """Sort the evidence of a statement by whom its ends stood for, and make a statement of each sort."""
    ends = statement.subject, statement.object
    sorts: dict[tuple[Entity, Entity], set[Evidence | None]] = defaultdict(set)
    every: list[Evidence | None] = [evidence for case in statement.cases for evidence in case.evidence]
    for one in every or [None]:
        sorts[whole(ends[0], one), whole(ends[1], one)].add(one)
    for subject, object_ in sorted(sorts, key=lambda pair: (pair[0].iri, pair[1].iri)):
        through = tuple(end if end.iri != to.iri else None for end, to in zip(ends, (subject, object_), strict=True))
        cases = statement.cases
        if len(sorts) > 1:
            cases = tuple(case for case in (_only(c, sorts[subject, object_]) for c in cases) if case.evidence)
        yield Rolled(replace(statement, subject=subject, object=object_, cases=cases), (through[0], through[1]))


def _only(case: Case, wanted: Container[Evidence | None]) -> Case:
    """Keep some of a case's evidence, and the days that it covers."""
    evidence = tuple(one for one in case.evidence if one in wanted)
    days = [one.article.date for one in evidence if one.article.date]
    return replace(case, evidence=evidence, first_seen=min(days, default=None), last_seen=max(days, default=None))


def _told(statements: Iterable[Statement]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Read what articles say of offices, by article and person."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for statement in statements:
        if statement.relation in OFFICES:
            for evidence in (each for case in statement.cases for each in case.evidence):
                claims[evidence.article.id].append(evidence.claim)
    return {(article, who): bodies for article, said in claims.items() for who, bodies in introduced(said).items()}
