"""Keeping leaderboards of badges and points: whatever changed of somebody's awards is taken in, and nobody else is looked at."""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from ..engine.community import Community
from ..periods import from_micros, label, local_hour
from ..store import Store

PERIODS: Final = ("day", "week", "month", "year")


class Ranking:
    """The boards of one community. What it has taken in is remembered in the store."""

    def __init__(self, community: Community, store: Store, zone: ZoneInfo) -> None:
        self.community, self.store, self.zone = community, store, zone

    async def refresh(self, now: int) -> None:
        """Take in what changed up to *now*: awards, what badges are worth, what has expired."""
        name = self.community.name
        points = {slug: float(definition.badge.points) for slug, definition in self.community.registry.definitions.items()}
        before = await self.store.recall("", f"ranking:{name}") or {}
        if before.get("points") != points:
            await self.store.unrank(name)
        if "until" in before:
            await self.store.unrank(name, before["until"], now)
        while await self.store.rank(name, points, self.periods, now):
            pass
        await self.store.remember("", f"ranking:{name}", {"points": points, "until": now})

    def periods(self, time: int) -> Iterator[str]:
        """The periods that a moment lies in, as people write them."""
        hour = local_hour(from_micros(time), self.zone)
        return (label(period, hour) for period in PERIODS)

    def present(self, period: str, now: int) -> str:
        """The period that is now."""
        return "all" if period == "all" else label(period, local_hour(from_micros(now), self.zone))
