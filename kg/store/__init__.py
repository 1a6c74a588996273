"""Claims to RDF and back: the store, its questions and its exports."""

from kg.store.querying import NamedQuery, QueryResult, queries
from kg.store.sources import World, world_of
from kg.store.store import Store, open_store

__all__ = ["NamedQuery", "QueryResult", "Store", "World", "open_store", "queries", "world_of"]
