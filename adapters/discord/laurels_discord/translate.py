"""From discord.py's objects to events. Pure."""

import discord

from laurels import Account, Event, Place

SOURCE = "discord"


def account(user: discord.abc.User) -> Account:
    """Somebody on Discord, whose ids are the same in every server."""
    return Account(SOURCE, str(user.id), name=user.display_name, bot=user.bot)


def place(channel: discord.abc.GuildChannel | discord.Thread, url: str = "") -> Place:
    """A channel or thread of a server."""
    guild = getattr(channel, "guild", None)
    return Place(SOURCE, str(channel.id), realm=str(guild.id) if guild else "", name=f"#{channel}", url=url)


def message(said: discord.Message) -> list[Event]:
    """What a message comes to."""
    if said.guild is None:
        return []
    realm = str(said.guild.id)
    if not isinstance(said.channel, discord.abc.GuildChannel | discord.Thread):
        return []
    where = place(said.channel, said.jump_url)
    return [Event(str(said.id), SOURCE, "message.posted", said.created_at, account(said.author), {}, where, realm=realm)]
