"""Inputs → articles: files, folders and standard input, in the formats that are read.

A file's article is named after the file; a line of JSONL brings its own id. Nothing is guessed:
what cannot be read comes back as an error that says where, what and what to do, and the rest goes on.
"""

from __future__ import annotations

from kg.articles.reading import FORMATS, STDIN, other_files, read

__all__ = ["FORMATS", "STDIN", "other_files", "read"]
