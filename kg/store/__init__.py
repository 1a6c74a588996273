"""Claims to RDF and back: the store, its questions and its exports."""

from kg.store.querying import NamedQuery, QueryResult, queries
from kg.store.store import Store, open_store

__all__ = ["NamedQuery", "QueryResult", "Store", "open_store", "queries"]
