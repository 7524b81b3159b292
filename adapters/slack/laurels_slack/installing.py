"""Installing the app in several workspaces: ``GET /slack/install`` leads to Slack, and Slack back to ``GET /slack/oauth_redirect``."""

import time
from collections.abc import Awaitable, Callable
from logging import Logger
from typing import Any, Final

import structlog
from aiohttp import ClientError, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from laurels import Host, LaurelsError

from . import pages
from .installations import Installations, exchanged
from .leaving import Leaving
from .scopes import asked
from .settings import Settings
from .states import LASTS, States
from .translate import SOURCE
from .welcome import Welcome
from .workspaces import SDK_LOG, Workspace, Workspaces, client, said

_log = structlog.get_logger(__name__)

REDIRECT: Final = "/slack/oauth_redirect"


class Failed(LaurelsError):
    """It was not installed; the message is what Slack calls the reason."""


class Kept(AsyncInstallationStore):
    """Bolt's store of installations, as far as its flow uses it: in laurels' database."""

    def __init__(self, installations: Installations) -> None:
        self.installations = installations

    @property
    def logger(self) -> Logger:
        """Where Bolt tells of its own doings."""
        return SDK_LOG

    async def async_save(self, installation: Installation) -> None:
        """Keep it."""
        its = workspace(installation)
        await self.installations.save(its)
        _log.info("installed", workspace=its.realm, name=its.name, by=its.installer)


def workspace(of: Installation) -> Workspace:
    """Bolt's installation as laurels'."""
    whole = of.is_enterprise_install
    name, team = (of.enterprise_name, "") if whole else (of.team_name, of.team_id or "")
    return Workspace(
        team, of.bot_token or "", of.enterprise_id or "", name or "", of.bot_user_id or "", of.bot_id or "", of.user_id or "",
        str(of.custom_values.get("url") or ""), of.installed_at, of.bot_refresh_token or "", float(of.bot_token_expires_at or 0),
        str(of.custom_values.get("app") or ""),
    )  # fmt: skip


class Flow(AsyncOAuthFlow):
    """Bolt's flow with laurels' pages. Raises Failed with Slack's own reason where Bolt would keep that to itself."""

    def __init__(self, wanted: Settings, host: Host, installations: Installations) -> None:
        self.wanted = wanted
        scopes = [need.name for need in asked(wanted)]
        page = f"{wanted.api.removesuffix('api/')}oauth/v2/authorize"
        settings = AsyncOAuthSettings(
            client_id=wanted.client_id, client_secret=wanted.client_secret, scopes=scopes, user_scopes=[],
            install_path=pages.INSTALL, redirect_uri_path=REDIRECT, state_expiration_seconds=LASTS, authorization_url=page,
            installation_store=Kept(installations), state_store=States(host.state), logger=SDK_LOG,
            callback_options=AsyncCallbackOptions(self._success, self._failure),
        )  # fmt: skip
        settings.authorize_url_generator = AuthorizeUrlGenerator(  # Bolt's own would take a redirect_uri from the environment
            client_id=wanted.client_id, scopes=scopes, user_scopes=[], authorization_url=page
        )
        super().__init__(client=client(wanted), logger=SDK_LOG, settings=settings)
        self.host, self._welcome = host, Welcome(host, wanted)

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """The page with the way to Slack."""
        return pages.install(url, asked(self.wanted), self.wanted.command)

    async def run_installation(self, code: str) -> Installation:
        """Bring Slack's code in for the token."""
        try:
            told = await exchanged(self.wanted, code=code)
            its: Any = await self.client.auth_test(token=told["access_token"])
        except SlackApiError as error:
            raise Failed(said(error)) from error
        except (ClientError, SlackClientError, TimeoutError, OSError) as error:
            raise Failed("unreachable") from error
        team, enterprise, by = (told.get(key) or {} for key in ("team", "enterprise", "authed_user"))
        return Installation(
            app_id=told.get("app_id"), enterprise_id=enterprise.get("id"), enterprise_name=enterprise.get("name"),
            team_id=team.get("id"), team_name=team.get("name"), is_enterprise_install=bool(told.get("is_enterprise_install")),
            bot_token=told["access_token"], bot_id=its.get("bot_id"), bot_user_id=told.get("bot_user_id") or its.get("user_id"),
            bot_scopes=told.get("scope") or "", bot_refresh_token=told.get("refresh_token"), bot_token_expires_in=told.get("expires_in"),
            user_id=by.get("id") or "", installed_at=time.time(), custom_values={"url": its.get("url"), "app": its.get("user")},
        )  # fmt: skip

    async def _success(self, args: AsyncSuccessArgs) -> BoltResponse:
        its = workspace(args.installation)
        taken = any(realm and self.host.community(SOURCE, realm) for realm in (its.team, its.enterprise))
        await self._welcome.greet(its, anew=True)
        admin = self.wanted.admin_command if taken else ""
        page = pages.installed(its.name, args.installation.app_id or "", its.team, its.realm, admin)
        return BoltResponse(status=200, body=page, headers=self._done())

    async def _failure(self, args: AsyncFailureArgs) -> BoltResponse:
        _log.warning("not installed", why=args.reason)
        return BoltResponse(status=args.suggested_status_code, body=pages.failed(args.reason), headers=self._done())

    def _done(self) -> dict[str, Any]:
        return {"Set-Cookie": [self.settings.state_utils.build_set_cookie_for_deletion()]}


def install(host: Host, wanted: Settings, installations: Installations) -> None:
    """Answer on the common server."""
    flow = Flow(wanted, host, installations)
    host.routes.get(pages.INSTALL, _page(flow.handle_installation))
    host.routes.get(REDIRECT, _page(flow.handle_callback))


async def begin(host: Host, wanted: Settings, workspaces: Workspaces) -> None:
    """What is to be done when laurels starts: keys that were changed, who uninstalled meanwhile, installers that could not be told."""
    if isinstance(workspaces, Installations):
        await workspaces.renew()
        await Leaving(host, wanted, workspaces).look()
        await Welcome(host, wanted).look(workspaces)


def _page(handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        try:
            response = await to_aiohttp_response(await handle(await to_bolt_request(request)))
        except Failed as failed:
            _log.error("not installed", why=str(failed))
            response = web.Response(status=502 if str(failed) == "unreachable" else 400, body=pages.failed(str(failed)))
        response.headers.update(pages.HEADERS)
        return response

    return answer
