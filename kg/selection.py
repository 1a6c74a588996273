"""What of a store is to be drawn: who it is about, by relation, status, date and number of sources; and how much it is.

A case is kept whole or not at all: its status follows from all of its sources, so none of them may be hidden.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from kg import actors, ontology
from kg.actors import plain
from kg.errors import InputError, UnknownName
from kg.explain import entities
from kg.graph import ends
from kg.lookup import choose
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kg.actors import Actors
    from kg.model import Case, Statement
    from kg.ontology import Term
    from kg.store import Store

Json: TypeAlias = dict[str, Any]

FARTHEST = 2  # hops: at three, nearly everybody is there
LISTED = 10  # names that a message may list
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Asked(TypedDict, total=False):
    """What may be asked for. Names of relations, quads and statuses may be labels in any language.

    A relation stands for those below it, too. Dates are those of articles: ``2024``, ``2024-09`` or ``2024-09-11``.
    """

    about: str | None
    hops: int
    relation: str | Sequence[str]
    quad: str | Sequence[str]
    status: str | Sequence[str]
    since: str | None
    until: str | None
    min_sources: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The statements that were asked for, out of how many there are in the store; what was asked, for a reader.

    ``undated`` counts the cases left out because none of their articles has a date.
    """

    statements: tuple[Statement, ...]
    of: int
    undated: int = 0
    asked: Json | None = None

    def to_json(self) -> Json | None:
        """Give what was asked and what it came to; None if everything was."""
        if self.asked is None:
            return None
        return self.asked | {"statements": len(self.statements), "of": self.of, "undated": self.undated}


def select(store: Store, *, roll_up: bool = False, who: Actors | None = None, **asked: Any) -> Selection:  # noqa: ANN401 - the fields of Asked
    """Choose what to draw of a store; the fields of `Asked` say what.

    >>> import kg
    >>> with kg.open() as graph:
    ...     select(graph.store, quad="verbal-conflit")
    Traceback (most recent call last):
    ...
    kg.errors.UnknownName: verbal-conflit: no such quad; did you mean verbal-conflict?

    Raises:
        UnknownName: there is no such actor, relation, quad or status.
        InputError: a date is none, or the first one is after the last.
    """
    tables = who or actors.load()
    wanted = _Wanted.of(asked)
    about = entities(store, asked["about"], tables) if asked.get("about") else ()
    found = [kept for each in _candidates(store, about, wanted.hops, roll_up=roll_up) if (kept := wanted.keep(each))]
    if wanted.hops > 1 and about:
        found = _around(found, about, wanted.hops, ends(found, roll_up=roll_up, who=tables))
    shown = wanted.to_json() | ({"about": _names(found, about, tables), "hops": wanted.hops} if about else {})
    return Selection(tuple(found), _count(store), wanted.undated, shown or None)


def _candidates(store: Store, about: Sequence[str], hops: int, *, roll_up: bool) -> Iterator[Statement]:
    """Give each statement once that can be asked for: those about somebody, or all."""
    if not about or hops > 1:
        yield from store.statements()
        return
    found = [statement for iri in about for statement in store.statements(about=iri, roll_up=roll_up)]
    yield from {statement.iri: statement for statement in found}.values()


def _around(
    statements: Iterable[Statement], about: Iterable[str], hops: int, tied: Mapping[str, frozenset[str]]
) -> list[Statement]:
    """Keep the statements that touch somebody fewer than so many steps away; ``tied`` is whom each statement ties."""
    reached = set(about)
    for _ in range(hops - 1):
        reached |= {iri for some in tied.values() if some & reached for iri in some}
    return [statement for statement in statements if tied[statement.iri] & reached]


def _names(statements: Iterable[Statement], about: Iterable[str], who: Actors) -> list[Json]:
    known = dict(who.entities) | {end.iri: end for each in statements for end in (each.subject, each.object)}
    return [{"iri": iri, "label": known[iri].label, "labels": dict(known[iri].labels)} for iri in about if iri in known]


def _count(store: Store) -> int:
    [[count]] = store.query("SELECT (COUNT(?s) AS ?n) { ?s a gp:Statement }").values()
    return int(str(count))


