"""What the articles of some days changed: new cases, changes of status, first denials, relations that ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg import actors, ontology
from kg.brief import Writer
from kg.document import Document, Heading, Items, Paragraph, Words
from kg.explain import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

    from kg.actors import Actors
    from kg.document import Block, Line
    from kg.model import Case, Evidence, Statement, Status
    from kg.store import Store

Sort: TypeAlias = Literal["new", "status", "denied", "ended"]
SORTS: tuple[Sort, ...] = ("new", "status", "denied", "ended")
COLUMNS = ("day", "change", "statement", "case", "before", "now", "sentence")


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a case, with the claims that made it; ``before`` is the status that it had."""

    sort: Sort
    statement: Statement
    case: Case
    evidence: tuple[Evidence, ...]
    before: Status | None = None


def changes(store: Store, since: Date, until: Date | None = None) -> list[Change]:
    """Tell what the articles of some days changed, in the order of the days.

    >>> from datetime import date
    >>> from kg.store import open_store
    >>> with open_store() as store:
    ...     changes(store, date(2024, 9, 1))
    []
    """
    found = [change for pair in store.changed(since, until) for change in _changes(store, *pair, since)]
    return sorted(found, key=lambda each: (SORTS.index(each.sort), _day(each), each.statement.iri, each.case.iri))


def report(
    store: Store, since: Date, until: Date | None = None, *, lang: str = "en", who: Actors | None = None
) -> Document:
    """Write what the articles of some days changed, with the sentences."""
    return _Report(messages(lang), lang, who or actors.load(), []).report(changes(store, since, until), since, until)


def rows(found: Iterable[Change], *, lang: str = "en", who: Actors | None = None) -> list[tuple[str, ...]]:
    """Give changes as rows of a table, the names of its columns first."""
    report = _Report(messages(lang), lang, who or actors.load(), [])
    return [tuple(report.words["diff"][name] for name in COLUMNS), *(report.cells(each) for each in found)]


def _changes(store: Store, before: Statement, after: Statement, since: Date) -> Iterator[Change]:
    was = {(case.kind, case.month): case for case in before.cases}
    for case in after.cases:
        old = was.get((case.kind, case.month))
        new = tuple(each for each in case.evidence if each.article.date and each.article.date >= since)
        if not new:
            continue
        if old is None:
            yield Change("new", after, case, new)
        elif old.status != case.status:
            yield Change("status", after, case, new, old.status)
        denials = tuple(each for each in new if each.position == "against")
        if denials and not any(each.position == "against" for each in (old.evidence if old else ())):
            yield Change("denied", after, case, denials, old.status if old else None)
        if over := tuple(each for each in new if each.position == "for" and _is_end(each)):
            yield from _ended(store, after, case, over)


def _is_end(evidence: Evidence) -> bool:
    claim = evidence.claim
    return claim.phase == "ends" or bool(ontology.load().relation(claim.relation).ends)


def _ended(store: Store, statement: Statement, case: Case, over: tuple[Evidence, ...]) -> Iterator[Change]:
    """Tell which relations come to an end: that of the claim itself, or others that the store has and it ends."""
    own = tuple(each for each in over if each.claim.phase == "ends")
    if own:
        yield Change("ended", statement, case, own)
    for name in ontology.load().relation(statement.relation).ends:
        for ended in store.statements(subject=statement.subject.iri, relation=name, object=statement.object.iri):
            yield from (Change("ended", ended, each, over) for each in ended.cases)


def _day(change: Change) -> str:
    days = [each.article.date.isoformat() for each in change.evidence if each.article.date]
    return min(days, default="")


class _Report(Writer):
    """Writes changes in the words of one language."""

    def report(self, found: Sequence[Change], since: Date, until: Date | None) -> Document:
        said = self.words["diff"]
        self.statements = list({each.statement.iri: each.statement for each in found}.values())
        evidence = self.number(each for change in found for each in change.evidence)
        end = said["until"].format(until=until.isoformat()) if until else ""
        title = said["title"].format(since=since.isoformat(), until=end)
        blocks: list[Block] = []
        for sort in SORTS:
            some = [each for each in found if each.sort == sort]
            if some:
                blocks += [Heading(said[f"{sort}_head"]), Items(tuple((self.item(each),) for each in some))]
        if not blocks:
            return Document(title, (Paragraph((Words(said["nothing"]),)),), self.lang)
        blocks += [Heading(self.said["sentences"]), *(self.quotation(each) for each in evidence)]
        return Document(title, tuple(blocks), self.lang)

    def item(self, change: Change) -> Line:
        case = self.case_name(change.case)
        line = [Words(_day(change), "strong"), Words(f" · {self.name(change.statement)} · {case} · ")]
        return (*line, Words(self.step(change), "em"), *self.references(change.evidence))

    def step(self, change: Change) -> str:
        now = self.words["status"][change.case.status]
        before = self.words["status"][change.before] if change.before else ""
        return f"{before} → {now}" if before and before != now else now

    def cells(self, change: Change) -> tuple[str, ...]:
        statuses = self.words["status"]
        before = statuses[change.before] if change.before else ""
        first = min(change.evidence, key=lambda each: (each.article.date is None, each.article.date, each.iri))
        return (
            _day(change), self.words["diff"][change.sort], self.name(change.statement), self.case_name(change.case),
            before, statuses[change.case.status], first.claim.passage.text,
        )  # fmt: skip
