"""Naming, and leaving behind, code that holds the event loop.

A coroutine that waits is timed out; code that never gives the loop back can only be stopped with the process. A thread watches for that,
writes down whose code it was where the next start finds it, and ends the process; the next start leaves that badge out.
"""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")

TICK: Final = 0.1  # seconds between looks
EXIT_STATUS: Final = 75  # sysexits.h EX_TEMPFAIL: a supervisor should start the process again


class Quarantine:
    """The breadcrumb: a file that names the causes of badges that held the loop. It outlives the process."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def causes(self) -> dict[str, str]:
        """By cause, when and for how long it held the loop."""
        if self.path is None or not self.path.exists():
            return {}
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=dict[str, str])
        except msgspec.DecodeError:
            return {}

    def add(self, cause: str, what: str) -> None:
        """Write a cause down, durably."""
        if self.path is None:
            return
        with self.path.with_suffix(".new").open("wb") as file:
            file.write(msgspec.json.encode(self.causes() | {cause: what}))
            file.flush()
            os.fsync(file.fileno())
        self.path.with_suffix(".new").replace(self.path)

    def release(self, slug: str) -> bool:
        """Let a badge in again. False if it was not in quarantine."""
        causes = self.causes()
        kept = {cause: what for cause, what in causes.items() if not cause.startswith(f"badge:{slug}@")}
        if self.path is not None and kept != causes:
            self.path.write_bytes(msgspec.json.encode(kept))
        return kept != causes


def breadcrumb(url: str) -> Path | None:
    """Where the quarantine of a store is kept: beside its file, or in the working directory."""
    path = url.removeprefix("sqlite:///")
    return Path(f"{path}.quarantine") if path != url else Path("laurels.quarantine")


class Watchdog:
    """Watches one event loop. *stop* ends the process; tests pass their own."""

    def __init__(self, quarantine: Quarantine, stop: Callable[[int], Any] = os._exit) -> None:
        self._quarantine, self._stop = quarantine, stop
        self._running: tuple[str, float, float] | None = None  # cause, since, limit
        self._tasks: dict[asyncio.Task[Any], tuple[str, float]] = {}
        self._beat = time.monotonic()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def watching(self, cause: str, limit: float) -> Iterator[None]:
        """While a plain function of a badge runs on the loop."""
        self._running = (cause, time.monotonic(), limit)
        try:
            yield
        finally:
            self._running = None

    async def task(self, awaitable: Awaitable[T], cause: str, limit: float) -> T:
        """Await a badge's coroutine, in a task that is known to be the badge's. Raises TimeoutError after *limit* seconds.

        The task is cancelled then, but not waited for: code that swallows its cancellation holds up nobody.
        """

        async def run() -> T:
            return await awaitable

        task = asyncio.ensure_future(run())
        task.add_done_callback(self._forget)
        self._tasks[task] = (cause, limit)
        try:
            done, _ = await asyncio.wait({task}, timeout=limit)
        finally:
            task.cancel()
        if not done:
            raise TimeoutError
        return task.result()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled():
            task.exception()  # seen: nobody else will look at it

    def start(self) -> None:
        """Begin to watch the running loop."""
        loop = asyncio.get_running_loop()
        self._over.clear()
        self._thread = threading.Thread(target=self._watch, args=(loop,), name="laurels watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(2)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        self._heard(loop)
        while not self._over.wait(TICK):
            if (culprit := self._culprit(loop)) is not None:
                cause, held = culprit
                self._quarantine.add(cause, f"held the event loop for {held:.1f} s on {time.strftime('%Y-%m-%d %H:%M:%S')}")
                sys.stderr.write(
                    f"laurels: {cause} held the event loop for {held:.1f} s; ending the process, it starts without that badge\n"
                )
                sys.stderr.flush()
                self._stop(EXIT_STATUS)
                return

    def _heard(self, loop: asyncio.AbstractEventLoop) -> None:
        def beat() -> None:
            self._beat = time.monotonic()
            self._asked = False

        self._asked = True
        loop.call_soon_threadsafe(beat)

    def _culprit(self, loop: asyncio.AbstractEventLoop) -> tuple[str, float] | None:
        """Whose code has held the loop for longer than it may, and for how many seconds."""
        now = time.monotonic()
        running = self._running
        if running is not None and now - running[1] > running[2]:
            return running[0], now - running[1]
        if not self._asked and not loop.is_closed():
            self._heard(loop)
            return None
        task = asyncio.current_task(loop)
        if task is not None and task in self._tasks and now - self._beat > self._tasks[task][1]:
            return self._tasks[task][0], now - self._beat
        return None
