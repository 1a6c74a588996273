"""Who works on articles: this process, processes of this machine, or a Dask cluster; the same outcomes, in order."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import traceback
from collections import deque
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

from kg.errors import InputError, KgError, MissingModel
from kg.model import Article, Extraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.actors import Actors
    from kg.model import Layer

T = TypeVar("T")
Outcome: TypeAlias = Extraction | KgError
Batch: TypeAlias = "list[Article | InputError]"
Layers: TypeAlias = "tuple[Layer, ...]"
Work: TypeAlias = "Callable[[list[Article]], list[T | KgError]]"  # what is done with a batch; it can be sent elsewhere

STORED: Layers = ("claims",)  # what a store keeps

TOGETHER = 16  # articles that one worker is given at once
CHARACTERS = 60_000  # and how long they may be together, so that a batch takes seconds
PATIENCE = 120.0  # seconds that a batch may take, some hundred times what it does take
MEMORY = 4 << 30  # bytes that a worker may take before its article is set aside
CONNECTING = 10.0  # seconds to wait for a cluster
AHEAD = 4  # batches for each thread of a cluster, so that it has work while a round is stored
RECYCLED = 200  # batches after which a worker is replaced: spaCy keeps every new word it has seen


class Promise(Protocol[T]):
    """What a pool gives for a batch: its outcomes once they are there."""

    def result(self) -> list[T | KgError]:
        """Wait, and give the outcomes of the batch, or raise what ended its worker."""
        ...


class Pool(Protocol[T]):
    """Somebody who works on batches of articles."""

    @property
    def ahead(self) -> int:
        """How many batches to hand out before the first is waited for."""
        ...

    @property
    def in_bulk(self) -> bool:
        """Are there so many workers that the store should take their results in large rounds?"""
        ...

    def submit(self, articles: list[Article]) -> Promise[T]:
        """Hand out a batch."""
        ...


def batches(outcomes: Iterable[Article | InputError]) -> Iterator[Batch]:
    """Put articles together by number and length, in order; those that could not be read go with the others."""
    batch: Batch = []
    length = 0
    for outcome in outcomes:
        batch.append(outcome)
        length += len(outcome.text) if isinstance(outcome, Article) else 0
        if len(batch) == TOGETHER or length > CHARACTERS:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def worked(given: Iterable[Batch], pool: Pool[T]) -> Iterator[list[T | KgError]]:
    """Have batches worked on, in their order, with a bounded number of them on the way.

    An article that ends its worker (time, memory, a crash) is tried once more, alone, and then set aside
    with an error of its own.
    """
    waiting: deque[tuple[Batch, Promise[T]]] = deque()
    for batch in given:
        waiting.append((batch, pool.submit(_articles(batch))))
        while len(waiting) > pool.ahead:
            yield _finished(*waiting.popleft(), pool)
    while waiting:
        yield _finished(*waiting.popleft(), pool)


@dataclass(frozen=True, slots=True)
class Extracting:
    """The work of extraction: articles to what was read off them."""

    actors: Actors | None = None
    layers: Layers = STORED

    def __call__(self, articles: list[Article]) -> list[Outcome]:
        """Extract a batch together; if that fails, one by one, so that only the broken article is lost.

        Raises:
            MissingModel: the model of a language is not installed; it would fail for every article.
        """
        from kg.extract import extract_all  # noqa: PLC0415 - loads spaCy

        try:
            return list(extract_all(articles, actors=self.actors, layers=self.layers)) if articles else []
        except MissingModel:
            raise
        except Exception:  # noqa: BLE001 - whatever one text provokes must not cost the others
            return [_extract_one(article, self.actors, self.layers) for article in articles]


def _extract_one(article: Article, actors: Actors | None, layers: Layers) -> Outcome:
    from kg.extract import extract  # noqa: PLC0415 - loads spaCy

    try:
        return extract(article, actors=actors, layers=layers)
    except KgError as error:
        return error
    except MemoryError:
        return InputError(article.id, "set aside: it takes too much memory", "shorten it or leave it out")
    except Exception as error:  # noqa: BLE001 - as above
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"extraction failed ({type(error).__name__}: {error} in {place.name}, line {place.lineno})"
        return InputError(article.id, what, "report it with the text: this is a bug")


def _articles(batch: Batch) -> list[Article]:
    return [outcome for outcome in batch if isinstance(outcome, Article)]


def _finished(batch: Batch, promise: Promise[T], pool: Pool[T]) -> list[T | KgError]:
    """Put what was made of it in the place of each article."""
    try:
        done = iter(promise.result())
    except KgError:
        raise
    except Exception:  # noqa: BLE001 - the pools differ in what they raise when a worker is lost
        done = iter([each for article in _articles(batch) for each in _once_more(article, pool)])
    return [next(done) if isinstance(outcome, Article) else outcome for outcome in batch]


def _once_more(article: Article, pool: Pool[T]) -> list[T | KgError]:
    try:
        return pool.submit([article]).result()
    except KgError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        what = f"set aside: it ended its worker twice ({type(error).__name__})"
        return [InputError(article.id, what, "shorten it, or give it more time (--timeout)")]


# ---- The three kinds of pools ----


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    outcomes: list[T | KgError]

    def result(self) -> list[T | KgError]:
        return self.outcomes


@dataclass(frozen=True, slots=True)
class Here(Generic[T]):
    """This process, one batch after the other; nothing guards against a text that takes for ever."""

    work: Work[T]
    ahead = 0
    in_bulk = False

    def submit(self, articles: list[Article]) -> Promise[T]:
        """Do it at once."""
        return _Done(self.work(articles))


@dataclass(frozen=True, slots=True)
class _Processes:
    pool: Any
    number: int
    patience: float
    in_bulk = False

    @property
    def ahead(self) -> int:
        return self.number + 2

    def submit(self, articles: list[Article]) -> Promise[Any]:
        promise: Promise[Any] = self.pool.schedule(_in_worker, args=[articles], timeout=self.patience)
        return promise


_WORK: list[Work[Any]] = []  # of a worker process, set once when it starts


@contextmanager
def processes(number: int, work: Work[T], *, patience: float = PATIENCE) -> Iterator[Pool[T]]:
    """Start worker processes, which share the models where the system can fork; end them behind the block.

    A worker that takes longer than ``patience`` seconds for a batch, or takes too much memory, is replaced.
    """
    from pebble import ProcessPool  # noqa: PLC0415 - only for those who ask for workers

    forking = sys.platform == "linux"
    if forking:
        _load_models()
        gc.freeze()  # so that collecting garbage does not copy what the workers share
    pool = ProcessPool(
        number,
        max_tasks=RECYCLED,
        initializer=_start,
        initargs=[work],
        context=multiprocessing.get_context("fork" if forking else "spawn"),
    )
    try:
        yield _Processes(pool, number, patience)
        pool.close()  # type: ignore[no-untyped-call] # pebble gives it no types
    finally:
        pool.stop()  # type: ignore[no-untyped-call] # as above
        pool.join()


def _load_models() -> None:
    from kg.extract import extract, languages  # noqa: PLC0415 - loads spaCy

    for lang in languages():
        extract(Article("nothing", "", lang))


def _start(work: Work[Any]) -> None:
    """Set up a worker process: its work, and a limit to its memory where the system has one."""
    _WORK[:] = [work]
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _in_worker(articles: list[Article]) -> list[Any]:
    return _WORK[0](articles)


@dataclass(frozen=True, slots=True)
class _Cluster:
    client: Any
    work: Any  # or where it lies on the cluster
    ahead: int
    in_bulk = True

    def submit(self, articles: list[Article]) -> Promise[Any]:
        promise: Promise[Any] = self.client.submit(_on_cluster, articles, self.work, pure=False)
        return promise


@contextmanager
def cluster(address: str, work: Work[T]) -> Iterator[Pool[T]]:
    """Take the workers of a Dask cluster by the address of its scheduler, or ``local`` for one on this machine.

    A worker that is lost costs nothing: its batch goes to another one.

    Raises:
        InputError: the extra ``dask`` is not installed, nobody answers at this address, or the cluster has no worker.
    """
    with ExitStack() as stack:
        client = _connected(address, stack)
        there = client.scatter(work, broadcast=True, hash=False)
        yield _Cluster(client, there, AHEAD * sum(client.nthreads().values()))


def _connected(address: str, stack: ExitStack) -> Any:  # noqa: ANN401 - a client of Dask, which is an extra
    """Connect to a cluster that has workers; it is left, and a local one ended, with the stack."""
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError("--dask", "Dask is not installed", "pip install 'geopolitics-kg[dask]'") from error
    try:
        place: Any = address
        if address == "local":
            place = stack.enter_context(LocalCluster(threads_per_worker=1, dashboard_address=None))  # type: ignore[no-untyped-call] # as pebble
        client = stack.enter_context(Client(place, timeout=CONNECTING))  # type: ignore[no-untyped-call] # as above
        client.wait_for_workers(1, timeout=CONNECTING)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            address, f"no Dask cluster answers ({error})", "start one: dask scheduler, dask worker"
        ) from error
    return client


def _on_cluster(articles: list[Article], work: Work[T]) -> list[T | KgError]:
    return work(articles)
