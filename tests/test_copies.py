"""Which texts are copies of each other: agency reports as papers print them, and what only looks alike."""

from __future__ import annotations

import random

import pytest

from kg.copies import LEAD, groups, keys

ACTORS = (
    "Paris",
    "Tehran",
    "Moscow",
    "the European Union",
    "Ankara",
    "Baghdad",
    "Washington",
    "Beirut",
    "Minsk",
    "Seoul",
)
DEEDS = (
    "condemned the strikes on the harbour", "denied that it had sent drones to the rebels", "called for an inquiry",
    "announced new sanctions against two shipping companies", "recalled its ambassador for talks", "rejected the offer",
    "promised to protect merchant ships in the strait", "accused its neighbour of arming the militia",
)  # fmt: skip
WHEN = (
    "on Monday",
    "late on Tuesday",
    "in a statement",
    "after hours of talks",
    "for the third time this year",
    "again",
)


def report(seed: int, sentences: int = 24) -> list[str]:
    """Make up a report of so many sentences, each different."""
    chance = random.Random(seed)  # noqa: S311 - to be repeatable
    return [
        f"{chance.choice(ACTORS)} {chance.choice(DEEDS)} {chance.choice(WHEN)}, said envoy {chance.randrange(999)}."
        for _ in range(sentences)
    ]


def are_copies(one: str, other: str) -> bool:
    return bool(keys(one) & keys(other))


COPIES = {
    "the same": lambda said: said,
    "a dateline in front": lambda said: ["PARIS, March 3, 2022 (AFP) –", *said],
    "a credit behind": lambda said: [*said, "(with AFP)"],
    "a first paragraph of the paper's own": lambda said: ["Our reporters have read what the agency found out.", *said],
    "shortened from the end to two thirds": lambda said: said[: len(said) * 2 // 3],
    "shortened from the end to a half": lambda said: said[: len(said) // 2],
    "two sentences left out": lambda said: [*said[:9], *said[11:]],
    "words changed here and there": lambda said: [each.replace("talks", "negotiations") for each in said],
    "other line ends and capitals": lambda said: [each.upper() + "\r\n" for each in said],
}


@pytest.mark.parametrize("change", COPIES)
def test_copies(change: str) -> None:
    found = [seed for seed in range(40) if are_copies(" ".join(report(seed)), " ".join(COPIES[change](report(seed))))]
    assert len(found) >= 38  # a hash may miss one


OTHERS = {
    "another report on the same": lambda seed: report(seed + 1000),
    "the same sentences in another order": lambda seed: sorted(report(seed), key=lambda each: each[::-1])[:8],
    "one quoted paragraph in common": lambda seed: [*report(seed + 1000), *report(seed)[:4]],
    "its background, at the end of another report": lambda seed: [*report(seed + 1000), *report(seed)[-8:]],
    "a translation": lambda seed: [
        f"Selon l’envoyé {each.split()[-1]} Paris a condamné les frappes, lundi soir, sur le port."
        for each in report(seed)
    ],
    "a few sentences, too short to tell": lambda seed: report(seed)[:2],
}


@pytest.mark.parametrize("other", OTHERS)
def test_no_copies(other: str) -> None:
    assert [seed for seed in range(40) if are_copies(" ".join(report(seed)), " ".join(OTHERS[other](seed)))] == []


def test_copies_of_copies_are_one_group() -> None:
    whole = report(7, 40)
    texts = {
        "agency": whole,
        "half": whole[:20],
        "middle": [*whole[:19], "Our own reporter adds this."],
        "else": report(8),
    }
    assert groups({name: keys(" ".join(said)) for name, said in texts.items()}) == [("agency", "half", "middle")]


def test_a_headline_is_no_part_of_a_text_and_a_short_beginning_has_no_keys_of_its_own() -> None:
    words = [f"word{number}" for number in range(LEAD - 1)]
    assert len(keys(" ".join(words))) < len(keys(" ".join([*words, "more"])))
