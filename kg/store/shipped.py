"""The queries that ship with kg: what each tells in each language, and the values that it takes.

A query is a file ``queries/NAME.rq`` with comments at its top::

    # description.en: Denials by speaker …
    # parameter.speaker.type: entity
    # parameter.speaker.en: whoever denies
    # parameter.speaker.example: Iran

and, of a parameter, ``required: yes`` or ``default: …``; one with neither may be left out, and the query then
answers for everybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from kg.errors import DataError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Sort: TypeAlias = Literal["entity", "relation", "date", "integer", "truth"]

ROLLED_UP = "-rolled-up"  # how the queries end that count persons for their state
_HEADER = re.compile(r"^# (description|parameter)\.(\w+)(?:\.(\w+))?: *(\S.*)$")
_ASKED = frozenset({"type", "required", "default", "example"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query takes: of which sort, and what to write where nothing is given."""

    name: str
    sort: Sort
    descriptions: Mapping[str, str]
    example: str
    default: str | None = None
    required: bool = False

    def description(self, lang: str = "en") -> str:
        """Say in a language what the value is."""
        return self.descriptions.get(lang, self.name)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with kg: its text, what it tells in each language, its parameters."""

    name: str
    text: str
    descriptions: Mapping[str, str]
    parameters: tuple[Parameter, ...] = ()

    def description(self, lang: str = "en") -> str:
        """Say in a language what the query answers."""
        return self.descriptions.get(lang, self.name)

    def example(self) -> str:
        """Give a command that asks it, with what must be given.

        >>> named("timeline").example()
        'kg query timeline --param one=Iran --param other=Russie'
        """
        values = (f" --param {each.name}={each.example}" for each in self.parameters if each.required)
        return f"kg query {self.name}{''.join(values)}"


@cache
def queries() -> Mapping[str, NamedQuery]:
    """Give the queries that ship with kg, by name; those of its own inner use begin with an underscore."""
    folder = files("kg.store").joinpath("queries")
    found = sorted((file.name.removesuffix(".rq"), file) for file in folder.iterdir() if file.name.endswith(".rq"))
    return {name: parse(name, file.read_text(encoding="utf-8")) for name, file in found if not name.startswith("_")}


def named(name: str) -> NamedQuery:
    """Give a query by name.

    >>> named("contestd")
    Traceback (most recent call last):
    ...
    kg.errors.UnknownName: contestd: no query of that name; did you mean contested?

    Raises:
        UnknownName: there is none of that name.
    """
    if name not in queries():
        nearest = get_close_matches(name, queries(), n=1)
        raise UnknownName(
            name, "no query of that name", f"did you mean {nearest[0]}?" if nearest else "see them: kg query --list"
        )
    return queries()[name]


def rolled_up(name: str) -> NamedQuery:
    """Give the query that asks the same of states and bodies.

    >>> rolled_up("denials").name
    'denials-rolled-up'

    Raises:
        UnknownName: the query has no such form, or is none of ours.
    """
    if name + ROLLED_UP not in queries():
        known = ", ".join(each.removesuffix(ROLLED_UP) for each in queries() if each.endswith(ROLLED_UP))
        remedy = f"take {known}, or ask of gp:subjectFor and gp:objectFor in a query of your own"
        raise UnknownName(name, "no query that counts persons for their state", remedy)
    return queries()[name + ROLLED_UP]


def parse(name: str, text: str) -> NamedQuery:
    r"""Read a query with the comments at its top.

    >>> found = parse("who", "# description.en: Who.\n# parameter.x.type: entity\nSELECT ?x { ?x a gp:Actor }")
    >>> found.description(), [(each.name, each.sort) for each in found.parameters]
    ('Who.', [('x', 'entity')])

    Raises:
        DataError: a parameter has no sort, or one that is not known.
    """
    descriptions: dict[str, str] = {}
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for found in _header(text):
        if found[1] == "description":
            descriptions[found[2]] = found[4]
        else:
            facts[found[2]][found[3]] = found[4]
    return NamedQuery(name, text, descriptions, tuple(_parameter(name, each, told) for each, told in facts.items()))


def _header(text: str) -> Iterator[re.Match[str]]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        if found := _HEADER.match(line):
            yield found


def _parameter(query: str, name: str, told: Mapping[str, str]) -> Parameter:
    sorts = get_args(Sort)
    if told.get("type") not in sorts:
        raise DataError(f"{query}.rq", f"?{name} has no type", f"write # parameter.{name}.type: {' or '.join(sorts)}")
    return Parameter(
        name=name,
        sort=cast("Sort", told["type"]),
        descriptions={key: value for key, value in told.items() if key not in _ASKED},
        example=told.get("example", told.get("default", "")),
        default=told.get("default"),
        required=told.get("required") == "yes",
    )
