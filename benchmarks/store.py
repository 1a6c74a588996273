"""What a store costs beside bare Oxigraph, in one run: loading, adding one article, opening, asking, memory.

Run as ``store.py [ARTICLES …]``: the sizes of the stores to which an article is added; with the second a million quads
are loaded and asked. The articles come with ready-made claims (made.py). Ratios count; seconds depend on the machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import made
import pyoxigraph as ox

from kg import asking as ready
from kg.store import open_store, queries, terms
from kg.store.binding import bind
from kg.store.querying import to_term
from kg.store.sources import default_world
from kg.store.writing import Ends, draft, entity_triples, statement_quads

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Article, Claim, Entity
    from kg.store import NamedQuery, Store
    from kg.store.cases import Voice

    Made = tuple[Article, tuple[Claim, ...]]

SIZES = (1_000, 5_600, 10_000, 30_000)  # the second makes a million quads
ADDED, ROUNDS, ASKED = 50, 3, 5
MOST = "SELECT ?x {{ {} }} GROUP BY ?x ORDER BY DESC(COUNT(*)) LIMIT 1"  # who is in most of these claims
STATEMENT = """SELECT ?s ?r ?o { ?c gp:subject ?s ; gp:relation ?r ; gp:object ?o }
    GROUP BY ?s ?r ?o ORDER BY DESC(COUNT(*)) LIMIT 1"""
PAIR = """SELECT ?s ?o { ?c gp:subject ?s ; gp:object ?o . ?s a gp:State . ?o a gp:State }
    GROUP BY ?s ?o ORDER BY DESC(COUNT(*)) LIMIT 1"""
WHOLE = {"provenance"}  # asked of one statement; the others with what they need, else of one actor, else of all
FRAMES = {
    "supporter": "?c gp:relation/rdfs:subPropertyOf* gp:supports ; gp:subject ?x",
    "supplier": "?c gp:relation gp:suppliesArmsTo ; gp:subject ?x",
    "sanctioner": "?c gp:relation gp:sanctions ; gp:subject ?x",
    "speaker": "?c gp:stance stance:denies ; gp:speaker ?x",
    "source": "?c gp:stance stance:denies ; gp:voiceOf ?x",
    "about": "?c gp:subject ?x",
}  # fmt: skip
WINDOW = {"since": date(2024, 6, 1), "until": date(2024, 9, 1)}
CHILD = """
import sys, time
start = time.perf_counter()
from kg.store import open_store, queries
loaded = time.perf_counter()
with open_store(sys.argv[1]) as store:
    print(loaded - start, time.perf_counter() - loaded)
    if sys.argv[2:]:
        store.query("SELECT (COUNT(*) AS ?n) { ?claim a gp:Claim }")
        sys.path.insert(0, sys.argv[2])
        import made
        for article, claims in made.articles(50, start=900_000):
            store.add(article, claims)
        store.query("SELECT ?a (COUNT(*) AS ?n) { ?c prov:wasQuotedFrom ?a } GROUP BY ?a ORDER BY ?n LIMIT 3")
