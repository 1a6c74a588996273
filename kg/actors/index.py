"""Names by their words: what stands in a text, and what it may name.

The texts of the tables are cut into pieces only when a text has their first word, so that loading costs little.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Form: TypeAlias = Literal["name", "acronym", "adjective", "demonym", "metonym", "surname", "prefix", "kind"]
Key: TypeAlias = tuple[str, ...]

FORMS: tuple[Form, ...] = tuple(f for f in get_args(Form) if f != "kind")
UNACCENTED = ("name", "metonym", "surname")  # forms that careless writers strip of accents (*Etats-Unis*)
OF_TWO_STATES = ("adjective", "demonym")  # forms that follow a prefix: *russo-iranien*
SHORT = 3  # letters of a word that ends no careless spelling: *Berlin est* is not *Berlin-Est*
SHORTEST_CAPITALS = 5  # letters that a name in capitals needs, to tell it from an acronym
PAIR = 2  # words of which the second must have its capital where the first one's may be the sentence's
CACHED_WORDS = 1 << 15
_WORD = re.compile(r"\w+")
_PIECE = re.compile(r",|[^-‐‑–'’.,\s]+")


class Name(NamedTuple):
    """What a name may name, and what form of name it is."""

    iri: str
    form: Form


class NameMatch(NamedTuple):
    """A name at words ``start`` to ``end`` (excluded), all that it may name, and by which step it was found."""

    start: int
    end: int
    names: tuple[Name, ...]
    how: str = "name"


class Found(NamedTuple):
    """What words name, and by which step that was found."""

    names: tuple[Name, ...]
    how: str


@lru_cache(CACHED_WORDS)
def pieces(text: str) -> Key:
    """Split a name into the parts that matching compares, whatever hyphens and apostrophes stand between.

    >>> pieces("Côte d’Ivoire") == pieces("Côte d'Ivoire"), pieces("U.S.")
    (True, ('U', 'S'))
    """
    return tuple(_PIECE.findall(text))


@lru_cache(CACHED_WORDS)
def plain(text: str) -> str:
    """Fold case and accents: what a careless writer would type.

    >>> plain("Éthiopie")
    'ethiopie'
    """
    if text.isascii():
        return text.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def bare(text: str) -> str:
    """Give the words of a text in plain letters, with nothing but spaces between.

    >>> bare("Tbilissi, l’Abkhazie")
    'tbilissi l abkhazie'
    """
    return " ".join(_WORD.findall(plain(text)))


class _Bucket(NamedTuple):
    """The names that begin with one word, as written and folded; their lengths, longest first; their second words."""

    exact: Mapping[Key, tuple[Name, ...]]
    folded: Mapping[Key, tuple[Name, ...]]
    lengths: tuple[int, ...]
    seconds: frozenset[str]


class Index:
    """The names of one language."""

    __slots__ = ("_buckets", "_texts")

    def __init__(self, texts: Mapping[str, list[tuple[str, Name]]] | None = None) -> None:
        """Begin with texts by their folded first word, or with none."""
        self._texts: dict[str, list[tuple[str, Name]]] = defaultdict(list, texts or {})
        self._buckets: dict[str, _Bucket | None] = {}

    def __iter__(self) -> Iterator[tuple[str, Name]]:
        """Give all texts and what they name."""
        for texts in self._texts.values():
            yield from texts

    def add(self, text: str, name: Name) -> None:
        """Let a text name something."""
        first = _PIECE.search(text)
        if first:
            key = plain(first[0])
            self._texts[key].append((text, name))
            if self._buckets:
                self._buckets.clear()

    def remove(self, text: str, iri: str) -> None:
        """Let a text, written just so, no longer name an entity."""
        key = pieces(text)
        if key and plain(key[0]) in self._texts:
            first = plain(key[0])
            self._texts[first] = [(t, n) for t, n in self._texts[first] if n.iri != iri or pieces(t) != key]
            self._buckets.clear()

    def merged(self, into: Mapping[str, str]) -> Index:
        """Copy the index, with other IRIs in the place of some."""
        return Index(
            {
                first: [(text, n._replace(iri=into[n.iri]) if n.iri in into else n) for text, n in texts]
                for first, texts in self._texts.items()
            }
        )

    def bucket(self, word: str) -> _Bucket | None:
        """Give the names that begin with a word, however it is written."""
        try:
            return self._buckets[word]
        except KeyError:
            found = self._compiled(plain(word))
            if len(self._buckets) < CACHED_WORDS:
                self._buckets[word] = found
            return found

    def _compiled(self, first: str) -> _Bucket | None:
        texts = self._texts.get(first)
        if not texts:
            return None
        if first in self._buckets:
            return self._buckets[first]
        exact: dict[Key, dict[Name, None]] = defaultdict(dict)
        folded: dict[Key, dict[Name, None]] = defaultdict(dict)
        for text, name in texts:
            key = pieces(text)
            exact[key][name] = None
            folded[tuple(map(plain, key))][name] = None
        lengths = sorted({len(k) for k in exact}, reverse=True)
        bucket = _Bucket(
            {k: tuple(v) for k, v in exact.items()},
            {k: tuple(v) for k, v in folded.items()},
            tuple(lengths),
            frozenset(k[1] for k in folded if len(k) > 1),
        )
        self._buckets[first] = bucket
        return bucket

    def exact(self, key: Key) -> tuple[Name, ...]:
        """Give what a name, written just so, may name."""
        bucket = self.bucket(key[0]) if key else None
        return bucket.exact.get(key, ()) if bucket else ()

    def folded(self, key: Key) -> tuple[Name, ...]:
        """Give what a name may name, whatever its case and accents."""
        bucket = self.bucket(key[0]) if key else None
        return bucket.folded.get(tuple(map(plain, key)), ()) if bucket else ()


def find(words: Sequence[str], lemmas: Sequence[str], index: Index, others: Sequence[Index] = ()) -> list[NameMatch]:
    """Find the names in a sentence given as words: the longest at each place, from left to right.

    Names of several words are found in the ``others``, indexes of other languages, too.
    """
    parts = [(p, i) for i, w in enumerate(words) for p in pieces(w)]
    found: list[NameMatch] = []
    at, end = 0, len(parts)
    while at < end:
        first, word = parts[at]
        bucket = index.bucket(first)
        match = None
        if bucket or lemmas[word] != first:
            match = _match(parts, at, index, bucket, lemmas[word])
        match = match or (_foreign(parts, at, others) if others and not first.islower() else None)
        if match:
            found.append(match[0])
        at += match[1] if match else 1
    return found


def _match(
    parts: list[tuple[str, int]], at: int, index: Index, bucket: _Bucket | None, lemma: str
) -> tuple[NameMatch, int] | None:
    first, word = parts[at]
    if bucket and (compound := _compound(bucket, index, parts, at)):
        return compound
    if at and parts[at - 1][1] == word and not _is_prefixed(parts, at):
        return None  # the rest of a hyphenated name is no name of its own
    initial = not at or not parts[at - 1][0][0].isalnum()
    for n in _lengths(bucket, parts, at) if bucket else ():
        if _is_whole(parts, at, n):
            found = _named(bucket, tuple([p for p, _ in parts[at : at + n]]), initial=initial)  # type: ignore[arg-type] # there is one
            if found:
                return NameMatch(word, parts[at + n - 1][1] + 1, found.names, found.how), n
    if first[:1].islower() and _is_whole(parts, at, 1):
        names = tuple(n for n in index.exact(pieces(lemma)) if n.form in ("kind", "adjective"))
        if names:
            return NameMatch(word, word + 1, names, "inflected"), 1
    return None


def _is_prefixed(parts: list[tuple[str, int]], at: int) -> bool:
    """*anti-israélien*, *l'Iran*: does a name follow the one small piece before it in the same word?"""
    return parts[at - 1][0].islower() and (at == 1 or parts[at - 2][1] != parts[at][1])


