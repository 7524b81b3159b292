"""Every table there is: those of the counting, and those of the records."""

from .filing import TABLES
from .schema import metadata

__all__ = ["TABLES", "metadata"]
