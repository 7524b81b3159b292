"""``undo <cause>``: shown first, then done."""

from typing import Final

from ...announcer.harmless import words as harmless
from ...model import Reply
from ...periods import from_micros
from ...records import Held
from ..asked import Asked
from ..badges import title
from ..errors import Wrong, near
from ..outcomes import told
from ..texts import called, day

_STANDS: Final = ("active", "revoked")
_SHOWN: Final = 10


async def undo(asked: Asked) -> Reply:
    """Show what a cause gave; with ``yes``, withdraw it."""
    asked.demand("undo")
    asked.need()
    cause = asked.words[0]
    held = [one for one in await asked.store.caused(asked.community.name, cause) if one.state in _STANDS]
    if asked.yes(1):
        return await _undone(asked, cause, held)
    await _assert_there(asked, cause)
    if not held:
        return asked.quietly(asked.say("undo.nothing", cause=harmless(cause)), ok=False)
    text = asked.say("undo.preview", cause=cause, count=len(held), people=len({one.person for one in held}))
    return asked.quietly(text, await _rows(asked, held), buttons=[asked.button("undo", "undo", cause, "yes", admin=True, style="danger")])


async def _undone(asked: Asked, cause: str, held: list[Held]) -> Reply:
    outcomes = await asked.acts.awards.undo(asked.by, cause)
    if not all(outcome.done for outcome in outcomes):
        return await told(asked, outcomes, quiet=True)
    return asked.quietly(asked.say("undo.done", cause=harmless(cause), count=len(held)))


async def _assert_there(asked: Asked, cause: str) -> None:
    there = [info.cause for info in await asked.store.causes(asked.community.name)]
    if cause not in there:
        raise Wrong("undo.unknown", near(cause, there), cause=harmless(cause))


async def _rows(asked: Asked, held: list[Held]) -> list[tuple[str, str]]:
    slugs = {badge.id: badge.slug for badge in (await asked.store.defined(asked.community.name))[1]}
    people = await asked.store.people({one.person for one in held})
    rows = [
        (called(people.get(one.person, ()), asked.command.place),
         f"{title(asked, slugs[one.badge], one.key.level)}, {day(from_micros(one.position[0]))}")
        for one in held[:_SHOWN]
    ]  # fmt: skip
    return [*rows, ("", asked.say("common.more", count=len(held) - _SHOWN))] if len(held) > _SHOWN else rows
