"""Who is who: the names of the tables in texts, and what is known of those they name.

Entities stand in ontologies/actors/*.ttl, their names in kg/lang/<language>/names/*.ttl; labels count as
names too. Matching works on whole pieces of words, never on parts of them: *Niger* is not in *Nigeria*.
"""

from __future__ import annotations

from kg.actors.index import FORMS, Form, Index, Name, NameMatch, bare, pieces, plain
from kg.actors.tables import KIND, load, surnames
from kg.actors.who import Actors, Office, Outlet, Reading

__all__ = [
    "FORMS",
    "KIND",
    "Actors",
    "Form",
    "Index",
    "Name",
    "NameMatch",
    "Office",
    "Outlet",
    "Reading",
    "bare",
    "load",
    "pieces",
    "plain",
    "surnames",
]
