"""Fetched pages, kept in a folder, so that the next run asks only for what has changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEPT = ("content-type", "etag", "last-modified")
_CONDITIONS = {"etag": "if-none-match", "last-modified": "if-modified-since"}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: ``address`` is where redirects led to."""

    url: str
    address: str
    headers: Mapping[str, str]
    body: bytes

    def conditions(self) -> dict[str, str]:
        """Give the headers that ask for this page only if it has changed."""
        return {ask: self.headers[told] for told, ask in _CONDITIONS.items() if told in self.headers}


class Pages:
    """A folder with two files a page: what was told of it, and its bytes; without a folder, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder, which is made with its first page."""
        self._folder = folder

    def get(self, url: str) -> Page | None:
        """Give the page of an address, if it is kept whole."""
        if self._folder is None:
            return None
        about, body = self._paths(self._folder, url)
        try:
            told, data = json.loads(about.read_text(encoding="utf-8")), body.read_bytes()
        except (OSError, ValueError):
            return None
        whole = told.get("url") == url and told.get("hash") == digest(data.hex())
        return Page(url, told["address"], told["headers"], data) if whole else None

    def keep(self, page: Page) -> None:
        """Keep a page that can be asked for again; the hash tells whether both files belong together."""
        headers = {name.lower(): value for name, value in page.headers.items() if name.lower() in _KEPT}
        if self._folder is None or not headers.keys() & _CONDITIONS.keys():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        about, body = self._paths(self._folder, page.url)
        told = {"url": page.url, "address": page.address, "headers": headers, "hash": digest(page.body.hex())}
        body.write_bytes(page.body)
        about.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")

    @staticmethod
    def _paths(folder: Path, url: str) -> tuple[Path, Path]:
        return folder / f"{digest(url)}.json", folder / f"{digest(url)}.page"
