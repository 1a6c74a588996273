"""What the tables of actors cost: loading them, and looking names up against bare ``nlp.pipe``, in one run.

Looking up is ``Actors.find`` over every sentence of the sample articles, and all of ``Names`` (titles, tagged
names, meanings) over their trees; both are set against the parse of the same texts. Ratios count; seconds depend
on the machine.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import actors, ontology
from kg.articles import read
from kg.extract.grammar import grammar, languages
from kg.extract.lexicon import lexicon
from kg.extract.names import Names
from kg.extract.parse import model, parse
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.extract.tree import Tree

SAMPLES = Path(__file__).parent.parent / "data" / "articles"
ROUNDS = 7


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def look_up(who: actors.Actors, trees: Sequence[Tree], lang: str) -> None:
    """Find the names of every sentence."""
    for tree in trees:
        for sentence in tree.sentences:
            words = [tree.words[i] for i in sentence]
            who.find([w.text for w in words], [w.lemma for w in words], lang)


def settle(who: actors.Actors, trees: Sequence[Tree], lang: str) -> None:
    """Do all that is done about names."""
    for tree in trees:
        Names(tree, grammar(lang), lexicon(lang), who, None)


def main() -> None:
    """Print how long loading takes, and for each language the shares of the parse."""
    ontology.load()
    loads = [seconds(actors.load.__wrapped__) for _ in range(ROUNDS)]
    who = actors.load()
    names = sum(1 for index in who.indexes.values() for _ in index)
    print(f"load {len(who.entities)} entities, {names} names:", end=" ")
    print(f"{min(loads):.3f} s at best, {statistics.median(loads):.3f} s median of {ROUNDS}")
    print("\nlanguage  articles  words  bare nlp.pipe  Actors.find  share  all of Names  share   (medians)")
    articles = [a for a in read(SAMPLES) if isinstance(a, Article)]
    for lang in languages():
        texts = [a.text for a in articles if a.lang == lang]
        trees = [parse(text, lang) for text in texts]
        nlp = model(lang)
        runs = [
            (
                seconds(lambda nlp=nlp, texts=texts: list(nlp.pipe(texts))),  # type: ignore[misc]
                seconds(lambda trees=trees, lang=lang: look_up(who, trees, lang)),  # type: ignore[misc]
                seconds(lambda trees=trees, lang=lang: settle(who, trees, lang)),  # type: ignore[misc]
            )
            for _ in range(ROUNDS)
        ]
        bare, found, settled = (statistics.median(run[k] for run in runs) for k in range(3))
        share, all_ = (statistics.median(run[k] / run[0] for run in runs) for k in (1, 2))
        words = sum(len(tree.words) for tree in trees)
        print(
            f"{lang:8}  {len(texts):8}  {words:5}  {bare:11.3f} s"
            f"  {found:9.4f} s  {share:5.1%}  {settled:10.4f} s  {all_:5.1%}"
        )


if __name__ == "__main__":
    main()
