"""The adapter: a route in, a file out."""

import asyncio
import hmac
import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Final

import msgspec
from aiohttp import web
from msgspec import Struct

from laurels import Announcement, EventType, Host, InvalidEvent, Place, Problem, Receipt, Tenant

from . import commands, render, settings, translate

PATH: Final = "/acme"


class AcmeFeed:
    """Takes JSON lines over POST /acme and appends announcements to a file."""

    api: ClassVar = 1
    Settings = settings.Settings
    types: ClassVar = (EventType("deploy.finished", "Someone brought a service into production.", service=str),)
    name = "acme_feed"
    #: What accounts and places are of; by it laurels finds the adapter that an announcement goes through.
    platform = translate.PLATFORM

    def __init__(self, wanted: settings.Settings) -> None:
        self._settings = wanted
        self._outbox = Path(wanted.outbox)

    async def run(self, host: Host) -> None:
        """Take requests until cancelled."""

        async def take(request: web.Request) -> web.Response:
            return await self._take(request, host)

        host.routes.post(PATH, take)
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Append a line, unless it is the newest with its key: then an earlier try got through."""
        line = render.announcement(announcement)
        await asyncio.to_thread(_append_once, self._outbox, announcement.key, line)
        return earlier or Receipt(announcement.key, Place(translate.PLATFORM, self._outbox.name))

    async def check(self, tenants: Sequence[Tenant]) -> Sequence[Problem]:
        """Find what would keep it from working."""
        folder = self._outbox.resolve().parent
        if os.access(folder, os.W_OK):
            return []
        return [Problem("adapters.acme_feed", "outbox", f"{folder} can't be written to", "name a file in a folder that can")]

    async def _take(self, request: web.Request, host: Host) -> web.Response:
        if not self._may(request.headers.get("Authorization", "")):
            return web.json_response({"error": "the token is missing or wrong"}, status=401)
        body = await _bounded(request, self._settings.limit)
        if body is None:
            return web.json_response({"error": f"more than {self._settings.limit} bytes"}, status=413)
        try:
            read = translate.lines(body)
            for line in read:
                if line.what:
                    await host.put(translate.event(line))
        except (translate.BadLine, InvalidEvent) as error:
            return web.json_response({"error": str(error)}, status=400)
        replies = [render.reply(await host.ask(commands.command(line))) for line in read if line.ask]
        return web.json_response({"replies": replies})

    def _may(self, authorization: str) -> bool:
        # As bytes: compare_digest refuses text that is not ASCII, and a header can hold anything.
        expected = f"Bearer {self._settings.token}"
        return hmac.compare_digest(authorization.encode("utf-8", "surrogateescape"), expected.encode())


async def _bounded(request: web.Request, limit: int) -> bytes | None:
    """The body, or None where it is longer than *limit*; what is longer is not read to its end."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def _append_once(path: Path, key: str, line: bytes) -> None:
    with path.open("a+b") as file:
        file.seek(0)
        newest, last = b"", b"\n"
        for last in file:
            newest = last if _key(last) == key else newest
        if newest != line:
            # A crash may have torn the last line; a new one begins on its own.
            file.write(line if last.endswith(b"\n") else b"\n" + line)
            file.flush()
            os.fsync(file.fileno())


def _key(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=_Keyed).key
    except msgspec.DecodeError:
        return ""


class _Keyed(Struct):
    key: str
