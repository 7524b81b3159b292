"""Roles that go with badges: given to whoever holds them, taken from whoever no longer does. No other role is touched."""

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from laurels import Holder, Later, Problem, Unreachable

from .faults import WHERE
from .refusals import understood
from .settings import Settings
from .where import OUTAGE, Owner, ready

_REASON: Final = "badges"
_ORDER: Final = "Server Settings, Roles: drag the bot's role above it"


async def reward(client: discord.Client, owner: Owner, wanted: Settings, holder: Holder) -> None:
    """Bring somebody's roles in line, in every server of the community that they are in.

    Raises Later while the bot is not connected, Unreachable where an administrator has to help; what could be done is done then.
    """
    await ready(client)
    guilds = [guild for guild in client.guilds if owner(str(guild.id)) == holder.community]
    if any(guild.unavailable for guild in guilds):
        raise Later(OUTAGE)
    if not holder.account.id.isdecimal():  # of somebody who was forgotten
        return
    hindered = _hindrances(guilds, wanted)
    with understood():
        for guild in guilds:
            await _in_line(guild, wanted, holder)
    if hindered:
        raise Unreachable("; ".join(hindered))


def _hindrances(guilds: Sequence[discord.Guild], wanted: Settings) -> list[str]:
    """What an administrator has to help with. A role need not be in every server of a community."""
    told = [problem.what for guild in guilds for problem in _faults(guild, guild.me, wanted)]
    missing = [name for name in wanted.roles.values() if guilds and not any(_found(guild, name) for guild in guilds)]
    return list(dict.fromkeys([*told, *(f"there is no role {name!r}" for name in missing)]))


async def _in_line(guild: discord.Guild, wanted: Settings, holder: Holder) -> None:
    ours = [role for role in [_found(guild, name) for name in wanted.roles.values()] if role is not None and not _hindered(role, guild.me)]
    if not ours or not guild.me.guild_permissions.manage_roles:
        return
    try:
        member = await guild.fetch_member(int(holder.account.id))
    except discord.NotFound:  # they left
        return
    due = {_found(guild, name) for name in deserved(wanted.roles, holder.held)}
    has = set(member.roles)
    await member.add_roles(*(role for role in dict.fromkeys(ours) if role in due and role not in has), reason=_REASON)
    await member.remove_roles(*(role for role in dict.fromkeys(ours) if role in has and role not in due), reason=_REASON)


def deserved(roles: Mapping[str, str | int], held: Mapping[str, int]) -> list[str | int]:
    """The roles of whoever holds *held*: ``badge@2`` stands for level 2 or higher, as in requirements."""
    return [role for badge, role in roles.items() if _reached(badge, held)]


def _reached(badge: str, held: Mapping[str, int]) -> bool:
    slug, _, level = badge.rpartition("@")
    return held.get(slug, 0) >= int(level) if slug and level.isdecimal() else badge in held


def problems(guild: discord.Guild, me: discord.Member, wanted: Settings) -> list[Problem]:
    """Why roles of the settings can't be given in a server by the bot, who is *me* there."""
    missing = [
        Problem(WHERE, "roles", f"in {guild.name} there is no role {name!r}", "make it there, or correct the name")
        for name in dict.fromkeys(wanted.roles.values()) if _found(guild, name) is None
    ]  # fmt: skip
    return [*_faults(guild, me, wanted), *missing]


def _faults(guild: discord.Guild, me: discord.Member, wanted: Settings) -> list[Problem]:
    if wanted.roles and not me.guild_permissions.manage_roles:
        return [Problem(WHERE, "roles", f"in {guild.name} the bot lacks Manage Roles", "open the link by which it is let in again")]
    roles = dict.fromkeys(role for name in wanted.roles.values() if (role := _found(guild, name)) is not None)
    faults = [fault for role in roles if (fault := _hindered(role, me)) is not None]
    return [Problem(WHERE, "roles", f"in {guild.name} {what}", hint) for what, hint in faults]


def _hindered(role: discord.Role, me: discord.Member) -> tuple[str, str] | None:
    """What keeps the bot from giving a role, and what would help."""
    if role.is_default() or role.managed:
        return f"{role.name!r} is a role that nobody can give", "name another one"
    if role >= me.top_role and me.guild.owner_id != me.id:
        return f"the role {role.name!r} stands above the bot's highest role, {me.top_role.name!r}", _ORDER
    return None


def _found(guild: discord.Guild, name: str | int) -> discord.Role | None:
    """The role of this id or name."""
    roles: Sequence[discord.Role] = guild.roles
    return next((role for role in roles if str(role.id) == str(name)), next((role for role in roles if role.name == str(name)), None))
