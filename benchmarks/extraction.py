"""How much extraction adds to the parse: kg.extract against bare ``nlp.pipe`` on the same texts, in one run.

Both use the same models with all their components on titles and texts, one after the other, round by round. Ratios are
what counts; seconds depend on the machine. Run by ``make bench``; docs/benchmarks.md keeps results.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import actors, ontology
from kg.articles import read
from kg.extract import extract, languages
from kg.extract.lexicon import lexicon
from kg.extract.parse import model
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent.parent / "data" / "articles"
ROUNDS, REPEAT = 5, 4


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Print the cost of loading, and for each language the ratio of extraction to bare parsing."""
    articles = [a for a in read(SAMPLES) if isinstance(a, Article)]
    for name, load in (("ontology", ontology.load), ("actors", actors.load)):
        print(f"load {name:10} {seconds(load):6.2f} s")
    for lang in languages():
        print(f"load model {lang:4} {seconds(lambda lang=lang: model(lang)):6.2f} s")  # type: ignore[misc]
    print("\nlanguage  articles  characters  bare nlp.pipe  kg.extract  ratio (median of pairs)  beyond the parse")
    for lang in languages():
        texts = [a for a in articles if a.lang == lang] * REPEAT
        nlp = model(lang)
        lexicon(lang)
        extract(texts[0])
        pairs = []
        for _ in range(ROUNDS):
            bare = seconds(lambda nlp=nlp, texts=texts: list(nlp.pipe(f"{a.title}\n\n{a.text}" for a in texts)))  # type: ignore[misc]
            ours = seconds(lambda texts=texts: [extract(a) for a in texts])  # type: ignore[misc]
            pairs.append((bare, ours))
        bare, ours = (statistics.median(p[k] for p in pairs) for k in (0, 1))
        ratio = statistics.median(b / a for a, b in pairs)
        size = sum(len(a.text) for a in texts)
        print(f"{lang:8}  {len(texts):8}  {size:10}  {bare:11.2f} s  {ours:8.2f} s  {ratio:23.2f}  {ratio - 1:15.0%}")


if __name__ == "__main__":
    main()
