"""Coming into a server: nothing is posted there, but whoever let the bot in hears in private what to do next."""

import asyncio
from datetime import timedelta
from typing import Final

import discord
import structlog
from discord.utils import utcnow

from laurels import Host

from .prose import plain
from .translate import SOURCE

_log = structlog.get_logger(__name__)

RECENT: Final = timedelta(days=7)  # a server that was joined before, and that nothing was said about, is left in peace
_ENTRIES: Final = 20  # of the audit log
_NAME: Final = 100  # characters


class Welcome:
    """Tells it once for each server, and again if a community takes the server in later, or if the bot is let in anew."""

    def __init__(self, client: discord.Client, host: Host) -> None:
        self.client, self.host = client, host
        self._one = asyncio.Lock()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was let in."""
        await self._greet(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is there again: it may have let the bot in while that was away."""
        await self._look(guild)

    async def on_ready(self) -> None:
        """Look for servers that let the bot in while it was away."""
        for guild in self.client.guilds:
            await self._look(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was put out: everything is kept, and goes on if it comes back."""
        await self.host.state.put(_key(guild), None)
        _log.warning("no longer in a server; what was counted is kept", server=guild.id)

    async def _look(self, guild: discord.Guild) -> None:
        joined = guild.me.joined_at if guild.me else None
        if joined is not None and utcnow() - joined < RECENT:
            await self._greet(guild)

    async def _greet(self, guild: discord.Guild) -> None:
        async with self._one:
            community = self.host.community(SOURCE, str(guild.id)) or ""
            if await self.host.state.get(_key(guild)) == community:
                return
            if await self._told(guild, "taken" if community else "stranger"):
                await self.host.state.put(_key(guild), community)

    async def _told(self, guild: discord.Guild, key: str) -> bool:
        """Write to the installer. False where another try may do better."""
        whom = await _installer(guild)
        called = plain(guild.name, _NAME)
        text = self.host.say(f"welcome.{key}", SOURCE, str(guild.id), str(guild.preferred_locale), server=called, realm=guild.id)
        try:
            channel = await self.client.create_dm(discord.Object(whom))
            await channel.send(text)
        except (discord.Forbidden, discord.NotFound):
            _log.warning("nobody could be told in private what to do next: type /badges-admin setup there", server=guild.id, person=whom)
        except discord.HTTPException as error:
            _log.warning("nobody was told yet what to do next", server=guild.id, why=str(error))
            return False
        return True


async def _installer(guild: discord.Guild) -> int:
    """Who let the bot in, where the audit log may be read and says so; else the owner."""
    me = guild.me
    try:
        if me and me.guild_permissions.view_audit_log:
            async for entry in guild.audit_logs(action=discord.AuditLogAction.bot_add, limit=_ENTRIES):
                if entry.user_id and entry.target is not None and entry.target.id == me.id:
                    return entry.user_id
    except discord.HTTPException:
        pass
    return guild.owner_id or 0


def _key(guild: discord.Guild) -> str:
    return f"welcomed:{guild.id}"
