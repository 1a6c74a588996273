"""Which of its bearers a name means, by what else the text says: *Congo*, *Géorgie*, *Clinton*.

Words that speak for a meaning are data: gp:context in kg/lang/<language>/names. A meaning that gp:usual marks
is taken when nothing speaks for another; without one, the name stays open.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kg.actors import bare

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from kg.actors import Actors
    from kg.extract.tree import Tree
    from kg.model import Entity

ABOVE = ("seatOf", "partOf", "inState")  # facts that lead from an entity to the state it speaks for
SEVERAL = 2  # seats that leave open whose a city is
NEAR, RELATED, FAR, USUAL = 8, 4, 2, 1  # what a word in the sentence, a related name, a word elsewhere weigh


class Senses:
    """Weighs the meanings of names in one text."""

    def __init__(self, tree: Tree, actors: Actors, lang: str, date: dt.date | None) -> None:
        self.tree = tree
        self.actors = actors
        self.lang = lang
        self.date = date
        self.certain: Counter[str] = Counter()

    def learn(self, entities: Iterable[Entity]) -> None:
        """Take note of entities that the text certainly names, and of the states they speak for."""
        for entity in entities:
            self.certain[entity.iri] += 1
            self.certain.update(self._related(entity.iri))

    def _related(self, iri: str) -> Iterator[str]:
        for fact in ABOVE if len(self.actors.fact(iri, "seatOf")) < SEVERAL else ():
            yield from self.actors.fact(iri, fact)
        yield from (body for body in self.actors.bodies_of(iri, self.date) if body != iri)

    def choose(self, entities: Iterable[Entity], text: str, at: int) -> Entity | None:
        """Give the one meaning that has most for it; None, if several have as much."""
        weights = {e: self._weight(e, text, at) for e in dict.fromkeys(entities)}
        best = max(weights.values())
        found = [e for e, weight in weights.items() if weight == best]
        return found[0] if len(found) == 1 and best > 0 else None

    def seat(self, city: str) -> str | None:
        """Give the state or body that a seat of several stands for: the one that the text names, else the first."""
        seats = self.actors.fact(city, "seatOf")
        named = [s for s in seats if self.certain[s]] if len(seats) > 1 else []
        return named[0] if len(named) == 1 else next(iter(seats), None)

    def _weight(self, entity: Entity, text: str, at: int) -> int:
        reading = self.actors.readings.get(entity.iri)
        words = reading.words.get(self.lang, ()) if reading else ()
        usual = bool(reading) and (self.lang, bare(text)) in reading.usual  # type: ignore[union-attr] # there is one
        near = any(f" {w} " in self._sentence(at) for w in words)
        far = any(f" {w} " in self._all for w in words)
        related = self.certain[entity.iri] > 0 or any(self.certain[s] for s in self.actors.fact(entity.iri, "inState"))
        return NEAR * near + FAR * far + RELATED * related + USUAL * usual

    def _sentence(self, at: int) -> str:
        return _normal(self.tree.words[i].text for i in self.tree.sentences[self.tree.sentence_of[at]])

    @cached_property
    def _all(self) -> str:
        return _normal(w.text for w in self.tree.words)


def _normal(words: Iterable[str]) -> str:
    """The words in plain letters between single spaces, with one at each end."""
    return f" {bare(' '.join(words))} "
