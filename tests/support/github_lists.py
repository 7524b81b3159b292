"""The emulator with the two lists that it lacks, put together from its own: all comments of a repository, on issues and on lines."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

_LACKING = re.compile(r"(/repos/[^/]+/[^/]+)/(issues|pulls)/comments")


@asynccontextmanager
async def listing(emulator: str) -> AsyncIterator[str]:
    """The address of a GitHub that answers reading as the *emulator* does, and has these lists as well."""

    async def get(path: str, headers: Any) -> tuple[int, Any]:
        async with session.get(emulator + path, headers={"Authorization": headers["Authorization"]}) as response:
            return response.status, await response.json()

    async def handle(request: web.Request) -> web.Response:
        lacking = _LACKING.fullmatch(request.path)
        if not lacking:
            status, found = await get(request.path_qs, request.headers)
            return web.json_response(found, status=status)
        repository, kind = lacking.groups()
        listed = [await get(f"{repository}/{each}?state=all&per_page=100", request.headers) for each in {kind, "pulls"}]
        numbers = sorted({thing["number"] for _, things in listed for thing in things})
        lists = [(await get(f"{repository}/{kind}/{number}/comments", request.headers))[1] for number in numbers]
        return web.json_response([comment for listed in lists for comment in listed])

    app = web.Application()
    app.router.add_get("/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
