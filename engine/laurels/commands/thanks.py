"""``/badges thanks <person> [words]``: the same event as ``thanks @person`` in a message."""

import hashlib

from ..desk import fresh
from ..model import Event, Reply
from .asked import Asked
from .errors import Wrong
from .people import Somebody, asker, several

_MOST = 20  # people thanked in one command: each is an event


async def thanks(asked: Asked) -> Reply:
    """Thank one or several; oneself is nobody to thank."""
    asked.need()
    whom, _ = await several(asked, asked.words)
    if any(one.asker for one in whom):
        raise Wrong("thanks.yourself")
    for one in whom[:_MOST]:
        await asked.means.put(_event(asked, one))
    names = asked.its.listed(one.name for one in whom[:_MOST])
    return Reply(asked.say("thanks.given", person=(await asker(asked)).name, others=names))


def _event(asked: Asked, whom: Somebody) -> Event:
    command = asked.command
    return Event(
        f"thanks:{_identity(asked, whom)}", command.actor.platform, "thanks.given", asked.means.clock(), command.actor,
        {"receiver": whom.account.key}, command.place, (whom.account,), realm=command.realm,
        community=asked.community.name,
    )  # fmt: skip


def _identity(asked: Asked, whom: Somebody) -> str:
    """What the command stands in names it, however often it is delivered; without that, each is new."""
    command = asked.command
    if not command.message:
        return fresh()
    return hashlib.sha256("\n".join((command.message, command.actor.key, whom.account.key)).encode()).hexdigest()[:32]
