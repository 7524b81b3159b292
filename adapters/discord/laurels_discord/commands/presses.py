"""What happens when a button is pressed."""

from typing import Any, Final

import discord
import structlog

from laurels import Command, Reply

from .. import render
from . import table, who
from .buttons import Deed, Pressable, together
from .clerk import Clerk, deliver

_DECISIONS: Final = "nominations"

_log = structlog.get_logger(__name__)


class Presses:
    """Answers presses: what only shows something, to who pressed; what decides about a nomination, on the message that it stands on.

    What began in private goes on there.
    """

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    async def pressed(self, interaction: discord.Interaction, what: str) -> None:
        """Somebody wants what a button means."""
        if (command := await self._meant(interaction, what)) is None:
            return
        reply = await self.clerk.ask(command)
        try:
            if command.words[:1] == (_DECISIONS,) and await self._decided(interaction, command, reply):
                return
            shown, hidden = await self.clerk.shown(reply, command), _is_private(interaction)
            if hidden and reply.ok and command.words[:1] != (_DECISIONS,):
                await interaction.edit_original_response(**shown)
            else:
                await deliver(interaction, shown, alone=hidden or reply.private or table.reads(command.name, command.words))
        except discord.HTTPException as error:
            _log.warning("an answer could not be shown", command=command.name, verb=command.words[:1], why=str(error))

    async def turned(self, interaction: discord.Interaction, asker: int, page: int, what: str) -> None:
        """Somebody wants another page."""
        if (command := await self._meant(interaction, what)) is None:
            return
        if interaction.user.id != asker:
            await self.clerk.say(interaction, "not_yours", command=" ".join((command.name, *command.words[:1])))
            return
        reply = await self.clerk.ask(command)
        shown = await self.clerk.shown(reply, command, page)
        if reply.ok and (_is_private(interaction) or not reply.private):
            await interaction.edit_original_response(**shown)
        else:
            await deliver(interaction, shown, alone=True)

    async def _meant(self, interaction: discord.Interaction, what: str) -> Command | None:
        """The command, once Discord is told that it comes; None where it came before, or is not known any more."""
        if not self.clerk.first(interaction):
            return None
        await interaction.response.defer()
        meaning = await self.clerk.pocket.unpack(what)
        if meaning is None:
            await self.clerk.say(interaction, "old")
            return None
        name, *words = meaning
        return who.command(interaction, name, words)

    async def _decided(self, interaction: discord.Interaction, command: Command, reply: Reply) -> bool:
        """Say on a nomination's message what became of it, and take away what can't be decided any more. False: it is yet to be told."""
        if not (reply.ok or reply.over):
            return False
        message = await interaction.original_response()  # as it is now: others may have decided since it was pressed
        told = reply.ok and not reply.private and not _is_private(interaction)
        changes: dict[str, Any] = {}
        if told:
            page = render.added(message.embeds, message.content, reply.text)
            changes = {"content": page.content, "embed": page.embed}
        if reply.over:
            changes["view"] = await self._left(message, command.words[2:3])
        if changes:
            await interaction.edit_original_response(**changes)
        return told

    async def _left(self, message: discord.Message, closed: tuple[str, ...]) -> discord.ui.View | None:
        """The buttons of a message without those that decide about the nomination that is closed."""
        items = []
        for item in discord.ui.View.from_message(message, timeout=None).walk_children():
            if not isinstance(item, discord.ui.Button) or not (item.custom_id or "").startswith("do:"):
                continue
            meaning = await self.clerk.pocket.unpack(str(item.custom_id).partition(":")[2])
            if meaning is not None and (meaning[1:2], meaning[3:4]) != ((_DECISIONS,), closed):
                items.append(Deed(Pressable(label=item.label, style=item.style, custom_id=item.custom_id)))
        return together(list(items))


def _is_private(interaction: discord.Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral
