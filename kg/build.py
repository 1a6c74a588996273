"""Many articles into a store: read, extract in batches, add; a broken article never stops the rest."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import InputError, KgError, MissingModel, StoreError
from kg.model import Article, Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.actors import Actors
    from kg.articles.reading import StrPath
    from kg.model import Statement
    from kg.store import Store

Outcome: TypeAlias = Extraction | KgError

BATCH = 32  # articles parsed together: more no longer makes spaCy faster, fewer show progress sooner


@dataclass(slots=True)
class Report:
    """What a build did; it is counted up while the build goes on.

    ``texts`` holds a hash of each article's text by its id; ``replaced`` names those whose text gave
    way to a later one of the same id. ``relations`` counts claims by relation, ``rejected`` what a rule
    saw and would not say. ``contested`` are the contested statements of the whole store, at the end.
    """

    texts: dict[str, int] = field(default_factory=dict, repr=False)
    claims: int = 0
    relations: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter, repr=False)
    replaced: list[str] = field(default_factory=list)
    contested: list[Statement] = field(default_factory=list, repr=False)
    errors: list[KgError] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many different articles were stored."""
        return len(self.texts)

    def count(self, outcome: Outcome) -> None:
        """Count one article, or what became of it."""
        if isinstance(outcome, KgError):
            self.errors.append(outcome)
            return
        article, text = outcome.article, hash(outcome.article.text)
        before = self.texts.get(article.id)
        if before == text:
            return  # the same article twice adds nothing
        if before is not None:
            self.replaced.append(article.id)
        self.texts[article.id] = text
        self.claims += len(outcome.claims)
        self.relations.update(claim.relation for claim in outcome.claims)
        self.rejected.update(f"{rejected.reason} ({rejected.rule})" for rejected in outcome.rejected)


def build(
    paths: Iterable[StrPath],
    store: Store,
    *,
    actors: Actors | None = None,
    on_each: Callable[[Outcome], None] | None = None,
) -> Report:
    """Read, extract and store every article of the paths; ``on_each`` is told of each as it is done.

    ``actors`` are the tables to find names in, such as a user has amended; else those that ship with kg.
    """
    report = Report()
    for outcome in extractions(paths, actors=actors):
        done = _add(outcome, store)
        report.count(done)
        if on_each:
            on_each(done)
    report.contested += (statement for statement in store.statements() if _is_contested(statement))
    return report


def extractions(paths: Iterable[StrPath], *, actors: Actors | None = None) -> Iterator[Outcome]:
    """Read and extract every article of the paths, in order; one that fails yields its error."""
    outcomes = _read(paths)
    while batch := list(islice(outcomes, BATCH)):
        yield from _extract_batch(batch, actors)


def _read(paths: Iterable[StrPath]) -> Iterator[Article | InputError]:
    from kg.articles import read  # noqa: PLC0415 - loads a language identifier

    for path in paths:
        yield from read(path)


def _extract_batch(batch: list[Article | InputError], actors: Actors | None) -> Iterator[Outcome]:
    """Extract a batch together; if that fails, one by one, so that only the broken article is lost."""
    articles = [outcome for outcome in batch if isinstance(outcome, Article)]
    done = iter(_extract_all(articles, actors) if articles else ())
    for outcome in batch:
        yield next(done) if isinstance(outcome, Article) else outcome


def _extract_all(articles: list[Article], actors: Actors | None) -> list[Outcome]:
    from kg.extract import extract_all  # noqa: PLC0415 - loads spaCy

    try:
        return list(extract_all(articles, actors=actors))
    except MissingModel:
        raise  # it would fail for every article of that language
    except Exception:  # noqa: BLE001 - whatever one text provokes must not cost the others
        return [_extract_one(article, actors) for article in articles]


def _extract_one(article: Article, actors: Actors | None) -> Outcome:
    from kg.extract import extract  # noqa: PLC0415 - loads spaCy

    try:
        return extract(article, actors=actors)
    except KgError as error:
        return error
    except Exception as error:  # noqa: BLE001 - as above
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"extraction failed ({type(error).__name__}: {error} in {place.name}, line {place.lineno})"
        return InputError(article.id, what, "report it with the text: this is a bug")


def _add(outcome: Outcome, store: Store) -> Outcome:
    """Add an extraction to the store; a store that fails ends the build, an article that does not fit does not."""
    if isinstance(outcome, Extraction):
        try:
            store.add(outcome.article, outcome.claims)
        except StoreError:
            raise
        except KgError as error:
            return error
    return outcome


def _is_contested(statement: Statement) -> bool:
    return any(case.status == "Contested" for case in statement.cases)
