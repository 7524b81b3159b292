"""When something was heard, for what Discord doesn't date."""

from datetime import UTC, datetime, timedelta
from typing import Final

import discord

_NEXT: Final = timedelta(microseconds=1)


class Moments:
    """Times that only go on, never the same twice: what was heard later is newer, and has another id."""

    def __init__(self) -> None:
        self._last = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """The time, or the moment after the one that was given last."""
        self._last = max(discord.utils.utcnow(), self._last + _NEXT)
        return self._last
