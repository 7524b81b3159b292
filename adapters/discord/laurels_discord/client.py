"""The connection to Discord: one client for all servers, sharded by discord.py."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from .permissions import intents
from .settings import Settings

if TYPE_CHECKING:
    from .commands.presses import Presses

API, GATEWAY = Route.BASE, str(DiscordWebSocket.DEFAULT_GATEWAY)  # Discord's own; discord.py has them on its classes, for the process

Heard = Callable[..., Coroutine[Any, Any, Any]]


class Client(discord.AutoShardedClient):
    """discord.py's client, with what the settings ask for and the rooms that listen.

    A *room* is an object whose ``on_...`` coroutines are called with discord.py's events. *presses* answers buttons, its clerk commands.
    """

    presses: "Presses"

    def __init__(self, wanted: Settings) -> None:
        Route.BASE = wanted.api_url.rstrip("/") or API
        DiscordWebSocket.DEFAULT_GATEWAY = self.gateway = URL(wanted.gateway_url or GATEWAY)
        self._named = bool(wanted.gateway_url)
        super().__init__(intents=intents(wanted), allowed_mentions=discord.AllowedMentions.none(), max_messages=None)
        self.tree = app_commands.CommandTree(self)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard: where the settings say, whatever gateway the API names."""
        await super().launch_shard(self.gateway if self._named else gateway, shard_id, initial=initial)

    def listen(self, *rooms: object) -> None:
        """Let rooms hear what happens. Several may hear the same."""
        for name in sorted({name for room in rooms for name in dir(room) if name.startswith("on_")}):
            self.event(_together(name, [getattr(room, name) for room in rooms if hasattr(room, name)]))


def _together(name: str, heard: Sequence[Heard]) -> Heard:
    async def all_of_them(*what: Any) -> None:
        await asyncio.gather(*(one(*what) for one in heard))

    all_of_them.__name__ = name
    return heard[0] if len(heard) == 1 else all_of_them
