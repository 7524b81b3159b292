"""The GitHub adapter on a real server, and a client that speaks to it as GitHub does."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
from aiohttp import web

from fake_host import FakeHost
from laurels_github import GitHubAdapter, Settings

SECRET = "correct horse battery staple"


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


class Endpoint:
    """A running adapter, and a client that speaks to it."""

    def __init__(self, host: FakeHost, port: int, session: aiohttp.ClientSession, running: asyncio.Task[None]) -> None:
        self.host, self.port, self.session, self._running = host, port, session, running
        self.url = f"http://127.0.0.1:{port}/webhooks/github"

    async def stop(self) -> None:
        """Stop the adapter in the middle of what it does."""
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)

    async def post(self, body: bytes, event: str = "issues", path: str = "", secret: str = SECRET, **headers: str | None) -> int:
        """Send *body* as GitHub would; a header given as None is left out."""
        sent = {
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": "any",
            "X-Hub-Signature-256": signature(body, secret),
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        given = {name: value for name, value in sent.items() if value is not None}
        async with self.session.post(self.url + path, data=BytesIO(body), headers=given) as response:
            self.answer = await response.text()
            return response.status

    async def send(self, event: str, payload: Any, **how: Any) -> int:
        return await self.post(json.dumps(payload).encode(), event, **how)

    async def raw(self, head: bytes, body: bytes, *, hang_up: bool = False) -> int:
        """Send these very bytes; 0 where no answer came."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"POST /webhooks/github HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n" + body)
        if hang_up:
            writer.write_eof()
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1]) if answer else 0


@asynccontextmanager
async def served(settings: Settings, host: FakeHost, *, unpack: bool = False) -> AsyncIterator[Endpoint]:
    running = asyncio.create_task(GitHubAdapter(settings).run(host))
    await asyncio.sleep(0)  # the adapter registers its routes
    runner = web.AppRunner(host.app, auto_decompress=unpack)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with aiohttp.ClientSession() as session:
            yield Endpoint(host, runner.addresses[0][1], session, running)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await runner.cleanup()
