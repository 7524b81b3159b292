"""``laurels demo``: webhooks and chat go through the real thing, and the awards come out."""

from .demo import run

__all__ = ["run"]
