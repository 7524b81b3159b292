"""Stores: SQL behind the verbs of ``laurels.store``."""

from ..errors import StoreError
from .sqlite import SqliteStore


def open_store(url: str) -> SqliteStore:
    """The store that a URL names, not yet opened. Raises StoreError for a kind of database that there is none for."""
    if url.startswith("sqlite:///") and url != "sqlite:///":
        return SqliteStore(url)
    raise StoreError(f"{url!r}: no store for this; write sqlite:///path/to/laurels.db")
