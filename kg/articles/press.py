"""What stands around the text of an article: datelines, credits of agencies, notices of retraction."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/_.-]|$)|/((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.-])")
_PLACE = r"[^\W\d_a-zà-ÿ][\w’'.-]*(?:[ ,/]+[^\W\d_a-zà-ÿ][\w’'.-]*){0,5}"  # words that begin with a capital
_DASH = r"\s*[.:]?\s*(?:[–—-]{1,2})\s"
_SOURCES = (  # (AFP) –, /TASS/. and [AFP] without a dash
    r"\((?P<agency>[^()\n]{2,60})\)" + _DASH, r"/(?P<agency>[\w -]{2,30})/\.?\s", r"\[(?P<agency>[\w -]{2,30})\]\s"
)  # fmt: skip
_HEAD = 140  # characters in which a dateline ends
_SIGN = re.compile(r"[\d(/\[–—-]")  # every dateline has one of these
_BEHIND = re.compile(
    r"[.!?…»”\"][ \t]*(?:[a-z]{2,4}(?: ?[/,] ?[a-z]{2,4})* ?)?\(([^()]{2,60})\)\.?$"
)  # … denied it. se/bw (AFP)
_CREDIT = 80  # characters that a line of credits has at most


class Dateline(NamedTuple):
    """What a text's first words tell: its day, and the agency that it comes from."""

    date: date | None = None
    agency: str | None = None


def dateline(text: str, lang: str) -> Dateline:
    """Read a dateline: *KYIV, March 3, 2022 (Reuters) –*, *29 mai 2012. -*; a day without its year is none.

    >>> dateline("29 mai 2012. - L'Iran a nié.", "fr")
    Dateline(date=datetime.date(2012, 5, 29), agency=None)
    >>> dateline("KYIV, March 3 (Reuters) – Russia denied it.", "en")
    Dateline(date=None, agency='Reuters')
    >>> dateline("Paris - which denied it - was angry.", "en")
    Dateline(date=None, agency=None)
    """
    head = text[:_HEAD]
    for pattern in _datelines(lang) if _SIGN.search(head) else ():
        if found := pattern.match(head):
            parts = found.groupdict()
            return Dateline(_day(parts, lang), _credited(parts.get("agency") or "", lang))
    return Dateline()


def agency(text: str, lang: str, author: str | None = None, outlet: str | None = None) -> str | None:
    r"""Name the agency that a text credits in its dateline, as its author or in its last line; none where several are.

    >>> agency("L'Iran a nié avoir livré des missiles.\n\n(avec AFP)", "fr")
    'AFP'
    >>> agency("L'AFP a interrogé un diplomate.", "fr")
    """
    if found := dateline(text, lang).agency:
        return found
    last = text.rstrip().rpartition("\n")[2].strip()
    behind = _BEHIND.search(last[-_CREDIT:])
    lines = (author or "", last if len(last) <= _CREDIT and last != text.strip() else "", behind[1] if behind else "")
    return next((found for line in lines if (found := _credited(line, lang, outlet))), None)


def is_retraction(title: str, lang: str) -> bool:
    """Does a title (or the beginning of a text) take an article back?

    >>> is_retraction("Retraction: Iran's missiles", "en"), is_retraction("Iran retracts its threat", "en")
    (True, False)
    """
    return any(pattern.match(title.lstrip()) for pattern in _patterns(lang, "retractions"))


def is_furniture(line: str, lang: str) -> bool:
    """Is a line of a page none of the article: an invitation to share, to subscribe, to read something else?

    >>> is_furniture("Lire aussi : Paris condamne Téhéran", "fr"), is_furniture("Paris condamne Téhéran.", "fr")
    (True, False)
    """
    return any(pattern.match(line.strip()) for pattern in _patterns(lang, "furniture"))


def date_in_url(url: str) -> date | None:
    """Read the day that an address tells.

    >>> date_in_url("https://a.example/2024/09/10/iran.html")
    datetime.date(2024, 9, 10)
    >>> date_in_url("https://a.example/2024/99/10/iran.html")
    """
    found = _URL_DATE.search(url)
    return _valid(*(part for part in found.groups() if part)) if found else None


@cache
def own_words(lang: str) -> frozenset[str]:
    """Give the small words that tell a language."""
    return frozenset(_press(lang)["own_words"])


def _credited(words: str, lang: str, outlet: str | None = None) -> str | None:
    """Name the one agency that words of credit consist of."""
    names = _agencies()
    pattern, left = _agency_pattern(), words
    found = {names[match[0].casefold()] for match in pattern.finditer(words)}
    left = pattern.sub(" ", words).casefold()
    for word in ((outlet or "").casefold(), *_press(lang)["credits"]):
        left = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", left)
    return found.pop() if len(found) == 1 and not re.search(r"\w", left) else None


def _day(parts: dict[str, str | None], lang: str) -> date | None:
    day, month, year = parts.get("day"), parts.get("month"), parts.get("year")
    return _valid(year, str(_months(lang).get(month.casefold(), month)), day) if day and month and year else None


def _valid(*parts: str) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


@cache
def _datelines(lang: str) -> tuple[re.Pattern[str], ...]:
    """Build the patterns of datelines: place, day, agency and a dash, or a day of its own line."""
    day = _words(_times(lang)["weekdays"])
    lead = _words(_press(lang)["before_date"]) or "(?!)"
    wholes = []
    for form in _press(lang)["dates"]:
        date_ = form.replace("{day}", r"(?P<day>\d{1,2})").replace("{year}", r"(?P<year>\d{4})")
        date_ = date_.replace("{month}", rf"(?P<month>(?i:{_words(_months(lang))}))\.?(?!\w)")
        date_ = date_.replace("{number}", r"(?P<month>\d{1,2})")
        date_ = rf"(?:(?i:{lead})\s+)?(?:(?i:{day}),?\s+)?{date_}"
        ends = (*_SOURCES, _DASH, r"[ \t]*(?:\n|$)")
        wholes += [rf"\s*(?:{_PLACE},?\s+)?{date_}\.?\s*{end}" for end in ends]
        wholes.append(rf"\s*{date_},\s+{_PLACE}{_DASH}")
    wholes += [rf"\s*(?:{_PLACE},?\s*)?{source}" for source in _SOURCES]
    return tuple(map(re.compile, [*wholes, rf"\s*(?P<agency>[A-Z]{{2,10}}|Reuters){_DASH}"]))


@cache
def _months(lang: str) -> dict[str, int]:
    """Number the months by their names and by the short forms of these, whose full stop may be missing."""
    found = {**_times(lang)["months"], **_press(lang)["months"]}
    return {name.rstrip("."): number for name, number in found.items()}


def _words(words: object) -> str:
    return "|".join(map(re.escape, sorted(map(str, words), key=len, reverse=True)))  # type: ignore[call-overload] # a list or a table of TOML


@cache
def _patterns(lang: str, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(each, re.IGNORECASE) for each in _press(lang)[key])


@cache
def _agency_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words(_agencies())})(?!\w)", re.IGNORECASE)


@cache
def _agencies() -> dict[str, str]:
    table = tomllib.loads(files("kg.ontologies").joinpath("agencies.toml").read_text(encoding="utf-8"))
    return {credit.casefold(): name for name, credits_ in table["agencies"].items() for credit in (name, *credits_)}


@cache
def _press(lang: str) -> dict[str, Any]:
    return _table(lang, "press.toml")


@cache
def _times(lang: str) -> dict[str, Any]:
    return _table(lang, "times.toml")


def _table(lang: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files("kg.lang").joinpath(lang, name).read_text(encoding="utf-8"))
