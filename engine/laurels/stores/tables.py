"""Every table there is: those of the counting, of the announcing, and of the records."""

from .filing import TABLES
from .outbox import outbox, post
from .schema import metadata

__all__ = ["TABLES", "metadata", "outbox", "post"]
