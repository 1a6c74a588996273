"""A language's times.toml, and what its patterns are worth as ISO 8601 against an article's date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date as Date  # noqa: N812 - parameters of the same name would hide it
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import DataError
from kg.extract.grammar import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

DAY, MONTH, YEAR = len("2024-09-10"), len("2024-09"), len("2024")
HOURS = 24
NAMED = re.compile(r"\(\?P<\w+>")  # the head of a named group of a regular expression
EDGES = ("since", "until", "by", "none")
TABLES = ("months", "weekdays", "seasons", "units", "numbers", "days", "phrases", "openers", "clauses", "patterns")


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry of times.toml: words, and how they become a date."""

    words: str
    read: str
    unit: str = ""
    number: int = 1
    shift: int = 0
    alone: int = 0
    year: int | None = None
    which: str = ""
    edge: str = ""
    needs: str = ""
    bare: bool = False
    span: tuple[int, ...] = ()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """A language's times.toml, ready for use."""

    data: Mapping[str, Any]
    patterns: tuple[Pattern, ...]
    regex: re.Pattern[str]
    opening: re.Pattern[str]  # of the first word of any pattern, with the space behind it: tells soon where none begins
    openers: tuple[tuple[tuple[str, ...], str], ...]  # the words before a time, longest first, and the edge they make
    pairs: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    lists: tuple[tuple[str, ...], ...]

    def has(self, table: str, word: str) -> bool:
        """Is the word in this list of the table ``clauses``?"""
        return word in self.data["clauses"][table]


class Point(NamedTuple):
    """A pattern found at words ``first`` to ``last`` (excluded); ``core`` is its first word of a class."""

    pattern: Pattern
    first: int
    core: int
    last: int
    parts: Mapping[str, str]
    edge: str = ""


class Reading(NamedTuple):
    """A value for what has happened, and one for what is to come."""

    past: str
    future: str


@cache
def load(lang: str) -> Calendar:
    """Read a language's times.toml.

    Raises:
        DataError: a table or a class is missing, or a pattern has an unknown key.
    """
    data = read_toml(lang, "times.toml")
    where = f"kg/lang/{lang}/times.toml"
    missing = [t for t in TABLES if t not in data]
    if missing:
        raise DataError(where, f"no table {', '.join(missing)}", "see kg/lang/en/times.toml")
    patterns = tuple(pattern_of(entry, where) for entry in data["patterns"])
    classes = _classes(data)
    try:
        sources = [f"(?P<p{n}>{_source(p.words, n, classes, data['phrases'])})" for n, p in enumerate(patterns)]
    except KeyError as e:
        raise DataError(where, f"a pattern names {e}, which is no class or phrase", "see the head of the file") from e
    openers = [(tuple(w.split()), edge) for edge in EDGES for w in data["openers"][edge]]
    return Calendar(
        data,
        patterns,
        re.compile(r"(?<!\S)(?:" + "|".join(sources) + ")"),
        _opening(patterns, classes, data["phrases"]),
        tuple(sorted(openers, key=lambda o: -len(o[0]))),
        tuple((tuple(a.split()), tuple(b.split())) for a, b in data["openers"]["pairs"]),
        tuple(tuple(w.split()) for w in data["openers"]["lists"]),
    )


def pattern_of(entry: Mapping[str, Any], where: str) -> Pattern:
    """Make a pattern of an entry of the table.

    Raises:
        DataError: a key is unknown or missing.
    """
    known = {f.name for f in fields(Pattern)}
    wrong = set(entry) - known
    if wrong or not {"words", "read"} <= set(entry) or entry["read"] not in READERS:
        what = f"unknown {', '.join(sorted(wrong))}" if wrong else "no words or no known read"
        raise DataError(f"{where} [{entry.get('words')}]", what, f"keys are {', '.join(sorted(known))}")
    return Pattern(**{**entry, **{key: tuple(entry.get(key, ())) for key in ("not_before", "span")}})


def _classes(data: Mapping[str, Any]) -> dict[str, str]:
    """The classes of words that patterns may name, as regular expressions."""
    ordinals = _any(data["ordinals"])
    day = rf"(?:{_any(data['days'])}|(?:0?[1-9]|[12][0-9]|3[01])(?:{ordinals})?)"
    names = {c: _any(data[c + "s"]) for c in ("month", "weekday", "season", "unit")}
    numbers = rf"(?:{_any(data['numbers'])}|[0-9]{{1,3}})"
    year = "(?:1[89]|20)[0-9][0-9]"
    second = {"day2": day, "weekday2": names["weekday"]}
    return names | second | {"number": numbers, "day": day, "year": year, "monthnumber": "(?:0[1-9]|1[0-2])"}


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True))) or '(?!)'})"


def _source(words: str, n: int, classes: Mapping[str, str], phrases: Mapping[str, list[str]]) -> str:
    """The regular expression of a pattern's words; every word ends in a space."""
    found = []
    for item in words.split():
        body, optional = (item[:-1], "?") if item.endswith("?") and len(item) > 1 else (item, "")
        if body.startswith("<"):
            source = _any(p + " " for p in phrases[body.strip("<>")])
        else:
            source = f"(?:{'|'.join(_word(w, n, classes) for w in body.split('|'))}) "
        found.append(f"(?:{source}){optional}")
    return "".join(found)


