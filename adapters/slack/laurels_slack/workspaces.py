"""The workspaces that the app is installed in, and how to speak to each."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final, Protocol

import structlog
from aiohttp import ClientError, ClientResponseError
from msgspec import Struct
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from laurels import Later

from . import refusals
from .settings import Settings

_log = structlog.get_logger(__name__)

RETRY: Final = 30.0  # seconds before Slack is asked again whose the token is

#: slack_sdk tells of its own doings at this logger; what matters of them laurels says itself.
SDK_LOG: Final = logging.getLogger("laurels_slack.sdk")
SDK_LOG.setLevel(logging.CRITICAL)


class Workspace(Struct, frozen=True):
    """One installation: of a *team*, or of a whole *enterprise* (then *team* is empty). *installer* is who put it there, if known.

    *at* is when that was, in seconds; *ends*, when the token does unless *refresh* renews it: never, by default. *app* is the bot's name.
    """

    team: str
    token: str
    enterprise: str = ""
    name: str = ""
    bot_user: str = ""
    bot: str = ""
    installer: str = ""
    url: str = ""
    at: float = 0.0
    refresh: str = ""
    ends: float = 0.0
    app: str = ""

    def __repr__(self) -> str:
        return f"Workspace(team={self.team!r}, enterprise={self.enterprise!r}, name={self.name!r})"

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
    """Slack's API with a token. It waits for nothing and sends nothing twice by itself: who is asked to come later decides what to do."""
    return AsyncWebClient(token=token, base_url=wanted.api, timeout=20, logger=SDK_LOG, retry_handlers=[])


class OneWorkspace:
    """The workspace, or enterprise, whose token is in the settings. Who it is, Slack says: Later is raised while it doesn't."""

    def __init__(self, wanted: Settings) -> None:
        self.settings = wanted
        self._known: Workspace | None = None
        self._one = asyncio.Lock()

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """It, for whoever asks for it."""
        its = await self._its()
        return its if (its.team and its.team == team) or (not its.team and its.enterprise == enterprise) else None

    async def all(self) -> Sequence[Workspace]:
        """It alone."""
        return [await self._its()]

    async def _its(self) -> Workspace:
        async with self._one:
            if self._known is None:
                try:
                    self._known = await itself(self.settings, self.settings.bot_token)
                except (ClientError, SlackClientError, TimeoutError, OSError) as error:
                    _log.warning("Slack does not say whose bot_token is", why=said(error))
                    raise Later(RETRY) from error
        return self._known


async def itself(wanted: Settings, token: str) -> Workspace:
    """Whose a token is. Raises SlackApiError, or what aiohttp does."""
    told: Any = await client(wanted, token).auth_test()
    whole = bool(told.get("is_enterprise_install"))
    return Workspace(
        "" if whole else told["team_id"], token, told.get("enterprise_id") or "",
        told.get("team") or "", told["user_id"], told.get("bot_id") or "", url=told.get("url") or "", app=told.get("user") or "",
    )  # fmt: skip


def said(error: Exception) -> str:
    """What Slack's API answered, or what kept it from that, in a word or two."""
    if isinstance(error, SlackApiError):
        return refusals.said(error) or f"status {getattr(error.response, 'status_code', '?')}"
    if isinstance(error, ClientResponseError):  # whose text has the address, which may let in whoever knows it
        return f"status {error.status}"
    return str(error) or type(error).__name__
