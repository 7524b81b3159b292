"""Time in voice channels, and who came to what was announced there."""

from datetime import datetime

import discord

from laurels import Account, Event, Place

from .source import SOURCE, micros

MINUTE = 60


def attended(who: Account, where: Place, since: datetime, until: datetime) -> list[Event]:
    """Somebody was in a voice channel for so many whole minutes; nothing where it was less than one."""
    minutes = int((until - since).total_seconds()) // MINUTE
    if minutes < 1:
        return []
    id_ = f"{where.realm}:voice:{who.id}:{micros(since)}"
    return [Event(id_, SOURCE, "voice.attended", until, who, {"minutes": minutes}, where, realm=where.realm)]


def gathered(event: discord.ScheduledEvent, who: Account, where: Place, moment: datetime) -> Event:
    """Somebody was there while a scheduled event took place. One that recurs is another each time, by when it was to begin."""
    id_ = f"gathering:{event.id}:{event.start_time:%Y%m%d%H%M}:{who.id}"
    return Event(id_, SOURCE, "gathering.attended", moment, who, {"gathering": str(event.id)}, where, realm=where.realm)
