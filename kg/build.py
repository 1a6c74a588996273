"""Many articles into a store: read, extract in batches, add; a broken article never stops the rest."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from kg.articles.source import Options
from kg.errors import InputError, KgError
from kg.model import LAYERS, Article
from kg.workers import Extracting, Here, batches, worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.actors import Actors
    from kg.articles.reading import StrPath
    from kg.journal import Journal
    from kg.store import Dispute, Entry, Store, World
    from kg.store.sending import Sender
    from kg.workers import Layers, Outcome, Pool

ROUND = 1000  # articles that a cluster's results are stored by
SETTLED = 30.0  # seconds after which what is stored must be safe from a power cut


@dataclass(frozen=True, slots=True)
class Ready:
    """An article ready to be stored, with what a report tells of it."""

    entry: Entry
    relations: tuple[str, ...]
    rejected: tuple[str, ...]

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.entry.article


Done: TypeAlias = Ready | KgError


@dataclass(frozen=True, slots=True)
class Preparing:
    """The work of a build on articles: all that follows from each alone, with the tables of actors or those of kg."""

    actors: Actors | None = None

    def __call__(self, articles: list[Article]) -> list[Done]:
        """Extract a batch, and make each article ready to be stored."""
        from kg.store import default_world, world_of  # noqa: PLC0415 - loads the RDF libraries

        world = world_of(self.actors) if self.actors else default_world()
        return [_ready(outcome, world) for outcome in Extracting(self.actors)(articles)]


@dataclass(frozen=True, slots=True)
class Sending:
    """The same work, whose articles are put on a server right away."""

    preparing: Preparing
    sender: Sender

    def __call__(self, articles: list[Article]) -> list[Done]:
        """Prepare a batch and send it; what was sent comes back without its triples."""
        done = self.preparing(articles)
        sent = iter(self.sender.send([each.entry for each in done if isinstance(each, Ready)]))
        return [replace(each, entry=next(sent)) if isinstance(each, Ready) else each for each in done]


def _ready(outcome: Outcome, world: World) -> Done:
    from kg.store import entry  # noqa: PLC0415 - loads the RDF libraries

    if isinstance(outcome, KgError):
        return outcome
    try:
        made = entry(outcome.article, outcome.claims, world)
    except KgError as error:
        return error
    rejected = [f"{each.reason} ({each.rule})" for each in outcome.rejected]
    rejected += [fault.what for fault in made.faults]
    return Ready(made, tuple(claim.relation for claim in outcome.claims), tuple(rejected))


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
    contested: list[Dispute] = field(default_factory=list, repr=False)
    errors: list[KgError] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many different articles were stored."""
        return len(self.texts)

    def count(self, outcome: Done) -> None:
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
        self.claims += len(outcome.relations)
        self.relations.update(outcome.relations)
        self.rejected.update(outcome.rejected)


@dataclass(frozen=True, slots=True)
class Builder:
    """A build: who extracts, what is known to be done, and who is told of each article.

    Without a journal everything is extracted; ``on_each`` is told None of an article that is there already.
    """

    store: Store
    pool: Pool[Ready] = field(default_factory=lambda: Here(Preparing()))
    journal: Journal | None = None
    on_each: Callable[[Done | None], None] = lambda _: None
    reading: Options = field(default_factory=Options)
    report: Report = field(default_factory=Report)

    def add(self, paths: Iterable[StrPath]) -> Report:
        """Read, extract and store every article of the paths; what a kill interrupts is done by the next build."""
        new = self._new(_read(paths, self.reading))
        for run in _runs(new) if self.pool.in_bulk else (new,):
            self._add(run)
        self.store.flush()
        return self.report

    def _add(self, given: Iterable[Article | InputError]) -> None:
        settled, waiting = time.monotonic(), []
        for outcomes in worked(batches(given), self.pool):
            waiting += [each for each in outcomes if isinstance(each, Ready)]
            for outcome in outcomes:
                self.report.count(outcome)
                self.on_each(outcome)
            if len(waiting) >= ROUND or not self.pool.in_bulk:
                self._keep(waiting)
                waiting = []
            if time.monotonic() - settled > SETTLED:
                self.store.flush()
                settled = time.monotonic()
        self._keep(waiting)

    def _keep(self, ready: Sequence[Ready]) -> None:
        """Store what is ready, with all that follows from it."""
        self.store.add_all((each.entry for each in ready), in_bulk=self.pool.in_bulk)
        if self.journal:
            self.journal.note(each.article for each in ready)

    def _new(self, outcomes: Iterable[Article | InputError]) -> Iterator[Article | InputError]:
        """Leave out the articles that are in the store as they are."""
        for outcome in outcomes:
            known = self.journal and isinstance(outcome, Article) and self.journal.knows(outcome)
            if known and self.store.has(outcome):  # type: ignore[arg-type] # an article
                self.report.unchanged += 1
                self.on_each(None)
            else:
                yield outcome


def _runs(outcomes: Iterable[Article | InputError]) -> Iterator[Iterator[Article | InputError]]:
    """Cut where an article comes again, so that it waits until the former is stored.

    >>> a, b = (Article(name, "", "en") for name in "ab")
    >>> [[each.id for each in run] for run in _runs([a, b, a, a])]
    [['a', 'b'], ['a'], ['a']]
    """
    rest = iter(outcomes)
    first = list(islice(rest, 1))

    def run() -> Iterator[Article | InputError]:
        ids = set()
        for each in chain([first.pop()], rest):
            if isinstance(each, Article):
                if each.id in ids:
                    first.append(each)
                    return
                ids.add(each.id)
            yield each

    while first:
        yield run()


def build(
    paths: Iterable[StrPath], store: Store, *, actors: Actors | None = None, journal: Journal | None = None
) -> Report:
    """Read, extract and store every article of the paths, in this process.

    ``actors`` are the tables to find names in, such as a user has amended; else those that ship with kg. What a
    ``journal`` knows to be there is left alone.

    >>> from kg.store import open_store
    >>> with open_store(None) as store:
    ...     [str(error) for error in build(["no/such/file.txt"], store).errors]
    ['no/such/file.txt: no such file or folder; check the path']
    """
    report = Builder(store, Here(Preparing(actors)), journal).add(paths)
    report.contested += store.disputes()
    return report


def extractions(
    paths: Iterable[StrPath],
    *,
    actors: Actors | None = None,
    layers: Layers = LAYERS,
    reading: Options | None = None,
) -> Iterator[Outcome]:
    """Read and extract every article of the paths, in order; one that fails yields its error."""
    for outcomes in worked(batches(_read(paths, reading or Options())), Here(Extracting(actors, layers))):
        yield from outcomes


def _read(paths: Iterable[StrPath], reading: Options) -> Iterator[Article | InputError]:
    from kg.articles import read  # noqa: PLC0415 - loads a language identifier

    for path in paths:
        yield from read(path, reading)
