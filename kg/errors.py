"""The errors a user can meet. Each says where, what and what to do about it."""

from __future__ import annotations


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


class DataError(KgError):
    """A data file of the project (language, ontology, names) is wrong."""


class InputError(KgError):
    """An article, a query or another input of the user cannot be used."""


class StoreError(KgError):
    """A store cannot be opened, read or written."""


class UnknownName(KgError):  # noqa: N818 - "unknown name" already says that it is a fault
    """A relation, an entity or a query of that name does not exist."""


class MissingModel(KgError):  # noqa: N818 - as above
    """A spaCy model that a language needs is not installed."""
