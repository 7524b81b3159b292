"""GitHub as laurels' engine sees it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

from laurels import Announcement, Host, Page, Problem, Receipt, Tenant

from . import settings as configured
from .access import Access
from .announce import Commenter
from .backfill import history
from .check import problems
from .commander import Commander
from .receive import PATH, Receiver
from .reviewers import Reviewers
from .translate import SOURCE


class GitHubAdapter:
    """Takes signed webhooks at ``/webhooks/github[/community]``, answers commands in comments, and reads what happened before.

    It comments on awards where they were earned if it is asked to.
    """

    Settings = configured.Settings
    api: Final = 1

    def __init__(self, settings: configured.Settings) -> None:
        settings.refuse()
        self.name = SOURCE
        self.announces_in_place = settings.comment
        self._settings, self._access = settings, Access(settings)
        self._commenter = Commenter(self._access, wanted=settings.comment)

    async def run(self, host: Host) -> None:
        """Take webhooks and answer commands until cancelled."""
        commander = Commander(self._access, host) if self._access.given else None
        receiver = Receiver(self._settings, host, Reviewers(host).put, commander.keep if commander else None)
        host.routes.post(PATH, receiver.handle)
        host.routes.post(PATH + "/{community}", receiver.handle)
        await (commander.run() if commander else asyncio.Event().wait())

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Comment on the issue or pull request, or edit the comment."""
        return await self._commenter.announce(announcement, earlier)

    async def check(self, tenants: Sequence[Tenant] = ()) -> Sequence[Problem]:
        """What keeps commands from being answered, and comments from being written, as far as GitHub tells."""
        return await problems(self._settings, self._access)

    def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """What happened at the owners of all communities since then, as GitHub's API tells it."""
        return history(self._settings, self._access, since, host)
