"""Loads spaCy and its models without what takes long and is hardly used; what is loaded works as ever.

Importing spaCy brings its command line: an HTTP client, a template engine, an installer. That is a third of it.

The French tokenizer keeps some words whole (*vice-président*, *saut-de-ski*) by 266 patterns in one expression of a
million and a half characters, for each pattern lists all letters. Compiling it takes longer than all else in the
model, so each pattern is compiled when a word comes that it may fit.

Lemmatizers look for each new word in lists of up to 66,000, from end to end and rule after rule; here they are sets.
"""

from __future__ import annotations

import importlib
import re
import sys
from contextlib import contextmanager
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

COMMANDS = "spacy.cli.info"  # the one module of the command line that spaCy imports
UNUSED = ("senter",)  # splits sentences where nothing is parsed; the models bring it switched off
LONG = 100_000  # characters of an expression that is worth the trouble
FLAGS, FIRST, BETWEEN, LAST = "(?iu)", "(?:^", ")|(?:^", "$)"
ANY_OF_MANY = re.compile(r"\[[^\]]{100,}\]")  # a class of characters that lists whole alphabets
UNSPLIT = ("(?!", "(?<", "[^")  # what would make a looser pattern fit less


class Alternatives:
    """Matches as an expression of many alternatives does; each is compiled when a text comes that it may fit."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _parts(self) -> list[str]:
        inner = self.pattern.removeprefix(FLAGS + FIRST).removesuffix(LAST)
        return [f"{FLAGS}^{part}$" for part in inner.split(LAST[:-1] + BETWEEN)]

    @cached_property
    def _loose(self) -> list[re.Pattern[str]]:
        """Every alternative with any character where it lists alphabets, which compiles at once."""
        return [re.compile(_loosened(part)) for part in self._parts]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(_loosened(self.pattern))

    def match(self, text: str) -> re.Match[str] | None:
        """Match the first alternative that fits.

        >>> whole = Alternatives("(?iu)(?:^ex-[a-zà-ÿ]+$)|(?:^saut-de-[a-zà-ÿ]+$)")
        >>> bool(whole.match("Ex-ministre")), whole.match("ex-"), bool(whole.match("saut-de-lit"))
        (True, None, True)
        """
        if not self._any.match(text):
            return None
        fits = (i for i, loose in enumerate(self._loose) if loose.match(text))
        return next((found for i in fits if (found := re.compile(self._parts[i]).match(text))), None)


def _loosened(pattern: str) -> str:
    return ANY_OF_MANY.sub("(?s:.)", pattern)


def load_model(name: str) -> Language:
    """Load a model by the name of its package.

    Raises:
        ImportError: it is not installed.
    """
    with _compiling_when_needed():
        nlp: Language = importlib.import_module(name).load(exclude=UNUSED)
    _index_lemmas(nlp)
    return nlp


def _index_lemmas(nlp: Language) -> None:
    """Make sets of the lists that say which words are lemmas; they are only ever asked whether a word is in them."""
    lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined] # a component of any kind
    index = lookups.get_table("lemma_index", {})
    for part_of_speech, words in index.items():
        index[part_of_speech] = frozenset(words)


@contextmanager
def _compiling_when_needed() -> Iterator[None]:
    """Within the block, have ``re`` compile no long list of alternatives."""
    at_once = re.compile

    def compiled(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401 - as re does
        return Alternatives(pattern) if not flags and _is_long_list(pattern) else at_once(pattern, flags)

    re.compile = compiled
    try:
        yield
    finally:
        re.compile = at_once


def _is_long_list(pattern: object) -> bool:
    return (
        isinstance(pattern, str)
        and len(pattern) > LONG
        and pattern.startswith(FLAGS + FIRST)
        and pattern.endswith(LAST)
        and not any(mark in pattern for mark in UNSPLIT)
    )


@contextmanager
def _without_commands() -> Iterator[None]:
    """Within the block, spaCy imports a stand-in for its command line; the only function of it loads the true one."""
    if COMMANDS in sys.modules:
        yield
        return
    stand_in = ModuleType(COMMANDS)
    stand_in.info = _info  # type: ignore[attr-defined] # a module may be given anything
    sys.modules[COMMANDS] = stand_in
    try:
        yield
    finally:
        del sys.modules[COMMANDS]


def _info(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as spaCy's own
    """Do what ``spacy.info`` does."""
    return importlib.import_module(COMMANDS).info(*args, **options)


with _without_commands():
    from spacy.morphology import Morphology

__all__ = ["Alternatives", "Morphology", "load_model"]
