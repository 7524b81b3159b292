"""``status``: how things stand in this community."""

from typing import Final

from ...announcer.harmless import NOTE
from ...announcer.harmless import words as harmless
from ...filed import RewardDue
from ...model import Reply
from ..asked import Asked
from ..badges import infos

_SHOWN: Final = 5


async def status(asked: Asked) -> Reply:
    """What there is, what waits, and what fails; other communities' troubles are not told."""
    asked.demand("status")
    asked.in_private()
    community, store = asked.community, asked.store
    held = [info for info in await infos(asked) if info.holders]
    waiting = (await store.counted()).work
    rows = [
        (asked.say("status.mode"), asked.say(f"mode.{asked.acts.policy.community.mode or 'default'}")),
        (asked.say("status.badges"), asked.say("status.won", count=len(community.registry.definitions), won=len(held))),
        (asked.say("status.people"), asked.its.number(len(await store.persons(community.name)))),
        (asked.say("status.waiting"), asked.its.count(waiting, "event")),
        *await _failing(asked),
        *await _hindered(asked),
    ]
    return Reply(asked.say("status.stands"), tuple(rows), private=True)


async def _hindered(asked: Asked) -> list[tuple[str, str]]:
    """What could not be announced where it should, and what could not be shown of people, by roles for example."""
    name = asked.community.name
    troubles = [one.error for one in await asked.store.troubles() if one.community == name]
    unshown = [due.error for due in await asked.store.find(RewardDue, name) if due.error]
    rows = [(asked.say("status.unreached"), error) for error in dict.fromkeys(troubles)][:_SHOWN]
    rows += [(asked.say("status.unshown"), error) for error in dict.fromkeys(unshown)][:_SHOWN]
    return [(what, harmless(error, NOTE)) for what, error in rows]


async def _failing(asked: Asked) -> list[tuple[str, str]]:
    """What could not be decided about this community's people."""
    mine = set(await asked.store.persons(asked.community.name))
    events = [*await asked.store.failing_dues(), *await asked.store.parked_events()]
    ours = [event for event in events if event.person in mine][:_SHOWN]
    return [(asked.say("status.failing"), harmless(f"{event.type}: {event.error}", NOTE)) for event in ours]
