"""What an analyst reads off a graph, as tables: claims, contested cases, what passed between two actors over time.

Each column of names has the addresses behind it in a column of its own, whose name ends in ``_iri``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import actors, ontology
from kg.explain import entities, messages, ruled
from kg.lookup import iri_of, meant
from kg.model import ENT, GP, Case, Entity, Source, Statement
from kg.rollup import Rolled
from kg.selection import period, terms_named
from kg.store.querying import inner
from kg.tables import IRI, Table, table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from kg.model import Claim, Evidence, Position
    from kg.notebook import Graph

Row: TypeAlias = dict[str, Any]
Found: TypeAlias = Iterator[tuple[Rolled, "Case", "Evidence"]]

STATEMENT = ("subject", "relation", "object")
CLAIMS = (
    "date", "outlet", "speaker", "via", "stance", "reported_by", *STATEMENT, "kind", "theme", "modality", "polarity",
    "phase", "happened", "position", "status", "verdict", "sentence", "article",
)  # fmt: skip
CONTESTED = (
    *STATEMENT, "kind", "month", "supporters", "says_so", "deniers", "denies_it", "first_seen", "last_seen",
)  # fmt: skip
TIMELINE = (
    "date", "quad", *STATEMENT, "kind", "through", "modality", "position", "phase", "speaker", "stance", "happened",
    "status", "sentence", "outlet", "article",
)  # fmt: skip
_BEHIND = tuple(name + IRI for name in (*STATEMENT, "position", "phase"))
_SAY_SO: tuple[Position, ...] = ("for", "alleged")
_SAY_NO: tuple[Position, ...] = ("against", "negated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked for; names in any language that is known. None of them: everything."""

    about: str | None = None
    speaker: str | None = None
    relation: str | None = None
    since: date | str | None = None
    until: date | str | None = None


def claims(graph: Graph, wanted: Filter, lang: str) -> Table:
    """Make a table of the claims that a filter lets through, by date, article and place in the text."""
    relations = _relations(wanted.relation) if wanted.relation else None
    about = set(named(graph, wanted.about)) if wanted.about else None
    in_time = _in_time(wanted.since, wanted.until)
    found = [
        each
        for each in _claims(map(Rolled, _candidates(graph, wanted, about, relations)))
        if (relations is None or each[0].statement.relation in relations)
        and (about is None or about & set(_ends(each[0])))
        and in_time(each[2].article.date)
    ]
    return _listed(graph, found, (*CLAIMS, "claim", "case", *_BEHIND), lang)


def timeline(
    graph: Graph, pair: tuple[str, str], within: tuple[date | str | None, date | str | None], lang: str
) -> Table:
    """Make a table of the claims between two actors, either way round, by date.

    Persons, ministries and armies count for their state at the article's date, unless they are asked for themselves.
    """
    ones, others = (named(graph, name) for name in pair)
    in_time = _in_time(*within)
    stand_for: dict[str, tuple[str | None, str | None]] = {}
    for one, other in (*product(ones, others), *product(others, ones)):
        rows = graph.store.query(inner("between"), one=iri_of(one), other=iri_of(other)).values()
        stand_for |= {str(claim): (_text(subject), _text(object_)) for claim, subject, object_ in rows}
    asked = {*ones, *others}
    between = (_rolled(graph, each, stand_for, asked) for each in graph.store.told(stand_for))
    found = [each for each in _claims(between) if in_time(each[2].article.date)]
    return _listed(graph, found, (*TIMELINE, "claim", "case", *_BEHIND, "quad" + IRI), lang)


def contested(graph: Graph, about: str | None, lang: str) -> Table:
    """Make a table of contested cases, one a row, those with most sources first."""
    teller = _Teller(graph, lang)
    rows = [teller.case(Rolled(statement), case) for statement, case in _contested(graph, about, lang)]
    return _table(graph, rows, (*CONTESTED, "case", *(part + IRI for part in STATEMENT)))


def sides(graph: Graph, about: str | None, top: int, lang: str) -> list[tuple[str, Case]]:
    """Give the contested cases with most sources, each with its name."""
    teller = _Teller(graph, lang)
    return [(teller.title(Rolled(statement), case), case) for statement, case in _contested(graph, about, lang)[:top]]


def name(graph: Graph, name: str, lang: str) -> str:
    """Give the label of whoever a name means; of a capital that is also its state, the one that was named."""
    iris = named(graph, name)
    labels = graph.store.labels(iris, lang)
    return next((labels[iri] for iri in iris if iri in labels), name)


def _contested(graph: Graph, about: str | None, lang: str) -> list[tuple[Statement, Case]]:
    """Read contested cases with their sources and no claims, all names in one language."""
    wanted = set(named(graph, about)) if about else None
    result = graph.store.query(inner("contests"))
    rows = [row for row in result.values() if wanted is None or wanted & {row[1], row[3]}]
    names = graph.store.labels({str(row[place]) for row in rows for place in (1, 3, 8)}, lang)
    cases: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        cases.setdefault(str(row[0]), []).append(row)
    found = [_contest(some, names) for some in cases.values()]
    found.sort(key=lambda each: (-len(each[1].sources), each[0].iri, each[1].kind or "", each[1].month or ""))
    return found


