"""Routes: each is one adapter's, which may register it again when it is started again."""

import asyncio
from pathlib import Path
from typing import ClassVar

import pytest
from aiohttp import ClientSession, web
from msgspec import Struct

from laurels import Announcement, Host, Receipt, Unreachable
from laurels.testing import Running, World


class Nothing(Struct, frozen=True):
    """No settings."""


class Stumbling:
    """Registers a route and fails; the second time it runs."""

    Settings: ClassVar = Nothing
    name = "stumbling"

    def __init__(self) -> None:
        self.starts = 0
        self.running = asyncio.Event()

    async def run(self, host: Host) -> None:
        self.starts += 1
        start = self.starts

        async def answer(_: web.Request) -> web.Response:
            return web.Response(text=str(start))

        host.routes.get("/start", answer)
        if self.starts == 1:
            raise ConnectionError("the platform went away")
        self.running.set()
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        raise Unreachable("nothing to post to")


@pytest.fixture
def adapter() -> Stumbling:
    return Stumbling()


async def test_an_adapter_that_fails_is_started_again_with_its_routes(running: Running, adapter: Stumbling) -> None:
    await asyncio.wait_for(adapter.running.wait(), 10)
    async with asyncio.timeout(10), ClientSession(running.url) as client:
        answer = ""
        while answer != "2":  # until the server is mounted anew
            try:
                async with client.get("/start") as response:
                    answer = await response.text()
            except OSError:
                await asyncio.sleep(0.02)


async def test_a_route_of_another_is_taken(tmp_path: Path) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    async with World(tmp_path) as world:
        world.app.host("one").routes.post("/in", answer)
        world.app.host("one").routes.post("/in", answer)
        with pytest.raises(ValueError, match="POST /in is taken"):
            world.app.host("two").routes.post("/in", answer)
        world.app.routes.get("/healthz", answer)
        with pytest.raises(ValueError, match="GET /healthz is taken"):
            world.app.routes.get("/healthz", answer)