def _opening(
    patterns: Iterable[Pattern], classes: Mapping[str, str], phrases: Mapping[str, list[str]]
) -> re.Pattern[str]:
    """The regular expression of the first word of any pattern."""
    words = dict.fromkeys(word for p in patterns for word in _first_words(p.words, classes, phrases))
    return re.compile(rf"(?<!\S)(?:{'|'.join(words)}) ")


def _first_words(words: str, classes: Mapping[str, str], phrases: Mapping[str, list[str]]) -> Iterator[str]:
    """The regular expressions of the words that a pattern may begin with."""
    for item in words.split():
        body = item.removesuffix("?") or item
        if body.startswith("<"):
            yield from (re.escape(p.split()[0]) for p in phrases[body.strip("<>")])
        else:
            yield from (NAMED.sub("(?:", _word(w, 0, classes)) for w in body.split("|"))
        if body == item:
            return


def _word(word: str, n: int, classes: Mapping[str, str]) -> str:
    """A word, of which a part may be a class: ``mi-{month}``."""
    before, brace, rest = word.partition("{")
    if not brace:
        return re.escape(word)
    name = rest.rstrip("}")
    return f"{re.escape(before)}(?P<c{n}_{name}>{classes[name]})"


def reading_of(points: tuple[Point, ...], calendar: Calendar, date: Date | None, before: str) -> Reading | None:
    """The value of a point, or of the span between two."""
    if len(points) == 1:
        return _open(points[0], calendar, date, before)
    a, b = points
    if "year" in b.parts and "year" not in a.parts:
        a = a._replace(parts={**a.parts, "year": b.parts["year"]})
    start, end = _read(a, calendar, date, before), _read(b, calendar, date, before)
    if not start or not end:
        return None
    past, future = _span(start.past, end.past, end.future), _span(start.future, end.future, "")
    return Reading(past, future or past) if past else None


def _span(start: str, *ends: str) -> str:
    """From a start to the first end that does not lie before it."""
    first = start.partition("/")[0]
    lasts = [e.rpartition("/")[2] for e in ends]
    return next((f"{first}/{last}" for last in lasts if first <= last), "")


def _open(point: Point, calendar: Calendar, date: Date | None, before: str) -> Reading | None:
    """The value of a point, open at one end where its words say so."""
    reading = _read(point, calendar, date, before)
    edge = point.edge or point.pattern.edge
    if not reading or not edge:
        return reading
    if edge == "by":
        reading = Reading(reading.future, reading.future)
    if edge == "past":
        return Reading(*(f"{v}/{str(date)[: len(v)]}" for v in reading))
    return Reading(*(edged(v, edge) for v in reading))


def edged(value: str, edge: str) -> str:
    """The value, left open at one end; ``before`` a season ends with its beginning.

    >>> edged("2024-06/2024-08", "since"), edged("2024", "until")
    ('2024-06/..', '../2024')
    """
    if edge == "since":
        return value.partition("/")[0] + "/.."
    if edge == "before":
        return "../" + value.partition("/")[0]
    return "../" + value.rpartition("/")[2] if edge in ("until", "by") else value


def _read(point: Point, calendar: Calendar, date: Date | None, before: str) -> Reading | None:
    """The value of a point's own words; None for days that no calendar has."""
    facts = _Facts(point, calendar.data, date, before)
    try:
        return READERS[point.pattern.read](facts)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a reader goes by: the point, the tables of the language, the article's date, the time before."""

    point: Point
    data: Mapping[str, Any]
    date: Date | None
    before: str
    pattern: Pattern = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", self.point.pattern)

    def part(self, name: str, table: str = "") -> Any:  # noqa: ANN401 - as the table has it
        """The value of a class's word."""
        word = self.point.parts.get(name)
        if word is None:
            return None
        if word in self.data.get(table, ()):
            return self.data[table][word]
        return int(re.match(r"[0-9]+", word)[0])  # type: ignore[index] # the pattern let only figures through

    @property
    def year(self) -> int | None:
        """The year that the words give."""
        if self.pattern.year is not None and self.date:
            return self.date.year + self.pattern.year
        year: int | None = self.part("year")
        return year


def _date(facts: _Facts) -> Reading | None:
    """A day, month, season, weekday or year by name."""
    month = facts.part("month", "months") or facts.part("monthnumber")
    day = facts.part("day", "days")
    weekday = facts.part("weekday", "weekdays")
    season = facts.part("season", "seasons") or facts.pattern.span
    if month and day:
        return _yearly(facts, lambda year: _days(year, month, day, facts.part("day2", "days")))
    if month:
        return _yearly(facts, lambda year: f"{year:04}-{month:02}")
    if season:
        return _yearly(facts, lambda year: _months(year, *season))
    if weekday:
        return _weekday(facts, weekday)
    return Reading(str(facts.year), str(facts.year)) if facts.year else None


