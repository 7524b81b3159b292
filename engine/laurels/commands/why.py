"""``/badges why <badge> [person]``: which events and numbers gave it, or what is missing."""

from collections.abc import Iterator
from typing import Final

from ..model import Reply
from ..periods import from_micros
from ..records import Row
from ..regrade import Explanation
from .asked import Asked
from .texts import called, day, level_title, marked, number

_NEWEST: Final = 5  # events shown


async def why(asked: Asked) -> Reply:
    """Explain one badge of one person. What somebody else did is told to the asker alone."""
    definition, rest = await asked.badge()
    person = await asked.person(rest)
    if not person.id:
        return Reply(f"{person.name} does not hold {definition.name}: nothing that {person.name} did has been counted yet.")
    found = await asked.looker.why(definition, person.id)
    held = [key.level for key, standing in found.standing.items() if standing.state == "active"]
    does = f"holds {level_title(definition, max(held))}" if held else f"does not hold {definition.name}"
    rows = (*_standing(asked, found), *_numbers(found), *_needs(found), *_counted(asked, found))
    return Reply(marked(definition, f"{person.name} {does}."), rows, private=not person.asker)


def _standing(asked: Asked, found: Explanation) -> Iterator[tuple[str, str]]:
    """What was decided about each award, by which event or by whom."""
    for key, standing in sorted(found.standing.items(), key=lambda item: item[1].win.position):
        row, win = found.deciding.get(key), standing.win
        by = f"given by {win.giver}" if win.giver else _event(asked, row) if row else ""
        note = f": “{win.note}”" if win.note else ""
        state = "" if standing.state == "active" else f"{standing.state}; "
        yield level_title(found.badge, key.level), f"{state}{day(from_micros(win.position[0]))}{', ' if by else ''}{by}{note}"


def _numbers(found: Explanation) -> Iterator[tuple[str, str]]:
    if found.value is not None:
        yield "Counted", number(found.value) + (f" of {number(found.goal)}" if found.goal is not None else ", every level reached")
    if found.failed:
        yield "Could not be decided", found.failed


def _needs(found: Explanation) -> Iterator[tuple[str, str]]:
    for line in found.needs:
        yield "", f"{'✓' if line.met else '✗'} {line.text}"


def _counted(asked: Asked, found: Explanation) -> Iterator[tuple[str, str]]:
    """The newest events that counted."""
    rows = found.counted[-_NEWEST:]
    if len(found.counted) > len(rows):
        yield "", f"the newest {len(rows)} of {len(found.counted)} events:"
    for row in reversed(rows):
        yield day(from_micros(row.time)), _event(asked, row)


def _event(asked: Asked, row: Row) -> str:
    """An event as it may be told here: nothing but its type where it happened in private."""
    event = row.event
    if not asked.shows(event.place):
        return f"{event.type} in a private place"
    by = f" by {called([event.actor], asked.command.place)}" if event.actor else ""
    return f"{event.type}{by}" + (f" in {event.place}" if event.place else "")
