"""Reading what stands in channels, over REST."""

from collections.abc import AsyncGenerator
from typing import Final

import discord

PAGE: Final = 100  # the most messages that Discord gives at once

Written = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


async def read(channel: Written, after: int) -> AsyncGenerator[list[discord.Message], None]:
    """The messages of a channel behind an id, the oldest first, in pages."""
    while True:
        behind = discord.Object(after)
        messages = [message async for message in channel.history(limit=PAGE, after=behind, oldest_first=True)]
        if messages:
            yield messages
            after = messages[-1].id
        if len(messages) < PAGE:
            return


def channels(guild: discord.Guild) -> list[Written]:
    """All channels and open threads of a server that have messages which the bot may read, as far as discord.py knows them."""
    found: list[Written] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels]
    found += [thread for thread in guild.threads if thread.parent is not None]
    return [channel for channel in found if may_read(channel.permissions_for(guild.me))]


def may_read(permissions: discord.Permissions) -> bool:
    """Whether permissions let history be read."""
    return permissions.view_channel and permissions.read_message_history
