"""The clock: a `clock.day` event for each community when a day begins in its zone."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..domain import CLOCK_DAY
from ..engine.intake import Intake
from ..model import Event

LOOK: Final = 30.0  # seconds between looks at the clock


async def days(intake: Intake, zones: Mapping[str, ZoneInfo], clock: Callable[[], datetime], wake: Callable[[], None]) -> None:
    """Put the day's event of each community, once, until cancelled."""
    while True:
        for community, zone in zones.items():
            await intake.put(day(community, zone, clock()))
        wake()
        await asyncio.sleep(LOOK)


def day(community: str, zone: ZoneInfo, now: datetime) -> Event:
    """The beginning of the local day that *now* is in; the same day gives the same event."""
    date = now.astimezone(zone).date()
    start = datetime(date.year, date.month, date.day, tzinfo=zone)
    if start.astimezone(UTC).astimezone(zone).date() != date:  # clocks went forward at midnight: the day begins at one
        start += timedelta(hours=1)
    name = date.isoformat()
    return Event(f"clock:{name}", "laurels", CLOCK_DAY, start.astimezone(UTC), data={"date": name}, community=community)
