"""The demo's time: set by the script, running on from there."""

import time
from datetime import UTC, datetime, timedelta
from typing import Final

START: Final = datetime(2025, 3, 3, tzinfo=UTC)


class Clock:
    """A clock that stands where it was set, and goes on at the usual pace."""

    def __init__(self, now: datetime = START) -> None:
        self.set(now)

    def set(self, now: datetime) -> None:
        """It is *now*."""
        self._set, self._since = now, time.monotonic()

    def __call__(self) -> datetime:
        """What time it is."""
        return self._set + timedelta(seconds=time.monotonic() - self._since)
