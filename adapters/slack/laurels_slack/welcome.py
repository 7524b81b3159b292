"""Coming into a workspace: nothing is posted in its channels, but whoever installed the app hears in private what to do next."""

from typing import Final

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from laurels import Host

from .prose import escaped
from .settings import Settings
from .translate import SOURCE
from .workspaces import Workspace, Workspaces, client, said

_log = structlog.get_logger(__name__)

_NAME: Final = 100  # characters


class Welcome:
    """Tells it once for each installation, and again if a community takes the workspace in later."""

    def __init__(self, host: Host, wanted: Settings) -> None:
        self.host, self.settings = host, wanted

    async def look(self, workspaces: Workspaces) -> None:
        """Greet where it is still to be done."""
        for its in await workspaces.all():
            await self.greet(its)

    async def greet(self, its: Workspace, *, anew: bool = False) -> None:
        """Write to the installer, unless that was done. *anew*: it was installed just now."""
        community = next((found for realm in (its.team, its.enterprise) if realm and (found := self.host.community(SOURCE, realm))), "")
        if not its.installer or (not anew and await self.host.state.get(_key(its)) == community):
            return
        if await self._told(its, "taken" if community else "stranger"):
            await self.host.state.put(_key(its), community)

    async def _told(self, its: Workspace, key: str) -> bool:
        """Write to them. False where another try may do better."""
        api = client(self.settings, its.token)
        try:
            locale = ((await api.users_info(user=its.installer, include_locale=True)).get("user") or {}).get("locale") or ""
            channel = (await api.conversations_open(users=its.installer)).get("channel") or {}
            await api.chat_postMessage(channel=channel.get("id", ""), text=self._text(its, key, locale), unfurl_links=False)
        except SlackApiError as error:
            _log.warning("nobody could be told in private what to do next", workspace=its.realm, person=its.installer, why=said(error))
            return not _may_pass(error)
        except (ClientError, SlackClientError, TimeoutError, OSError) as error:
            _log.warning("nobody was told yet what to do next", workspace=its.realm, why=said(error))
            return False
        return True

    def _text(self, its: Workspace, key: str, locale: str) -> str:
        realm = next((realm for realm in (its.team, its.enterprise) if realm and self.host.community(SOURCE, realm)), its.realm)
        keys = (f"welcome.{key}", "welcome.channels") if key == "taken" else (f"welcome.{key}",)
        text = "\n".join(self.host.say(each, SOURCE, realm, locale, server=_plain(its.name or its.realm), realm=realm) for each in keys)
        return text.replace("/badges", self.settings.command)


def _key(its: Workspace) -> str:
    return f"welcomed:{its.realm}"


def _may_pass(error: SlackApiError) -> bool:
    return said(error) in {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}


def _plain(name: str) -> str:
    """A name as it is: nothing in it is markup."""
    return escaped("".join(letter for letter in name if letter not in "*_~`"), _NAME)
