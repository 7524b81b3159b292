"""Socket Mode: laurels connects to Slack, and needs no address of its own.

https://docs.slack.dev/apis/events-api/using-socket-mode. slack_sdk has a client for it, too; that one tries for ever whatever the reason,
closes a connection before it has the next one, so that a command that comes meanwhile is lost, and leaves tasks behind.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, ClientWSTimeout, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from laurels import LaurelsError

from .faults import Faulty, away, understood
from .settings import Settings
from .workspaces import client

_HEARTBEAT: Final = 10.0  # seconds between pings; a connection that answers none for half of that is over
_PATIENCE: Final = 20.0  # seconds for a connection to be made, and for Slack to say hello on it
_LEAVING: Final = 5.0  # seconds for what is being taken to be acknowledged, before a connection is closed
_STEADY: Final = 30.0  # seconds after which a connection is one that holds
_LONGEST: Final = 60.0  # seconds between two tries
_AHEAD: Final = frozenset({"warning", "refresh_requested"})  # Slack tells some seconds before it closes
_WHY: Final = {"link_disabled": "Socket Mode was switched off", "too_many_websockets": "the app has more connections than Slack takes"}

_log = structlog.get_logger(__name__)


class Connection:
    """One WebSocket that Slack has said hello on. *over* is set once nothing comes any more, *reason* is Slack's word for why."""

    def __init__(self, app: AsyncApp, socket: ClientWebSocketResponse) -> None:
        self.app, self.socket, self.over, self.reason = app, socket, asyncio.Event(), ""
        self.since = time.monotonic()
        self._taking: set[asyncio.Task[None]] = set()
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            async for message in self.socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            self.over.set()

    def _hear(self, text: str) -> None:
        try:
            told = dict(json.loads(text))
            request = SocketModeRequest.from_dict(told)
        except (ValueError, TypeError, RecursionError):
            _log.warning("what Slack sent can't be read", length=len(text))
            return
        if request is not None:
            task = asyncio.create_task(self._take(request))
            self._taking.add(task)
            task.add_done_callback(self._taking.discard)
        elif told.get("type") == "disconnect":
            self.reason = str(told.get("reason") or "")
            self.over.set()

    async def _take(self, request: SocketModeRequest) -> None:
        """Dispatch a request, and acknowledge it once it is taken; what isn't acknowledged Slack delivers again."""
        try:
            answer = await run_async_bolt_app(self.app, request)
        except Exception:  # Bolt answers for what listeners raise; this is for what it raises itself
            _log.exception("request not dispatched")
            return
        if answer.status != 200:
            return
        try:
            await self.socket.send_str(json.dumps(SocketModeResponse(request.envelope_id, _payload(answer)).to_dict()))
        except (ClientError, OSError):
            _log.info("taken, but the connection broke before Slack heard of it", what=request.type)

    async def close(self) -> None:
        """Acknowledge what is being taken, and leave."""
        if self._taking:
            await asyncio.wait(self._taking, timeout=_LEAVING)
        await self.socket.close()
        await _ended(self._listening, *self._taking)


class Socket:
    """Stays connected. *connected* is called after each connection, one after the other: what happened before may have been missed."""

    def __init__(self, app: AsyncApp, wanted: Settings, connected: Callable[[], Awaitable[None]] | None = None) -> None:
        self.app, self.settings, self._connected = app, wanted, connected
        self._session: ClientSession
        self._open: set[Connection] = set()
        self._news, self._wait = asyncio.Event(), 0.0

    async def run(self) -> None:
        """Stay connected until cancelled. Raises Faulty where the first connection can't be made."""
        telling = asyncio.create_task(self._tell())
        async with ClientSession() as self._session:
            try:
                there = await self._connect()
                while True:
                    await there.over.wait()
                    there = await self._next(there)
            finally:
                await _ended(telling)
                await asyncio.gather(*(self._close(each) for each in tuple(self._open)))

    async def _tell(self) -> None:
        while self._connected is not None:
            await self._news.wait()
            self._news.clear()
            try:
                await self._connected()
            except LaurelsError as why:  # which it says in words that are enough
                _log.error("what was missed could not be read", why=str(why))
            except Exception:  # the connection goes on, whatever it is
                _log.exception("what was missed could not be read")

    async def _next(self, old: Connection) -> Connection:
        """The connection after an *old* one, which is kept meanwhile where Slack still sends on it."""
        if old.reason not in _AHEAD:
            why = _WHY.get(old.reason, old.reason) or f"closed: {old.socket.close_code}"
            _log.info("the connection to Slack is lost; making another", why=why)
            await self._close(old)
        if time.monotonic() - old.since > _STEADY:
            self._wait = 0.0
        new = await self._until_connected()
        await self._close(old)
        return new

    async def _until_connected(self) -> Connection:
        while True:
            await asyncio.sleep(self._wait)
            self._wait = min(max(1.0, self._wait * 2), _LONGEST)
            try:
                return await self._connect()
            except Faulty as why:
                self._wait = max(self._wait, why.seconds)
                _log.error("not connected to Slack; trying again", why=str(why), seconds=self._wait)

    async def _connect(self) -> Connection:
        api = client(self.settings)
        with understood(self.settings, "app_token"):
            url = str((await api.apps_connections_open(app_token=self.settings.app_token))["url"])
            async with asyncio.timeout(_PATIENCE):
                socket = await self._session.ws_connect(url, heartbeat=_HEARTBEAT, timeout=ClientWSTimeout(ws_close=2.0), proxy=api.proxy)
            await _greeted(socket)
        connection = Connection(self.app, socket)
        self._open.add(connection)
        self._news.set()
        return connection

    async def _close(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.discard(connection)
            await connection.close()


async def _greeted(socket: ClientWebSocketResponse) -> None:
    """Return once Slack said hello. Raises Faulty where it says something else."""
    try:
        async with asyncio.timeout(_PATIENCE):
            told = await socket.receive()
        said = told.json() if told.type is WSMsgType.TEXT else {}
        if said.get("type") != "hello":
            reason = str(said.get("reason") or socket.close_code)
            raise away(f"it closes the connection at once: {_WHY.get(reason, reason)}")
    except BaseException:
        await socket.close()
        raise


def _payload(answer: BoltResponse) -> dict[str, Any] | None:
    """What Bolt answers, as it goes with an acknowledgement."""
    if not answer.body:
        return None
    is_json = answer.headers.get("content-type", [""])[0].startswith("application/json")
    return json.loads(answer.body) if is_json else {"text": answer.body}


async def _ended(*tasks: asyncio.Task[None]) -> None:
    """Return once these are cancelled."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
