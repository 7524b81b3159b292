"""A Discord on a real server, HTTP and WebSocket: what simcord knows of Discord's world, behind sockets.

Whoever speaks Discord's API v10 may connect to its *url* and *gateway.url*. People act through :class:`Discord`'s methods.
"""

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from aiohttp import web
from simcord import interactions
from simcord._clock import Clock
from simcord.backend import Backend
from simcord.backend.errors import BackendError
from simcord.backend.models import Channel, Guild, Message, User
from simcord.enums import InteractionType
from simcord.http import (
    client,  # noqa: F401  registers the routes
    router,
)

from discord_gateway import Gateway

TOKEN = "a-token-that-this-server-takes"
PATIENCE = 20.0  # seconds
SWITCHES = {"members": 1 << 15, "message_content": 1 << 19}  # of unverified applications


class Present(Clock):
    """The time, as it is."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Request(NamedTuple):
    method: str
    path: str
    status: int


class Upload(NamedTuple):
    """A file as the routes take it."""

    fp: io.BytesIO
    filename: str
    description: str | None


class Refusal(NamedTuple):
    method: str
    pattern: str
    status: int
    seconds: float


class Discord:
    """*backend* is the world, *gateway* the WebSocket side. What was told to be refused or limited is, each once."""

    def __init__(self, token: str = TOKEN) -> None:
        self.backend = Backend(clock=Present())
        self.token, self.url, self.shards = token, "", 1
        self.names = ""  # the gateway that the API tells of, where it is not this one
        self._refusals: list[Refusal] = []
        self.seen: list[Request] = []
        self._news = asyncio.Event()
        self.gateway = Gateway(self.backend, token, self._news.set)

    async def until(self, true: Callable[[], object]) -> None:
        """Return once something is so; every request and frame is a reason to look. Fails after a while."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._news.clear()
                await self._news.wait()

    def asked(self, method: str, pattern: str) -> list[Request]:
        """The requests whose path has *pattern* in it."""
        return [request for request in self.seen if request.method == method and re.search(pattern, request.path)]

    def refuse(self, method: str, pattern: str, status: int) -> None:
        """Answer the next request of this kind with an error."""
        self._refusals.append(Refusal(method, pattern, status, 0))

    def limit(self, method: str, pattern: str, seconds: float) -> None:
        """Ask whoever makes the next request of this kind to wait."""
        self._refusals.append(Refusal(method, pattern, 429, seconds))

    # What people do

    def guild(self, name: str = "Acme", **settings: Any) -> Guild:
        """A server that the bot is in; *shard_id* and *shard_count* say whose it is."""
        return self.backend.create_guild(name, **settings)

    def channel(self, guild: Guild, name: str = "general") -> Channel:
        return self.backend.create_channel(guild.id, name)

    def person(self, guild: Guild, name: str) -> User:
        """Somebody who is a member."""
        user = self.backend.make_user(name)
        self.backend.add_member(guild.id, user.id)
        return user

    def say(self, channel: Channel, who: User, text: str) -> Message:
        return self.backend.create_message(channel.id, who.id, text)

    def texts(self, channel: Channel | int) -> list[str]:
        """What the bot wrote there: the words of messages and of their embeds."""
        id_ = channel if isinstance(channel, int) else channel.id
        mine = [each for each in self.backend.messages.get(id_, {}).values() if each.author_id == self.backend.bot_user.id]
        return [json.dumps([each.content, each.embeds], ensure_ascii=False) for each in mine]

    def private(self, who: int) -> list[str]:
        """What the bot wrote to somebody alone."""
        return self.texts(self.backend.dm_channels[who]) if who in self.backend.dm_channels else []

    def command(self, guild: Guild, channel: Channel, who: User, path: str, **options: str) -> dict[str, Any]:
        """Somebody gives a command; its payload, to deliver it again with ``backend.emit``."""
        name, *sub = path.split()
        root = next(command for scope in self.backend.commands.values() for (known, _), command in scope.items() if known == name)
        inner: list[dict[str, Any]] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        for word in reversed(sub):
            inner = [{"name": word, "type": 1, "options": inner}]
        data = {"id": root["id"], "name": name, "type": 1, "options": inner}
        _, payload = interactions.base_payload(
            self.backend, type=InteractionType.APPLICATION_COMMAND, channel_id=channel.id, guild_id=guild.id, user_id=who.id, data=data
        )
        self.backend.emit("INTERACTION_CREATE", payload)
        return payload

    # HTTP

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request of the API."""
        path = "/" + request.match_info["path"]
        response = await self._answered(request, path)
        self.seen.append(Request(request.method, path, response.status))
        self._news.set()
        return response

    async def _answered(self, request: web.Request, path: str) -> web.Response:
        if not path.startswith(("/interactions/", "/webhooks/")) and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        if refusal := next((each for each in self._refusals if each.method == request.method and re.search(each.pattern, path)), None):
            self._refusals.remove(refusal)
            return _refused(refusal)
        body, files = await _body(request)
        try:
            answer = self._own(path) or router.dispatch(
                self.backend, request.method, path, json=body, params=dict(request.query), files=files,
                reason=request.headers.get("X-Audit-Log-Reason"),
            )  # fmt: skip
        except BackendError as error:
            return _json(error.to_json(), error.status)
        return web.Response(status=204) if answer is None else _json(answer)

    def _own(self, path: str) -> Any:
        """What the world behind it does not answer as Discord does."""
        if path == "/gateway/bot":
            return {
                "url": self.names or self.gateway.url, "shards": self.shards,
                "session_start_limit": {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1},
            }  # fmt: skip
        if path == "/oauth2/applications/@me":
            flags = sum(flag for name, flag in SWITCHES.items() if name in self.gateway.switches)
            return {**router.dispatch(self.backend, "GET", path), "flags": flags}
        return None


def _json(answer: Any, status: int = 200, **headers: str) -> web.Response:
    """JSON as Discord sends it: discord.py takes no ``charset`` behind the type."""
    sent = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=sent)


def _refused(refusal: Refusal) -> web.Response:
    if refusal.status != 429:
        return _json({"message": "refused", "code": 0}, refusal.status)
    said = {"message": "You are being rate limited.", "retry_after": refusal.seconds, "global": False}
    return _json(said, 429, Via="1.1 here", Retry_After=str(refusal.seconds), X_RateLimit_Scope="shared")


async def _body(request: web.Request) -> tuple[Any, list[Upload]]:
    """What was sent: JSON, or a form with JSON and files in it."""
    if not request.content_type.startswith("multipart/"):
        text = await request.text()
        return (json.loads(text) if text else None), []
    form = await request.post()
    files = [Upload(io.BytesIO(part.file.read()), part.filename, None) for part in form.values() if isinstance(part, web.FileField)]
    return json.loads(str(form["payload_json"])), files


@asynccontextmanager
async def discord_server() -> AsyncIterator[Discord]:
    """A running Discord without servers and people."""
    world, application = Discord(), web.Application()
    application.router.add_get("/gateway", world.gateway.handle)
    application.router.add_get("/gateway/", world.gateway.handle)
    application.router.add_route("*", "/api/v10/{path:.*}", world.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    world.url, world.gateway.url = f"http://{host}/api/v10", f"ws://{host}/gateway"
    try:
        yield world
    finally:
        await runner.cleanup()
