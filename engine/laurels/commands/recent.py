"""``/badges recent``: what was won lately."""

from typing import Final

from ..announcer.harmless import words
from ..model import Reply
from .asked import Asked
from .texts import day

_MOST: Final = 10


async def recent(asked: Asked) -> Reply:
    """The newest awards of the community."""
    awards = await asked.store.awards(asked.community.name, limit=_MOST, now=asked.now)
    rows = [
        (words(award.person), f"{asked.its.title(award.name, award.level_name, award.level)}, {day(award.time)}") for award in awards
    ]  # fmt: skip
    return Reply(asked.say("recent.newest" if rows else "recent.none"), tuple(rows))
