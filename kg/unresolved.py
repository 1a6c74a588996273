"""The names of a store that stand for nobody known, with their sentences, and whom of the known they may mean.

What is proposed must be near in every part of its name: *Hamas* is never proposed for *Hama*, nor *Niger* for
*Nigeria*. A part that names somebody by itself, or is somebody's first name, is no misspelling of another; a name
of one part is misspelt only where it sounds the same (*Amazonia* is not proposed for *Ambazonia*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from kg.actors import pieces, plain
from kg.actors.spelling import sound
from kg.extract.grammar import grammar, languages
from kg.store.querying import inner

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.actors import Actors
    from kg.model import Entity
    from kg.store import Store

PROPOSED = ("name", "acronym", "metonym", "surname")  # forms of names that are proposed
ALONE = ("name", "acronym", "metonym", "surname", "adjective", "demonym")  # forms by which a word names somebody
PARTICLE = 3  # letters of a small word that may be missing: de, la, the
SHORTEST = {1: 5, 2: 9}  # letters that a part of a name needs, to have so many wrong
SHORTEST_ALONE = {1: 7, 2: 10}  # and a name of one part
MOST = max(SHORTEST)  # letters wrong in a part
PREFILTERED, SURE, HEARD = 200, 100.0, 95.0


class Candidate(NamedTuple):
    """Somebody known whom a name may mean: their name that is near, and how near of 100."""

    entity: Entity
    name: str
    score: float


class Sentence(NamedTuple):
    """Where a name stands."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that stands for nobody known: how it is written most, its class, in how many places, and where."""

    iri: str
    name: str
    type: str
    count: int
    sentences: tuple[Sentence, ...]

    @property
    def is_name(self) -> bool:
        """Does it name somebody, or only describe them (*des manifestants*, *Officials*)?"""
        counted = [part for part in pieces(self.name) if len(part) > PARTICLE or not part.islower()]
        if len(counted) == 1 and counted[0].casefold() in _descriptions():
            return False  # at the beginning of a sentence
        return bool(counted) and all(not part[:1].islower() for part in counted)


@cache
def _descriptions() -> frozenset[str]:
    """Give the nouns for somebody without a name, and for times, of every language, plurals in s too."""
    tables = [grammar(lang) for lang in languages()]
    nouns = {word for g in tables for word in (*g.anonymous, *g.descriptions, *g.state_nouns, *g.words["time_nouns"])}
    return frozenset(nouns | {f"{noun}s" for noun in nouns})


def unresolved(store: Store) -> list[Unresolved]:
    """Give all of a store, the most frequent first; what stands at one place counts once."""
    places: dict[tuple[str, str], dict[tuple[str, str, str], tuple[str, Sentence]]] = defaultdict(dict)
    for row in store.query(inner("unresolved")).values():
        entity, class_, words, article, part, start, sentence = map(str, row)
        place = places[entity, class_.rpartition("#")[2]]
        place.setdefault((article, part, start), (words, Sentence(article, sentence)))
    found = (_unresolved(iri, type_, list(at.values())) for (iri, type_), at in places.items())
    return sorted(found, key=lambda each: (-each.count, each.name, each.iri))


def _unresolved(iri: str, type_: str, places: Sequence[tuple[str, Sentence]]) -> Unresolved:
    texts = Counter(" ".join(text.split()) for text, _ in places)
    # In the middle of a sentence a name is written as it is: of two equals the one with small letters.
    name = max(texts, key=lambda text: (texts[text], text.swapcase()))
    return Unresolved(iri, name, type_, len(places), tuple(dict.fromkeys(sentence for _, sentence in places)))


class Finder:
    """Finds candidates among all names of the tables, in every language."""

    def __init__(self, who: Actors) -> None:
        """Sort the names for looking up."""
        self._who = who
        self._named: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
        self._alone: set[str] = set()
        self._first: set[str] = set()
        for text, name in sorted(pair for index in who.indexes.values() for pair in index):
            parts = _parts(text)
            if name.form in ALONE and len(parts) == 1:
                self._alone.add(parts[0])
            elif self._is_person(name.iri):
                self._first.add(parts[0])
            if name.form in PROPOSED and name.iri in who.entities and who.entities[name.iri].known:
                self._named[_key(parts)][text, name.iri] = None
        self._keys = list(self._named)

    def _is_person(self, iri: str) -> bool:
        return iri in self._who.entities and self._who.entities[iri].type == "Person"

    def candidates(self, text: str, limit: int = 3) -> list[Candidate]:
        """Give those whom a name may mean, the likest first, or nobody.

        >>> from kg.actors import load
        >>> [c.entity.label for c in Finder(load()).candidates("Azerbaidjian")]
        ['Azerbaijan']
        >>> Finder(load()).candidates("Hamah"), Finder(load()).candidates("Nigera")
        ([], [])
        """
        found: dict[str, Candidate] = {}
        for score, name, iri in sorted(self._near(text), key=lambda each: (-each[0], each[1:])):
            found.setdefault(iri, Candidate(self._who.entities[iri], name, score))
        return list(found.values())[:limit]

    def _near(self, text: str) -> Iterable[tuple[float, str, str]]:
        parts = _parts(text)
        if not parts:
            return
        same = self._named.get(_key(parts))
        if same:  # a name but for case, accents or order, so not a misspelling of another
            yield from ((SURE, name, iri) for name, iri in same)
            return
        for lang in self._who.indexes:
            if heard := self._who.known_by(text, lang):
                yield HEARD, heard[0].label, heard[0].iri
        most = MOST * len(parts)
        for key, wrong, _ in extract(
            _key(parts), self._keys, scorer=OSA.distance, score_cutoff=most, limit=PREFILTERED
        ):
            if self._is_near(parts, key.split()):
                score = 100 * (1 - wrong / max(len(key), 1))
                yield from ((score, name, iri) for name, iri in self._named[key])

    def _is_near(self, parts: Sequence[str], others: Sequence[str]) -> bool:
        """Is there for every part another that is near, and none left over?"""
        left = list(others)
        needed = SHORTEST if len(parts) > 1 else SHORTEST_ALONE
        if len(parts) == 1 and (parts[0] in self._first or not _sounds_as(parts[0], others)):
            return False
        for part in parts:
            best = min(left, key=lambda other: (OSA.distance(part, other), other), default=None)
            if best is None or not self._may_be(part, best, needed):
                return False
            left.remove(best)
        return not left

    def _may_be(self, part: str, other: str, needed: dict[int, int]) -> bool:
        """Is a part of a name another one, misspelt?"""
        wrong = OSA.distance(part, other)
        if not wrong:
            return True
        return part not in self._alone and min(len(part), len(other)) >= needed.get(wrong, MOST * PREFILTERED)


def _sounds_as(part: str, others: Sequence[str]) -> bool:
    return len(others) == 1 and sound(part, loose=True) == sound(others[0], loose=True)


def _parts(text: str) -> list[str]:
    """Give the parts of a name that count, folded."""
    parts = pieces(text)
    counted = [part for part in parts if not (part.islower() and len(part) <= PARTICLE)]
    return [plain(part) for part in counted or parts]


def _key(parts: Iterable[str]) -> str:
    return " ".join(sorted(parts))
