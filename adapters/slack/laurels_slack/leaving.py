"""The app is taken out of a workspace, or its token is revoked: the token is forgotten, and nothing else."""

import asyncio
from contextlib import suppress
from typing import Any, Final

import structlog
from aiohttp import ClientError
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError

from laurels import Host

from .installations import Installations
from .settings import Settings
from .workspaces import Workspace, Workspaces, itself, said

_log = structlog.get_logger(__name__)

PATIENCE: Final = 10.0  # seconds for which the start waits

#: What Slack answers to a token that will never work again. https://docs.slack.dev/reference/methods/auth.test#errors
DEAD: Final = frozenset({"account_inactive", "token_expired", "token_revoked"})
#: And to one that need not: what it says of a strange token, it says also of an address that an administrator does not allow.
DOUBTFUL: Final = frozenset({"invalid_auth"})


def install(app: AsyncApp, host: Host, wanted: Settings, workspaces: Workspaces) -> None:
    """Hear of it."""
    leaving = Leaving(host, wanted, workspaces)
    app.event("app_uninstalled")(leaving.gone)
    app.event("tokens_revoked")(leaving.revoked)


class Leaving:
    """Forgets an installation whose token no longer works. That is looked at, as what is told late may be about an earlier one."""

    def __init__(self, host: Host, wanted: Settings, workspaces: Workspaces) -> None:
        self.host, self.settings, self.workspaces = host, wanted, workspaces

    async def gone(self, body: dict[str, Any]) -> None:
        """The app was uninstalled."""
        await self._look(body, "the app was uninstalled")

    async def revoked(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Tokens were revoked; those of people are none of laurels'."""
        if (event.get("tokens") or {}).get("bot"):
            await self._look(body, "the token was revoked")

    async def look(self) -> None:
        """Find those that went while laurels was away: Slack tells of it for an hour or so, and never again."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*map(self._missed, await self.workspaces.all()))

    async def _missed(self, its: Workspace) -> None:
        with suppress(ClientError, SlackClientError, OSError):  # then it is not known, and what comes is heard
            if not await self._works(its, DEAD):
                await self._forget(its, "the app was uninstalled, or its token revoked")

    async def _look(self, body: dict[str, Any], what: str) -> None:
        told = (body, *(body.get("authorizations") or ()))
        teams, enterprises = ({one.get(key) or "" for one in told} for key in ("team_id", "enterprise_id"))
        of_teams = [await self.workspaces.of(team) for team in sorted(teams)]
        of_enterprises = [await self.workspaces.of("", enterprise) for enterprise in sorted(enterprises)]
        for its in dict.fromkeys((*of_teams, *of_enterprises)):
            if its is not None and not await self._works(its, DEAD | DOUBTFUL):
                await self._forget(its, what)

    async def _forget(self, its: Workspace, what: str) -> None:
        then = "nothing counts or is announced there until it is installed again; what was counted is kept"
        _log.warning(f"{what}: {then}", workspace=its.realm, name=its.name)
        if isinstance(self.workspaces, Installations):
            await self.workspaces.forget(its)
            await self.host.state.put(f"welcomed:{its.realm}", None)

    async def _works(self, its: Workspace, dead: frozenset[str]) -> bool:
        try:
            await itself(self.settings, its.token)
        except SlackApiError as error:
            if said(error) not in dead:
                raise  # so that Slack tells of it again
            return False
        return True
