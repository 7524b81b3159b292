"""``/badges recent``: what was won lately."""

from typing import Final

from ..announcer.harmless import words
from ..model import Reply
from .asked import Asked
from .badges import won
from .texts import day

_MOST: Final = 10


async def recent(asked: Asked) -> Reply:
    """The newest awards of the community; ``new``: those since the asker last asked so."""
    new = list(asked.words) == ["new"]
    awards = (await asked.acts.activity.unseen(asked.by))[:_MOST] if new else await asked.acts.activity.recent(limit=_MOST)
    rows = [(words(award.person), f"{won(asked, award)}, {day(award.time)}") for award in awards]
    if new:
        return asked.quietly(asked.say("recent.new" if rows else "recent.nothing_new"), rows)
    return Reply(asked.say("recent.newest" if rows else "recent.none"), tuple(rows))
