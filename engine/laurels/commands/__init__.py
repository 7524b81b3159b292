"""The chat commands, once for all platforms: an adapter hands over what was typed and renders what is answered."""

from .asked import Means
from .commands import Commands

__all__ = ["Commands", "Means"]
