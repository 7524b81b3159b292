"""The adapter: one bot in all servers."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from laurels import Announcement, Host, Page, Problem, Receipt

from . import announcing, checking, commands, history, receiving, settings
from .client import Client


class DiscordAdapter:
    """Discord, through discord.py."""

    Settings, api, name = settings.Settings, 1, "discord"
    seconds_between_posts = 1.0  # five messages in five seconds is what a channel takes

    def __init__(self, wanted: settings.Settings) -> None:
        self.settings = wanted
        self.client = Client(wanted)

    def attach(self, host: Host) -> Client:
        """Wire the client to *host*; it only needs to connect then."""
        self.client.listen(receiving.Receiver(self.client, host, self.settings))
        commands.install(self.client, host, self.settings)
        return self.client

    async def run(self, host: Host) -> None:
        """Connect, and stay until cancelled."""
        self.attach(host)
        await self.connect()

    async def connect(self) -> None:
        """Log in and stay connected until cancelled."""
        async with self.client:
            await self.client.start(self.settings.token)

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post an embed, or edit the one that was."""
        return await announcing.announce(self.client, announcement, earlier)

    async def check(self) -> Sequence[Problem]:
        """What is wrong with token, intents, permissions and roles."""
        return await checking.check(self.settings)

    def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """The history of every channel that the bot may read."""
        return history.backfill(self.settings, since, host)
