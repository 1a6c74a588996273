"""What claims cost beside a bare parse: kg.extract against ``nlp.pipe`` of the models as shipped, in one run.

Bare is ``nlp.pipe`` over titles and texts with all components; ours is all that ``kg build`` does with an article
before the store, the parse included. *Behind the tree* is what comes after our own parse and its repairs, as a share of
the bare parse. Times are those of the processor, both sides by turns, so that other work on the machine counts little.
``extraction.py NEWS.jsonl…`` takes other texts than the samples. Run by ``make bench``.
"""

from __future__ import annotations

import importlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import actors, ontology
from kg.articles import read
from kg.extract import extract, languages
from kg.extract.grammar import grammar
from kg.extract.lexicon import lexicon
from kg.extract.parse import model, parse
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES = Path(__file__).parent.parent / "data" / "articles"
ROUNDS, REPEAT, FIXED = 5, 4, 9
SHORT = {
    "en": "Tehran has condemned the sanctions that Washington imposed on Monday, and denied the accusations. "
    "The minister said that the talks with the Europeans would go on.",
    "fr": "Téhéran a condamné les sanctions que Washington a imposées lundi, et démenti les accusations. "
    "Le ministre a dit que les négociations avec les Européens se poursuivraient.",
}


def seconds(action: Callable[[], object]) -> float:
    """Time one call, by the processor."""
    start = time.process_time()
    action()
    return time.process_time() - start


def spent(environment: dict[str, str], *command: str) -> float:
    """Run Python once, and time it by the processor, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fixed(lang: str) -> tuple[float, float, float]:
    """Time `kg extract` on one short article, and spaCy loading the model alone: medians of both and of the difference.

    They take turns. All is compiled beforehand, as an installer does; a checkout may be told never to keep that.
    """
    load = ("-c", f"import spacy; spacy.load({grammar(lang).model!r})")
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "short.txt"
        article.write_text(SHORT[lang], encoding="utf-8")
        extracting = ("-c", "from kg.cli import main; main()", "extract", str(article))
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        pairs = [(spent(environment, *extracting), spent(environment, *load)) for _ in range(FIXED + 1)][1:]
    whole, bare, more = zip(*((a, b, a - b) for a, b in pairs), strict=True)
    return statistics.median(whole), statistics.median(bare), statistics.median(more)


def parsed(articles: list[Article]) -> None:
    """Parse as extraction does, and do nothing more."""
    for article in articles:
        parse(f"{article.title}\n\n{article.text}", article.lang)


def extracted(articles: list[Article]) -> None:
    """Do what `kg build` does before the store."""
    for article in articles:
        extract(article, layers=("claims",))


def main() -> None:
    """Print the cost of loading, and for each language the ratio of extraction to bare parsing."""
    articles = [a for path in sys.argv[1:] or [SAMPLES] for a in read(path) if isinstance(a, Article)]
    for name, load in (("ontology", ontology.load), ("actors", actors.load)):
        print(f"load {name:10} {seconds(load):6.2f} s")
    for lang in languages():
        print(f"load model {lang:4} {seconds(lambda lang=lang: model(lang)):6.2f} s")  # type: ignore[misc]
    for lang in languages():
        whole, bare, more = fixed(lang)
        print(f"kg extract of a short article, {lang}: {whole:.2f} s, the model alone {bare:.2f} s: {more:+.2f} s")
    print("\nlanguage  articles  characters  bare nlp.pipe  kg.extract  ratio (median of pairs)  behind the tree")
    for lang in languages():
        texts = [a for a in articles if a.lang == lang] * (1 if sys.argv[1:] else REPEAT)
        bare_model = importlib.import_module(grammar(lang).model).load()
        lexicon(lang)
        extracted(texts[:1])
        pairs = [
            (
                seconds(lambda m=bare_model, t=texts: list(m.pipe(f"{a.title}\n\n{a.text}" for a in t))),  # type: ignore[misc]
                seconds(lambda t=texts: extracted(t)),  # type: ignore[misc]
                seconds(lambda t=texts: parsed(t)),  # type: ignore[misc]
            )
            for _ in range(ROUNDS)
        ]
        bare, ours = (statistics.median(p[k] for p in pairs) for k in (0, 1))
        ratio = statistics.median(b / a for a, b, _ in pairs)
        beyond = statistics.median((b - c) / a for a, b, c in pairs)
        size = sum(len(a.text) for a in texts)
        print(f"{lang:8}  {len(texts):8}  {size:10}  {bare:11.2f} s  {ours:8.2f} s  {ratio:23.2f}  {beyond:15.0%}")


if __name__ == "__main__":
    main()
