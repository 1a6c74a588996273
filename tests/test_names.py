"""Who is meant by a name: names that must never be merged, names that mean the same, words that name nobody.

The rows stand in tests/tables. A name in brackets is resolved in its sentence as extraction does it.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from kg import actors
from kg.extract import assemble
from kg.model import Article, Entity

TABLES = Path(__file__).parent / "tables"
TOKEN = re.compile(r"\w+[’']|\w+(?:[.-]\w+)*\.?|[^\w\s]")
LOCATIVE = ("à", "in")  # heads of the places that the tables put in brackets with their preposition
RIGHT = 0.97


def rows(name: str) -> list[list[str]]:
    """Read a table: columns between tabs; comments and the head left out."""
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


CONFUSABLES, ALIASES, COMMON_WORDS = map(rows, ("confusables", "aliases", "common-words"))


@cache
def named(lang: str, text: str) -> frozenset[str]:
    """Give the labels of all that a text may name, however it is read."""
    who = actors.load()
    tokens = TOKEN.findall(text.replace("’s ", " ’s "))
    names = [n for m in who.find(tokens, [t.lower() for t in tokens], lang) for n in m.names if n.form != "kind"]
    return frozenset(who.entity(n.iri).label for n in names)


@cache
def meant(lang: str, date: str, text: str) -> frozenset[str]:
    """Give the labels of those whom the name in brackets stands for in its sentence; local entities in quotes."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    day = None if date == "-" else dt.date.fromisoformat(date)
    mentions = assemble(plain, Article("a", plain, lang, date=day)).mentions
    words = [w for w in mentions.tree.words if w.start < end and w.end > start]
    inside = {w.i for w in words}
    heads = [w for w in words if w.head not in inside or w.head == w.i]
    for word in [*heads, *words]:
        if word.i in mentions.kinds:
            return frozenset({"kind:" + mentions.kinds[word.i]})
        unit = mentions.unit_at.get(word.i)
        if unit and unit.is_adjective:
            both = (unit.entity, *(unit.others if unit.form == "prefix" else ()))
            return frozenset(_actor(e).label for e in both)
        found = mentions.resolve(word.i, place=word.prep in LOCATIVE)
        if found:
            return frozenset(m.entity.label if m.entity.known else repr(m.entity.label) for m in found)
    return frozenset()


def _actor(entity: Entity) -> Entity:
    who = actors.load()
    return who.entity(who.seat_of(entity.iri) or entity.iri)


def bearers(lang: str, text: str) -> frozenset[str]:
    """Give whom a text names: in its sentence if a name is in brackets, else all that it may name."""
    if "[" not in text:
        return named(lang, text)
    return frozenset(label for label in meant(lang, "-", text) if label[0] not in "'\"" and label[:5] != "kind:")


@pytest.mark.parametrize(("lang", "one", "other"), CONFUSABLES)
def test_what_sounds_alike_is_never_merged(lang: str, one: str, other: str) -> None:
    assert not bearers(lang, one) & bearers(lang, other)


def test_most_of_what_could_be_confused_is_known() -> None:
    """Whom nobody knows, nobody confuses: two names of nobody prove nothing."""
    texts = [(lang, text) for lang, *both in CONFUSABLES for text in both]
    assert sum(bool(bearers(*t)) for t in texts) >= 0.9 * len(texts)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_name_leads_to_its_bearer(lang: str) -> None:
    """At least 97 % of them; those that do not are listed."""
    mine = [row for row in ALIASES if row[0] == lang]
    wrong = [
        f"{date} {text} means {who}, not {', '.join(sorted(got)) or 'nobody'}"
        for _, date, text, who in mine
        if (got := meant(lang, date, text)) != set(who.split(" + "))
    ]
    print(f"{lang}: {len(mine) - len(wrong)} of {len(mine)}", *wrong, sep="\n")  # noqa: T201 - a measure to read
    assert len(wrong) <= (1 - RIGHT) * len(mine), "\n".join(wrong)


OPEN = pytest.mark.xfail(reason="a common noun in a headline, which the tagger takes for a name", strict=True)


@pytest.mark.parametrize(
    ("lang", "text", "who"),
    [pytest.param(*row[:3], marks=[OPEN] if row[3:] == ["open"] else []) for row in COMMON_WORDS],
)
def test_a_common_word_names_nobody(lang: str, text: str, who: str) -> None:
    found = bearers(lang, text)
    if who.startswith("!"):
        assert who[1:] not in found
    else:
        assert found == ({who} - {"-"})


def test_the_tables_are_of_some_size() -> None:
    assert all(sum(row[0] == lang for row in CONFUSABLES) >= 150 for lang in ("fr", "en"))
    assert all(sum(row[0] == lang for row in ALIASES) >= 400 for lang in ("fr", "en"))
