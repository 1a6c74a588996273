"""Records of JSONL and CSV → articles, with the names that the user's fields have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.articles.decoding import checked
from kg.articles.fields import KEYS, article
from kg.errors import InputError
from kg.model import Article, digest

if TYPE_CHECKING:
    from collections.abc import Mapping


def from_record(record: Mapping[str, Any], names: Mapping[str, str], where: str) -> Article:
    """Make the article of a record; ``names`` tells what its fields are called, ``{"text": "body"}``.

    >>> from_record({"body": "Iran denied it.", "no": 7}, {"text": "body", "id": "no"}, "news.jsonl:1").id
    '7'

    Raises:
        InputError: it has no text, or a field is wrong.
    """
    text = record.get(names.get("text", "text"))
    if not isinstance(text, str):
        remedy = 'give one object a line: {"id": …, "text": …}, or name the field: --field text=body'
        raise InputError(where, "no article", remedy)
    fields = {key: _string(record, names.get(key, key), where) for key in KEYS}
    name = _string(record, names.get("id", "id"), where) or fields["url"] or f"h-{digest(text)}"
    return article(name, checked(text, where), fields, f"{where} [{name}]")


def _string(record: Mapping[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise InputError(where, f"{key} is not a string", f"quote {key}, or leave it out")
    return checked(value, where).strip() or None if value else None
