"""Slack's Socket Mode in front of an API that has none: an emulator's, or a town's.

https://docs.slack.dev/apis/events-api/using-socket-mode. An app whose ``api_url`` is the bridge's :attr:`Bridge.api` connects to it; what
the app asks of the API is passed on. Events that are posted to ``/slack/events`` are delivered.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

APP_TOKEN = "xapp-simulated"
PATIENCE = 20.0  # seconds that a test waits for something
TRIES = 4  # an event is delivered, and again up to three times
_ASIDE = ("content-length", "content-encoding", "transfer-encoding", "content-type", "date", "server")


class Unacknowledged(Exception):
    """What was delivered was not acknowledged, as often as it was."""


class Link:
    """One connection of the app; *gone* is set once it has ended, *acks* by envelope are what came on it."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket, self.transport, self.gone = socket, request.transport, asyncio.Event()

    async def say(self, **told: Any) -> None:
        """Send, to whoever is still there."""
        if not self.gone.is_set():
            await self.socket.send_json(told)

    def drop(self) -> None:
        """The network breaks, and nobody says goodbye."""
        if self.transport is not None:
            self.transport.abort()


class Bridge:
    """*links* are the connections that there are, oldest first.

    *envelopes* is everything sent, *acks* what the app answered, by envelope. *refusal* is what ``apps.connections.open`` says instead of
    an address, *limited* for how many seconds it wants to be left alone, *hold* what it waits for; *farewell* is the reason for which a
    new connection is sent away instead of greeted, *unwell* the status that it gets instead, *silent* what it waits for; *hears* is how
    many acknowledgements still come through before the connection breaks. *before* has what happens before an API method is passed on.
    """

    def __init__(self, upstream: str, app_token: str = APP_TOKEN, seconds: float = 3.0) -> None:
        self.upstream, self.app_token, self.seconds, self.address = upstream, app_token, seconds, ""
        self.links: list[Link] = []
        self.envelopes: list[dict[str, Any]] = []
        self.acks: dict[str, dict[str, Any] | None] = {}
        self.refusal: dict[str, Any] | None = None
        self.farewell, self.unwell = "", 0
        self.silent: asyncio.Event | None = None
        self.hears: int | None = None
        self.limited = 0.0
        self.hold: asyncio.Event | None = None
        self.before: dict[str, Callable[[], Awaitable[None]]] = {}
        self.greeted, self.asked = 0, 0  # connections, and how often one was asked for
        self.left: list[int | None] = []  # the close codes of those that ended
        self._numbers, self._changed = itertools.count(1), asyncio.Condition()
        self._session: aiohttp.ClientSession

    @property
    def api(self) -> str:
        """Where the app finds the API."""
        return f"{self.address}/api/"

    async def until(self, true: Callable[[], object]) -> None:
        """Return once something is so; every envelope, connection and acknowledgement is a reason to look. Fails after a while."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(true()))

    async def _news(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # what Slack does

    async def deliver(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """Send what happened on the newest connection, or on the next; what the app answers with its acknowledgement.

        An event that isn't acknowledged in time, or whose connection ends before, is sent again; a command or a press isn't. Raises
        Unacknowledged.
        """
        kind = "slash_commands" if "command" in payload else "events_api" if payload.get("type") == "event_callback" else "interactive"
        for attempt in range(TRIES if kind == "events_api" else 1):
            await self.until(lambda: self.links)
            retry = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""} if kind == "events_api" else {}
            id_ = f"envelope-{next(self._numbers)}"
            envelope = {"envelope_id": id_, "payload": payload, "type": kind, "accepts_response_payload": kind != "events_api", **retry}
            self.envelopes.append(envelope)
            await self._news()
            if await self._sent(envelope, self.links[-1]):
                return self.acks[id_]
        raise Unacknowledged(kind)

    async def _sent(self, envelope: dict[str, Any], link: Link) -> bool:
        """Send on a connection; whether it was acknowledged, on this one or another."""
        await link.say(**envelope)
        with_answer = asyncio.create_task(self.until(lambda: envelope["envelope_id"] in self.acks))
        broken = asyncio.create_task(link.gone.wait())
        await asyncio.wait([with_answer, broken], timeout=self.seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in (with_answer, broken):
            task.cancel()
        await asyncio.gather(with_answer, broken, return_exceptions=True)
        return envelope["envelope_id"] in self.acks

    async def disconnect(self, reason: str) -> None:
        """Tell every connection that it will end: ``warning``, ``refresh_requested``, ``link_disabled``."""
        for link in tuple(self.links):
            await link.say(type="disconnect", reason=reason, debug_info={"host": "here"})

    def drop(self) -> None:
        """Every connection breaks."""
        for link in tuple(self.links):
            link.drop()

    # what the app does

    async def _open(self, request: web.Request) -> web.Response:
        self.asked += 1
        await self._news()
        if self.hold is not None:
            await self.hold.wait()
        if self.limited:
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(self.limited)})
        if self.refusal is not None:
            return web.json_response({"ok": False, **self.refusal})
        if request.headers.get("Authorization") != f"Bearer {self.app_token}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        return web.json_response({"ok": True, "url": f"{self.address.replace('http', 'ws', 1)}/link/?ticket={next(self._numbers)}"})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if self.silent is not None:
            await self.silent.wait()
        if self.unwell:
            return web.Response(status=self.unwell)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.farewell:
            await socket.send_json({"type": "disconnect", "reason": self.farewell, "debug_info": {"host": "here"}})
            await socket.close()
            return socket
        link = Link(socket, request)
        self.links.append(link)
        self.greeted += 1
        about = {"debug_info": {"host": "here", "approximate_connection_time": 18_060}, "connection_info": {"app_id": "A0LAURELS"}}
        await link.say(type="hello", num_connections=len(self.links), **about)
        await self._news()
        try:
            await self._listen(link)
        finally:
            self.links.remove(link)
            self.left.append(socket.close_code)
            link.gone.set()
            await self._news()
        return socket

    async def _listen(self, link: Link) -> None:
        async for message in link.socket:
            if self.hears == 0:
                self.hears = None
                link.drop()
                return
            self.hears = None if self.hears is None else self.hears - 1
            if message.type is WSMsgType.TEXT:
                told = message.json()
                self.acks[told["envelope_id"]] = told.get("payload")
                await self._news()

    async def _pass(self, request: web.Request) -> web.Response:
        """Ask the API behind."""
        method = request.match_info["method"]
        if method in self.before:
            await self.before[method]()
        given = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        url = f"{self.upstream}{method}" + (f"?{request.query_string}" if request.query_string else "")
        async with self._session.request(request.method, url, data=await request.read(), headers=given) as answer:
            headers = {name: value for name, value in answer.headers.items() if name.lower() not in _ASIDE}
            return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type, headers=headers)

    async def _event(self, request: web.Request) -> web.Response:
        await self.deliver(await request.json())
        return web.Response()

    @asynccontextmanager
    async def open(self, port: int | None = None) -> AsyncIterator["Bridge"]:
        """Serve it, on a free port unless one is given."""
        app = web.Application()
        app.router.add_post("/slack/events", self._event)
        app.router.add_post("/api/apps.connections.open", self._open)
        app.router.add_get("/link/", self._link)
        app.router.add_route("*", "/api/{method}", self._pass)
        async with aiohttp.ClientSession() as self._session, TestServer(app, port=port) as server:
            self.address = str(server.make_url("/")).rstrip("/")
            yield self
            self.drop()
