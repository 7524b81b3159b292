"""Reactions that nominate: who may award a badge nominates the author of a message for it, by an emoji of the settings."""

import hashlib
from typing import Any, Final

import structlog

from laurels import Once, Reply

from ..translate.reactions import emoji
from ..workspaces import client
from . import table
from .clerk import Clerk, saying
from .courier import FAULTS, Way
from .fields import Field
from .who import Asker, link

_DONE: Final = "white_check_mark"
_ASKED: Final = (Field("badge", "badge"), Field("person", "person"), Field("level", key="level"))

_log = structlog.get_logger(__name__)


class Medals:
    """Nominates once, however often somebody takes a reaction back and gives it again.

    The message gets a tick; why it was refused is told in a direct message, or to nobody.
    """

    def __init__(self, clerk: Clerk) -> None:
        self.clerk, self.wanted = clerk, clerk.settings
        self.known = Once(clerk.host.state, "medals")  # one that is taken back and given again is told like a new one

    async def heard(self, body: dict[str, Any], context: Any, next: Any) -> None:
        """Reactions are counted by somebody else, and Bolt calls only one: they are heard on their way there."""
        event = body.get("event") or {}
        badge = self.wanted.nominate.get(emoji(event.get("reaction") or "")) if event.get("type") == "reaction_added" else None
        if badge and event["item"].get("type") == "message" and event.get("item_user"):
            self.clerk.errands.run(self._reacted(body, event, context, badge), "reaction")
        await next()

    async def _reacted(self, body: dict[str, Any], event: dict[str, Any], context: Any, badge: str) -> None:
        item, slug = event["item"], badge.partition("@")[0]
        who = self.clerk.who
        asker = await who.asker(body, context, channel=item["channel"], ts=item["ts"])
        if asker is None or not await self._may(asker, slug):
            return
        key = _key(asker, slug)
        if not await self.known.first(key):
            return
        reply = await self._nominated(asker, event["item_user"], badge)
        if not reply.ok:
            await self.known.forget(key)
        await self._tell(asker, reply)

    async def _may(self, asker: Asker, slug: str) -> bool:
        """Whether they may award it, where laurels reads at all."""
        who, place = self.clerk.who, await self.clerk.who.where(asker)
        listed = self.wanted.private_channels
        read = not place.private or (listed if isinstance(listed, bool) else asker.channel in listed)
        if not read or (await who.account(asker, asker.user)).bot:
            return False
        return self.clerk.host.may_award(await who.actor(asker), who.realm(asker), slug)

    async def _nominated(self, asker: Asker, author: str, badge: str) -> Reply:
        """``/badges nominate``, with the message as the evidence."""
        slug, _, level = badge.partition("@")
        whom = await self.clerk.who.account(asker, author)
        given = {"badge": [slug], "person": [author], "level": [level]}
        words = [word for field in _ASKED for word in field.typed(given[field.name], {author: whom.key})]
        evidence = link(asker.its, asker.channel, asker.ts)
        return await self.clerk.ask(await self.clerk.who.command(asker, table.NAME, ("nominate", *words), people=[whom], message=evidence))

    async def _tell(self, asker: Asker, reply: Reply) -> None:
        if not reply.ok:
            alone = Asker(asker.its, asker.team, asker.user)
            text = f"{reply.text}\n{link(asker.its, asker.channel, asker.ts)}".strip()
            await self.clerk.courier.carry(Way(alone), saying(text), alone=True)
            return
        try:
            await client(self.wanted, asker.its.token).reactions_add(channel=asker.channel, timestamp=asker.ts, name=_DONE)
        except FAULTS as error:
            _log.info("a message got no tick", why=str(error))


def _key(asker: Asker, slug: str) -> str:
    """Names the reaction, and nobody to whoever reads it."""
    return hashlib.sha256(f"{asker.team}:{asker.channel}:{asker.ts}:{asker.user}:{slug}".encode()).hexdigest()[:32]
