"""Who comes back to a server gets back the roles of their badges, which Discord took when they left."""

import discord

from laurels import Host

from .settings import Settings
from .translate import account


class Returning:
    """Hears who comes, with the members intent."""

    def __init__(self, host: Host, wanted: Settings) -> None:
        self.host, self.settings = host, wanted

    async def on_member_join(self, member: discord.Member) -> None:
        """Somebody came, perhaps not for the first time."""
        if self.settings.roles and not member.bot:
            await self.host.show_again(account(member), str(member.guild.id))
