"""The adapter: one bot in all servers."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial

from laurels import Announcement, Holder, Host, Page, Problem, Receipt, Tenant

from . import announcing, checking, commands, faults, history, receiving, returning, roles, settings, welcome
from .client import Client
from .where import Owner


class DiscordAdapter:
    """Discord, through discord.py."""

    Settings, api, name = settings.Settings, 1, "discord"
    seconds_between_posts = 1.0  # five messages in five seconds is what a channel takes
    direct_messages = True

    def __init__(self, wanted: settings.Settings) -> None:
        self.settings = wanted
        self.client = Client(wanted)
        self.owner: Owner = lambda guild: None

    def attach(self, host: Host) -> Client:
        """Wire a client to *host*; it only needs to connect then."""
        self.client = Client(self.settings)  # one that failed can't connect again
        self.owner = partial(host.community, self.name)
        rooms = receiving.rooms(self.client, host, self.settings)
        self.client.listen(*rooms, welcome.Welcome(self.client, host), returning.Returning(host, self.settings))
        commands.install(self.client, host)
        return self.client

    async def run(self, host: Host) -> None:
        """Connect, and stay until cancelled."""
        self.attach(host)
        await self.connect()

    async def connect(self) -> None:
        """Log in and stay connected until cancelled. Raises Faulty where token, intents or network don't let it."""
        with faults.understood(self.settings):
            async with self.client:
                await faults.login(self.client, self.settings)
                await self.client.connect()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post an embed, or edit the one that was."""
        return await announcing.announce(self.client, self.owner, announcement, earlier)

    @property
    def rewarded(self) -> str:
        """The roles, by badge."""
        return json.dumps(self.settings.roles, sort_keys=True) if self.settings.roles else ""

    async def reward(self, holder: Holder) -> None:
        """Give and take the roles of somebody's badges."""
        await roles.reward(self.client, self.owner, self.settings, holder)

    async def check(self, tenants: Sequence[Tenant]) -> Sequence[Problem]:
        """What is wrong with token, intents, permissions and roles."""
        return await checking.check(self.settings, tenants)

    def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """The history of every channel that the bot may read."""
        return history.backfill(self.settings, since, host)
