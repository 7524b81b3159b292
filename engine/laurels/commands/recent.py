"""``/badges recent [new | person | badge]``: what was won lately."""

from collections.abc import Sequence
from typing import Final

from ..announcer.harmless import words
from ..errors import UnknownBadge
from ..model import Award, Reply
from .asked import Asked
from .badges import badge, won
from .errors import Wrong
from .people import person
from .texts import day

_MOST: Final = 10


async def recent(asked: Asked) -> Reply:
    """The newest awards of the community, of a person, or of a badge; ``new``: those since the asker last asked so."""
    new = list(asked.words) == ["new"]
    awards = (await asked.acts.activity.unseen(asked.by))[:_MOST] if new else await _newest(asked)
    rows = [(words(award.person), f"{won(asked, award)}, {day(award.time)}") for award in awards]
    if new:
        return asked.quietly(asked.say("recent.new" if rows else "recent.nothing_new"), rows)
    return Reply(asked.say("recent.newest" if rows else "recent.none"), tuple(rows))


async def _newest(asked: Asked) -> Sequence[Award]:
    activity, text = asked.acts.activity, " ".join(asked.words)
    if not text:
        return await activity.recent(limit=_MOST)
    try:
        who = await person(asked, text)
    except Wrong:
        if text.startswith("@"):
            raise
        try:
            definition, _ = await badge(asked)
        except UnknownBadge:
            raise Wrong("recent.neither", text=words(text)) from None
        return await activity.recent(limit=_MOST, badge=definition.slug)
    return await activity.recent(limit=_MOST, person=who.account) if who.id else ()