[peak] = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(int(peak.split()[1]) // 1024)
"""


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def write(count: int, path: Path) -> int:
    """Write the quads of a store of made articles, without adding them one by one; give how many there are.

    What follows from the articles is worked out once for each statement: the same quads, as `check` sees.
    """
    world, lines = default_world(), 0
    voices: dict[Ends, list[Voice]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    with path.open("w", encoding="utf-8") as file:
        for article, claims in made.articles(count):
            one = draft(article, claims, world)
            file.writelines(f"{quad} .\n" for quad in one.quads)
            lines += len(one.quads)
            entities.update((entity.iri, entity) for entity in one.entities)
            for ends, voice in one.voices:
                voices[ends].append(voice)
        follows = [statement_quads(ends, heard, world) for ends, heard in voices.items()]
        follows += [terms.quads_in(terms.ENTITIES, entity_triples(entity)) for entity in entities.values()]
        for quads in follows:
            file.writelines(f"{quad} .\n" for quad in quads)
            lines += len(quads)
    return lines


def check(folder: Path) -> None:
    """See that `write` gives what adding gives."""
    write(200, folder / "check.nq")
    with open_store() as written, open_store() as added:
        written.load(folder / "check.nq")
        for article, claims in made.articles(200):
            added.add(article, claims)
        added.export(folder / "added.nq")
        written.export(folder / "written.nq")
    if (folder / "added.nq").read_bytes() != (folder / "written.nq").read_bytes():
        raise SystemExit("the store that is measured is not the one that kg would make")


def loading(file: Path, folder: Path) -> None:
    """Load a file into kg and into bare Oxigraph, by turns."""
    ours, bare = [], []
    for number in range(ROUNDS):
        bare.append(seconds(lambda: ox.Store(folder / f"bare{number}").bulk_load(path=file)))  # noqa: B023 - called now
        with open_store(folder / f"ours{number}") as store:
            ours.append(seconds(lambda: store.load(file)))
    ratio = statistics.median(b / o for b, o in zip(bare, ours, strict=True))
    print(f"load: bare {statistics.median(bare):.1f} s, kg {statistics.median(ours):.1f} s, {ratio:.2f} of the speed")


def adding(where: Path, count: int) -> None:
    """Add articles one by one, and forget and change some."""
    with open_store(where) as store:
        first, *new = made.articles(ADDED, start=count)
        store.add(*first)  # loads the tables of actors
        _each(f"add one to {count}", lambda each: store.add(*each), new)
        _each(f"forget one of {count}", lambda each: store.forget(each[0].id), new)


def _each(what: str, act: Callable[[Made], object], articles: list[Made]) -> None:
    times = []
    for each in articles:
        start = time.process_time()
        act(each)
        times.append(1000 * (time.process_time() - start))
    median, ninth = statistics.median(times), statistics.quantiles(times, n=10)[8]
    print(f"{what}: median {median:.1f} ms of the processor, mean {statistics.mean(times):.1f} ms,", end=" ")
    print(f"nine in ten below {ninth:.1f} ms, longest {max(times):.0f} ms", flush=True)


def opening(where: Path, *work: str) -> None:
    """Open a store in a process of its own."""
    command = [sys.executable, "-c", CHILD, str(where), *work]
    told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(ROUNDS)]
    libraries, opened, memory = (statistics.median(float(each[part]) for each in told) for part in range(3))
    what = "open, ask and add fifty" if work else "open"
    print(f"{what}: libraries {libraries:.2f} s, the store {opened:.2f} s, memory {memory:.0f} MB")


def asking(where: Path) -> None:
    """Ask each shipped query of kg and of bare Oxigraph, by turns; times are those of the processor."""
    prefixes = "".join(f"PREFIX {name}: <{address}> " for name, address in terms.PREFIXES.items())
    with open_store(where) as store:
        bare = store.dataset().store._store  # noqa: SLF001 - the very same quads
        most = _most(store)
        for query in queries().values():
            bound = ready.terms_for(store, query, _values(query, most))
            text = bind(prefixes + query.text, {name: to_term(name, value) for name, value in bound.items()})
            ours, alone, rows = [], [], 0
            for _ in range(ASKED):
                start = time.process_time()
                rows = sum(1 for _ in bare.query(text, use_default_graph_as_union=True))
                alone.append(time.process_time() - start)
                start = time.process_time()
                store.query(query.text, **bound)
                ours.append(time.process_time() - start)
            ratio = statistics.median(o / a for o, a in zip(ours, alone, strict=True))
            mine, theirs = 1000 * statistics.median(ours), 1000 * statistics.median(alone)
            print(f"| `{query.name}` | {rows} | {theirs:.1f} ms | {mine:.1f} ms | {ratio:.2f} |", flush=True)


def _most(store: Store) -> dict[str, object]:
    """Find who and what is in most claims, by the names of parameters."""
    most = {name: store.query(MOST.format(frame)).values()[0][0] for name, frame in FRAMES.items()}
    most |= dict(zip(("subject", "relation", "object"), store.query(STATEMENT).values()[0], strict=True))
    for names in (("one", "other"), ("from", "to")):
        most |= dict(zip(names, store.query(PAIR).values()[0], strict=True))
    return most | WINDOW


def _values(query: NamedQuery, most: dict[str, object]) -> dict[str, object]:
    names = [each.name for each in query.parameters if each.required or query.name in WHOLE]
    names = names or [each.name for each in query.parameters if each.sort == "entity" and each.default is None][:1]
    return {name: most[name] for name in (*names, *({"until"} if "since" in names else ()))}


def main(sizes: tuple[int, ...]) -> None:
    """Make the stores and measure them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(folder)
        for number, size in enumerate(sizes):
            file, where = folder / f"{size}.nq", folder / f"store{size}"
            count = write(size, file)
            print(f"{size} articles: {count} quads", flush=True)
            with open_store(where) as store:
                store.load(file)
                store.dataset().store._store.optimize()  # noqa: SLF001 - as a store is that was not loaded just now
            adding(where, size)
            if number == min(1, len(sizes) - 1):
                loading(file, folder)
                asking(where)
            opening(where)
            opening(where, str(Path(__file__).parent))
            file.unlink()


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
