"""The outbox (helper C writes this)."""

from .database import Database


class Outbox:
    """The outbox verbs."""

    db: Database
