"""How long a page takes to be written and to answer: made graphs, in this process and in Chromium.

The yardsticks are taken in the same run: what pyvis takes for edges among which it looks for duplicates (an undirected
network), and what Chromium takes for the smallest page. Writing is told in seconds of the processor, opening and
clicking in those of the clock. Run it with sizes to choose others: ``view.py 2000x6000``.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyvis.network import Network

from kg import ontology
from kg.actors import load
from kg.graph import build
from kg.model import Article, Case, Claim, Entity, Evidence, Mention, Passage, Source, Span, Statement, Status
from kg.view import page

if TYPE_CHECKING:
    from collections.abc import Callable

Thing = TypeVar("Thing")

SIZES = ((150, 300), (2_000, 6_000), (5_000, 20_000))
STATUSES: tuple[Status, ...] = ("Reported",) * 7 + ("Corroborated", "Contested", "Prospective")  # type: ignore[assignment] - literals, repeated
ARTICLES = 500
STEEP = 3.0  # how much more often the first actors are named
DUPLICATES = 3_000  # edges for which pyvis looks for duplicates: for all of them it takes minutes


def made(nodes: int, edges: int) -> list[Statement]:
    """Make statements between actors of the tables, each with one claim; few actors are in many, the same each time."""
    chance = random.Random(edges)  # noqa: S311 - to be repeatable
    known = load().entities
    actors = [known[iri] for iri in chance.sample(sorted(known), nodes)]
    relations = [r.name for r in ontology.load().relations.values() if r.quad != "structure"]
    found: dict[str, Statement] = {}
    for n in range(nodes - 1):  # everybody is named
        _add(found, actors[n + 1], chance.choice(relations), actors[int(chance.random() ** STEEP * n)], chance)
    while len(found) < edges:
        one, other = (actors[int(chance.random() ** STEEP * nodes)] for _ in range(2))
        _add(found, one, chance.choice(relations), other, chance)
    return list(found.values())


def _add(found: dict[str, Statement], one: Entity, relation: str, other: Entity, chance: random.Random) -> None:
    iri = f"{one.iri}/{relation}/{other.iri}"
    number = chance.randrange(ARTICLES)
    day = dt.date(2024, 1, 1) + dt.timedelta(days=number % 365)
    article = Article(f"made-{number}", "", "en", f"News {number}", day, f"https://example.org/{number}", "Outlet")
    text = f"{one.label} {relation} {other.label}, officials said on the day after the talks."
    ends = Mention(one, one.label, 0, len(one.label)), Mention(other, other.label, 0, 1)
    passage, cue = (
        Passage(article.id, "text", text, 0, len(text)),
        Span(relation, len(one.label) + 1, len(one.label) + 2),
    )
    claim = Claim(article.id, "en", passage, ends[0], relation, ends[1], cue, "made")
    sources = (Source(article.iri, "Outlet", "own voice", "for"),)
    case = Case(
        f"case:{iri}", chance.choice(STATUSES), None, None, sources, day, day, (Evidence(claim, article, "for"),)
    )
    found[iri] = Statement(iri, one, relation, other, (case,))


def timed(function: Callable[[], Thing]) -> tuple[Thing, float]:
    """Call a function and give its value and the seconds of the processor."""
    start = time.process_time()
    value = function()
    return value, time.process_time() - start


def duplicates(edges: int) -> float:
    """Time what pyvis takes for edges of an undirected network, where it compares each with all before."""
    net = Network()
    net.add_nodes(range(edges))
    return timed(lambda: [net.add_edge(n, (n * 7 + 1) % edges) for n in range(edges)])[1]


def in_browser(path: Path) -> tuple[float, float]:
    """Give the seconds until Chromium has a page ready to be used, and from a click to its answer."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not where there is no browser

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        tab = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
        start = time.perf_counter()
        tab.goto(path.as_uri())
        tab.wait_for_function("window.kg !== undefined")
        drawn = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        tab.evaluate(drawn)
        opened = time.perf_counter() - start
        place = tab.evaluate(
            "(() => { const [pane] = kg.panes, [id] = pane.nodes.getIds(), box = pane.canvas.getBoundingClientRect();"
            " const { x, y } = pane.network.canvasToDOM(pane.network.getPosition(id));"
            " return [box.x + x, box.y + y]; })()"
        )
        start = time.perf_counter()
        tab.mouse.click(*place)
        tab.wait_for_selector("#panel h2")
        tab.evaluate(drawn)
        clicked = time.perf_counter() - start
        browser.close()
    return opened, clicked


def main() -> None:
    """Print one line a size."""
    sizes = [tuple(map(int, size.split("x"))) for size in sys.argv[1:]] or SIZES
    slow = duplicates(DUPLICATES)
    print(f"pyvis, undirected, {DUPLICATES} edges, each compared with all before: {slow:.2f} s")
    print("nodes  edges  graph  page  together  bytes       open  click")
    for nodes, edges in sizes:
        statements = made(nodes, edges)
        graph, first = timed(lambda: build(statements))  # noqa: B023 - called at once
        text, second = timed(lambda: page(graph))  # noqa: B023 - as above
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "page.html"
            path.write_text(text, encoding="utf-8")
            opened, clicked = in_browser(path) if shutil.which("chromium") else (0.0, 0.0)
        times = f"{first:5.2f}  {second:4.2f}  {first + second:8.2f}  {len(text):10,}  {opened:4.2f}  {clicked:5.2f}"
        print(f"{nodes:5}  {edges:5}  {times}")


if __name__ == "__main__":
    main()
