"""Articles with ready-made claims, as many as wanted and always the same: for measuring stores without parsing.

What they have of real news: few actors and relations are in most claims, many in few; half of the claims have a
speaker, some are denied, alleged or planned; goods have kinds; the articles spread over years and outlets.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from kg import actors, ontology
from kg.model import Article, Attribution, Claim, Entity, Mention, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Thing = TypeVar("Thing")

START, DAYS, OUTLETS = date(2022, 1, 1), 1100, 60
CLAIMS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 8)  # of an article
MODALITIES = ("actual",) * 14 + ("alleged", "alleged", "planned", "demanded", "possible", "hypothetical")
STANCES = ("asserts",) * 8 + ("denies", "doubts")
STRANGERS = 0.08  # share of speakers whom no table knows
SPOKEN, NEGATIVE = 0.5, 0.04
STEEP = 1.3
STEP = 200  # characters from one sentence to the next


def articles(count: int, start: int = 0) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Make articles number ``start`` and following, each with its claims; a number always gives the same one.

    >>> [(article.id, len(claims)) for article, claims in articles(2)] == [(a.id, len(c)) for a, c in articles(2)]
    True
    """
    for number in range(start, start + count):
        yield _Maker(number).article()


class _Maker:
    """Makes one article."""

    def __init__(self, number: int) -> None:
        self._chance, self._number = random.Random(number), number  # noqa: S311 - to be repeatable
        self._id = f"made-{number:06}"

    def article(self) -> tuple[Article, tuple[Claim, ...]]:
        chance, number = self._chance, self._number
        day = START + timedelta(days=number * 7919 % DAYS)
        outlet = f"Outlet {_pick(chance, range(OUTLETS))}"
        made = Article(self._id, f"Text {number}.", "en", title=f"News {number}", date=day, outlet=outlet)
        return made, tuple(self._claim(place * STEP) for place in range(chance.choice(CLAIMS)))

    def _claim(self, at: int) -> Claim:
        chance = self._chance
        relation = _pick(chance, _relations())
        subject, object_ = self._ends(relation)
        goods = _goods("Weapon") if "Arms" in relation.name else ()
        speakers = self._speakers(at) if chance.random() < SPOKEN else ()
        return Claim(
            self._id, "en", Passage(self._id, "text", f"Sentence {at} of article {self._number}.", at, at + 150),
            _mention(subject, at + 30), relation.name, _mention(object_, at + 90), Span("verb", at + 70, at + 74),
            f"en/{relation.name}", _mention(_pick(chance, goods), at + 120) if goods else None,
            "negative" if chance.random() < NEGATIVE else "positive", chance.choice(MODALITIES), "holds", speakers,
        )  # fmt: skip

    def _ends(self, relation: ontology.Relation) -> tuple[Entity, Entity]:
        subject = _pick(self._chance, _entities(relation.subject))
        while (object_ := _pick(self._chance, _entities(relation.object))) == subject:
            pass
        return subject, object_

    def _speakers(self, at: int) -> tuple[Attribution, ...]:
        chance: Any = self._chance
        speaker = _pick(chance, _entities(("State", "Person", "IntergovernmentalOrganisation")))
        if chance.random() < STRANGERS:
            speaker = actors.load().local(f"the expert {chance.randrange(3000)}", "Person")
        return (Attribution(_mention(speaker, at), chance.choice(STANCES), 0, Span("said", at + 20, at + 24)),)


def _mention(entity: Entity, at: int) -> Mention:
    return Mention(entity, entity.label, at, at + len(entity.label))


def _pick(chance: random.Random, things: Sequence[Thing]) -> Thing:
    """Choose by Zipf's law, somewhat steeper: the second two fifths as often as the first, the tenth a twentieth."""
    return chance.choices(things, cum_weights=_weights(len(things)))[0]


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(place**-STEEP for place in range(1, count + 1)))


@cache
def _relations() -> tuple[ontology.Relation, ...]:
    return tuple(_shuffled(list(ontology.load().relations.values())))


@cache
def _entities(classes: tuple[str, ...]) -> tuple[Entity, ...]:
    """Give the entities that may stand at an end; states first, as in the news."""
    onto, known = ontology.load(), actors.load().entities.values()
    fit = [each for each in known if any(onto.is_a(each.type, name) for name in classes)]
    mixed = _shuffled(sorted(fit, key=lambda each: each.iri)) or list(_goods(*classes))
    return tuple(sorted(mixed, key=lambda each: each.type != "State"))


@cache
def _goods(*classes: str) -> tuple[Entity, ...]:
    onto = ontology.load()
    kinds = [kind for kind in onto.kinds.values() if any(onto.is_a(kind.type, name) for name in classes)]
    return tuple(
        Entity(
            f"https://w3id.org/geopolitics-kg/entity/good/{kind.name}",
            kind.name,
            kind.type,
            labels=(("en", kind.name),),
            kind=kind.name,
        )
        for kind in kinds
    )


def _shuffled(things: list[Thing]) -> list[Thing]:
    random.Random(1).shuffle(things)  # noqa: S311 - to be repeatable
    return things


if __name__ == "__main__":
    every = list(articles(1000))
    print(f"1000 articles with {sum(len(claims) for _, claims in every)} claims are made the same each time")
