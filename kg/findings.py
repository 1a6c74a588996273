"""What an analyst reads off a graph, as tables: claims, contested cases, what passed between two actors over time.

Each column of names has the addresses behind it in a column of its own, whose name ends in ``_iri``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import actors, ontology
from kg.explain import entities, messages, ruled
from kg.graph import roll
from kg.lookup import iri_of, meant
from kg.model import ENT, GP
from kg.rollup import Rolled
from kg.selection import period, terms_named
from kg.store.querying import inner
from kg.tables import IRI, Table, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.model import Case, Claim, Entity, Evidence, Position, Statement
    from kg.notebook import Graph

Row: TypeAlias = dict[str, Any]
Ends: TypeAlias = tuple[str, str, str]  # of a statement: subject, relation by name, object
Found: TypeAlias = Iterator[tuple[Rolled, "Case", "Evidence"]]

STATEMENT = ("subject", "relation", "object")
CLAIMS = (
    "date", "outlet", "speaker", "via", "stance", "reported_by", *STATEMENT, "kind", "theme", "modality", "polarity",
    "phase", "happened", "position", "status", "verdict", "sentence", "article",
)  # fmt: skip
CONTESTED = (
    *STATEMENT, "kind", "month", "supporters", "says_so", "deniers", "denies_it", "first_seen", "last_seen", "claims",
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
    about = named(graph, wanted.about) if wanted.about else None
    spoken = _spoken(graph, wanted.speaker) if wanted.speaker else None
    in_time = _in_time(wanted.since, wanted.until)
    found = [
        each
        for each in _claims(map(Rolled, _statements(graph, about, relations, spoken)))
        if (spoken is None or each[2].iri in spoken) and in_time(each[2].article.date)
    ]
    return _listed(graph, found, (*CLAIMS, "claim", "case", *_BEHIND), lang)


def timeline(
    graph: Graph, pair: tuple[str, str], within: tuple[date | str | None, date | str | None], lang: str
) -> Table:
    """Make a table of the claims between two actors, either way round, by date.

    Persons, ministries and armies count for their state at the article's date.
    """
    ones, others = (set(named(graph, name)) for name in pair)
    in_time = _in_time(*within)
    candidates = {s.iri: s for one in sorted(ones) for s in graph.store.statements(about=one, roll_up=True)}
    between = [each for each in roll(candidates.values(), graph.who) if _is_between(each, ones, others)]
    found = [each for each in _claims(between) if in_time(each[2].article.date)]
    return _listed(graph, found, (*TIMELINE, "claim", "case", *_BEHIND, "quad" + IRI), lang)


def contested(graph: Graph, about: str | None, lang: str) -> Table:
    """Make a table of contested cases, one a row, those with most sources first."""
    teller = _Teller(graph, lang)
    rows = [teller.case(Rolled(statement), case) for statement, case in _contested(graph, about)]
    return _table(graph, rows, (*CONTESTED, "case", *(part + IRI for part in STATEMENT)))


def sides(graph: Graph, about: str | None, top: int, lang: str) -> tuple[list[tuple[str, Case]], Mapping[str, str]]:
    """Give the contested cases with most sources, each with its name, and the names of all their sources."""
    teller = _Teller(graph, lang)
    found = _contested(graph, about)[:top]
    named_cases = [(teller.title(Rolled(statement), case), case) for statement, case in found]
    return named_cases, graph.store.labels({source.iri for _, case in found for source in case.sources}, lang)


def name(graph: Graph, name: str, lang: str) -> str:
    """Give the label of whoever a name means; of a capital that is also its state, the one that was named."""
    iris = named(graph, name)
    labels = graph.store.labels(iris, lang)
    return next((labels[iri] for iri in iris if iri in labels), name)


def _contested(graph: Graph, about: str | None) -> list[tuple[Statement, Case]]:
    found = {
        case.iri: (statement, case)
        for about_ in (named(graph, about) if about else (None,))
        for statement in graph.store.statements(about=about_, status="Contested")
        for case in statement.cases
        if case.status == "Contested"
    }
    return sorted(
        found.values(),
        key=lambda each: (-len(each[1].sources), each[0].iri, each[1].kind or "", each[1].month or ""),
    )


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


def _spoken(graph: Graph, name: str) -> dict[str, Ends]:
    """Find the claims that somebody puts forward or denies, in person or through others, with their statements."""
    answers = (graph.store.query(inner("spoken"), who=iri_of(iri)) for iri in named(graph, name))
    rows = (map(str, row) for answer in answers for row in answer.rows)
    return {claim: (subject, relation.removeprefix(GP), object_) for claim, subject, relation, object_ in rows}


def _statements(
    graph: Graph, about: tuple[str, ...] | None, relations: set[str] | None, spoken: Mapping[str, Ends] | None
) -> Iterator[Statement]:
    """Read the statements that can have what is asked for, and as few others as may be, each once."""
    if spoken is not None:
        wanted: set[tuple[str | None, str | None, str | None]] = set(spoken.values())
    else:
        wanted = {(None, relation, None) for relation in relations or (None,)}
    found = {
        each.iri: each
        for subject, relation, object_ in sorted(wanted, key=str)
        if relations is None or relation in relations
        for end in (about or (None,))
        for each in graph.store.statements(subject, relation, object_, end)
    }
    yield from found.values()


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


def _is_between(each: Rolled, ones: set[str], others: set[str]) -> bool:
    ends = each.statement.subject.iri, each.statement.object.iri
    return any(a in ones and b in others for a, b in (ends, ends[::-1]))


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
    _names: dict[str, str] = field(default_factory=dict)

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
            "claims": len(case.evidence),
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
        sources = [source for source in case.sources if source.position in positions]
        missing = {source.iri for source in sources} - self._names.keys()
        self._names.update(self.graph.store.labels(missing, self.lang))
        return sorted(self._names.get(source.iri, source.label) for source in sources)

    def _kind(self, kind: str | None) -> str | None:
        found = ontology.load().kinds.get(kind) if kind else None
        return found.label_in(self.lang) if found else kind

    def _concept(self, scheme: str, name: str) -> str:
        return ontology.load().concept(scheme, name).label_in(self.lang)
