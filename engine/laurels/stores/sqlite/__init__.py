"""The store on SQLite: one file, durable writes, one writer."""

from .store import SqliteStore

__all__ = ["SqliteStore"]
