"""What it costs to find near-identical texts among 100,000, beside the extraction of the same texts.

Every tenth article is another paper's copy of an earlier one: a credit, a new first sentence, a word changed. Times are
those of the processor; extraction is timed on some articles, and counted for all. ``duplicates.py 10000`` takes fewer.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from generated import articles

from kg.copies import groups, keys
from kg.extract import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Article

NUMBER, COPIED, EXTRACTED = 100_000, 10, 200
CREDITS = {"en": "(Agencies) — ", "fr": "(Agences) — "}


def texts(number: int) -> Iterator[tuple[Article, str | None]]:
    """Make articles, each with the id of the one that it copies, if any."""
    chance = random.Random(7)  # noqa: S311 - to be repeatable
    former: list[Article] = []
    for n, article in enumerate(articles(number)):
        if n % COPIED or not former:
            yield article, None
            former = [*former[-50:], article]
            continue
        source = chance.choice(former)
        words = source.text.split(" ")
        words[chance.randrange(len(words))] = "hier"
        yield replace(source, id=article.id, text=CREDITS[source.lang] + " ".join(words)), source.id


def main() -> None:
    """Print the time of both, and how many of the copies were found."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    found: dict[str, frozenset[str]] = {}
    copies: list[tuple[str, str]] = []
    sample: list[Article] = []
    spent = 0.0
    for article, source in texts(number):
        start = time.process_time()
        found[article.id] = keys(article.text)
        spent += time.process_time() - start
        copies += [(article.id, source)] if source else []
        sample += [article] if len(sample) < EXTRACTED else []
    start = time.process_time()
    together = groups(found)
    grouping = time.process_time() - start
    extract(sample[0])
    extract(sample[1])
    start = time.process_time()
    for article in sample:
        extract(article, layers=("claims",))
    extraction = (time.process_time() - start) / len(sample) * number
    group_of = {name: at for at, names in enumerate(together) for name in names}
    met = sum(group_of.get(a, -1) == group_of.get(b, -2) for a, b in copies)
    wrong = sum(map(len, together)) - len({name for pair in copies for name in pair} & group_of.keys())
    print(f"{number} articles: keys {spent:.1f} s, groups {grouping:.1f} s; extraction would take {extraction:.0f} s")
    share = (spent + grouping) / extraction
    print(f"share {share:.1%}; {met} of {len(copies)} copies found, {wrong} other articles grouped")


if __name__ == "__main__":
    main()
