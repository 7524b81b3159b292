"""What the gateway tells, put into the journal."""

import discord

from laurels import Host

from . import translate
from .settings import Settings


class Receiver:
    """Hears what happens in servers."""

    def __init__(self, client: discord.Client, host: Host, wanted: Settings) -> None:
        self.client, self.host, self.settings = client, host, wanted

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote."""
        for event in translate.message(message):
            await self.host.put(event)
