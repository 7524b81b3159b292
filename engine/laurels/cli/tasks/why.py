"""``laurels why``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from ...definition import Definition
from ...periods import from_micros
from ...records import Key, Row
from ...regrade import Explanation
from . import output, people, words
from .session import opened

SHOWN: Final = 10  # of the events that count


async def show(path: Path | None, community: str | None, person: str, slug: str, *, json: bool) -> None:
    """Print why the person has the badge, or what is missing."""
    async with opened(path) as session:
        name = session.community(community)
        someone = await people.find(session.store, name, person)
        definition = session.definition(name, slug)
        explained = await (await session.looker(name)).why(definition, someone.id)
    if json:
        output.json(_object(someone, definition, explained))
        return
    for line in _lines(someone, definition, explained):
        output.say(line)


def _standing(explained: Explanation) -> list[Key]:
    return sorted(key for key, standing in explained.standing.items() if standing.state == "active")


def _lines(someone: people.Someone, definition: Definition, explained: Explanation) -> Iterator[str]:
    held = _standing(explained)
    highest = words.title(definition, held[-1].level) if held else definition.name
    times = f", {len(held)} times" if definition.badge.repeatable and len(held) > 1 else ""
    yield f"{someone.name} has {highest}{times}" if held else f"{someone.name} does not have {highest}"
    yield f"it takes: {words.rule(definition)}; {words.levels(definition)}"
    for key in sorted(explained.standing):
        yield "  " + _award(definition, explained, key)
    for key in sorted(explained.deciding.keys() - explained.standing.keys()):
        yield f"  {words.title(definition, *key)}: reached by {_event(explained.deciding[key])}, but it was not given yet, or undone"
    yield from _number(definition, explained)
    for line in explained.needs:
        yield f"  {'[x]' if line.met else '[ ]'} {line.text}"
    if explained.failed:
        yield f"its check failed: {explained.failed}"
    yield from _events(definition, explained)


def _award(definition: Definition, explained: Explanation, key: Key) -> str:
    standing, row = explained.standing[key], explained.deciding.get(key)
    said, win = words.title(definition, *key), standing.win
    if standing.state == "withdrawn":
        lost = f"what {standing.cause} gave was undone" if row else "it was won once, and nothing gives it any more"
        return f"{said}: withdrawn; {lost}"
    giver = win.giver or ("the operator" if standing.cause.startswith("command:") else "")
    by = f", given by {giver}" if giver else f", by {_event(row)}" if row else f", at {output.moment(from_micros(win.position[0]))}"
    earlier = ", under an earlier rule" if standing.cause.startswith("badge:") and standing.cause != definition.cause else ""
    return f"{said}: {standing.state}{by}{f' ({win.note})' if win.note else ''}{earlier} [{standing.cause}]"


def _number(definition: Definition, explained: Explanation) -> Iterator[str]:
    if explained.value is None:
        return
    so_far = f"{output.number(explained.value)} now"
    if explained.goal is None:
        yield f"{so_far}; there is nothing more to reach"
        return
    level = next((number for number, at in definition.thresholds if at == explained.goal), 1)
    if not definition.badge.repeatable and Key(level, "") in _standing(explained):
        yield f"{so_far}, {output.number(explained.goal)} for {words.title(definition, level)}, which is held already"
        return
    missing = output.number(explained.goal - explained.value)
    yield f"{so_far}, {output.number(explained.goal)} for {words.title(definition, level)}: {missing} missing"


def _events(definition: Definition, explained: Explanation) -> Iterator[str]:
    rows = explained.counted
    if definition.kind not in ("measured", "code"):
        return
    what = "event counts" if definition.kind == "measured" else "event was looked at"
    many = "events count" if definition.kind == "measured" else "events were looked at"
    yield output.counted(len(rows), what, many) + (f"; the last {SHOWN}:" if len(rows) > SHOWN else ":" if rows else "")
    for row in rows[-SHOWN:]:
        yield "  " + _event(row)


def _event(row: Row) -> str:
    event = row.event
    actor = f" by {event.actor.name or event.actor.key}" if event.actor else ""
    place = f" in {event.place}" if event.place else ""
    return f"{event.type} {event.source}/{event.id} at {output.moment(event.time)}{actor}{place}"


def _object(someone: people.Someone, definition: Definition, explained: Explanation) -> dict[str, Any]:
    missing = None if explained.goal is None or explained.value is None else explained.goal - explained.value
    return {
        "badge": definition.slug,
        "name": definition.name,
        "person": someone.name,
        "accounts": someone.keys,
        "held": bool(_standing(explained)),
        "awards": [_award_object(definition, explained, key) for key in sorted(explained.standing)],
        "value": explained.value,
        "goal": explained.goal,
        "missing": missing,
        "requirements": [{"requirement": line.text.strip(), "met": line.met} for line in explained.needs],
        "counted": len(explained.counted),
        "events": [_event_object(row) for row in explained.counted],
        "error": explained.failed,
    }


def _award_object(definition: Definition, explained: Explanation, key: Key) -> dict[str, Any]:
    standing, row = explained.standing[key], explained.deciding.get(key)
    return {
        "level": key.level,
        "level_name": definition.level_name(key.level),
        "occurrence": key.occurrence,
        "state": standing.state,
        "cause": standing.cause,
        "time": from_micros(standing.win.position[0]),
        "giver": standing.win.giver,
        "note": standing.win.note,
        "event": _event_object(row) if row else None,
    }


def _event_object(row: Row) -> dict[str, Any]:
    event = row.event
    return {
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "time": event.time,
        "actor": event.actor.key if event.actor else None,
        "place": str(event.place) if event.place else None,
    }
