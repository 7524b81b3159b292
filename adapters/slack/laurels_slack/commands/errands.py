"""What goes on after Slack was told that something came: answers that are being made and carried."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

_log = structlog.get_logger(__name__)


class Errands:
    """Holds its tasks, so that none is lost half way, and ends them when the adapter stops."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def run(self, errand: Coroutine[Any, Any, T], what: str) -> asyncio.Task[T]:
        """Begin *errand*; where it fails, the log says *what* it was."""
        task = asyncio.create_task(errand, name=f"slack {what}")
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def rest(self) -> None:
        """Return once nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """End what is under way."""
        for task in (running := list(self._running)):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("an answer was lost", what=task.get_name(), exc_info=error)
