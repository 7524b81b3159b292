"""Where it happened."""

import discord

from laurels import Place

from .source import SOURCE

Channel = discord.abc.GuildChannel | discord.Thread


def place(channel: Channel, url: str = "", parent: discord.abc.GuildChannel | None = None) -> Place:
    """A channel or thread of a server, by the name of the channel. *parent* is the thread's, where discord.py does not know it."""
    home = parent or (channel.parent if isinstance(channel, discord.Thread) else channel)
    thread = str(channel.id) if isinstance(channel, discord.Thread) else ""
    root = str(home.id if home else getattr(channel, "parent_id", channel.id))
    url = url or f"https://discord.com/channels/{channel.guild.id}/{channel.id}"
    return Place(SOURCE, root, thread, str(channel.guild.id), f"#{home or channel}", url, hidden(channel, home))


def hidden(channel: Channel, home: discord.abc.GuildChannel | None) -> bool:
    """Whether not everyone in the server may look at it. A thread whose channel is not known counts as one that they may not."""
    if home is None or (isinstance(channel, discord.Thread) and channel.is_private()):
        return True
    return not home.permissions_for(home.guild.default_role).view_channel


def at(where: Place, message_id: int) -> Place:
    """One message at a place: the same, with the link to it."""
    link = f"{where.url}/{message_id}"
    return Place(where.platform, where.channel, where.thread, where.realm, where.name, link, where.private)
