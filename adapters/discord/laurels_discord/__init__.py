"""Discord: what people do in servers becomes events; commands, announcements and roles go back."""

from .adapter import DiscordAdapter
from .settings import Settings

__all__ = ["DiscordAdapter", "Settings"]
