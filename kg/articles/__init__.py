"""Inputs → articles: files, folders, archives, feeds, standard input and addresses, in the formats that are read.

A file's article is named after the file; a line of JSONL brings its own id, a page its address. Nothing is
guessed: what cannot be read comes back as an error that says where, what and what to do, and the rest goes on.
"""

from __future__ import annotations

from kg.articles.meter import Meter
from kg.articles.reading import STDIN, other_files, read, size
from kg.articles.source import Options

__all__ = ["STDIN", "Meter", "Options", "other_files", "read", "size"]