@dataclass(slots=True)
class _Wanted:
    """What was asked for, checked; it counts what it leaves out for want of a date."""

    hops: int
    relations: tuple[str, ...]
    quads: tuple[str, ...]
    statuses: tuple[str, ...]
    since: date | None
    until: date | None
    min_sources: int
    undated: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> _Wanted:
        known = ontology.load()
        wanted = cls(
            asked.get("hops") or 1,
            terms_named(asked.get("relation"), known.relations, "relation"),
            terms_named(asked.get("quad"), known.concepts["quad"], "quad"),
            terms_named(asked.get("status"), known.concepts["status"], "status"),
            *period(asked.get("since"), asked.get("until")),
            asked.get("min_sources") or 1,
        )
        if not 1 <= wanted.hops <= FARTHEST:
            raise InputError(f"hops {wanted.hops}", "too few or too many", f"take 1 to {FARTHEST}")
        return wanted

    def keep(self, statement: Statement) -> Statement | None:
        """Give a statement with the cases that are wanted, if there are any."""
        relation = ontology.load().relation(statement.relation)
        if self.quads and relation.quad not in self.quads:
            return None
        if self.relations and not any(ontology.load().is_sub_relation(relation.name, top) for top in self.relations):
            return None
        cases = tuple(filter(self._is_wanted, statement.cases))
        if not cases:
            return None
        return statement if len(cases) == len(statement.cases) else replace(statement, cases=cases)

    def _is_wanted(self, case: Case) -> bool:
        if self.statuses and case.status not in self.statuses:
            return False
        return len(case.sources) >= self.min_sources and self._is_in_time(case)

    def _is_in_time(self, case: Case) -> bool:
        """Was any article with a claim of it published in the time asked for?"""
        if not (self.since or self.until):
            return True
        days = [each.article.date for each in case.evidence if each.article.date]
        self.undated += not days
        first, last = self.since or date.min, self.until or date.max
        return any(first <= day <= last for day in days)

    def to_json(self) -> Json:
        """Give what was asked for beyond everything."""
        days = {"since": self.since and self.since.isoformat(), "until": self.until and self.until.isoformat()}
        lists = {"relation": list(self.relations), "quad": list(self.quads), "status": list(self.statuses)}
        more = {"min_sources": self.min_sources if self.min_sources > 1 else None}
        return {key: value for key, value in (lists | days | more).items() if value}


def terms_named(texts: str | Iterable[str] | None, terms: Mapping[str, Term], what: str) -> tuple[str, ...]:
    """Give the terms that a user names, by name or by label in any language; case and accents do not matter.

    >>> terms_named("livre des armes a", ontology.load().relations, "relation")
    ('suppliesArmsTo',)

    Raises:
        UnknownName: there is none of that name; the message proposes the likest.
    """
    asked = (texts,) if isinstance(texts, str) else tuple(texts or ())
    known = {plain(label): name for name, term in terms.items() for label in (*dict(term.labels).values(), name)}
    for text in asked:
        if plain(text) not in known:
            raise UnknownName(one_line(text), f"no such {what}", _remedy(text, terms))
    return tuple(dict.fromkeys(known[plain(text)] for text in asked))


def _remedy(text: str, terms: Mapping[str, Term]) -> str:
    """Propose the likest name; where there are too many to list, tell where they stand."""
    proposed = choose(text, terms)
    return proposed if proposed.startswith("did") or len(terms) <= LISTED else "kg's relations are in docs/relations.md"


def period(since: date | str | None, until: date | str | None) -> tuple[date | None, date | None]:
    """Read the first and the last day of a time; of a year or a month, its own first or last day is meant.

    >>> [str(day) for day in period("2022", "2024-02")]
    ['2022-01-01', '2024-02-29']

    Raises:
        InputError: one is no date, or the first one is after the last.
    """
    first = _day(since, "since", lambda *_: 1)
    last = _day(until, "until", lambda year, month: calendar.monthrange(year, month)[1])
    if first and last and first > last:
        raise InputError(f"since {first}", f"that is after {last}", "turn them round")
    return first, last


def _day(text: date | str | None, what: str, missing: Callable[[int, int], int]) -> date | None:
    """Read a date of which the day, or the month too, may be missing: the first or the last one is meant."""
    if text is None or isinstance(text, date):
        return text.date() if isinstance(text, datetime) else text
    found = _DATE.fullmatch(str(text))
    try:
        if found:
            year, month = int(found[1]), int(found[2] or (1 if missing(2000, 2) == 1 else 12))
            return date(year, month, int(found[3] or missing(year, month)))
    except ValueError:
        pass
    raise InputError(f"{what} {one_line(str(text))}", "no date", "write it as 2024, 2024-09 or 2024-09-11")
