"""The connection to Discord: one client for all servers, sharded by discord.py."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .settings import Settings

Heard = Callable[..., Coroutine[Any, Any, Any]]


class Client(discord.AutoShardedClient):
    """discord.py's client, with what the settings ask for and the rooms that listen.

    A *room* is an object whose ``on_...`` coroutines are called with discord.py's events.
    """

    def __init__(self, wanted: Settings) -> None:
        if wanted.api_url:
            Route.BASE = wanted.api_url.rstrip("/")
        if wanted.gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(wanted.gateway_url)
        super().__init__(intents=intents(wanted), allowed_mentions=discord.AllowedMentions.none(), max_messages=None)
        self.tree = app_commands.CommandTree(self)

    def listen(self, *rooms: object) -> None:
        """Let rooms hear what happens. Several may hear the same."""
        for name in sorted({name for room in rooms for name in dir(room) if name.startswith("on_")}):
            self.event(_together(name, [getattr(room, name) for room in rooms if hasattr(room, name)]))


def _together(name: str, heard: Sequence[Heard]) -> Heard:
    async def all_of_them(*what: Any) -> None:
        await asyncio.gather(*(one(*what) for one in heard))

    all_of_them.__name__ = name
    return heard[0] if len(heard) == 1 else all_of_them


def intents(wanted: Settings) -> discord.Intents:
    """What is asked of the gateway: what is used, and no more."""
    asked = discord.Intents.none()
    asked.guilds = asked.guild_messages = asked.guild_reactions = asked.voice_states = asked.guild_scheduled_events = True
    asked.members, asked.message_content = wanted.members, wanted.message_content
    return asked
