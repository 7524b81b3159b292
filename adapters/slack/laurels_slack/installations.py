"""The workspaces and enterprises that installed the app, in laurels' own database; their tokens are encrypted there."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import structlog
from aiohttp import ClientError
from msgspec import structs
from slack_sdk.errors import SlackClientError

from laurels import AdapterState

from .settings import Settings
from .vault import Unreadable, Vault
from .workspaces import OneWorkspace, Workspace, Workspaces, client, said

_log = structlog.get_logger(__name__)

AGE: Final = 30.0  # seconds after which it is looked whether another process changed something
PAUSE: Final = 1.0  # seconds between looks because somebody unknown is asked for
EARLY: Final = 2 * 3600  # seconds before its end that a token which ends is renewed
AGAIN: Final = 60.0  # seconds between tries to renew it
_PREFIX: Final = "installation:"


def workspaces(wanted: Settings, state: AdapterState) -> Workspaces:
    """Those that the app is in: the one whose token is in the settings, or all that installed it."""
    return Installations(wanted, state) if wanted.client_id else OneWorkspace(wanted)


class Installations:
    """:class:`.workspaces.Workspaces` of many. *unreadable* are those whose tokens no key opens, as of the last look."""

    def __init__(self, wanted: Settings, state: AdapterState) -> None:
        self.settings, self.state = wanted, state
        self.unreadable: tuple[str, ...] = ()
        self._vault = Vault(wanted.keys)
        self._known: dict[str, tuple[str, Workspace]] = {}  # what is sealed, and what is in it
        self._looked = float("-inf")
        self._next: dict[str, float] = {}  # by realm, from when on a token may be renewed
        self._one = asyncio.Lock()
        self._renewing = asyncio.Lock()

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """The installation that serves a team: its own, or else its enterprise's."""
        known = await self._those(AGE)
        found = known.get(team) or known.get(enterprise)
        if found is None:
            known = await self._those(PAUSE)
            found = known.get(team) or known.get(enterprise)
        return await self._lasting(found) if found else None

    async def all(self) -> Sequence[Workspace]:
        """Every installation."""
        return [await self._lasting(its) for its in (await self._those(AGE)).values()]

    async def save(self, its: Workspace) -> None:
        """Keep an installation, in place of an earlier one."""
        sealed = self._vault.seal(msgspec.json.encode(its))
        await self.state.put(_PREFIX + its.realm, sealed)
        self._known[its.realm] = (sealed, its)

    async def forget(self, its: Workspace) -> None:
        """It is no longer installed, unless that was done anew meanwhile."""
        async with self._one:
            self._take(await self.state.all(_PREFIX))
            if self._known.get(its.realm, ("", its))[1].token == its.token:
                await self.state.put(_PREFIX + its.realm, None)
                self._known.pop(its.realm, None)

    async def renew(self) -> None:
        """Have every token encrypted with the first key, so that the others can go; and say whose can't be read."""
        for key, sealed in (await self.state.all(_PREFIX)).items():
            try:
                renewed = self._vault.renewed(sealed)
            except Unreadable:
                realm = key.removeprefix(_PREFIX)
                _log.error("no encryption key opens the token: put back the key that it was kept with, or install anew", workspace=realm)
                continue
            if renewed:
                await self.state.put(key, renewed)

    async def _those(self, age: float) -> Mapping[str, Workspace]:
        """All of them by realm, as they were at most *age* seconds ago."""
        async with self._one:
            if time.monotonic() - self._looked >= age:
                self._take(await self.state.all(_PREFIX))
                self._looked = time.monotonic()
        return {realm: its for realm, (_, its) in self._known.items()}

    def _take(self, kept: Mapping[str, str]) -> None:
        before, self._known, unreadable = self._known, {}, []
        for key, sealed in kept.items():
            realm = key.removeprefix(_PREFIX)
            try:
                self._known[realm] = before[realm] if before.get(realm, ("",))[0] == sealed else (sealed, self._opened(realm, sealed))
            except Unreadable:
                unreadable.append(realm)
        self.unreadable = tuple(unreadable)

    def _opened(self, realm: str, sealed: str) -> Workspace:
        its = msgspec.json.decode(self._vault.open(sealed), type=Workspace)
        if its.realm != realm:
            raise Unreadable(f"what is kept for {realm} is another's")
        return its

    async def _lasting(self, its: Workspace) -> Workspace:
        """It with a token that does not end soon. Tokens end only where somebody switched token rotation on."""
        left = its.ends - time.time()
        if not its.ends or left > EARLY or self._paused(its) or (left > 0 and self._renewing.locked()):
            return its
        async with self._renewing:
            now = await self._now(its)
            if now is None or now.token != its.token or self._paused(its):
                return now or its  # it was renewed while this waited, or by another process; or it is gone
            try:
                renewed = await self._renewed(its)
            except (ClientError, SlackClientError, TimeoutError, OSError) as error:
                self._next[its.realm] = time.monotonic() + AGAIN
                what = "the token ends soon and could not be renewed; if that goes on, install anew"
                _log.error(what, workspace=its.realm, why=said(error))
                return its
            now = await self._now(its)
            if now is not None and now.token == its.token:
                await self.save(renewed)
            return renewed

    def _paused(self, its: Workspace) -> bool:
        """Whether its token could not be renewed just now."""
        return time.monotonic() < self._next.get(its.realm, 0.0)

    async def _now(self, its: Workspace) -> Workspace | None:
        """The same installation as the database has it."""
        async with self._one:
            self._take(await self.state.all(_PREFIX))
            return self._known.get(its.realm, ("", None))[1]

    async def _renewed(self, its: Workspace) -> Workspace:
        told = await exchanged(self.settings, grant_type="refresh_token", refresh_token=its.refresh)
        ends = time.time() + told["expires_in"]
        return structs.replace(its, token=told["access_token"], refresh=told["refresh_token"], ends=ends)


async def exchanged(wanted: Settings, **given: str) -> Any:
    """What Slack gives for a code, or for a token to renew by. Raises SlackApiError, or what aiohttp does."""
    own = {"client_id": wanted.client_id, "client_secret": wanted.client_secret}
    # not by slack_sdk's own method, which makes a BasicAuth of aiohttp's: that is deprecated
    return await client(wanted).api_call("oauth.v2.access", data={**own, **given})
