"""Every piece of text that an extraction tells, with its offsets: it must stand there."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from kg.model import Article, Entity, Extraction

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(found: Extraction) -> None:
    """See that all words stand where they are said to stand, in the text or the title."""
    for each in (*found.claims, *found.rejected, *found.quotations, *found.triples):
        whole = found.article.title if each.passage.part == "title" else found.article.text
        assert whole is not None
        for words, start, end in spans(each):
            assert 0 <= start <= end <= len(whole), (words, start, end)
            assert whole[start:end] == words, (words, start, end, whole[start:end])


def spans(value: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401 - walks values of any class
    if isinstance(value, tuple):
        for each in value:
            yield from spans(each)
    elif is_dataclass(value) and not isinstance(value, (type, Entity, Article)):
        if hasattr(value, "start"):
            yield value.text, value.start, value.end
        if hasattr(value, "head"):
            yield value.head, value.head_start, value.head_start + len(value.head)
        for field in fields(value):
            yield from spans(getattr(value, field.name))
