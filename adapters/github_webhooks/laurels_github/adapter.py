"""GitHub as laurels' engine sees it."""

import asyncio
from collections.abc import Sequence
from typing import Final

from gidgethub import HTTPException

from laurels import Announcement, Host, LaurelsError, Problem, Receipt

from . import settings as configured
from .announce import Commenter
from .receive import PATH, Receiver
from .reviewers import Reviewers
from .translate import SOURCE


class GitHubAdapter:
    """Takes signed webhooks at ``/webhooks/github[/community]``, and comments where awards were earned if it is asked to."""

    Settings = configured.Settings
    api: Final = 1

    def __init__(self, settings: configured.Settings) -> None:
        settings.refuse()
        self.name = SOURCE
        self.announces_in_place = settings.comment
        self._settings = settings
        self._commenter = Commenter(settings)

    async def run(self, host: Host) -> None:
        """Take webhooks until cancelled."""
        receiver = Receiver(self._settings, host, Reviewers(host).put)
        host.routes.post(PATH, receiver.handle)
        host.routes.post(PATH + "/{community}", receiver.handle)
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Comment on the issue or pull request, or edit the comment."""
        return await self._commenter.announce(announcement, earlier)

    async def check(self) -> Sequence[Problem]:
        """What keeps comments from being written, as far as GitHub tells."""
        if not self._settings.comment:
            return ()
        try:
            async with self._commenter.api() as github:
                await github.getitem("/rate_limit")
        except (LaurelsError, HTTPException) as exc:
            hint = "the token needs to write issues and pull requests (classic: repo or public_repo)"
            return (Problem(configured.WHERE, "token", f"GitHub does not take it: {exc}", hint),)
        return ()
