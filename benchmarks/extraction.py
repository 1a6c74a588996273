"""What claims cost beside a bare parse: kg.extract against ``nlp.pipe`` of the models as shipped.

Bare is ``nlp.pipe`` over titles and texts with all components; ours is all that ``kg build`` does with an article
before the store, the parse included. *The tree* is our own parse with its repairs. Each goes once through the texts in
a process of its own, once the model and the tables are loaded: nothing is known from a round before, as in a build.
Times are those of the processor, by turns, so that other work on the machine counts little.
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
from kg.extract import extract_all, languages
from kg.extract.grammar import grammar
from kg.extract.lexicon import lexicon
from kg.extract.parse import model, parse
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAMPLES = Path(__file__).parent.parent / "data" / "articles"
ROUNDS, FIXED = 5, 9
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


def bare(articles: list[Article], lang: str) -> float:
    """Time the model as shipped."""
    nlp = importlib.import_module(grammar(lang).model).load()
    return seconds(lambda: list(nlp.pipe(f"{a.title}\n\n{a.text}" for a in articles)))


def ours(articles: list[Article], lang: str) -> float:
    """Time what `kg build` does before the store."""
    _load(lang)
    return seconds(lambda: list(extract_all(articles, layers=("claims",))))


def tree(articles: list[Article], lang: str) -> float:
    """Time the parse of extraction, of every paragraph."""
    _load(lang)
    return seconds(lambda: [parse(f"{a.title}\n\n{a.text}", lang) for a in articles])


def _load(lang: str) -> None:
    """Load what a process loads once."""
    model(lang), lexicon(lang), actors.load(), ontology.load()


SIDES = {"bare": bare, "ours": ours, "tree": tree}


def alone(side: str, lang: str, paths: Sequence[str]) -> float:
    """Time a side in a process of its own."""
    command = [sys.executable, __file__, "--alone", side, lang, *paths]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def of_language(lang: str, paths: Sequence[str]) -> list[Article]:
    """Read the articles of a language."""
    return [a for path in paths or [SAMPLES] for a in read(path) if isinstance(a, Article) and a.lang == lang]


def main() -> None:
    """Print the cost of loading, and for each language the ratio of extraction to bare parsing."""
    paths = sys.argv[1:]
    for name, load in (("ontology", ontology.load), ("actors", actors.load)):
        print(f"load {name:10} {seconds(load):6.2f} s")
    for lang in languages():
        print(f"load model {lang:4} {seconds(lambda lang=lang: model(lang)):6.2f} s")  # type: ignore[misc]
    for lang in languages():
        whole, bare, more = fixed(lang)
        print(f"kg extract of a short article, {lang}: {whole:.2f} s, the model alone {bare:.2f} s: {more:+.2f} s")
    print("\nlanguage  articles  characters  bare nlp.pipe  kg.extract  ratio (median of pairs)  the tree")
    every = []
    for lang in languages():
        rounds = [{side: alone(side, lang, paths) for side in SIDES} for _ in range(ROUNDS)]
        every.append(rounds)
        articles = of_language(lang, paths)
        print(line(lang, rounds, len(articles), sum(len(a.text) for a in articles)))
    both = [{side: sum(each[side] for each in pair) for side in SIDES} for pair in zip(*every, strict=True)]
    print(line("all", both))


def line(name: str, rounds: list[dict[str, float]], number: int | str = "", size: int | str = "") -> str:
    """Tell medians."""
    bare, ours = (statistics.median(each[side] for each in rounds) for side in ("bare", "ours"))
    ratio, tree = (statistics.median(each[side] / each["bare"] for each in rounds) for side in ("ours", "tree"))
    return f"{name:8}  {number:8}  {size:10}  {bare:11.2f} s  {ours:8.2f} s  {ratio:23.2f}  {tree:8.2f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        side, lang, *rest = sys.argv[2:]
        print(SIDES[side](of_language(lang, rest), lang))
    else:
        main()
