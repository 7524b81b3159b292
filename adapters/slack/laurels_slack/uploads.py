"""Badges' pictures as files in a workspace: Socket Mode has no address from which Slack could fetch them."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Collection
from typing import Any, Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from laurels import AdapterState, Metal, draw, picture_url

from .workspaces import said

log = structlog.get_logger(__name__)

MOST: Final = 500  # pictures that are remembered of a workspace
PATIENCE: Final = 10.0  # seconds after which a message does without
PAUSE: Final = 60.0  # seconds for which no more is uploaded after that

_SHOWN: Final = frozenset({".png", ".jpg", ".jpeg", ".gif"})  # Slack shows no other

#: Seconds between looks at whether Slack has worked through a file; and for which one waits that may not look.
LOOKS: Final = (0.2, 0.4, 0.8, 1.6, 3.2)
BLIND: Final = 3.0


class Uploads:
    """Each picture once per workspace, remembered by what is on it. What can't be had is left out."""

    def __init__(self, state: AdapterState, clock: Callable[[], float] = time.monotonic) -> None:
        self.state, self.clock = state, clock
        self._known: dict[str, dict[str, str]] = {}  # by realm, the ids of files by what is in them
        self._paused: dict[str, float] = {}
        self._one = asyncio.Lock()

    async def source(self, api: AsyncWebClient, realm: str, image: str, metal: Metal) -> dict[str, Any]:
        """Where Slack finds a badge's *image*, as its blocks say that; nothing where it can't be had."""
        if (url := picture_url(image)) and not url.partition("?")[0].casefold().endswith(".webp"):
            return {"image_url": url}
        drawn, ending = await draw(image, metal)
        if ending not in _SHOWN:
            drawn, ending = await draw("", metal)
        file = await self.file(api, realm, drawn, ending)
        return {"slack_file": {"id": file}} if file else {}

    async def file(self, api: AsyncWebClient, realm: str, content: bytes, ending: str) -> str:
        """The id of the file with *content*, uploaded unless it was; nothing where that fails."""
        digest = hashlib.sha256(content).hexdigest()[:32]
        known = await self._of(realm)
        if digest not in known and self.clock() >= self._paused.get(realm, 0.0):
            try:
                async with asyncio.timeout(PATIENCE), self._one:
                    if digest not in known:
                        known[digest] = await _uploaded(api, content, f"laurels-{digest[:8]}{ending}")
                        await self._keep(realm)
            except (SlackApiError, aiohttp.ClientError, OSError) as exc:  # TimeoutError is an OSError
                self._paused[realm] = self.clock() + PAUSE
                log.warning("a picture can't be uploaded; awards are announced without", workspace=realm, error=said(exc))
        return known.get(digest, "")

    async def forget(self, realm: str, files: Collection[str]) -> None:
        """They are gone."""
        known = await self._of(realm)
        for digest in [digest for digest, file in known.items() if file in files]:
            del known[digest]
        await self._keep(realm)

    async def _of(self, realm: str) -> dict[str, str]:
        if realm not in self._known:
            kept = await self.state.get(_key(realm))
            self._known.setdefault(realm, dict(kept or {}))
        return self._known[realm]

    async def _keep(self, realm: str) -> None:
        known = self._known[realm]
        while len(known) > MOST:
            del known[next(iter(known))]
        await self.state.put(_key(realm), dict(known))


async def _uploaded(api: AsyncWebClient, content: bytes, name: str) -> str:
    told: Any = await api.files_getUploadURLExternal(filename=name, length=len(content))
    async with aiohttp.ClientSession() as session, session.post(told["upload_url"], data=content, proxy=api.proxy) as answer:
        answer.raise_for_status()
    await api.files_completeUploadExternal(files=[{"id": told["file_id"], "title": name}])
    await _worked_through(api, told["file_id"])
    return str(told["file_id"])


async def _worked_through(api: AsyncWebClient, file: str) -> None:
    """Return once Slack can show the file: it knows its kind then. Raises TimeoutError."""
    for seconds in LOOKS:
        try:
            told: Any = await api.files_info(file=file)
        except SlackApiError:
            return await asyncio.sleep(BLIND)
        if told["file"].get("mimetype"):
            return None
        await asyncio.sleep(seconds)
    raise TimeoutError("Slack has not worked through the file in time")


def _key(realm: str) -> str:
    return f"pictures:{realm}"
