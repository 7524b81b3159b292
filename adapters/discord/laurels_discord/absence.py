"""While the bot was away: when that was, what it missed, and that it is read once it is back."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import discord
import structlog

from laurels import Event, Place

from . import reading, translate
from .door import Door
from .translate import SOURCE
from .voice import Voice

KEY: Final = "seen"  # by server, when the bot was last connected
EVERY: Final = timedelta(minutes=1)  # at the most
MARGIN: Final = timedelta(minutes=5)  # a shard may have been dead for a while, unnoticed, while others heard

_log = structlog.get_logger(__name__)


class Reads(Protocol):
    """Makes events of a message."""

    def read(self, message: discord.Message) -> list[Event]:
        """What it comes to."""
        ...


class Absence:
    """Notes now and then, when something was heard, that the bot is there, and reads what people wrote while it was not.

    By shard, since each has a connection of its own; a session that is resumed has missed nothing, as Discord sends again what came since.
    """

    def __init__(self, door: Door, reader: Reads, voice: Voice) -> None:
        self.door, self.reader, self.voice, self.client = door, reader, voice, door.client
        self.seen: dict[int, datetime] | None = None
        self._there: set[int | None] = set()  # shards that have caught up
        self._one: defaultdict[int | None, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._sessions: Counter[int] = Counter()
        self._due = datetime.min.replace(tzinfo=UTC)
        door.heard = self.heard

    async def on_shard_ready(self, shard_id: int) -> None:
        """A new session: nothing of what was before is sent again. Twice in a row, the second waits and finds little."""
        session = self._leave(shard_id)
        async with self._one[shard_id]:
            begun = discord.utils.utcnow()
            await self._remember()
            for guild in self._guilds(shard_id):
                await self._return(guild)
            if session == self._sessions[shard_id]:  # else it broke off meanwhile
                self._there.add(shard_id)
            await self.note(self._guilds(shard_id), begun)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """The old session goes on, once what it was catching up with is read."""
        session = self._sessions[shard_id]
        async with self._one[shard_id]:
            if session == self._sessions[shard_id]:
                self._there.add(shard_id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot came to a server, where nothing that was before concerns it."""
        self.door.forget()
        (self.seen or {}).pop(guild.id, None)
        await self._appeared(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is back after an outage of Discord's."""
        await self._appeared(guild)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """From here on the bot is away."""
        self._leave(shard_id)

    async def heard(self) -> None:
        """Something was heard: the bot is there."""
        if self._there and discord.utils.utcnow() >= self._due:
            await self.note([guild for guild in self.client.guilds if guild.shard_id in self._there], discord.utils.utcnow())

    async def note(self, guilds: Sequence[discord.Guild], now: datetime) -> None:
        """Write down where the bot was. Of other servers, what was written stays."""
        self._due = now + EVERY
        self.seen = (self.seen or {}) | {guild.id: now for guild in guilds}
        await self.door.host.state.put(KEY, {str(id_): time.timestamp() for id_, time in self.seen.items()})

    async def _appeared(self, guild: discord.Guild) -> None:
        async with self._one[guild.shard_id]:
            if guild.shard_id in self._there:  # else it is among those that the shard comes back to
                begun = discord.utils.utcnow()
                await self._return(guild)
                await self.note([guild], begun)

    def _leave(self, shard_id: int) -> int:
        """The bot is not there, or not yet. What comes next is another session, with a number of its own."""
        self._there.discard(shard_id)
        self._sessions[shard_id] += 1
        return self._sessions[shard_id]

    async def _remember(self) -> None:
        if self.seen is None:
            kept = await self.door.host.state.get(KEY) or {}
            self.seen = {int(id_): datetime.fromtimestamp(time, UTC) for id_, time in kept.items()}

    def _guilds(self, shard_id: int) -> Sequence[discord.Guild]:
        return [guild for guild in self.client.guilds if guild.shard_id == shard_id]

    async def _return(self, guild: discord.Guild) -> None:
        """Back at a server, which for the first time has no reading."""
        if not self.door.known(guild.id):
            await self.door.put(translate.members.joined(guild.me))  # is dropped there, and named by `laurels status`
            return
        now, seen = discord.utils.utcnow(), (self.seen or {}).get(guild.id)
        await self.voice.settle(guild, seen)
        bound = self.door.settings.missed
        if seen is not None and bound:
            await self._catch_up(guild, max(seen - MARGIN, now - bound))

    async def _catch_up(self, guild: discord.Guild, since: datetime) -> None:
        first = discord.utils.time_snowflake(since)
        for channel in reading.channels(guild):
            if (channel.last_message_id or 0) >= first and self.door.place(channel):
                await self._read(channel, first)
        for thread in guild.threads:
            if where := self.door.place(thread):
                await self.door.put(self._opened(thread, where, first))

    def _opened(self, thread: discord.Thread, where: Place, first: int) -> list[Event]:
        """That a thread was opened since then, and that it is solved, perhaps since then."""
        opened = [translate.threads.started(thread, where)] if thread.id >= first else []
        tag = translate.threads.mark(thread, self.door.settings.solved)
        return [*opened, translate.threads.solved(thread, where, tag, None)] if tag else opened

    async def _read(self, channel: reading.Written, first: int) -> None:
        try:
            async for messages in reading.read(channel, first):
                for message in messages:
                    await self.door.put(self.reader.read(message))
        except discord.HTTPException as refused:
            _log.warning("could not read what was missed", channel=f"{SOURCE}:#{channel}", why=str(refused))