def _contest(rows: Sequence[tuple[Any, ...]], names: Mapping[str, str]) -> tuple[Statement, Case]:
    """Make a contested case of its rows, one a source."""
    case, subject, relation, object_, kind, month, first, last, *_ = rows[0]
    sources = tuple(
        Source(iri, names.get(iri, iri), _last(role).replace("-", " "), _last(position))  # type: ignore[arg-type] # of schemes
        for *_, iri, position, role in sorted(rows, key=lambda row: str(row[8]))
    )
    ends = [Entity(iri, names.get(iri, iri), "Entity") for iri in (subject, object_)]
    statement = Statement(f"{subject} {relation} {object_}", ends[0], relation.removeprefix(GP), ends[1])
    return statement, Case(case, "Contested", kind and _last(kind), month, sources, first, last)


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _relations(name: str) -> set[str]:
    """Give the names of a relation and of those below it; an arms delivery is support, too."""
    known = ontology.load()
    [top] = terms_named(name, known.relations, "relation")
    return {each for each in known.relations if known.is_sub_relation(each, top)}


def named(graph: Graph, name: str) -> tuple[str, ...]:
    """Give the addresses that a name, an address or a Wikidata number can mean in a graph; a capital is its state, too.

    Raises:
        UnknownName: nobody of that name is known or in the graph; the message names the nearest.
    """
    who, iri = graph.who or actors.load(), iri_of(name)
    known = [each for found in meant(name, who) for each in (found, who.seat_of(found)) if each]
    if not known and iri.startswith(ENT) and graph.store.labels([iri]):
        known = [iri]
    return tuple(dict.fromkeys(known)) or entities(graph.store, name, who)


def _in_time(since: date | str | None, until: date | str | None) -> Callable[[date | None], bool]:
    """Give a test of dates, both ends within; whatever has no date is in no time but the endless one."""
    first, last = period(since, until)
    if not (first or last):
        return lambda _: True
    return lambda day: day is not None and (first or date.min) <= day <= (last or date.max)


def _candidates(
    graph: Graph, wanted: Filter, about: set[str] | None, relations: set[str] | None
) -> Iterable[Statement]:
    """Read what can be asked for, and as little else as may be: from speakers, from actors, from days, or relations."""
    if wanted.speaker:
        return graph.store.told(_spoken(graph, wanted.speaker))
    if about is None and (wanted.since or wanted.until):
        first, last = period(wanted.since, wanted.until)
        days = {"since": first or date.min, "until": last or date.max}
        return graph.store.told(sorted(str(claim) for (claim,) in graph.store.query(inner("dated"), **days).rows))
    ends = [(relation, end) for relation in sorted(relations or {""}) for end in sorted(about or {""})]
    found = (graph.store.statements(None, relation or None, None, end or None) for relation, end in ends)
    return {each.iri: each for some in found for each in some}.values()


def _spoken(graph: Graph, name: str) -> list[str]:
    """Find the claims that somebody puts forward or denies, in person or through others."""
    answers = (graph.store.query(inner("spoken"), who=iri_of(iri)) for iri in named(graph, name))
    return sorted({str(claim) for answer in answers for (claim,) in answer.rows})


def _rolled(
    graph: Graph, statement: Statement, stand_for: Mapping[str, tuple[str | None, str | None]], asked: Container[str]
) -> Rolled:
    """Count the ends of a claim for whom they stand, if that is who was asked for."""
    [case] = statement.cases
    [evidence] = case.evidence
    subject, object_ = stand_for[evidence.iri]
    if evidence.claim.subject.entity.iri != statement.subject.iri:
        subject, object_ = object_, subject  # the store has the ends of a symmetric one in order
    through, ends = [], []
    for end, other in ((statement.subject, subject), (statement.object, object_)):
        rolls = other is not None and end.iri not in asked and other in asked
        ends.append(_entity(graph, str(other)) if rolls else end)
        through.append(end if rolls else None)
    return Rolled(replace(statement, subject=ends[0], object=ends[1]), (through[0], through[1]))


def _entity(graph: Graph, iri: str) -> Entity:
    """Give whoever others stand for: of the tables, or a body that an article itself introduces."""
    known = (graph.who or actors.load()).entities.get(iri)
    return known or Entity(iri, graph.store.labels([iri]).get(iri, iri), "Unresolved")


def _ends(each: Rolled) -> tuple[str, str]:
    return each.statement.subject.iri, each.statement.object.iri


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _claims(statements: Iterable[Rolled]) -> Found:
    """Give each claim once, in the case of the very kind of goods that it tells of, not of wider or narrower ones.

    A claim that the analyst has rejected counts nowhere, here as in queries.
    """
    for each in statements:
        found: dict[str, tuple[Rolled, Case, Evidence]] = {}
        for case in each.statement.cases:
            for evidence in case.evidence:
                theme = evidence.claim.theme
                if evidence.iri not in found or case.kind == (theme.entity.kind if theme else None):
                    found[evidence.iri] = each, case, evidence
        yield from (one for one in found.values() if one[2].position != "rejected")


