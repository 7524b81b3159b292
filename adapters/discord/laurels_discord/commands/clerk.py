"""Who takes what people ask to laurels, and brings back the answer while Discord still waits for it."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

import discord
import structlog

from laurels import Account, Command, Host, Once, Reply, Seen

from .. import render
from ..translate import account
from . import buttons, pictures, table, who
from .pocket import Pocket
from .texts import say

if TYPE_CHECKING:
    from ..client import Client

PATIENCE: Final = 2.0  # seconds until an answer is put off: Discord waits for three
_KNOWN: Final = 5000  # people that were picked lately

_log = structlog.get_logger(__name__)


def clerk(interaction: discord.Interaction) -> "Clerk":
    """The clerk of the bot that was spoken to."""
    return cast("Client", interaction.client).presses.clerk


class Clerk:
    """Asks laurels, and shows the answer: to the asker alone where it is private."""

    def __init__(self, host: Host) -> None:
        self.host, self.pocket = host, Pocket(host.state)
        self.nominated = Once(host.state, "medals")  # reactions: one that is taken back and given again is told like a new one
        self._seen = Seen()
        self._met: OrderedDict[str, Account] = OrderedDict()

    def first(self, interaction: discord.Interaction) -> bool:
        """Whether this interaction was not delivered before."""
        return self._seen.first(interaction.id)

    async def ask(self, command: Command) -> Reply:
        """What laurels answers; a plain sentence where it fails."""
        try:
            return await self.host.ask(command)
        except Exception:  # whatever it is, who asked waits for words
            _log.exception("a command failed", command=command.name, verb=command.words[:1])
            return Reply(say(command.locale, "said.failed"), private=True, ok=False)

    async def serve(self, interaction: discord.Interaction, command: Command, *, alone: bool = False) -> None:
        """Answer a command or a form. *alone*: nobody else needs to read it."""
        asking = asyncio.ensure_future(self.ask(command))
        await asyncio.wait({asking}, timeout=PATIENCE)
        try:
            if not asking.done():
                await interaction.response.defer(ephemeral=True, thinking=True)
            reply = await asking
            await deliver(interaction, await self.shown(reply, command), alone=alone or reply.private)
        except discord.HTTPException as error:
            _log.warning("an answer could not be shown", command=command.name, verb=command.words[:1], why=str(error))

    async def say(self, interaction: discord.Interaction, key: str, **values: object) -> None:
        """Say something to somebody alone."""
        await deliver(interaction, {"content": say(str(interaction.locale), f"said.{key}", **values)}, alone=True)

    async def shown(self, reply: Reply, command: Command, number: int = 0) -> dict[str, Any]:
        """A page of an answer, as discord.py takes it when it edits a message: all that it shows, and None for what it has not."""
        address, files = await pictures.picture(reply)
        footer, more = (_blank(command.locale, key) for key in ("page", "more"))
        turning = table.reads(command.name, command.words)  # to ask anything else again for its next page would be to do it again
        page = render.page(reply, number, picture=address, footer=footer, more="" if turning else more)
        view = await buttons.view(self.pocket, reply, command, page)
        return {"content": page.content, "embed": page.embed, "view": view, "attachments": [*files, *pictures.attached(reply)]}

    async def typed(self, interaction: discord.Interaction, name: str, words: Sequence[str]) -> None:
        """Answer a command."""
        await self.serve(interaction, who.command(interaction, name, words, people=self.met(words)))

    def meet(self, *people: discord.abc.User | Account) -> None:
        """Remember what people are called whom somebody picked."""
        for person in people:
            its = person if isinstance(person, Account) else account(person)
            self._met[its.key] = its
            self._met.move_to_end(its.key)
        while len(self._met) > _KNOWN:
            self._met.popitem(last=False)

    def met(self, words: Sequence[str]) -> list[Account]:
        """Those whom *words* name, also as ``for=discord:12``."""
        keys = (word.rpartition("=")[2] for word in words)
        return [self._met[key] for key in keys if key in self._met]


async def deliver(interaction: discord.Interaction, shown: Mapping[str, Any], *, alone: bool) -> None:
    """Show an answer: at once, or in place of what says that it takes a while."""
    if not interaction.response.is_done():
        await interaction.response.send_message(**_new(shown), ephemeral=alone)
    elif interaction.response.type is not discord.InteractionResponseType.deferred_channel_message:
        await interaction.followup.send(**_new(shown), ephemeral=alone)
    elif alone:
        await interaction.edit_original_response(**shown)
    else:  # what was put off in private stays private, and so would the first that follows it
        await interaction.edit_original_response(content=say(str(interaction.locale), "said.below"))
        await interaction.followup.send(**_new(shown))


def _new(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What a new message takes: only what there is."""
    return {("files" if key == "attachments" else key): value for key, value in shown.items() if value not in (None, [])}


def _blank(locale: str, key: str) -> str:
    """A text whose numbers are filled in later."""
    return say(locale, f"said.{key}", page="{page}", pages="{pages}", count="{count}")
