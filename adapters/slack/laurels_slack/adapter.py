"""The adapter: one app in all workspaces."""

import asyncio
from functools import partial

from slack_bolt.async_app import AsyncApp

from laurels import Announcement, Host, Receipt

from . import announcing, commands, listening, receiving, settings
from .bolt import bolt, finish
from .directory import Directory
from .door import Door
from .translate import SOURCE
from .where import Owner
from .workspaces import OneWorkspace, Workspaces


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

    def attach(self, host: Host) -> AsyncApp:
        """Wire Bolt's app to *host*: what is dispatched to it is counted and answered."""
        self.owner = partial(host.community, SOURCE)
        app = bolt(self.settings, self.workspaces)
        directory = Directory(self.settings, self.workspaces)
        door = Door(host, self.settings, directory)
        listening.install(app, door)
        commands.install(app, host, self.settings, directory)
        finish(app)
        return app

    async def run(self, host: Host) -> None:
        """Take what Slack sends, by webhook or socket, until cancelled."""
        app = self.attach(host)
        if self.settings.signing_secret:
            host.routes.post(receiving.PATH, receiving.Receiver(app, self.settings).handle)
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post it, or update the message that was."""
        return await announcing.announce(self.settings, self.workspaces, self.owner, announcement, earlier)