def _lengths(bucket: _Bucket, parts: list[tuple[str, int]], at: int) -> Sequence[int]:
    """Lengths worth trying: most words that names begin with are not followed as in any name."""
    left = len(parts) - at
    if left > 1 and plain(parts[at + 1][0]) in bucket.seconds:
        return bucket.lengths if bucket.lengths[0] <= left else [n for n in bucket.lengths if n <= left]
    return (1,) if bucket.lengths[-1] == 1 else ()


def _is_whole(parts: list[tuple[str, int]], at: int, n: int) -> bool:
    """Does a run of pieces end where a word ends?"""
    return at + n == len(parts) or parts[at + n][1] != parts[at + n - 1][1]


def _named(bucket: _Bucket, key: Key, *, initial: bool) -> Found | None:
    """What a run of pieces can name: as written, else in capitals or without accents, else as goods.

    The capital of a sentence's first word proves nothing: *Le monde entier*, *White house for sale*.
    """
    names = tuple(n for n in bucket.exact.get(key, ()) if n.form != "prefix")
    if names:
        return Found(names, names[0].form)
    small = len(key) == PAIR and key[1].islower() and (initial or len(key[1]) <= SHORT)
    if key[0][:1].isupper() and not small:
        folded = bucket.folded.get(tuple(map(plain, key)), ())
        capitals = " ".join(key).isupper() and sum(map(len, key)) >= SHORTEST_CAPITALS
        names = folded if capitals else tuple(n for n in folded if n.form in UNACCENTED)
        if names:
            return Found(names, "capitals" if capitals else "unaccented")
    if len(key) == 1:
        names = tuple(n for n in bucket.exact.get((key[0].lower(),), ()) if n.form == "kind")
    return Found(names, "kind") if names else None


def _compound(bucket: _Bucket, index: Index, parts: list[tuple[str, int]], at: int) -> tuple[NameMatch, int] | None:
    """*russo-iranien*, *Sino-Russian*: a prefix and an adjective name two states at once."""
    prefixes = [n for n in bucket.exact.get((parts[at][0],), ()) if n.form == "prefix"]
    if not prefixes or at + 1 >= len(parts):
        return None
    second = [n for n in index.exact((parts[at + 1][0],)) if n.form in OF_TWO_STATES]
    if not second:
        return None
    names = (prefixes[0], Name(second[0].iri, "prefix"))
    return NameMatch(parts[at][1], parts[at + 1][1] + 1, names, "prefix"), 2


def _foreign(parts: list[tuple[str, int]], at: int, others: Sequence[Index]) -> tuple[NameMatch, int] | None:
    """A name of several words as another language writes it, if it is nobody else's there."""
    first, word = parts[at]
    if not first[:1].isupper() or (at and parts[at - 1][1] == word):
        return None
    for index in others:
        bucket = index.bucket(first)
        for n in _lengths(bucket, parts, at) if bucket else ():
            if n > 1 and _is_whole(parts, at, n):
                names = bucket.exact.get(tuple([p for p, _ in parts[at : at + n]]), ())  # type: ignore[union-attr] # as above
                names = tuple(x for x in names if x.form in UNACCENTED)
                if len({x.iri for x in names}) == 1:
                    return NameMatch(word, parts[at + n - 1][1] + 1, names, "other language"), n
    return None
