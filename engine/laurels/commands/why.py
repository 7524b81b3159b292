"""``/badges why <badge> [person]``: which events and numbers gave it, or what is missing."""

from collections.abc import Iterator
from typing import Final

from ..model import Reply
from ..periods import from_micros
from ..records import Row
from ..regrade import Explanation
from .asked import Asked
from .badges import badge, level_title
from .people import person
from .texts import called, day, marked

_NEWEST: Final = 5  # events shown


async def why(asked: Asked) -> Reply:
    """Explain one badge of one person. What somebody else did is told to the asker alone."""
    definition, rest = await badge(asked)
    who = await person(asked, " ".join(rest))
    if not who.asker:
        asked.in_private()
    if not who.id:
        return Reply(asked.say("why.nothing", person=who.name, badge=definition.name), private=not who.asker)
    hides = await _hides(asked, definition.slug, who.id)
    if hides and not who.asker:
        return Reply(marked(definition, asked.say("why.holds_not", person=who.name, badge=definition.name)), private=True)
    found = await asked.means.looker.why(definition, who.id)
    held = [key.level for key, standing in found.standing.items() if standing.state == "active"]
    name = level_title(asked, definition, max(held)) if held else definition.name
    text = asked.say("why.holds" if held else "why.holds_not", person=who.name, badge=name)
    story = await _stories(asked, definition.slug, who.id)
    rows = (*_standing(asked, found), *story, *_numbers(asked, found), *_needs(found), *_counted(asked, found))
    return Reply(marked(definition, text), rows, private=hides or not who.asker)


async def _hides(asked: Asked, slug: str, person: int) -> bool:
    """Whether somebody shows to nobody that they hold the badge."""
    return any(award.hidden for award in await asked.store.awards(asked.community.name, person=person, badge=slug, hidden=True))


def _standing(asked: Asked, found: Explanation) -> Iterator[tuple[str, str]]:
    """What was decided about each award, by which event or by whom."""
    for key, standing in sorted(found.standing.items(), key=lambda item: item[1].win.position):
        row, win = found.deciding.get(key), standing.win
        by = asked.say("award.given", giver=win.giver) if win.giver else _event(asked, row) if row else ""
        note = f": {asked.say('award.quoted', note=win.note)}" if win.note else ""
        state = "" if standing.state == "active" else f"{asked.say(f'state.{standing.state}')}; "
        yield level_title(asked, found.badge, key.level), f"{state}{day(from_micros(win.position[0]))}{', ' if by else ''}{by}{note}"


async def _stories(asked: Asked, slug: str, person: int) -> list[tuple[str, str]]:
    """Who nominated for what stands, and who approved of that."""
    rows, place = [], asked.command.place
    for award in await asked.store.awards(asked.community.name, person=person, badge=slug, now=asked.now):
        if (story := await asked.acts.nominations.behind(award)) is not None:
            approvers = asked.its.listed(called([one], place) for one in story.approvers)
            by = "why.automatic" if story.automatic else "why.approved"
            rows.append((asked.say("why.nominated"), asked.say(by, person=called([story.nominator], place), approvers=approvers)))
    return rows


def _numbers(asked: Asked, found: Explanation) -> Iterator[tuple[str, str]]:
    if found.value is not None:
        value, goal = found.value, found.goal
        of = asked.say("progress.of", value=value, goal=goal) if goal is not None else asked.say("why.every_level", value=value)
        yield asked.say("why.counted"), of
    if found.failed:
        yield asked.say("why.failed"), found.failed


def _needs(found: Explanation) -> Iterator[tuple[str, str]]:
    for line in found.needs:
        yield "", f"{'✓' if line.met else '✗'} {line.text}"


def _counted(asked: Asked, found: Explanation) -> Iterator[tuple[str, str]]:
    """The newest events that counted."""
    rows = found.counted[-_NEWEST:]
    if len(found.counted) > len(rows):
        yield "", asked.say("why.newest", shown=len(rows), all=len(found.counted))
    for row in reversed(rows):
        yield day(from_micros(row.time)), _event(asked, row)


def _event(asked: Asked, row: Row) -> str:
    """An event as it may be told here: nothing but its type where it happened in private."""
    event = row.event
    if not asked.shows(event.place):
        return asked.say("why.event_private", type=event.type)
    by = called([event.actor], asked.command.place) if event.actor else ""
    key = f"why.event{'_by' if by else ''}{'_in' if event.place else ''}"
    return asked.say(key, type=event.type, person=by, place=event.place)
