"""``laurels backfill``: what was written before laurels came."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime
from typing import Any, Final, NamedTuple

import discord
import structlog

from laurels import Event, Host, Page, Place, Unreachable

from . import translate
from .client import Client
from .door import readable
from .reading import Written, may_read, read
from .settings import Settings
from .translate import SOURCE

KEY: Final = "backfill"

Parent = discord.TextChannel | discord.ForumChannel

_log = structlog.get_logger(__name__)


class Shelf(NamedTuple):
    """A channel or thread, where that is, and the thread's *parent*."""

    channel: Written
    where: Place
    parent: Parent | None = None


class Cursor(NamedTuple):
    """Message *message* of channel *channel* is the last that was read."""

    channel: int = 0
    message: int = 0


async def backfill(wanted: Settings, since: datetime, host: Host) -> AsyncIterator[Page]:
    """The history of every channel that the bot may read, over REST alone. Raises Unreachable where Discord refuses."""
    client = Client(wanted)
    try:
        async with client:
            await client.login(wanted.token)
            async with aclosing(pages(client, wanted, since, host)) as found:
                async for page in found:
                    yield page
    except (discord.HTTPException, discord.LoginFailure) as refused:
        raise Unreachable(f"Discord refuses: {refused}; `laurels check` knows what is missing") from refused


async def pages(client: discord.Client, wanted: Settings, since: datetime, host: Host) -> AsyncGenerator[Page, None]:
    """The same, with a client that is logged in."""
    begun, reader = await _begun(host, since), _Reader(client, wanted, since)
    shelves = sorted(
        [shelf for guild in await _guilds(client, host) for shelf in await reader.shelves(guild)], key=lambda its: its.channel.id
    )
    for done, shelf in enumerate(shelves):
        if shelf.channel.id < begun.channel:
            continue
        start = begun.message if shelf.channel.id == begun.channel else discord.utils.time_snowflake(since) - 1
        async with aclosing(reader.read(shelf, start)) as found:
            async for events, last in found:
                mark = {"since": since.isoformat(), "channel": shelf.channel.id, "message": last}
                yield Page(tuple(events), KEY, mark, done, len(shelves), f"{shelf.channel.guild} #{shelf.channel}")
    yield Page((), KEY, None, len(shelves), len(shelves))


async def _begun(host: Host, since: datetime) -> Cursor:
    """Where an interrupted run since the same time goes on; one since another time begins anew."""
    kept: Any = await host.state.get(KEY)
    return Cursor(kept["channel"], kept["message"]) if kept and kept["since"] == since.isoformat() else Cursor()


async def _guilds(client: discord.Client, host: Host) -> list[discord.Guild]:
    """The servers that the bot is in and that belong to a community."""
    found = [guild.id async for guild in client.fetch_guilds(limit=None) if host.community(SOURCE, str(guild.id)) is not None]
    return [await client.fetch_guild(id_) for id_ in sorted(found)]


class _Reader:
    """Reads servers of which discord.py knows nothing beforehand, as there is no gateway."""

    def __init__(self, client: discord.Client, wanted: Settings, since: datetime) -> None:
        self._me, self._settings, self._since = client.user, wanted, since

    async def shelves(self, guild: discord.Guild) -> list[Shelf]:
        """Every channel and public thread that may be read and in which somebody can have written since then."""
        me = await guild.fetch_member(self._me.id if self._me else 0)
        open_ = {channel.id: channel for channel in await guild.fetch_channels() if may_read(channel.permissions_for(me))}
        found = [Shelf(channel, translate.place(channel)) for channel in open_.values() if isinstance(channel, Written)]
        threads = list(await guild.active_threads())
        for channel in open_.values():
            if isinstance(channel, Parent):
                threads += await self._archived(channel)
        for thread in threads:
            if isinstance(parent := open_.get(thread.parent_id), Parent):
                found.append(Shelf(thread, translate.place(thread, parent=parent), parent))
        return [shelf for shelf in found if readable(shelf.where, self._settings)]

    async def _archived(self, channel: Parent) -> list[discord.Thread]:
        """Public threads in the archive, the last that went there first."""
        found = []
        async for thread in channel.archived_threads(limit=None):
            if thread.archive_timestamp < self._since:
                break
            found.append(thread)
        return found

    async def read(self, shelf: Shelf, after: int) -> AsyncGenerator[tuple[list[Event], int], None]:
        """What happened there, with the last message of each page. What can't be read after all is left out."""
        if isinstance(shelf.channel, discord.Thread) and (opened := self._opened(shelf.channel, shelf)):
            yield opened, after
        try:
            async with aclosing(read(shelf.channel, after)) as found:
                async for messages in found:
                    yield [event for said in messages for event in self._events(said, shelf.where)], messages[-1].id
        except discord.Forbidden as refused:
            _log.warning("left out", channel=f"{shelf.channel.guild} #{shelf.channel}", why=str(refused))

    def _opened(self, thread: discord.Thread, shelf: Shelf) -> list[Event]:
        """That a thread was opened and is solved, where that was since then."""
        if thread.id < discord.utils.time_snowflake(self._since) or (self._me and thread.owner_id == self._me.id):
            return []
        forum = shelf.parent if isinstance(shelf.parent, discord.ForumChannel) else None
        tag = translate.threads.mark(thread, self._settings.solved, forum)
        solved = [translate.threads.solved(thread, shelf.where, tag, None)] if tag else []
        return [translate.threads.started(thread, shelf.where), *solved]

    def _events(self, said: discord.Message, where: Place) -> list[Event]:
        own = said.author == self._me
        return [] if own else translate.messages.message(said, where, seeing=self._settings.message_content)
