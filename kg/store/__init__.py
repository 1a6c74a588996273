"""Claims to RDF and back: the store, its questions and its exports."""

from kg.store.disputes import Dispute
from kg.store.entry import Entry, entry
from kg.store.querying import QueryResult
from kg.store.shipped import NamedQuery, Parameter, named, queries, rolled_up
from kg.store.sources import World, default_world, lazy_world, world_of
from kg.store.store import Store, open_store

__all__ = [
    "Dispute",
    "Entry",
    "NamedQuery",
    "Parameter",
    "QueryResult",
    "Store",
    "World",
    "default_world",
    "entry",
    "lazy_world",
    "named",
    "open_store",
    "queries",
    "rolled_up",
    "world_of",
]
