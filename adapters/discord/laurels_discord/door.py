"""What of Discord is read at all, and where it goes."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import discord
import structlog

from laurels import Event, ForeignRealm, Host, InvalidEvent, Place

from .settings import Settings
from .translate import SOURCE, place

_log = structlog.get_logger(__name__)
_MOST: Final = 50_000  # channels and threads whose place is remembered


class Door:
    """Lets in what happens in the channels of servers that belong to a community; in private ones only where the settings say so."""

    def __init__(self, client: discord.Client, host: Host, wanted: Settings) -> None:
        self.client, self.host, self.settings = client, host, wanted
        self.heard: Callable[[], Awaitable[None]] | None = None  # is told that something came in
        self._places: dict[int, Place | None] = {}

    def place(self, channel: object) -> Place | None:
        """Where a channel or thread is, or None where nothing is read: elsewhere, in private, or in what discord.py doesn't know."""
        id_ = getattr(channel, "id", None)
        if id_ in self._places:
            return self._places[id_]
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return None
        if len(self._places) >= _MOST:
            self._places.clear()
        found = self._places[channel.id] = self._look(channel)
        return found

    def at(self, guild_id: int | None, channel_id: int) -> Place | None:
        """The same, by the ids that raw events have."""
        guild = self.client.get_guild(guild_id) if guild_id else None
        return self.place(guild.get_channel_or_thread(channel_id)) if guild else None

    def known(self, guild_id: int) -> bool:
        """Whether a server belongs to a community."""
        return self.host.community(SOURCE, str(guild_id)) is not None

    def forget(self) -> None:
        """Look again at what is private and what is called how: something about channels or roles was changed."""
        self._places.clear()

    async def put(self, events: Iterable[Event]) -> None:
        """Take events, one after the other. One that laurels can't keep costs only itself."""
        for event in events:
            try:
                await self.host.put(event)
            except (InvalidEvent, ForeignRealm) as refused:
                _log.warning("left out", event=event.id, type=event.type, why=str(refused))
        if self.heard is not None:
            await self.heard()

    def _look(self, channel: discord.abc.GuildChannel | discord.Thread) -> Place | None:
        if not self.known(channel.guild.id):
            return None
        found = place(channel)
        return found if readable(found, self.settings) else None


def readable(where: Place, wanted: Settings) -> bool:
    """Whether the settings let a place be read."""
    allowed = wanted.private_channels
    return not where.private or (allowed if isinstance(allowed, bool) else where.channel in map(str, allowed))
