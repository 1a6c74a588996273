"""By what other names a reader may look for somebody: the tables' names in all languages, seats, demonyms."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import actors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.actors import Actors
    from kg.model import Entity

Json: TypeAlias = dict[str, Any]

# The forms of names that a reader may type, the likeliest first; prefixes (*russo-*) are none.
FORMS = ("name", "acronym", "metonym", "surname", "demonym", "adjective")
MOST, LONGEST = 40, 80  # aliases of one entity, characters of one


class Names:
    """The tables of actors as the page asks them."""

    def __init__(self, who: Actors | None = None) -> None:
        """Take the tables, or those that a user has amended."""
        self._who = who or actors.load()

    def of(self, entity: Entity) -> Json:
        """Give the other names of an entity and, for a state or a territory, its ISO code.

        >>> russia = actors.load().entity("https://w3id.org/geopolitics-kg/entity/russia")
        >>> found = Names().of(russia)
        >>> found["iso"], {"Kremlin", "Moscou"} <= set(found["aliases"])
        ('RU', True)
        """
        return {"aliases": self._aliases(entity), "iso": self.code(entity.iri)}

    def code(self, iri: str) -> str | None:
        """Give the ISO code of a state or a territory."""
        return next(iter(self._who.fact(iri, "isoCode")), None)

    def _aliases(self, entity: Entity) -> list[str]:
        """Give names that differ from its labels and from each other by more than accents and capitals."""
        seen = {_fold(label) for label in (entity.label, *dict(entity.labels).values())}
        found: list[str] = []
        for text in self._known_by(entity.iri):
            if _fold(text) not in seen and len(text) <= LONGEST:
                seen.add(_fold(text))
                found.append(text)
        return found[:MOST]

    def _known_by(self, iri: str) -> Iterator[str]:
        yield from self._names(iri, FORMS[:4])
        for seat in self._seats.get(iri, ()):
            yield from self._names(seat, FORMS[:1])
        yield from self._names(iri, FORMS[4:])

    def _names(self, iri: str, forms: Sequence[str]) -> list[str]:
        known = sorted((forms.index(name.form), text) for _, text, name in self._who.names(iri) if name.form in forms)
        return [text for _, text in known]

    @cached_property
    def _seats(self) -> Mapping[str, Sequence[str]]:
        """For each state or body the cities that stand for it."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri in sorted(self._who.facts):
            if body := self._who.seat_of(iri):
                found[body].append(iri)
        return found


def _fold(text: str) -> str:
    """Write a name as the page compares it: without accents, capitals and kinds of apostrophes."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.casefold().replace("’", "'")
