"""The fields of an article, from wherever they come: checked, never guessed, with the source of the date."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kg.articles import press
from kg.articles.decoding import checked
from kg.articles.language import language_of
from kg.errors import InputError
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

    from kg.model import DateSource

LONGEST = 500_000  # characters of an article, a book of 250 pages: a worker's memory and patience end there
KEYS = ("title", "date", "outlet", "url", "lang", "author", "agency")


def article(
    name: str, text: str, fields: Mapping[str, str | None], where: str, *, dated: DateSource = "header"
) -> Article:
    """Check the fields and make the article; the text stays exactly as it is.

    The date is the one of the fields (``dated`` tells what they are), else that in the address, else that of
    the dateline. The agency is the one of the fields, else the one that the text credits.

    >>> made = article("a", "PARIS, 29 mai 2012 (AFP) - Paris a condamné Téhéran.", {}, "a.txt")
    >>> str(made.date), made.date_from, made.agency
    ('2012-05-29', 'text', 'AFP')

    Raises:
        InputError: the text is empty, too long, a notice of retraction or in no known language, or a field is wrong.
    """
    if not text.strip():
        raise InputError(where, "empty", "give an article with text")
    if len(text) > LONGEST:
        raise InputError(where, f"longer than {LONGEST:,} characters", "split it, or leave it out")
    lang, title, url = language_of(text, fields.get("lang"), where), _field(fields, "title"), _field(fields, "url")
    if press.is_retraction(title or text, lang):
        raise InputError(where, "a retraction notice, not an article", f"remove what it takes back: kg forget {name}")
    date, date_from = _dated(_date(fields.get("date"), where), dated, url, press.dateline(text, lang).date)
    return Article(
        id=checked(name, where),
        text=text,
        lang=lang,
        title=title,
        date=date,
        url=url,
        outlet=_field(fields, "outlet"),
        author=_field(fields, "author"),
        agency=_field(fields, "agency") or press.agency(text, lang, fields.get("author"), fields.get("outlet")),
        date_from=date_from,
    )


def _field(fields: Mapping[str, str | None], key: str) -> str | None:
    value = fields.get(key)
    return value.strip() or None if value else None


def _dated(
    given: Date | None, dated: DateSource, url: str | None, in_text: Date | None
) -> tuple[Date | None, DateSource | None]:
    if given:
        return given, dated
    if in_url := press.date_in_url(url or ""):
        return in_url, "url"
    return (in_text, "text") if in_text else (None, None)


def _date(value: str | None, where: str) -> Date | None:
    """Read an ISO date, or the day of an ISO time; a date that is none is an error, never a guess."""
    if not value or not value.strip():
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()  # a date alone is taken as its midnight
    except ValueError:
        raise InputError(where, f"date {value!r} is no ISO date", "write it as 2024-09-10, or leave it out") from None
