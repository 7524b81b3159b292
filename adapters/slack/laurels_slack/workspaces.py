"""The workspaces that the app is installed in, and how to speak to each."""

import logging
from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from .settings import Settings

#: slack_sdk tells of its own doings at this logger; what matters of them laurels says itself.
SDK_LOG: Final = logging.getLogger("laurels_slack.sdk")
SDK_LOG.setLevel(logging.CRITICAL)


class Workspace(Struct, frozen=True):
    """One installation: of a *team*, or of a whole *enterprise* (then *team* is empty). *installer* is who put it there, if known."""

    team: str
    token: str
    enterprise: str = ""
    name: str = ""
    bot_user: str = ""
    bot: str = ""
    installer: str = ""
    url: str = ""

    @property
    def realm(self) -> str:
        """How configurations name it."""
        return self.team or self.enterprise


class Workspaces(Protocol):
    """Those that there are."""

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """The installation that serves a team, its own or its enterprise's; None where there is none."""
        ...

    async def all(self) -> Sequence[Workspace]:
        """Every installation."""
        ...


def client(wanted: Settings, token: str = "") -> AsyncWebClient:
    """Slack's API with a token. It waits for nothing by itself: who is asked to come later decides what that means."""
    return AsyncWebClient(token=token, base_url=wanted.api, timeout=20, logger=SDK_LOG)


class OneWorkspace:
    """The workspace, or enterprise, whose token is in the settings."""

    def __init__(self, wanted: Settings) -> None:
        self.settings = wanted
        self._known: Workspace | None = None

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """It, for whoever asks for it."""
        its = await self._its()
        return its if (its.team and its.team == team) or (not its.team and its.enterprise == enterprise) else None

    async def all(self) -> Sequence[Workspace]:
        """It alone."""
        return [await self._its()]

    async def _its(self) -> Workspace:
        if self._known is None:
            told = await client(self.settings, self.settings.bot_token).auth_test()
            whole = bool(told.get("is_enterprise_install"))
            self._known = Workspace(
                "" if whole else told["team_id"], self.settings.bot_token, told.get("enterprise_id") or "",
                told.get("team") or "", told["user_id"], told.get("bot_id") or "", url=told.get("url") or "",
            )  # fmt: skip
        return self._known
