"""An adapter in a whole laurels that serves real HTTP."""

import asyncio
import socket
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any, Self

from ..adapter import Adapter
from ..app import App, serve
from ..engine import decisions
from ..engine.intake import Intake
from ..model import Event
from .pack import gather
from .settings import settings


class Journal(Intake):
    """The engine's own intake, which also remembers what was new. *held*: nothing gets through before it is released."""

    def __init__(self, intake: Intake) -> None:
        super().__init__(intake.store, intake.zones, intake.texts, intake.clock)
        self.door = intake.door
        self.events: list[Event] = []
        self.arrived = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()

    def hold(self) -> None:
        """Let nothing through until :meth:`release`."""
        self._open.clear()

    def release(self) -> None:
        """Go on."""
        self._open.set()

    async def put(self, event: Event) -> int | None:
        """Keep *event*, as the engine does."""
        if event.source != decisions.SOURCE:
            self.arrived.set()
            await self._open.wait()
        seq = await super().put(event)
        if seq is not None and event.source != decisions.SOURCE:
            self.events.append(event)
        return seq


class Running:
    """``async with Running(adapter, folder) as running``: the adapter as ``laurels run`` runs it, at :attr:`url`."""

    def __init__(self, adapter: Adapter, folder: Path, pack: Any = (), *, configuration: str = "") -> None:
        self.adapter = adapter
        self.app = App(settings(folder, configuration, _free_port()), gather(pack), {adapter.name: adapter})
        self.app.intake = self.intake = Journal(self.app.intake)
        #: Where the server listens, like ``http://127.0.0.1:40123``.
        self.url = ""
        self._stack = AsyncExitStack()

    @property
    def journal(self) -> list[Event]:
        """What was put and wasn't there yet, in the order of arrival."""
        return self.intake.events

    async def rest(self) -> None:
        """Return once everything has been counted and announced."""
        await self.app.rest()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.app)
            ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            task = asyncio.create_task(serve(self.app, ready=ready.set_result), name="laurels run")
            stack.push_async_callback(_stopped, task)
            await asyncio.wait((ready, task), return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                await task
            self.url = await ready
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _free_port() -> int:
    """A port that is free: the server may be mounted anew when a route comes late, and its address shall stay."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
