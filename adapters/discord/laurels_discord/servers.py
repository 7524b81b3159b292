"""What the bot lacks in the servers that communities name."""

from collections.abc import Iterator, Sequence
from typing import Final

import discord

from laurels import Note, Problem, Tenant

from . import roles
from .client import Client
from .door import readable
from .faults import WHERE
from .permissions import PERMISSIONS, Need, asked, invite, lacking
from .settings import Settings
from .translate import place

MOST: Final = 25  # servers that are looked into, with three requests each
_EVERY: Final = "*"
_ANNOUNCING: Final = ("view_channel", "send_messages", "embed_links", "attach_files")


async def problems(client: Client, wanted: Settings, tenants: Sequence[Tenant]) -> list[Problem]:
    """What is wrong in the servers, and with those that the bot is not in. Raises discord.py's errors."""
    there = {str(guild.id): guild async for guild in client.fetch_guilds(limit=None)}
    found = [*_absent(client, wanted, tenants, there), *_strange(tenants, there)]
    taken = [(tenant, there[realm]) for tenant in tenants for realm in _realms(tenant, tenants, there)]
    if len(taken) > MOST:
        found.append(Note(WHERE, "", f"only the first {MOST} of {len(taken)} servers were looked into"))
    looked = [(tenant, await _Server.fetched(client, guild.id)) for tenant, guild in taken[:MOST]]
    for _, server in looked:
        found += server.lacks(wanted)
    for tenant in tenants:
        found += _announcing(tenant, [server for of, server in looked if of is tenant])
    return found


class _Server:
    """A server as it is seen over HTTP: roles, channels, and the bot's own membership."""

    def __init__(self, guild: discord.Guild, me: discord.Member, channels: Sequence[discord.abc.GuildChannel]) -> None:
        self.guild, self.me, self.channels = guild, me, channels

    @classmethod
    async def fetched(cls, client: Client, id_: int) -> "_Server":
        guild = await client.fetch_guild(id_, with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        return cls(guild, me, await guild.fetch_channels())

    def lacks(self, wanted: Settings) -> Iterator[Problem]:
        """What the bot may not do anywhere in the server, and what it may beyond need."""
        if self.me.guild_permissions.administrator:
            yield Note(WHERE, "", f"in {self.guild.name} the bot is Administrator, which it does not need", "take it from its role")
        needs = [need for need in asked(PERMISSIONS, wanted) if need.setting != "roles"]
        missing = lacking(self.me.guild_permissions, needs)
        if missing:
            what = f"in {self.guild.name} the bot may not {_listed(missing)}"
            yield Problem(WHERE, "", what, "open the link by which it is let in again")
        if not any(readable(place(channel), wanted) for channel in self.channels if isinstance(channel, discord.abc.Messageable)):
            what = f"in {self.guild.name} no channel can be seen by everyone, and others are not read"
            yield Note(WHERE, "private_channels", what, "write private_channels = true, or the ids of those that shall be read")
        yield from roles.problems(self.guild, self.me, wanted)

    def named(self, name: str) -> discord.abc.GuildChannel | None:
        """The channel of this id or name."""
        plain = name.removeprefix("#").casefold()
        return next((channel for channel in self.channels if plain in (str(channel.id), channel.name.casefold())), None)


def _realms(tenant: Tenant, tenants: Sequence[Tenant], there: dict[str, discord.Guild]) -> list[str]:
    """The servers that belong to a community and that the bot is in."""
    named = {realm for other in tenants for realm in other.realms}
    return [realm for realm in there if realm in tenant.realms or (_EVERY in tenant.realms and realm not in named)]


def _absent(client: Client, wanted: Settings, tenants: Sequence[Tenant], there: dict[str, discord.Guild]) -> Iterator[Problem]:
    link = invite(client.application_id or 0, wanted)
    for tenant in tenants:
        for realm in tenant.realms:
            if realm != _EVERY and realm not in there:
                yield Problem(f"communities.{tenant.name}", "discord.guilds", f"the bot is not in the server {realm}", f"open {link}")


def _strange(tenants: Sequence[Tenant], there: dict[str, discord.Guild]) -> Iterator[Note]:
    known = {realm for tenant in tenants for realm in tenant.realms}
    for realm, guild in there.items() if _EVERY not in known else ():
        if realm not in known:
            yield Note(WHERE, "", f"{guild.name} belongs to no community: nothing is read there", f"discord.guilds = [{realm}] takes it in")


def _announcing(tenant: Tenant, servers: Sequence[_Server]) -> Iterator[Problem]:
    """What keeps news from the channels that the community announces in."""
    needs = [need for need in PERMISSIONS if need.name in _ANNOUNCING]
    for name in tenant.announce if servers else ():
        channels = [channel for server in servers if (channel := server.named(name)) is not None]
        if not channels:
            names = ", ".join(server.guild.name for server in servers)
            yield Problem(f"communities.{tenant.name}", "announce", f"there is no channel {name!r} in {names}")
        for server in servers:
            channel = server.named(name)
            missing = lacking(channel.permissions_for(server.me), needs) if channel is not None else []
            if missing:
                what = f"in {name} of {server.guild.name} the bot may not {_listed(missing)}"
                yield Problem(f"communities.{tenant.name}", "announce", what, "Edit Channel, Permissions, add the bot's role")


def _listed(needs: Sequence[Need]) -> str:
    return "; ".join(f"{need.called} ({need.why})" for need in needs)
