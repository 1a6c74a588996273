"""Many articles into a store: read, extract in batches, add; a broken article never stops the rest."""

from __future__ import annotations

import traceback
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError, KgError
from kg.model import Article, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.articles.reading import StrPath

Outcome: TypeAlias = Extraction | KgError

BATCH = 32  # articles parsed together: more no longer makes spaCy faster, fewer show progress sooner


def extractions(paths: Iterable[StrPath]) -> Iterator[Outcome]:
    """Read and extract every article of the paths, in order; one that fails yields its error."""
    outcomes = _read(paths)
    while batch := list(islice(outcomes, BATCH)):
        yield from _extract_batch(batch)


def _read(paths: Iterable[StrPath]) -> Iterator[Article | InputError]:
    from kg.articles import read  # noqa: PLC0415 - loads a language identifier

    for path in paths:
        yield from read(path)


def _extract_batch(batch: list[Article | InputError]) -> Iterator[Outcome]:
    """Extract a batch together; if that fails, one by one, so that only the broken article is lost."""
    from kg.extract import extract_all  # noqa: PLC0415 - loads spaCy

    articles = [outcome for outcome in batch if isinstance(outcome, Article)]
    try:
        done: Iterator[Outcome] = iter(list(extract_all(articles)))
    except Exception:  # noqa: BLE001 - whatever one text provokes must not cost the others
        done = iter([_extract_one(article) for article in articles])
    for outcome in batch:
        yield next(done) if isinstance(outcome, Article) else outcome


def _extract_one(article: Article) -> Outcome:
    from kg.extract import extract  # noqa: PLC0415 - loads spaCy

    try:
        return extract(article)
    except KgError as error:
        return error
    except Exception as error:  # noqa: BLE001 - as above
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"extraction failed ({type(error).__name__}: {error} in {place.name}, line {place.lineno})"
        return InputError(article.id, what, "report it with the text: this is a bug")
