"""The connection to Discord: one client for all servers, sharded by discord.py."""

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .settings import Settings


class Client(discord.AutoShardedClient):
    """discord.py's client, with what the settings ask for and the rooms that listen.

    A *room* is an object whose ``on_...`` coroutines are called with discord.py's events; each event has one room.
    """

    def __init__(self, wanted: Settings) -> None:
        if wanted.api_url:
            Route.BASE = wanted.api_url.rstrip("/")
        if wanted.gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(wanted.gateway_url)
        super().__init__(intents=intents(wanted), allowed_mentions=discord.AllowedMentions.none(), max_messages=None)
        self.tree = app_commands.CommandTree(self)

    def listen(self, room: object) -> None:
        """Let a room hear what happens. Raises ValueError where another hears it already."""
        for name in dir(room):
            if name.startswith("on_"):
                if name in self.__dict__:
                    raise ValueError(f"{name} is heard already")
                self.event(getattr(room, name))


def intents(wanted: Settings) -> discord.Intents:
    """What is asked of the gateway: what is used, and no more."""
    asked = discord.Intents.none()
    asked.guilds = asked.guild_messages = asked.guild_reactions = asked.voice_states = asked.guild_scheduled_events = True
    asked.members, asked.message_content = wanted.members, wanted.message_content
    return asked
