"""People who come, leave and boost. What a system message tells and what the members intent tells are states of one thing."""

from datetime import datetime

import discord

from laurels import Account, Event, Place

from .source import SOURCE, account, micros


def joined(member: discord.Member) -> list[Event]:
    """Somebody came, as the members intent tells it."""
    if member.joined_at is None:
        return []
    return [_state("joined", member.guild.id, account(member), micros(member.joined_at), time=member.joined_at)]


def left(guild_id: int, user: discord.abc.User, moment: datetime) -> Event:
    """Somebody left, whom only the members intent tells of."""
    return _state("joined", guild_id, account(user), micros(moment), time=moment, on=False)


def welcomed(said: discord.Message, here: Place) -> Event:
    """Somebody came, as Discord's own message in the server's channel tells it."""
    return _state("joined", int(here.realm), account(said.author), str(said.id), time=said.created_at, here=here)


def boosting(before: discord.Member, after: discord.Member, moment: datetime) -> list[Event]:
    """Somebody began to boost, or boosts no more, as the members intent tells it."""
    if (before.premium_since is None) == (after.premium_since is None):
        return []
    since = after.premium_since
    return [_state("boosting", after.guild.id, account(after), micros(since or moment), time=since or moment, on=since is not None)]


def thanked_for_boost(said: discord.Message, here: Place) -> Event:
    """Somebody boosts, as Discord's own message tells it. Who boosts twice is one who boosts."""
    return _state("boosting", int(here.realm), account(said.author), str(said.id), time=said.created_at, here=here)


def _state(what: str, guild_id: int, who: Account, tells: str, *, time: datetime, here: Place | None = None, on: bool = True) -> Event:
    type_, its = "member.joined" if what == "joined" else "member.boosted", f"{guild_id}:{what}:{who.id}"
    return Event(f"{its}:{tells}", SOURCE, type_, time, who, {}, here, realm=str(guild_id), thing=its, on=on)
