"""A language's folder, read once: grammar.toml as a value."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.actors import plain
from kg.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES = (
    "roles",
    "prepositions",
    "words",
    "mood",
    "markers",
    "adverbs",
    "states",
    "descriptions",
    "tags",
    "anonymous",
    "homographs",
    "forms",
    "line_ends",
)


def languages() -> tuple[str, ...]:
    """The languages there are folders for.

    >>> languages()
    ('en', 'fr')
    """
    folders = files("kg.lang").iterdir()
    return tuple(sorted(f.name for f in folders if f.is_dir() and f.joinpath("grammar.toml").is_file()))


def read_toml(lang: str, file: str) -> dict[str, Any]:
    """Read one TOML file of a language's folder.

    Raises:
        DataError: the file is missing or is no TOML.
    """
    path = files("kg.lang").joinpath(lang, file)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise DataError(f"kg/lang/{lang}/{file}", "not found", f"languages are {', '.join(languages())}") from e
    except tomllib.TOMLDecodeError as e:
        raise DataError(f"kg/lang/{lang}/{file}", f"no TOML ({e})", "mend the file at that place") from e


@dataclass(frozen=True)
class Grammar:
    """The facts of a language that clauses, mentions and modality are read with."""

    lang: str
    data: Mapping[str, Any]

    def __getitem__(self, table: str) -> Mapping[str, Any]:
        """Give one table of grammar.toml."""
        table_: Mapping[str, Any] = self.data[table]
        return table_

    @property
    def model(self) -> str:
        """The package of the spaCy model."""
        return str(self.data["model"])

    def role(self, label: str) -> str:
        """Give the role of a parser's label: itself, else the part before its colon.

        >>> grammar("fr").role("obl:mod")
        'obl'
        """
        roles = self["roles"]
        return str(roles.get(label) or roles.get(label.partition(":")[0]) or "dep")

    def has_ending(self, lemma: str, form: str, endings: str) -> bool:
        """Is a form the stem of future and conditional with an ending of that list, whatever the tagger says?

        Accents do not count: they shift between *lever* and *lèvera*.

        >>> g = grammar("fr")
        >>> g.has_ending("lever", "lèvera", "future_endings"), g.has_ending("livrer", "livra", "future_endings")
        (True, False)
        """
        mood = self["mood"]
        stem = mood["future_stems"].get(lemma)
        for suffix, changed in mood["future_suffixes"].items() if stem is None else ():
            if lemma.endswith(suffix):
                stem = lemma.removesuffix(suffix) + changed
                break
        stem = plain(stem or lemma.removesuffix("e"))
        written = plain(form)
        return stem.endswith("r") and written.startswith(stem) and written[len(stem) :] in mood[endings]

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Every list of the table ``words`` as a set; inner tables as ``outer.inner``."""
        return _sets(self["words"])

    @cached_property
    def prepositions(self) -> Mapping[str, frozenset[str]]:
        """The lists of the table ``prepositions`` as sets."""
        return _sets(self["prepositions"])

    @cached_property
    def relatives(self) -> frozenset[str]:
        """Relative pronouns of any use."""
        return frozenset().union(*(forms for use, forms in self.words.items() if use.startswith("relative.")))

    @cached_property
    def compounds(self) -> Mapping[tuple[str, ...], str]:
        """Prepositions of several words, as tuples of pieces, and what they amount to."""
        return {tuple(pieces(k)): v for k, v in self["prepositions"]["compound"].items() if len(pieces(k)) > 1}

    @cached_property
    def compounds_from(self) -> Mapping[str, int]:
        """For each word that a compound preposition begins with, the pieces of the longest."""
        longest: dict[str, int] = {}
        for words in self.compounds:
            longest[words[0]] = max(len(words), longest.get(words[0], 0))
        return longest

    @cached_property
    def names_of_states(self) -> frozenset[str]:
        """Nouns that describe a state (*État*, *kingdom*), without accents and capitals."""
        return frozenset(plain(noun) for noun, classes in self.descriptions.items() if "State" in classes)

    @cached_property
    def adverbs(self) -> Mapping[str, str]:
        """Words that colour a clause or a noun → modality."""
        return {word: modality for modality, words in self["adverbs"].items() for word in words}

    @cached_property
    def state_nouns(self) -> Mapping[str, str]:
        """Nouns that stand for a state → facet."""
        return {word: facet for facet, words in self["states"].items() for word in words}

    @cached_property
    def anonymous(self) -> Mapping[str, str]:
        """Nouns for somebody without a name → the class."""
        return {word: class_ for class_, words in self["anonymous"].items() for word in words}

    @cached_property
    def descriptions(self) -> Mapping[str, tuple[str, ...]]:
        """Nouns that stand again for somebody → the classes that fit."""
        found: dict[str, tuple[str, ...]] = {}
        for class_, words in self["descriptions"].items():
            for word in words:
                found[word] = (*found.get(word, ()), class_)
        return found


def pieces(phrase: str) -> list[str]:
    """Split a phrase the way tokenisers do: after an apostrophe and at spaces.

    >>> pieces("à l'encontre de")
    ['à', "l'", 'encontre', 'de']
    """
    return phrase.replace("’", "'").replace("'", "' ").split()


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for key, value in table.items():
        if isinstance(value, list):
            found[key] = frozenset(value)
        elif isinstance(value, dict):
            found |= {f"{key}.{inner}": frozenset(v) for inner, v in value.items() if isinstance(v, list)}
    return found


@cache
def grammar(lang: str) -> Grammar:
    """Read a language's grammar.

    Raises:
        DataError: no such folder, or a table is missing.
    """
    data = read_toml(lang, "grammar.toml")
    missing = [t for t in TABLES if t not in data]
    if missing:
        raise DataError(f"kg/lang/{lang}/grammar.toml", f"no table {', '.join(missing)}", "see kg/lang/fr/grammar.toml")
    return Grammar(lang, data)
