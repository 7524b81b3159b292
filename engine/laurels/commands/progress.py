"""``/badges progress``: what the asker is on the way to."""

from typing import NamedTuple

from ..definition import Definition
from ..model import Reply
from ..tally import Tally
from .asked import Asked
from .texts import bar, level_title, marked, number, plural


class Ahead(NamedTuple):
    """A level that is not reached yet, and the number on the way there."""

    definition: Definition
    level: int
    value: float
    goal: float


async def progress(asked: Asked) -> Reply:
    """The next level of every badge that was begun, the nearest first."""
    asker, visible = await asked.asker(), await asked.visible()
    measured = [definition for definition in visible.values() if definition.thresholds]
    pairs = {definition.slug: asked.community.pair(definition, asker.id) for definition in measured}
    tallies = await asked.store.tallies(set(pairs.values())) if asker.id else {}
    ways = [way for definition in measured if (way := _ahead(definition, tallies.get(pairs[definition.slug], Tally())))]
    begun = sorted((way for way in ways if way.value > 0), key=lambda way: -way.value / way.goal)
    rows = tuple((marked(way.definition, level_title(way.definition, way.level)), _far(way)) for way in begun)
    untouched = len(ways) - len(begun)
    text = f"What {asker.name} is on the way to:" if rows else f"{asker.name} is on the way to no badge yet."
    more = (("", f"and {plural(untouched, 'badge')} to begin: `/badges list`"),) if untouched else ()
    return Reply(text, (*rows, *more))


def _far(way: Ahead) -> str:
    return f"{bar(way.value, way.goal)} {number(way.value)} of {number(way.goal)}"


def _ahead(definition: Definition, tally: Tally) -> Ahead | None:
    if definition.badge.repeatable:
        at = definition.thresholds[0][1]
        return Ahead(definition, 1, tally.value % at, at)
    level, goal = next(((level, at) for level, at in definition.thresholds if at > tally.peak), (0, 0.0))
    return Ahead(definition, level, tally.value, goal) if level else None
