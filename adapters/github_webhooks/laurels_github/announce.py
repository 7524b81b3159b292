"""Posting announcements as comments, through GitHub's API."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp
from gidgethub import BadRequest, GitHubException, HTTPException, RedirectionException
from gidgethub.aiohttp import GitHubAPI

from laurels import Announcement, Later, Receipt, Unreachable

from .render import comment, marker
from .settings import Settings

_PATIENCE: Final = aiohttp.ClientTimeout(total=30)
_PAUSE: Final = 30.0  # seconds until what may be GitHub's passing trouble is tried again
_LIMITED: Final = 60.0  # seconds: what GitHub asks for where it limits without saying how long
_NAME: Final = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}", re.ASCII)
_REACH_BACK: Final = timedelta(hours=25)  # nothing older than 24 hours is announced for the first time

_COMMENTS: Final = "/repos/{owner}/{name}/issues/{number}/comments{?since,per_page}"
_COMMENT: Final = "/repos/{owner}/{name}/issues/comments/{id}"


class Commenter:
    """Writes and edits comments on issues and pull requests."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @asynccontextmanager
    async def api(self) -> AsyncIterator[GitHubAPI]:
        """GitHub's API, whose refusals become Later and Unreachable. Announcements are rare: no connection is held for them."""
        settings = self._settings
        try:
            async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
                yield GitHubAPI(session, "laurels", oauth_token=settings.token, base_url=settings.api_url)
        except HTTPException as exc:
            raise _refusal(exc) from exc
        # gidgethub lets an unreadable answer through as ValueError or LookupError.
        except (GitHubException, aiohttp.ClientError, TimeoutError, ValueError, LookupError) as exc:
            raise Later(_PAUSE) from exc

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Edit the *earlier* comment, or one that a lost try left behind; else write one.

        A double remains possible where GitHub took a comment, the answer was lost, and its list does not show it yet at the next try.
        """
        place = announcement.place
        if not self._settings.comment:
            raise Unreachable("comments are off: set comment = true and a token under [adapters.github_webhooks]")
        if not _NAME.fullmatch(place.channel) or not place.thread.isdecimal():
            raise Unreachable(f"{place} is no issue or pull request")
        owner, name = place.channel.split("/")
        where, body = {"owner": owner, "name": name}, {"body": comment(announcement)}
        async with self.api() as github:
            posted = earlier.id if earlier else await _find(github, {**where, "number": place.thread}, marker(announcement.key))
            if posted:
                answer = await github.patch(_COMMENT, {**where, "id": posted}, data=body)
            elif announcement.withdrawn:
                raise Unreachable("nothing was posted that could be withdrawn")
            else:
                answer = await github.post(_COMMENTS, {**where, "number": place.thread}, data=body)
            return Receipt(str(answer["id"]), place, str(answer.get("html_url") or ""))


async def _find(github: GitHubAPI, where: dict[str, str], mark: str) -> str:
    """The id of the comment that carries *mark*, or nothing."""
    since = (datetime.now(UTC) - _REACH_BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
    async for found in github.getiter(_COMMENTS, {**where, "since": since, "per_page": "100"}):
        if mark in (found.get("body") or ""):
            return str(found["id"])
    return ""


def _refusal(exc: HTTPException) -> Later | Unreachable:
    """What GitHub's answer means for this announcement (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api)."""
    asked, reset = exc.headers.get("retry-after", ""), exc.headers.get("x-ratelimit-reset", "")
    if asked.isdecimal():
        return Later(float(asked))
    if exc.headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return Later(max(1.0, float(reset) - datetime.now(UTC).timestamp()))
    if exc.status_code == 429 or (exc.status_code == 403 and "rate limit" in str(exc).lower()):
        return Later(_LIMITED)
    if isinstance(exc, BadRequest | RedirectionException):
        return Unreachable(f"GitHub answered {int(exc.status_code)}: {exc}")
    return Later(_PAUSE)