def _listed(graph: Graph, found: Iterable[tuple[Rolled, Case, Evidence]], columns: Sequence[str], lang: str) -> Table:
    teller = _Teller(graph, lang)
    ordered = sorted(found, key=lambda each: _order(each[2]))
    return _table(graph, [teller.claim(*each) for each in ordered], columns)


def _order(evidence: Evidence) -> tuple[date, str, bool, int, int, str]:
    claim, article = evidence.claim, evidence.article
    in_text = claim.passage.part != "title"
    return article.date or date.max, article.id, in_text, claim.passage.start, claim.cue.start, evidence.iri


def _table(graph: Graph, rows: Iterable[Row], columns: Sequence[str]) -> Table:
    return table(columns, ([row[name] for name in columns] for row in rows), graph)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Writes rows in the words of one language."""

    graph: Graph
    lang: str

    def __post_init__(self) -> None:
        messages(self.lang)  # an unknown language is told at once

    def claim(self, each: Rolled, case: Case, evidence: Evidence) -> Row:
        claim, article = evidence.claim, evidence.article
        quad = ontology.load().relation(each.statement.relation).quad
        return self._statement(each) | self._speakers(claim) | {
            "date": article.date,
            "outlet": article.outlet,
            "quad": self._concept("quad", quad),
            "quad_iri": ontology.concept("quad", quad),
            "kind": self._kind(case.kind),
            "theme": claim.theme.entity.label_in(self.lang) if claim.theme else None,
            "modality": self._concept("modality", claim.modality),
            "polarity": self._concept("polarity", claim.polarity),
            "phase": self._concept("phase", claim.phase),
            "phase_iri": ontology.concept("phase", claim.phase),
            "happened": claim.time.value if claim.time else None,
            "position": self._concept("position", evidence.position),
            "position_iri": ontology.concept("position", evidence.position),
            "status": self._concept("status", case.status),
            "verdict": " · ".join(ruled(evidence, messages(self.lang), self._label)) or None,
            "sentence": claim.passage.text,
            "article": article.id,
            "claim": evidence.iri,
            "case": case.iri,
        }  # fmt: skip

    def case(self, each: Rolled, case: Case) -> Row:
        say_so, say_no = self._sources(case, _SAY_SO), self._sources(case, _SAY_NO)
        return self._statement(each) | {
            "kind": self._kind(case.kind),
            "month": case.month,
            "supporters": len(say_so),
            "says_so": ", ".join(say_so),
            "deniers": len(say_no),
            "denies_it": ", ".join(say_no),
            "first_seen": case.first_seen,
            "last_seen": case.last_seen,
            "case": case.iri,
        }

    def title(self, each: Rolled, case: Case) -> str:
        parts = self._statement(each)
        notes = ", ".join(filter(None, (self._kind(case.kind), case.month)))
        return " ".join(parts[part] for part in STATEMENT) + (f" ({notes})" if notes else "")

    def _statement(self, each: Rolled) -> Row:
        statement = each.statement
        relation = ontology.load().relation(statement.relation)
        return {
            "subject": statement.subject.label_in(self.lang),
            "relation": relation.label_in(self.lang),
            "object": statement.object.label_in(self.lang),
            "through": self._joined(end for end in each.through if end),
            "subject_iri": statement.subject.iri,
            "relation_iri": relation.iri,
            "object_iri": statement.object.iri,
        }

    def _speakers(self, claim: Claim) -> Row:
        """Say who puts a claim forward, through whom, and who reports it: nobody does in an article's own voice."""
        nearest = [each for each in claim.attribution if each.level == 0]
        others = [each for each in claim.attribution if each.level > 0]
        return {
            "speaker": self._joined(each.speaker.entity for each in nearest),
            "via": self._joined(each.via.entity for each in nearest if each.via),
            "stance": self._concept("stance", nearest[0].stance) if nearest else None,
            "reported_by": self._joined(each.speaker.entity for each in others),
        }

    def _label(self, entity: Entity) -> str:
        return entity.label_in(self.lang)

    def _joined(self, some: Iterable[Entity]) -> str | None:
        return ", ".join(dict.fromkeys(each.label_in(self.lang) for each in some)) or None

    def _sources(self, case: Case, positions: Sequence[Position]) -> list[str]:
        return sorted(source.label for source in case.sources if source.position in positions)

    def _kind(self, kind: str | None) -> str | None:
        found = ontology.load().kinds.get(kind) if kind else None
        return found.label_in(self.lang) if found else kind

    def _concept(self, scheme: str, name: str) -> str:
        return ontology.load().concept(scheme, name).label_in(self.lang)
