"""The errors a user can meet. Each says where, what and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class KgError(Exception):
    """Root of all errors that kg raises on purpose; the command line prints it as one line.

    >>> raise InputError("news.jsonl:3", "not JSON", "give one object a line")
    Traceback (most recent call last):
    ...
    kg.errors.InputError: news.jsonl:3: not JSON; give one object a line
    """

    def __init__(self, where: str, what: str, remedy: str) -> None:
        """Keep the three parts of the message: the place, the fault, and the way out."""
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another with the parts of the message."""
        return type(self), (self.where, self.what, self.remedy)

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: the mistake is the user's, the code that found it of no help."""
        return [f"{type(self).__name__}: {self}"]


class DataError(KgError):
    """A data file of the project (language, ontology, names) is wrong."""


class InputError(KgError):
    """An article, a query or another input of the user cannot be used."""


class Refused(InputError):  # noqa: N818 - as below
    """A file of the user has faults; ``faults`` are all of them, each an error of its own.

    >>> str(Refused("names.csv", [InputError("names.csv:3", "no class 'Sate'", "did you mean State?")]))
    "names.csv:3: no class 'Sate'; did you mean State?"
    """

    def __init__(self, where: str, faults: Sequence[InputError]) -> None:
        """Take the faults; with more than one the message tells them one after the other."""
        first = faults[0]
        self.faults = tuple(faults)
        if len(faults) == 1:
            super().__init__(first.where, first.what, first.remedy)
        else:
            super().__init__(where, f"{len(faults)} faults", " | ".join(map(str, faults)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another with all the faults."""
        return type(self), (self.where, self.faults)


class StoreError(KgError):
    """A store cannot be opened, read or written."""


class UnknownName(KgError):  # noqa: N818 - "unknown name" already says that it is a fault
    """A relation, an entity or a query of that name does not exist."""


class MissingModel(KgError):  # noqa: N818 - as above
    """A spaCy model that a language needs is not installed."""