def _days(year: int, month: int, day: int, day2: int | None) -> str:
    first = str(Date(year, month, day))
    return f"{first}/{Date(year, month, day2)}" if day2 else first


def _months(year: int, first: int, last: int) -> str:
    """A season; one that ends in the year after is named by the year it begins in."""
    return f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"


def _yearly(facts: _Facts, at: Callable[[int], str]) -> Reading | None:
    """The value in the year of the words, else the latest not after the article and the next not before it."""
    if facts.year:
        value = at(facts.year)
        return Reading(value, value)
    if not facts.date:
        return None
    values = list(_possible(at, facts.date.year))
    now = str(facts.date)
    which = facts.pattern.which
    past = [
        v for v in values if (_end(v) < now[: len(_end(v))] if which == "last" else v[: _first(v)] <= now[: _first(v)])
    ]
    future = [v for v in values if (v > now if which == "next" else _end(v) >= now[: len(_end(v))])]
    future = [v for v in future if which != "next" or v[: _first(v)] > now[: _first(v)]]
    return _both(past[-1] if past else "", future[0] if future else "", which)


def _possible(at: Callable[[int], str], year: int) -> Iterator[str]:
    """The values around a year; the 29th of February is not in every one."""
    for y in range(year - 4, year + 5):
        try:
            yield at(y)
        except ValueError:
            continue


def _end(value: str) -> str:
    return value.rpartition("/")[2]


def _first(value: str) -> int:
    """How long the first date of a value is."""
    return len(value.partition("/")[0])


def _both(past: str, future: str, which: str) -> Reading | None:
    """Both readings, made one where the words leave no choice."""
    if which == "last":
        future = past
    if which == "next":
        past = future
    return Reading(past, future) if past and future else None


def _weekday(facts: _Facts, weekday: int) -> Reading | None:
    """The latest such day up to the article's date, and the coming one."""
    if not facts.date:
        return None
    back = (facts.date.isoweekday() - weekday) % 7
    which = facts.pattern.which
    past = facts.date - timedelta(back or 7 * (which == "last"))
    future = facts.date + timedelta((-back % 7) or 7 * (which == "next"))
    second = facts.part("weekday2", "weekdays")
    width = (second - weekday) % 7 if second else 0
    if width and past + timedelta(width) > facts.date:
        past -= timedelta(7)
    named = [f"{d}/{d + timedelta(width)}" if width else str(d) for d in (past, future)]
    return _both(named[0], named[1], which)


def _unit(facts: _Facts) -> Reading | None:
    """The day, week, month or year so many away from the article's."""
    unit = facts.pattern.unit or facts.part("unit", "units")
    if not facts.date or unit == "decade":
        return None
    shift = facts.pattern.shift
    weekday = facts.part("weekday", "weekdays")
    if unit == "week":
        monday = facts.date + timedelta(7 * shift - facts.date.isoweekday() + 1)
        day = monday + timedelta(weekday - 1) if weekday else None
        value = str(day) if day else f"{monday}/{monday + timedelta(6)}"
    else:
        value = _away(str(facts.date), unit, shift)
    return Reading(value, value)


def _count(facts: _Facts) -> Reading | None:
    """So many units away from the article's date, no more precise than the unit."""
    if not facts.date:
        return None
    value = _away(str(facts.date), *_amount(facts))
    return Reading(value, value)


def _chain(facts: _Facts) -> Reading | None:
    """So many units away from the time named before, where that is as precise; else from the article's date."""
    unit, amount = _amount(facts)
    base = _end(facts.before) if ".." not in facts.before else facts.before.strip("./")
    value = _away(base, unit, amount) if base else ""
    if not value and facts.date and facts.pattern.alone:
        value = _away(str(facts.date), unit, facts.pattern.alone)
    return Reading(value, value) if value else None


def _amount(facts: _Facts) -> tuple[str, int]:
    """Unit and number, with their direction."""
    unit = facts.pattern.unit or facts.part("unit", "units")
    number = facts.part("number", "numbers") or facts.pattern.number
    return unit, number * facts.pattern.shift


def _away(base: str, unit: str, amount: int) -> str:
    """A date moved by units: weeks come out as months, decades as years; empty if the base is less precise.

    >>> _away("2024-01-15", "month", -1), _away("2024-01-15", "decade", -1), _away("2024-01", "day", 1)
    ('2023-12', '2014', '')
    """
    if unit == "same":
        return base
    if unit == "hour":
        unit, amount = "day", int(amount / HOURS)
    if unit in ("day", "week"):
        if len(base) < DAY:
            return ""
        day = str(Date.fromisoformat(base) + timedelta(amount * (7 if unit == "week" else 1)))
        return day if unit == "day" else day[:MONTH]
    if unit == "month":
        if len(base) < MONTH:
            return ""
        months = int(base[:YEAR]) * 12 + int(base[YEAR + 1 : MONTH]) - 1 + amount
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return f"{int(base[:YEAR]) + amount * (10 if unit == 'decade' else 1):04}"


READERS = {"date": _date, "unit": _unit, "count": _count, "chain": _chain, "offset": _chain}
