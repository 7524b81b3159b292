"""The WebSocket side of a Discord on a real server: hello, identify, heartbeats, dispatch, resume.

https://discord.com/developers/docs/events/gateway. Frames are plain JSON, which discord.py takes though it asks for compression.
"""

import asyncio
import copy
import itertools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord
from aiohttp import WSMsgType, web
from simcord import intents as rules
from simcord.backend import Backend, serializers

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
PRIVILEGED = ("members", "presences", "message_content")


class Session:
    """What one *shard* of a bot, ``[number, count]``, heard under one session id; *socket* is None while it is not connected."""

    def __init__(self, id_: str, intents: discord.Intents, shard: Sequence[int]) -> None:
        self.id, self.intents, self.shard = id_, intents, shard
        self.heard: list[dict[str, Any]] = []
        self.socket: web.WebSocketResponse | None = None
        self.waiting: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def tell(self, event: str, data: Mapping[str, Any]) -> None:
        """Send an event, now or when it is resumed."""
        frame = {"op": DISPATCH, "t": event, "s": len(self.heard) + 1, "d": data}
        self.heard.append(frame)
        if self.socket is not None:
            self.waiting.put_nowait(frame)

    def concerns(self, guild_id: int) -> bool:
        """Whether a server is this shard's; what is in none is the first one's."""
        number, count = self.shard
        return (guild_id >> 22) % count == number

    async def write(self) -> None:
        """Write what waits to the socket, until cancelled."""
        while True:
            frame = await self.waiting.get()
            if self.socket is not None and not self.socket.closed:
                await self.socket.send_json(frame)


class Gateway:
    """The gateway of a *backend*, for the bot with *token*; *switches* are the privileged intents that its portal has on."""

    def __init__(self, backend: Backend, token: str, news: Callable[[], None]) -> None:
        self.backend, self.token, self.news = backend, token, news
        self.switches = set(PRIVILEGED)
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified, self.resumed, self.refused = 0, 0, 0
        self.left: list[int | None] = []  # the close codes of those who went by themselves
        self._numbers = itertools.count(1)
        self._there = asyncio.Event()
        self._there.set()
        backend.subscribers.append(self.dispatch)

    def dispatch(self, event: str, data: Mapping[str, Any]) -> None:
        """Tell every bot that hears such things, as Discord would tell it."""
        for session in self.sessions.values():
            needed = rules.required_intent(event, data)
            guild = int(data.get("guild_id") or (data["id"] if event.startswith("GUILD_") and "id" in data else 0))
            if session.concerns(guild) and (needed is None or getattr(session.intents, needed)):
                session.tell(event, self._shaped(session, event, data))
        self.news()

    def _shaped(self, session: Session, event: str, data: Mapping[str, Any]) -> dict[str, Any]:
        shaped = copy.deepcopy(dict(data))
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and not session.intents.message_content:
            rules.censor_message(shaped, self.backend.bot_user.id, backend=self.backend)
        if event == "GUILD_CREATE":
            rules.prune_guild_create(shaped, session.intents, self.backend.bot_user.id)
        return shaped

    @asynccontextmanager
    async def away(self, *, forgetful: bool = True) -> AsyncIterator[None]:
        """Every connection breaks, and none is taken meanwhile. *forgetful*: no session can be resumed after it."""
        self._there.clear()
        for session in list(self.sessions.values()):
            if session.socket is not None:
                await session.socket.close(code=1001)
            session.socket = None
        if forgetful:
            self.sessions.clear()
        yield
        self._there.set()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        await self._there.wait()
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41_250}})
        writers: list[asyncio.Task[None]] = []
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._frame(socket, message.json(), writers)
        finally:
            for writer in writers:
                writer.cancel()
            self.left += [socket.close_code] if self._there.is_set() and writers else []
            self.news()
        return socket

    async def _frame(self, socket: web.WebSocketResponse, frame: dict[str, Any], writers: list[asyncio.Task[None]]) -> None:
        if frame["op"] == HEARTBEAT:
            await socket.send_json({"op": ACK})
            return
        session = await {IDENTIFY: self._identify, RESUME: self._resume}.get(frame["op"], self._ignored)(socket, frame["d"])
        if session is not None:
            session.socket = socket
            writers.append(asyncio.create_task(session.write()))
        self.news()

    async def _ignored(self, socket: web.WebSocketResponse, data: Any) -> None:
        return None

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        intents = discord.Intents._from_value(data["intents"])
        refused = 4004 if data["token"] != self.token else 4014 if self._unswitched(intents) else 0
        if refused:
            self.refused += 1
            await socket.close(code=refused)
            return None
        self.identified += 1
        session = Session(f"session-{next(self._numbers)}", intents, data.get("shard", (0, 1)))
        session.socket = socket
        session.tell("READY", self._ready(session))
        for guild in filter(lambda its: session.concerns(its.id), self.backend.guilds.values()):
            session.tell("GUILD_CREATE", self._shaped(session, "GUILD_CREATE", serializers.guild_create_payload(self.backend, guild)))
        self.sessions[session.id] = session
        return session

    def _unswitched(self, intents: discord.Intents) -> bool:
        return any(getattr(intents, name) and name not in self.switches for name in PRIVILEGED)

    def _ready(self, session: Session) -> dict[str, Any]:
        guilds = [{"id": str(id_), "unavailable": True} for id_ in self.backend.guilds if session.concerns(id_)]
        return {
            "v": 10, "user": dict(serializers.user_payload(self.backend.bot_user)), "guilds": guilds, "session_id": session.id,
            "resume_gateway_url": self.url, "shard": list(session.shard),
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }  # fmt: skip

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": INVALID, "d": False})
            return None
        self.resumed += 1
        session.waiting = asyncio.Queue()
        for frame in session.heard[data["seq"] :]:
            session.waiting.put_nowait(frame)
        session.socket = socket
        session.tell("RESUMED", {})
        return session
