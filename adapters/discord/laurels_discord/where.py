"""From a place to the channel in which the bot can speak."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import discord

from laurels import Later, Place, Unreachable

from .permissions import PERMISSIONS, lacking

Owner = Callable[[str], str | None]

READY: Final = 5.0  # seconds in which a bot may still connect, and after which one that has not is asked again
OUTAGE: Final = 60.0

Room = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
Channel = Room | discord.DMChannel | discord.PartialMessageable


async def find(client: discord.Client, place: Place, community: str, owner: Owner) -> Channel:
    """The channel, thread or person. *owner* tells whose a server is: a community does not speak in another's.

    Raises Later where the bot is not connected, Unreachable where there is no such place.
    """
    await ready(client)
    if place.channel.startswith("@"):
        return await client.create_dm(discord.Object(_number(place.channel[1:])))
    guilds = [guild for guild in client.guilds if place.realm in ("", str(guild.id)) and owner(str(guild.id)) == community]
    if not guilds:
        raise Unreachable("the bot is not in that server, or the server is not this community's")
    if any(guild.unavailable for guild in guilds):
        raise Later(OUTAGE)
    channel = _channel(place.channel, guilds)
    if place.thread:
        return channel.guild.get_thread(_number(place.thread)) or _unseen(client, _number(place.thread), channel.guild)
    if not isinstance(channel, Room):
        raise Unreachable("messages can't be written there: it has threads alone, or is a category")
    return channel


async def ready(client: discord.Client) -> None:
    """Return once the bot is connected: at once, or while it comes up. Raises Later where it isn't by then."""
    with suppress(TimeoutError, RuntimeError):  # discord.py's for a client that never logged in
        async with asyncio.timeout(READY):
            return await client.wait_until_ready()
    raise Later(READY)


def _channel(name: str, guilds: Sequence[discord.Guild]) -> discord.abc.GuildChannel | discord.Thread:
    wanted = name.removeprefix("#").casefold()
    channels = [channel for guild in guilds for channel in (*guild.channels, *guild.threads)]
    found = [one for one in channels if str(one.id) == wanted] or [one for one in channels if one.name.casefold() == wanted]
    rooms = [one for one in found if isinstance(one, Room)] or found
    if not rooms:
        raise Unreachable("there is no such channel, or the bot may not see it")
    if len({room.guild.id for room in rooms}) > 1:
        raise Unreachable("several servers have a channel of that name: write its id, or the server under discord.guilds")
    return rooms[0]


def _unseen(client: discord.Client, thread: int, guild: discord.Guild) -> discord.PartialMessageable:
    """A thread that is archived, which Discord does not tell of."""
    return client.get_partial_messageable(thread, guild_id=guild.id, type=discord.ChannelType.public_thread)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise Unreachable(f"{text!r} is no id of Discord's")
    return int(text)


def allowed(channel: Channel) -> discord.Permissions:
    """What the bot may do there; all, where nobody knows."""
    if isinstance(channel, Room) and not (isinstance(channel, discord.Thread) and channel.parent is None):
        return channel.permissions_for(channel.guild.me)
    return discord.Permissions.all()


def may_write(channel: Channel) -> None:
    """Raise Unreachable where it is known that Discord would refuse a message."""
    writing = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    missing = lacking(allowed(channel), [need for need in PERMISSIONS if need.name in ("view_channel", writing)])
    if missing:
        raise Unreachable(f"the bot lacks {' and '.join(need.called for need in missing)} there")
