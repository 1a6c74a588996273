"""Short items of gold in compact form: each sentence of a text, and below it the claims it must give.

A file holds many items, with a line ``---`` between them. An item begins like an article of plain text, with lines of
``key: value`` closed by an empty line; ``name``, ``lang``, ``register`` and ``date`` must be there, ``title`` may. Then
each line is a sentence, an empty line ends a paragraph, ``= CLAIM`` is wanted of the sentence above (or of the title),
and ``? CLAIM`` is optional there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from notation import Expected, parse_expected

from kg.model import Article

PARAGRAPHS = sorted((Path(__file__).parent.parent / "data" / "paragraphs").glob("*.txt"))
KEYS = {"name", "lang", "register", "date", "title"}


class GoldSentence(NamedTuple):
    """One sentence of the gold: the part it is in, how it starts, and what it says."""

    part: str
    starts: str
    claims: tuple[Expected, ...]
    optional: tuple[Expected, ...]


class Item(NamedTuple):
    """A text with its gold; ``register`` is the kind of text (dispatch, interview, …)."""

    article: Article
    register: str
    sentences: tuple[GoldSentence, ...]


def read_items(text: str) -> list[Item]:
    """Read the items of a file, or raise a ValueError that shows the line it stumbled over.

    >>> header = "name: a\\nlang: en\\nregister: dispatch\\ndate: 2024-01-02\\n\\n"
    >>> (item,) = read_items(header + "Iran warned Iraq.\\n= Iran warns Iraq\\n")
    >>> item.article.text, item.sentences[0].claims[0].relation
    ('Iran warned Iraq.', 'warns')
    """
    return [_item(part.strip("\n")) for part in f"\n{text}\n".split("\n---\n")]


def _item(text: str) -> Item:
    header, _, body = text.partition("\n\n")
    title = [line for line in header.splitlines() if line.startswith("title: ") or line[:2] in ("= ", "? ")]
    keys = dict(line.split(": ", 1) for line in header.splitlines() if line[:2] not in ("= ", "? "))
    if unknown := keys.keys() ^ (KEYS if "title" in keys else KEYS - {"title"}):
        raise ValueError(f"{header!r}: keys missing or unknown: {', '.join(sorted(unknown))}")
    paragraphs = [_sentences(part.splitlines(), "text") for part in body.split("\n\n")]
    whole = "\n\n".join(" ".join(s.starts for s in paragraph) for paragraph in paragraphs)
    day = date.fromisoformat(keys["date"])
    article = Article(keys["name"], whole, keys["lang"], keys.get("title"), day)
    heads = [s._replace(starts=s.starts.removeprefix("title: ")) for s in _sentences(title, "title")]
    return Item(article, keys["register"], (*heads, *(s for paragraph in paragraphs for s in paragraph)))


def _sentences(lines: list[str], part: str) -> list[GoldSentence]:
    sentences: list[GoldSentence] = []
    for line in lines:
        if line[:2] not in ("= ", "? "):
            sentences.append(GoldSentence(part, line, (), ()))
            continue
        if not sentences:
            raise ValueError(f"{line!r}: a claim without a sentence above it")
        last, claim = sentences.pop(), (parse_expected(line[2:]),)
        new = (
            last._replace(claims=last.claims + claim)
            if line[0] == "="
            else last._replace(optional=last.optional + claim)
        )
        sentences.append(new)
    return sentences
