"""GitHub's API, entered with a token or as a GitHub App that was installed."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

import aiohttp
from gidgethub.aiohttp import GitHubAPI

from laurels import Later, Unreachable

from .refusals import Denied, understood
from .settings import Settings

_PATIENCE: Final = aiohttp.ClientTimeout(total=30)
_EARLY: Final = 300.0  # seconds before its end at which a token is replaced: what begins with it shall end with it
_RETRY: Final = 1.0  # seconds until GitHub is asked again with a fresh token


class _Token(NamedTuple):
    text: str
    until: float
    made: float


class Access:
    """Opens GitHub's API for an owner: with the plain token, or one for the App's installation there, kept until shortly before its end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tokens: dict[int, _Token] = {}
        self._installations: dict[str, int] = {}
        self._lock = asyncio.Lock()

    @property
    def given(self) -> bool:
        """Whether there is anything to enter with."""
        return bool(self._settings.token or self._settings.app_id)

    @property
    def is_app(self) -> bool:
        """Whether it is as an App."""
        return bool(self._settings.app_id)

    @asynccontextmanager
    async def api(self, owner: str, installation: int = 0) -> AsyncIterator[GitHubAPI]:
        """The API as it is open at *owner*, whose *installation* a webhook may have told; refusals are Later and Unreachable.

        What is asked for by people is rare: no connection is held for it.
        """
        try:
            async with self.session() as session:
                token = await self.token(session, owner, installation)
                with understood():
                    yield self._github(session, token)
        except Denied as denied:
            if denied.status == 401 and self.forget(owner, installation):
                raise Later(_RETRY) from denied  # an App that was installed anew, or a token that was taken back
            raise

    @asynccontextmanager
    async def app(self) -> AsyncIterator[tuple[GitHubAPI, str]]:
        """The API as it is open to the App itself, with the JSON web token that every request has to carry."""
        async with self.session() as session:
            with understood():
                yield self._github(session, None), self.jwt()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[aiohttp.ClientSession]:
        """HTTP, with a limit on how long an answer may take."""
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            yield session

    async def token(self, session: aiohttp.ClientSession, owner: str, installation: int = 0) -> str:
        """What opens the API at *owner*. Raises Unreachable where the App is not installed there."""
        if not self._settings.app_id:
            return self._settings.token
        async with self._lock:
            number = installation or await self._installation(session, owner.lower())
            known = self._tokens.get(number)
            if known is None or known.until < time.time():
                known = self._tokens[number] = await self._fresh(session, owner, number)
            return known.text

    def forget(self, owner: str, installation: int = 0) -> bool:
        """Ask anew for the token and the installation at *owner*; whether a token is gone that had been used for a while."""
        known = self._installations.pop(owner.lower(), 0)
        token = self._tokens.pop(installation or known, None)
        return token is not None and token.made < time.time() - _RETRY

    async def _fresh(self, session: aiohttp.ClientSession, owner: str, installation: int) -> _Token:
        from gidgethub.apps import get_installation_access_token  # noqa: PLC0415  # cryptography is heavy, and few need it

        key = self._settings.key
        self.jwt()  # a key that can't be used is no trouble of GitHub's
        try:
            with understood():
                found = await get_installation_access_token(
                    self._github(session, None), installation_id=str(installation), app_id=str(self._settings.app_id), private_key=key
                )
                return _Token(str(found["token"]), datetime.fromisoformat(found["expires_at"]).timestamp() - _EARLY, time.time())
        except Denied:
            self.forget(owner)
            raise

    async def _installation(self, session: aiohttp.ClientSession, owner: str) -> int:
        if known := self._installations.get(owner):
            return known
        github, jwt = self._github(session, None), self.jwt()
        for kind in ("orgs", "users"):
            try:
                with understood():
                    found: Any = await github.getitem(f"/{kind}/{{owner}}/installation", {"owner": owner}, jwt=jwt)
                    self._installations[owner] = int(found["id"])
                    return self._installations[owner]
            except Denied as denied:
                if denied.status != 404:
                    raise
        raise Unreachable(f"the GitHub App is not installed at {owner}: open its page on GitHub and press Install")

    def _github(self, session: aiohttp.ClientSession, token: str | None) -> GitHubAPI:
        return GitHubAPI(session, "laurels", oauth_token=token, base_url=self._settings.api_url)

    def jwt(self) -> str:
        """What opens the API to the App itself, for some minutes. Raises Unreachable where the key can't be used."""
        from gidgethub.apps import get_jwt  # noqa: PLC0415  # cryptography is heavy, and few need it
        from jwt import InvalidKeyError  # noqa: PLC0415  # likewise

        try:
            return get_jwt(app_id=str(self._settings.app_id), private_key=self._settings.key)
        except (InvalidKeyError, ValueError, TypeError) as exc:
            raise Unreachable("the App's private_key can't be read: it has to be the whole PEM file that GitHub made") from exc
