"""The adapter: one app in all workspaces."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from slack_bolt.async_app import AsyncApp

from laurels import AdapterState, Announcement, Host, Later, Page, Problem, Receipt, Tenant

from . import checking, commands, faults, history, installing, leaving, listening, receiving, settings
from .announcing import Speaker
from .archive import Archive
from .away import Absence
from .bolt import bolt, finish
from .directory import Directory
from .door import Door
from .installations import Installations, workspaces
from .reading import Reader
from .socket import Socket
from .translate import SOURCE
from .uploads import Uploads
from .where import Owner
from .workspaces import OneWorkspace, Workspaces, itself

STARTING: Final = 1.0  # seconds


class SlackAdapter:
    """Slack, through Bolt for Python."""

    Settings, api, name = settings.Settings, 1, SOURCE
    seconds_between_posts = 1.0  # a message a second is what a channel takes
    direct_messages = True

    def __init__(self, wanted: settings.Settings) -> None:
        wanted.refuse()
        self.settings = wanted
        self.workspaces: Workspaces = OneWorkspace(wanted)
        self.owner: Owner = lambda realm: None
        self.state: AdapterState | None = None
        self.speaker: Speaker | None = None
        self.absence: Absence | None = None
        self.commands: commands.Commands | None = None

    def attach(self, host: Host) -> AsyncApp:
        """Wire Bolt's app to *host*: what is dispatched to it is counted and answered."""
        self.owner = partial(host.community, SOURCE)
        self.workspaces = workspaces(self.settings, host.state)
        if isinstance(self.workspaces, Installations):
            installing.install(host, self.settings, self.workspaces)
        app = bolt(self.settings, self.workspaces)
        uploads = Uploads(host.state)
        self.speaker = Speaker(self.settings, self.workspaces, self.owner, uploads)
        directory = Directory(self.settings, self.workspaces)
        door = Door(host, self.settings, directory)
        listening.install(app, door)
        self.absence = Absence(door, Archive(door, Reader(door), self.settings))
        self.commands = commands.install(app, host, self.settings, directory, uploads)
        leaving.install(app, host, self.settings, self.workspaces)
        finish(app)
        return app

    async def run(self, host: Host) -> None:
        """Take what Slack sends, by webhook, socket or both, until cancelled. Raises Faulty where tokens or network don't let it."""
        app = self.attach(host)
        try:
            await self._listen(app, host)
        finally:
            if self.absence is not None:
                await self.absence.close()
            if self.commands is not None:
                await self.commands.close()

    async def _listen(self, app: AsyncApp, host: Host) -> None:
        if self.settings.bot_token:
            with faults.understood(self.settings):
                await itself(self.settings, self.settings.bot_token)
        if self.settings.signing_secret:
            host.routes.post(receiving.PATH, receiving.Receiver(app, self.settings).handle)
        await installing.begin(host, self.settings, self.workspaces)
        back = self.absence.back if self.absence is not None else None
        if self.settings.app_token:
            await Socket(app, self.settings, back).run()
        elif self.absence is not None:
            self.absence.begin()
        await asyncio.Event().wait()

    def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """The history of every channel that the app is in."""
        return history.backfill(self.settings, workspaces(self.settings, host.state), since, host)

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post it, or update the message that was."""
        if self.speaker is None:
            raise Later(STARTING)
        return await self.speaker.announce(announcement, earlier)

    def remember(self, state: AdapterState) -> None:
        """Take what is known of installations, for the check."""
        self.state = state

    async def check(self, tenants: Sequence[Tenant]) -> Sequence[Problem]:
        """What is wrong with tokens, scopes, channels and user groups."""
        return await checking.check(self.settings, tenants, self.state)
