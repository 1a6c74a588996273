"""A short document as values, written as Markdown or as a page of HTML; text of strangers stays text in both."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import quote, urlsplit

from kg.errors import InputError
from kg.text import for_xml, one_line

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

Mark: TypeAlias = Literal["", "strong", "em", "struck"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|~!$])")
_OPENING = re.compile(r"^(\d+(?=[.)]))?([-+=.)])")  # what would make a list or a heading of a line
_SAFE = "/:?#@!$&'*+,;=%-._~"  # of an address; brackets and blanks would end a link of Markdown
_AROUND = {"": "", "strong": "**", "em": "*", "struck": "~~"}
_TAGS = {"strong": "strong", "em": "em", "struck": "s"}


@dataclass(frozen=True, slots=True)
class Words:
    """Some words with a mark, an address to follow (one that is not of the web is left out), or a quotation."""

    text: str
    mark: Mark = ""
    url: str | None = None
    ref: int | None = None


Line: TypeAlias = "tuple[Words, ...]"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is that of the document."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list; the lines of an item below its first are set below it."""

    items: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence with its number, and lines that say of it where it stands and who speaks."""

    number: int
    sentence: Words
    lines: tuple[Line, ...]


Block: TypeAlias = Heading | Paragraph | Items | Table | Quotation


@dataclass(frozen=True, slots=True)
class Document:
    r"""A document in one language; as text it is Markdown.

    >>> print(Document("Iran", (Paragraph((Words("<b> & *c*"),)),)))
    # Iran
    <BLANKLINE>
    &lt;b&gt; &amp; \*c\*
    """

    title: str
    blocks: tuple[Block, ...]
    lang: str = "en"

    def __str__(self) -> str:
        """Give the document as Markdown."""
        return "\n\n".join([f"# {_plain(self.title)}", *(_MARKDOWN[type(block)](block) for block in self.blocks)])

    def html(self) -> str:
        """Give the document as a page that asks nothing of anybody and runs nothing."""
        style = files("kg.view").joinpath("document.css").read_text(encoding="utf-8")
        hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"
        body = "\n".join(_HTML[type(block)](block) for block in self.blocks)
        return (
            f'<!DOCTYPE html>\n<html lang="{html.escape(self.lang)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{_escaped(self.title)}</title>\n<style>{style}</style>\n</head>\n"
            f"<body>\n<main>\n<h1>{_escaped(self.title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the document to a file, as Markdown (.md) or as a page (.html).

        Raises:
            InputError: the name ends in something else, or the file cannot be written.
        """
        target = Path(path)
        forms: dict[str, Callable[[], str]] = {".md": lambda: f"{self}\n", ".html": self.html}
        if target.suffix.lower() not in forms:
            raise InputError(str(path), f"no format ends in {target.suffix!r}", "end the name in .md or .html")
        try:
            target.write_text(forms[target.suffix.lower()](), encoding="utf-8", errors="replace", newline="\n")
        except OSError as error:
            raise InputError(str(path), f"cannot be written ({error.strerror})", "check the folder") from error

    def _repr_markdown_(self) -> str:
        return str(self)


def web(url: str | None) -> str | None:
    """Give an address that a reader may follow, fit for both forms; None for any other.

    >>> web("https://a.b/c (d)"), web("javascript:alert(1)")
    ('https://a.b/c%20%28d%29', None)
    """
    try:
        known = url is not None and urlsplit(url).scheme in {"http", "https"} and urlsplit(url).netloc
    except ValueError:
        return None
    return quote(one_line(url or ""), safe=_SAFE, errors="replace") if known else None


def _plain(text: str) -> str:
    """Write text so that Markdown makes nothing of it, no link either."""
    escaped = html.escape(_SPECIAL.sub(r"\\\1", _clean(text)), quote=False)
    return escaped.replace("://", ":&#47;/").replace("www.", "www&#46;").replace("@", "&#64;")


def _clean(text: str) -> str:
    return for_xml(one_line(text))


def _escaped(text: str) -> str:
    return html.escape(_clean(text))


def _around(text: str, write: Callable[[str], str]) -> str:
    """Write text with a blank before and after it where it had one."""
    core = _clean(text)
    if not core:
        return " " if text else ""
    return " " * text[0].isspace() + write(core) + " " * text[-1].isspace()


def _md(line: Iterable[Words]) -> str:
    return _OPENING.sub(r"\1\\\2", "".join(map(_md_words, line)))


def _md_words(words: Words) -> str:
    mark = _AROUND[words.mark]
    text = _around(words.text, lambda core: f"{mark}{_plain(core)}{mark}")
    return f"[{text}](<{address}>)" if (address := web(words.url)) else text


def _md_items(block: Items) -> str:
    return "\n".join("- " + "\n  ".join(map(_md, item)) for item in block.items)


def _md_table(block: Table) -> str:
    rows = [
        [_plain(cell) for cell in block.head],
        ["---"] * len(block.head),
        *([_md(c) for c in r] for r in block.rows),
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _md_quotation(block: Quotation) -> str:
    lines = [f"**\\[{block.number}\\]** {_md((block.sentence,))}", *map(_md, block.lines)]
    return "\n".join("> " + line + ("\\" if line is not lines[-1] else "") for line in lines)


_MARKDOWN: dict[type, Callable[..., str]] = {
    Heading: lambda block: f"{'#' * block.level} {_plain(block.text)}",
    Paragraph: lambda block: _md(block.line),
    Items: _md_items,
    Table: _md_table,
    Quotation: _md_quotation,
}


def _tags(line: Iterable[Words]) -> str:
    return "".join(map(_tag, line))


def _tag(words: Words) -> str:
    tag = _TAGS.get(words.mark)
    text = _around(words.text, lambda core: f"<{tag}>{html.escape(core)}</{tag}>" if tag else html.escape(core))
    if words.ref is not None:
        return f'<a href="#s{words.ref}">{text}</a>'
    address = web(words.url)
    return f'<a href="{html.escape(address)}" rel="noreferrer noopener">{text}</a>' if address else text


def _html_items(block: Items) -> str:
    items = ("<br>".join(map(_tags, item)) for item in block.items)
    return "<ul>\n" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>"


def _html_table(block: Table) -> str:
    head = "".join(f'<th scope="col">{_escaped(cell)}</th>' for cell in block.head)
    rows = ("".join(f"<td>{_tags(cell)}</td>" for cell in row) for row in block.rows)
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _html_quotation(block: Quotation) -> str:
    lines = "".join(f"<p>{_tags(line)}</p>\n" for line in block.lines)
    return (
        f'<figure id="s{block.number}">\n<blockquote dir="auto"><b>[{block.number}]</b> {_tag(block.sentence)}'
        f"</blockquote>\n<figcaption>{lines}</figcaption>\n</figure>"
    )


_HTML: dict[type, Callable[..., str]] = {
    Heading: lambda block: f"<h{block.level}>{_escaped(block.text)}</h{block.level}>",
    Paragraph: lambda block: f"<p>{_tags(block.line)}</p>",
    Items: _html_items,
    Table: _html_table,
    Quotation: _html_quotation,
}
