"""What is done again and again: at once while there is more of it, else when woken, or after a while."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

log = structlog.get_logger()

RETRY: Final = 1.0  # seconds before what failed is tried again, however often it is woken: what wakes it may be what fails


class Pulse:
    """*seconds* lie between looks that nobody asked for: they find what another process left to be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do. Who says so while a step is under way is heard after it."""
        self._woken.set()

    async def run(self, step: Callable[[], Awaitable[int]], trouble: str) -> None:
        """Take *step*, which returns how much it did, until cancelled. Where one fails, the log says *trouble*."""
        while True:
            self._woken.clear()
            try:
                did = await step()
            except Exception:  # whatever it was (a full disk, a lock), nothing is lost, and it may pass
                log.exception(trouble, again_in=RETRY)
                await asyncio.sleep(RETRY)
            else:
                if not did:
                    await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self.seconds):
                await self._woken.wait()
