"""``/badges progress``: what the asker is on the way to."""

from typing import NamedTuple

from ..definition import Definition
from ..model import Reply
from ..tally import Tally
from .asked import Asked
from .badges import level_title, visible
from .people import asker
from .texts import bar, marked


class Ahead(NamedTuple):
    """A level that is not reached yet, and the number on the way there."""

    definition: Definition
    level: int
    value: float
    goal: float


async def progress(asked: Asked) -> Reply:
    """The next level of every badge that was begun, the nearest first."""
    me, there = await asker(asked), await visible(asked)
    measured = [definition for definition in there.values() if definition.thresholds]
    pairs = {definition.slug: asked.community.pair(definition, me.id) for definition in measured}
    tallies = await asked.store.tallies(set(pairs.values())) if me.id else {}
    ways = [way for definition in measured if (way := _ahead(definition, tallies.get(pairs[definition.slug], Tally())))]
    begun = sorted((way for way in ways if way.value > 0), key=lambda way: -way.value / way.goal)
    rows = tuple((marked(way.definition, level_title(asked, way.definition, way.level)), _far(asked, way)) for way in begun)
    untouched = len(ways) - len(begun)
    more = (("", asked.say("progress.untouched", count=untouched)),) if untouched else ()
    return Reply(asked.say("progress.on_the_way" if rows else "progress.none", person=me.name), (*rows, *more))


def _far(asked: Asked, way: Ahead) -> str:
    return f"{bar(way.value, way.goal)} {asked.say('progress.of', value=way.value, goal=way.goal)}"


def _ahead(definition: Definition, tally: Tally) -> Ahead | None:
    if definition.badge.repeatable:
        at = definition.thresholds[0][1]
        return Ahead(definition, 1, tally.value % at, at)
    level, goal = next(((level, at) for level, at in definition.thresholds if at > tally.peak), (0, 0.0))
    return Ahead(definition, level, tally.value, goal) if level else None
