"""Who is in voice channels, for how long, and who came to what takes place there."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import discord
import msgspec
from msgspec import Struct

from laurels import Account, Event, Place

from .door import Door
from .translate import account, voices

Vocal = discord.VoiceChannel | discord.StageChannel


class Session(Struct, frozen=True):
    """Somebody's time in one channel, by one connection of theirs, which is running."""

    who: Account
    where: Place
    since: datetime
    connection: str


class Voice:
    """Counts minutes in voice and stage channels while at least two people are there who listen; bots are no people.

    Who is deafened doesn't listen, and nobody is there in the AFK channel. What is running is kept, so that it goes on after a restart.
    """

    def __init__(self, door: Door) -> None:
        self.door = door
        self._running: dict[int, dict[int, Session]] = {}  # by server and person; a server is not in it before it was settled
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def on_voice_state_update(self, member: discord.Member, before: discord.VoiceState, after: discord.VoiceState) -> None:
        """Somebody came, went, moved, or closed or opened their ears."""
        guild = member.guild
        async with self._locks[guild.id]:
            if guild.id not in self._running:
                return  # what was running before is not known yet
            await self._follow(guild, [channel for channel in (before.channel, after.channel) if channel is not None])
        if after.channel is not None:
            await self._gathered(guild, after.channel, member.id)

    async def on_scheduled_event_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """An event may have begun: whoever is there already has come."""
        if after.guild is not None and isinstance(after.channel, Vocal):
            await self._gathered(after.guild, after.channel)

    async def settle(self, guild: discord.Guild, seen: datetime | None) -> None:
        """Bring what was running in line with who is there now. The bot was last there at *seen*: what ended since then ended then."""
        seen = seen or datetime.min.replace(tzinfo=UTC)
        async with self._locks[guild.id]:
            running = self._running.get(guild.id)
            if running is None:
                running = msgspec.convert(await self.door.host.state.get(_key(guild)) or {}, dict[int, Session], strict=False)
            present = self._present(guild, _channels(guild), running)
            ended = [id_ for id_, session in running.items() if not _goes_on(session, present.get(id_))]
            events = [event for id_ in ended for event in _attended(running[id_], min(seen, discord.utils.utcnow()))]
            self._running[guild.id] = {id_: session for id_, session in running.items() if id_ not in ended}
            await self._write(guild, present, events, changed=bool(ended))
        for channel in _channels(guild):
            await self._gathered(guild, channel)

    async def _follow(self, guild: discord.Guild, channels: Collection[Vocal]) -> None:
        """End what ended in these channels, begin what began."""
        running = self._running[guild.id]
        present = self._present(guild, channels, running)
        places = {str(channel.id) for channel in channels}
        ended = [id_ for id_, its in running.items() if its.where.channel in places and not _goes_on(its, present.get(id_))]
        events = [event for id_ in ended for event in _attended(running.pop(id_), discord.utils.utcnow())]
        await self._write(guild, present, events, changed=bool(ended))

    async def _write(self, guild: discord.Guild, present: Mapping[int, Session], events: Collection[Event], *, changed: bool) -> None:
        """First the minutes, then what is running without them: what is put twice counts once, what was never put is lost."""
        running = self._running[guild.id]
        begun = {id_: session for id_, session in present.items() if id_ not in running}
        running.update(begun)
        await self.door.put(events)
        if changed or begun:
            kept = {str(id_): msgspec.to_builtins(session) for id_, session in running.items()}
            await self.door.host.state.put(_key(guild), kept or None)

    def _present(self, guild: discord.Guild, channels: Collection[Vocal], running: Mapping[int, Session]) -> dict[int, Session]:
        """A session beginning now for everyone whose minutes count."""
        now = discord.utils.utcnow()
        found: dict[int, Session] = {}
        for channel in channels:
            where = self.door.place(channel) if channel != guild.afk_channel else None
            people = self._people(guild, channel, running) if where else []
            if where and len(people) > 1:
                found |= {int(who.id): Session(who, where, now, connection) for who, connection in people}
        return found

    async def _gathered(self, guild: discord.Guild, channel: Vocal, only: int | None = None) -> None:
        """Whoever listens in a channel has come to what takes place there; *only* one of them may be news."""
        active = [
            event for event in guild.scheduled_events if event.channel_id == channel.id and event.status is discord.EventStatus.active
        ]
        where = self.door.place(channel) if active else None
        if where is not None:
            people = self._people(guild, channel, self._running.get(guild.id, {}))
            came = [who for who, _ in people if only in {None, int(who.id)}]
            await self.door.put(voices.gathered(event, who, where, discord.utils.utcnow()) for event in active for who in came)

    @staticmethod
    def _people(guild: discord.Guild, channel: Vocal, running: Mapping[int, Session]) -> list[tuple[Account, str]]:
        """Who listens in a channel, by which connection. Who came before the bot did is known from what is running, if at all."""
        found = []
        for id_, state in channel.voice_states.items():
            member = guild.get_member(id_)
            who = account(member) if member else running[id_].who if id_ in running else None
            if who is not None and not (who.bot or state.deaf or state.self_deaf):
                found.append((who, state.session_id or ""))
        return found


def _channels(guild: discord.Guild) -> list[Vocal]:
    return [*guild.voice_channels, *guild.stage_channels]


def _goes_on(session: Session, now: Session | None) -> bool:
    return now is not None and (now.where.channel, now.connection) == (session.where.channel, session.connection)


def _attended(session: Session, until: datetime) -> list[Event]:
    return voices.attended(session.who, session.where, session.since, until)


def _key(guild: discord.Guild) -> str:
    return f"voice:{guild.id}"
