"""The emulator with the lists that it lacks, put together from its own: a repository's comments, and an App's repositories."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

_LACKING = re.compile(r"(/repos/[^/]+/[^/]+)/(issues|pulls)/comments")


@asynccontextmanager
async def listing(emulator: str, *installed: str) -> AsyncIterator[str]:
    """The address of a GitHub that answers as the *emulator* does, and has these lists as well; *installed* are the App's repositories."""

    async def ask(request: web.Request, path: str) -> Any:
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type", "Accept") if name in request.headers}
        async with session.request(request.method, emulator + path, headers=headers, data=await request.read()) as response:
            return response.status, await response.json()

    async def comments(request: web.Request, repository: str, kind: str) -> list[Any]:
        listed = [await ask(request, f"{repository}/{each}?state=all&per_page=100") for each in {kind, "pulls"}]
        numbers = sorted({thing["number"] for _, things in listed for thing in things})
        lists = [(await ask(request, f"{repository}/{kind}/{number}/comments"))[1] for number in numbers]
        return [comment for found in lists for comment in found]

    async def handle(request: web.Request) -> web.Response:
        if lacking := _LACKING.fullmatch(request.path):
            return web.json_response(await comments(request, *lacking.groups()))
        if request.path == "/installation/repositories":
            repositories = [(await ask(request, f"/repos/{name}"))[1] for name in installed]
            return web.json_response({"total_count": len(repositories), "repositories": repositories})
        status, found = await ask(request, request.path_qs)
        return web.json_response(found, status=status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as session:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
