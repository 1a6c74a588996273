"""Claims to RDF and back: the store, its questions and its exports."""

from kg.store.entry import Entry, entry
from kg.store.querying import NamedQuery, QueryResult, queries
from kg.store.sources import World, default_world, world_of
from kg.store.store import Store, open_store

__all__ = [
    "Entry",
    "NamedQuery",
    "QueryResult",
    "Store",
    "World",
    "default_world",
    "entry",
    "open_store",
    "queries",
    "world_of",
]
