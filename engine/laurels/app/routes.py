"""HTTP: one aiohttp application for all adapters, and how laurels is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from ..adapter import Handler


class Routes:
    """:class:`laurels.Routes`: collected while adapters start, mounted as a whole."""

    def __init__(self) -> None:
        self._handlers: dict[tuple[str, str], Handler] = {}
        self.changed = asyncio.Event()

    def post(self, path: str, handler: Handler) -> None:
        """Answer POST *path*."""
        self._add("POST", path, handler)

    def get(self, path: str, handler: Handler) -> None:
        """Answer GET *path*."""
        self._add("GET", path, handler)

    def _add(self, method: str, path: str, handler: Handler) -> None:
        if (method, path) in self._handlers:
            raise ValueError(f"{method} {path} is taken")
        self._handlers[method, path] = handler
        self.changed.set()

    def application(self, limit: int) -> web.Application:
        """The application that serves them; bodies over *limit* bytes are refused."""
        application = web.Application(client_max_size=limit)
        for (method, path), handler in self._handlers.items():
            application.router.add_route(method, path, handler)
        return application


def text(render: Callable[[], Awaitable[tuple[int, str]]]) -> Handler:
    """A handler that answers a status and plain text."""

    async def handle(_: Any) -> web.Response:
        status, body = await render()
        return web.Response(status=status, text=body)

    return handle
