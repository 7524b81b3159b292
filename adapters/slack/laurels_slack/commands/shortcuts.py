"""The shortcuts: *Award for this message*, where the message is the evidence; and *Nominate*, from anywhere."""

from typing import Any, Final

from . import table
from .courier import Way
from .fields import Field
from .forms import About, Forms
from .who import Asker, link

MESSAGE: Final = "laurels_award"  # as the app's manifest names them
ANYWHERE: Final = "laurels_nominate"

_FOR_MESSAGE: Final = (Field("badge", "badge", needed=True), Field("level", key="level"), Field("reason", key="reason", most=500))
_FROM_ANYWHERE: Final = (*table.FORMS[table.NAME, "nominate"], Field("place", "place"))


class Shortcuts:
    """Opens their forms."""

    def __init__(self, forms: Forms) -> None:
        self.forms, self.clerk = forms, forms.clerk

    async def message(self, ack: Any, body: dict[str, Any], context: Any) -> None:
        """Somebody picked it on a message."""
        if self.clerk.seen.first(("shortcut", body["trigger_id"])):
            self.clerk.errands.run(self._message(body, context), "message shortcut")
        await ack()

    async def anywhere(self, ack: Any, body: dict[str, Any], context: Any) -> None:
        """Somebody picked it in Slack's menu or search."""
        if self.clerk.seen.first(("shortcut", body["trigger_id"])):
            self.clerk.errands.run(self._anywhere(body, context), "shortcut")
        await ack()

    async def _message(self, body: dict[str, Any], context: Any) -> None:
        message, channel = body["message"], body["channel"]["id"]
        asker = await self.clerk.who.asker(body, context, channel=channel, thread=message.get("thread_ts") or "")
        if asker is None:
            return
        way, author = Way(asker, body.get("response_url") or ""), message.get("user") or ""
        if not author:
            await self.clerk.tell(way, "not_a_person")
            return
        evidence = link(asker.its, channel, message["ts"], asker.thread)
        title = "message_award" if await self._may(asker) else "message_nominate"
        about = About(
            table.NAME, ("nominate",), channel=channel, thread=asker.thread, url=way.url, author=author, message=evidence, title=title
        )
        if not await self.forms.open(asker, body["trigger_id"], about, _FOR_MESSAGE):
            await self.clerk.tell(way, "failed")

    async def _anywhere(self, body: dict[str, Any], context: Any) -> None:
        asker = await self.clerk.who.asker(body, context)
        if asker is not None and not await self.forms.open(asker, body["trigger_id"], About(table.NAME, ("nominate",)), _FROM_ANYWHERE):
            await self.clerk.tell(Way(asker), "failed")

    async def _may(self, asker: Asker) -> bool:
        """Whether there is a badge that they may award."""
        found = await self.clerk.host.suggest(await self.clerk.who.command(asker, table.NAME, ("show", "")))
        actor, realm = await self.clerk.who.actor(asker), self.clerk.who.realm(asker)
        return any(self.clerk.host.may_award(actor, realm, each.value) for each in found)
