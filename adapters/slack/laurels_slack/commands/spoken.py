"""What is typed: behind a slash, to the bot in a channel or thread, or to it alone."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from laurels import Account

from ..translate.addressing import addressed
from . import forms, table, typed
from .clerk import Clerk
from .courier import Way
from .who import Asker, link


class Said(NamedTuple):
    """A text: whom it names, by id; what channels and groups in it are called; and its words."""

    people: Mapping[str, Account]
    called: Mapping[str, str]
    words: tuple[str, ...]


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
        its = await self._read(asker, text)
        if asked := table.asks(name, its.words):
            about = forms.About(name, its.words, tuple(its.people), asker.channel, url=way.url)
            if await self.forms.open(asker, body.get("trigger_id") or "", about, asked):
                return
        people = list(its.people.values())
        await self.clerk.serve(way, await self.clerk.who.command(asker, name, its.words, people=people, called=its.called))

    async def _said(self, way: Way, text: str, event: dict[str, Any]) -> None:
        """What is said has one time, under however many ids Slack tells of it, and to whichever process."""
        if not await self.clerk.heard.first(f"{way.asker.team}:{way.asker.channel}:{event['ts']}"):
            return
        its = await self._read(way.asker, text)
        admin, words = typed.command(its.words, self.clerk.settings.command.removeprefix("/"))
        name, people = table.ADMIN if admin else table.NAME, list(its.people.values())
        url = "" if way.direct else link(way.asker.its, way.asker.channel, event["ts"], way.asker.thread)  # nobody else could look at that
        await self.clerk.serve(way, await self.clerk.who.command(way.asker, name, words, people=people, called=its.called, message=url))

    async def _read(self, asker: Asker, text: str) -> Said:
        people = await self.clerk.who.accounts(asker, typed.named(text))
        called = {word: label or await self.clerk.who.called(asker, word) for word, label in typed.labelled(text).items()}
        return Said(people, called, typed.read(text, {user: account.key for user, account in people.items()}))

    async def _asker(self, body: dict[str, Any], event: dict[str, Any], context: Any) -> Asker | None:
        """Who wrote a message; nobody where that was a bot."""
        if event.get("bot_id") or not event.get("user"):
            return None
        thread = event.get("thread_ts") or ""
        return await self.clerk.who.asker(body, context, channel=event["channel"], thread=thread, ts=event["ts"])
