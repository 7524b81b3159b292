"""What is typed: behind a slash, to the bot in a channel or thread, or to it alone."""

from typing import Any

from msgspec import structs

from laurels import Account, Button, Command, Reply

from ..translate.addressing import addressed
from . import forms, table, typed
from .clerk import Clerk
from .courier import Way
from .texts import say
from .who import Asker, link


class Spoken:
    """Hears commands. Slack is told at once that they came; the answer follows."""

    def __init__(self, clerk: Clerk, forms: forms.Forms) -> None:
        self.clerk, self.forms = clerk, forms

    async def slash(self, ack: Any, body: dict[str, Any], context: Any) -> None:
        """A slash command: Slack sends it once, and from no thread."""
        if self.clerk.seen.first(("slash", body.get("trigger_id") or body.get("response_url"))):
            self.clerk.errands.run(self._slash(body, context), "command")
        await ack()

    async def mention(self, body: dict[str, Any], event: dict[str, Any], context: Any) -> None:
        """``@laurels show helper``: what does not begin so is only about the bot. It is answered in the thread where it was asked."""
        asker = await self._asker(body, event, context)
        text = addressed(event.get("text") or "", asker.its.bot_user) if asker else None
        if asker is not None and text is not None:
            self.clerk.errands.run(self._said(Way(asker), text, event), "mention")

    async def direct(self, body: dict[str, Any], event: dict[str, Any], context: Any) -> None:
        """A direct message: all of it is a command."""
        asker = await self._asker(body, event, context)
        if asker is not None and not event.get("subtype"):
            text = event.get("text") or ""
            behind = addressed(text, asker.its.bot_user)
            self.clerk.errands.run(self._said(Way(asker, direct=True), text if behind is None else behind, event), "direct message")

    async def _slash(self, body: dict[str, Any], context: Any) -> None:
        asker = await self.clerk.who.asker(body, context, channel=body.get("channel_id") or "")
        if asker is None:
            return
        name = table.ADMIN if body["command"] == self.clerk.settings.admin_command else table.NAME
        text, way = body.get("text") or "", Way(asker, body.get("response_url") or "")
        people, words = await self._read(asker, text)
        if asked := table.asks(name, words):
            about = forms.About(name, words, tuple(people), asker.channel, url=way.url)
            if await self.forms.open(asker, body.get("trigger_id") or "", about, asked):
                return
        await self._answer(way, await self.clerk.who.command(asker, name, words, people=list(people.values())))

    async def _said(self, way: Way, text: str, event: dict[str, Any]) -> None:
        people, said = await self._read(way.asker, text)
        admin, words = typed.command(said, self.clerk.settings.command.removeprefix("/"))
        name = table.ADMIN if admin else table.NAME
        url = link(way.asker.its, way.asker.channel, event["ts"], way.asker.thread)
        await self._answer(way, await self.clerk.who.command(way.asker, name, words, people=list(people.values()), message=url))

    async def _read(self, asker: Asker, text: str) -> tuple[dict[str, Account], tuple[str, ...]]:
        """Whom a text names, and its words."""
        people = await self.clerk.who.accounts(asker, typed.named(text))
        return people, typed.read(text, {user: account.key for user, account in people.items()})

    async def _answer(self, way: Way, command: Command) -> None:
        reply = await self.clerk.ask(command)
        await self.clerk.answer(way, command, reply if command.words else _helping(command, reply))

    async def _asker(self, body: dict[str, Any], event: dict[str, Any], context: Any) -> Asker | None:
        """Who wrote a message that nobody answered yet; it has one time, under however many ids Slack tells of it."""
        if event.get("bot_id") or not event.get("user"):
            return None
        team, channel, thread = context.get("team_id") or "", event["channel"], event.get("thread_ts") or ""
        asker = await self.clerk.who.asker(body, context, channel=channel, thread=thread, ts=event["ts"])
        return asker if asker is not None and self.clerk.seen.first((team, channel, event["ts"])) else None


def _helping(command: Command, reply: Reply) -> Reply:
    """The answer to who said nothing, with what they can say."""
    return structs.replace(reply, buttons=(*reply.buttons, Button(say(command.locale, "said.help"), ("help",), command.name)))
