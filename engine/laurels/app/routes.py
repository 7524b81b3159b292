"""HTTP: one aiohttp application for all adapters, and how laurels is."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from ..adapter import Handler


class Routes:
    """:class:`laurels.Routes`: collected while adapters start, mounted as a whole."""

    def __init__(self) -> None:
        self._handlers: dict[tuple[str, str], tuple[str, Handler]] = {}
        self.changed = asyncio.Event()

    def post(self, path: str, handler: Handler) -> None:
        """Answer POST *path*."""
        self.add("POST", path, handler)

    def get(self, path: str, handler: Handler) -> None:
        """Answer GET *path*."""
        self.add("GET", path, handler)

    def add(self, method: str, path: str, handler: Handler, owner: str = "") -> None:
        """Answer *path*. What an *owner* registered before it is replaced. Raises ValueError where it is another's."""
        taken = self._handlers.get((method, path))
        if taken is not None and (not owner or taken[0] != owner):
            raise ValueError(f"{method} {path} is taken")
        self._handlers[method, path] = (owner, handler)
        self.changed.set()

    def application(self, limit: int) -> web.Application:
        """The application that serves them; bodies over *limit* bytes are refused."""
        application = web.Application(client_max_size=limit)
        for (method, path), (_, handler) in self._handlers.items():
            application.router.add_route(method, path, handler)
        return application


class OwnRoutes:
    """:class:`laurels.Routes` of one adapter: one that is started again registers its routes again."""

    def __init__(self, routes: Routes, owner: str) -> None:
        self._routes, self._owner = routes, owner

    def post(self, path: str, handler: Handler) -> None:
        """Answer POST *path*."""
        self._routes.add("POST", path, handler, self._owner)

    def get(self, path: str, handler: Handler) -> None:
        """Answer GET *path*."""
        self._routes.add("GET", path, handler, self._owner)


def text(render: Callable[[], Awaitable[tuple[int, str]]]) -> Handler:
    """A handler that answers a status and plain text."""

    async def handle(_: Any) -> web.Response:
        status, body = await render()
        return web.Response(status=status, text=body)

    return handle
