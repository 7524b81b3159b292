"""A clock that moves only when told."""

from datetime import UTC, datetime, timedelta
from typing import Final

#: A Monday morning: the day, the week and the month have room before anything ends by accident.
START: Final = datetime(2024, 6, 3, 9, tzinfo=UTC)

#: How long one event takes, so that no two happen at the same moment.
TICK: Final = timedelta(seconds=1)


class Clock:
    """Call it for the time."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """The time."""
        return self._now

    def forward(self, by: timedelta) -> None:
        """Move on. Raises ValueError for a step back: what happened has happened."""
        if by < timedelta():
            raise ValueError(f"the clock can't go back by {-by}")
        self._now += by

    def reach(self, moment: datetime) -> None:
        """Move on to *moment*; stay where it is past."""
        self._now = max(self._now, moment)
