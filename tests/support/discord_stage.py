"""A laurels with a bot in a Discord that is simulated: discord.py's own parsers, cache, commands and views over an in-memory server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import simcord

from laurels.app import App
from laurels.testing.pack import gather
from laurels.testing.settings import settings
from laurels_discord import DiscordAdapter, Settings

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # as simcord has it


class Offline(DiscordAdapter):
    """The adapter, whose client is connected by simcord."""

    async def connect(self) -> None:
        await asyncio.Event().wait()


class Stage:
    """*app* counts; *adapter* is in *env*, where tests act as people. After each act: :meth:`rest`."""

    def __init__(self, app: App, wanted: Settings) -> None:
        self.app, self.wanted = app, wanted
        self.adapter: Offline
        self.env: Any = None
        self.community = next(iter(app.config.communities))

    @property
    def now(self) -> datetime:
        """The time in the simulated Discord, which is laurels' too."""
        return self.env.now() if self.env is not None else BEGINNING

    def arrive(self) -> discord.Client:
        """A new process of the bot on the same database; what it is to be connected to the env with."""
        self.adapter = self.app.adapters["discord"] = Offline(self.wanted)
        return self.adapter.attach(self.app.host("discord"))

    async def restart(self) -> None:
        """The bot is gone, and comes back; the world goes on."""
        await self.env.restart_bot(self.arrive())

    async def rest(self) -> None:
        """Return once all that the gateway told is heard, counted and announced, and the bot has done what follows."""
        await self.env.settle()
        while under_way := [task for task in asyncio.all_tasks() if _is_hearing(task)]:
            await asyncio.wait(under_way)
        self.app.engine.wake()
        await self.app.rest()
        await self.env.settle()

    async def held(self, member: Any) -> list[str]:
        """``badge@level`` of what stands for somebody."""
        awards = await self.app.store.awards(self.community)
        return sorted(f"{award.badge}@{award.level}" for award in awards if f"discord:{member.id}" in award.accounts)


def _is_hearing(task: asyncio.Task[Any]) -> bool:
    """Whether a task runs something that hears, or waits for a shard to be ready, which will be heard."""
    return task.get_name().startswith("discord.py: on_") or "_delay_" in getattr(task.get_coro(), "__qualname__", "")


@asynccontextmanager
async def staged(folder: Path, pack: Any = (), *, configuration: str = "", **options: Any) -> AsyncIterator[Stage]:
    """*pack* as for the World; *configuration* is the text of a laurels.toml without adapters, *options* those of the adapter's settings.

    The first community takes in every server and is live, unless the configuration says else.
    """
    known = {name: options.pop(name) for name in ("approved_intents", "strict_sync", "check_errors", "shard_count") if name in options}
    known.setdefault("shard_count", 1)
    app = App(settings(folder, configuration), gather(pack), clock=lambda: stage.now)
    stage = Stage(app, Settings(token="simulated", **options))
    client = stage.arrive()
    async with app:
        app.start(announce=False)
        async with simcord.run(client, **known) as env:
            stage.env = env
            yield stage
