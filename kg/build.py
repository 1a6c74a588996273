"""Many articles into a store: read, extract in batches, add; a broken article never stops the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.articles.source import Options
from kg.errors import InputError, KgError, StoreError
from kg.model import LAYERS, Article, Extraction
from kg.workers import Here, batches, extracted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.actors import Actors
    from kg.articles.reading import StrPath
    from kg.journal import Journal
    from kg.model import Statement
    from kg.store import Store
    from kg.workers import Layers, Outcome, Pool


@dataclass(slots=True)
class Report:
    """What a build did; it is counted up while the build goes on.

    ``texts`` holds a hash of each article's text by its id; ``replaced`` names those whose text gave
    way to a later one of the same id, ``unchanged`` counts those that the store held already as they are.
    ``relations`` counts claims by relation, ``rejected`` what a rule saw and would not say. ``contested``
    are the contested statements of the whole store, at the end.
    """

    texts: dict[str, int] = field(default_factory=dict, repr=False)
    unchanged: int = 0
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


@dataclass(frozen=True, slots=True)
class Builder:
    """A build: who extracts, what is known to be done, and who is told of each article.

    Without a journal everything is extracted; ``on_each`` is told None of an article that is there already.
    """

    store: Store
    pool: Pool = field(default_factory=Here)
    journal: Journal | None = None
    on_each: Callable[[Outcome | None], None] = lambda _: None
    reading: Options = field(default_factory=Options)
    report: Report = field(default_factory=Report)

    def add(self, paths: Iterable[StrPath]) -> Report:
        """Read, extract and store every article of the paths; what a kill interrupts is done by the next build."""
        for outcomes in extracted(batches(self._new(_read(paths, self.reading))), self.pool):
            done = [self._stored(outcome) for outcome in outcomes]
            self.store.flush()
            if self.journal:
                self.journal.note(outcome.article for outcome in done if isinstance(outcome, Extraction))
        return self.report

    def _new(self, outcomes: Iterable[Article | InputError]) -> Iterator[Article | InputError]:
        """Leave out the articles that are in the store as they are."""
        for outcome in outcomes:
            known = self.journal and isinstance(outcome, Article) and self.journal.knows(outcome)
            if known and self.store.holds(outcome.id):  # type: ignore[union-attr] # an article
                self.report.unchanged += 1
                self.on_each(None)
            else:
                yield outcome

    def _stored(self, outcome: Outcome) -> Outcome:
        """Add an extraction; a store that fails ends the build, an article that does not fit does not."""
        done = outcome
        if isinstance(outcome, Extraction):
            try:
                faults = self.store.add(outcome.article, outcome.claims)
                self.report.rejected.update(fault.what for fault in faults)
            except StoreError:
                raise
            except KgError as error:
                done = error
        self.report.count(done)
        self.on_each(done)
        return done


def build(paths: Iterable[StrPath], store: Store, *, actors: Actors | None = None) -> Report:
    """Read, extract and store every article of the paths, in this process.

    ``actors`` are the tables to find names in, such as a user has amended; else those that ship with kg.

    >>> from kg.store import open_store
    >>> with open_store(None) as store:
    ...     [str(error) for error in build(["no/such/file.txt"], store).errors]
    ['no/such/file.txt: no such file or folder; check the path']
    """
    report = Builder(store, Here(actors)).add(paths)
    report.contested += contested(store)
    return report


def contested(store: Store) -> list[Statement]:
    """Give the statements of a store that some say and others deny."""
    return list(store.statements(status="Contested"))


def extractions(
    paths: Iterable[StrPath],
    *,
    actors: Actors | None = None,
    layers: Layers = LAYERS,
    reading: Options | None = None,
) -> Iterator[Outcome]:
    """Read and extract every article of the paths, in order; one that fails yields its error."""
    for outcomes in extracted(batches(_read(paths, reading or Options())), Here(actors, layers)):
        yield from outcomes


def _read(paths: Iterable[StrPath], reading: Options) -> Iterator[Article | InputError]:
    from kg.articles import read  # noqa: PLC0415 - loads a language identifier

    for path in paths:
        yield from read(path, reading)
