"""The announcer: what was won is told where it belongs, once, and corrected when it no longer holds."""

from .announcer import Announcer
from .pace import Pace
from .wording import Described

__all__ = ["Announcer", "Described", "Pace"]
