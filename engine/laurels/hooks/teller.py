"""Telling hooks what was decided: at least once, later again where that fails, also after a restart."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, get_type_hints

import msgspec
import structlog
from msgspec import structs

from ..filed import HookCall
from ..hook import Hook
from ..periods import to_micros
from ..pulse import Pulse
from ..store import Store
from .hooks import Hooks, News

log = structlog.get_logger()

SECOND: Final = 1_000_000  # microseconds
TRIES: Final = 6  # before a call is parked, after some twenty minutes
CHUNK: Final = 64
POLL: Final = 1.0  # seconds between looks for what is to be told


class Teller:
    """Tells what waits. A call of a hook that is no longer installed is forgotten."""

    def __init__(self, store: Store, hooks: Hooks, communities: Callable[[], Collection[str]], clock: Callable[[], datetime]) -> None:
        self.store, self.hooks, self.communities, self.clock = store, hooks, communities, clock
        self._pulse, self._turn = Pulse(POLL), asyncio.Lock()

    def wake(self) -> None:
        """There may be something to tell."""
        self._pulse.wake()

    async def run(self) -> None:
        """Tell until cancelled."""
        await self._pulse.run(self.tell_some, "hooks could not be told; trying again")

    async def tell_some(self) -> int:
        """Tell what is due now, hook by hook in order. Returns how many calls got through."""
        now, told = to_micros(self.clock()), 0
        async with self._turn:
            for community in self.communities():
                for call in await self.store.find(HookCall, community, order="at", limit=CHUNK, state="due"):
                    if call.at <= now:
                        told += await self._tell(community, call, now)
        return told

    async def _tell(self, community: str, call: HookCall, now: int) -> bool:
        hook = self.hooks.named.get(call.hook)
        if hook is None:
            await self.store.drop(community, call)
            return False
        try:
            news: News = msgspec.json.decode(call.news, type=_kind(call.verb))
            async with asyncio.timeout(hook.timeout):
                await getattr(hook, call.verb)(news)
        except Exception as exc:  # a hook's code may raise anything
            await self._failed(community, call, exc, now)
            return False
        await self.store.drop(community, call)
        return True

    async def _failed(self, community: str, call: HookCall, exc: Exception, now: int) -> None:
        attempts = call.attempts + 1
        log.warning("a hook failed to be told", hook=call.hook, verb=call.verb, attempts=attempts, exc_info=exc)
        later = now + (SECOND << 2 * (attempts - 1))
        state = "parked" if attempts >= TRIES else "due"
        error = f"{type(exc).__name__}: {exc}"
        await self.store.save(community, structs.replace(call, attempts=attempts, at=later, error=error, state=state))


def _kind(verb: str) -> type[News]:
    """What a verb tells."""
    hints: dict[str, type[News]] = get_type_hints(getattr(Hook, verb))
    return next(kind for name, kind in hints.items() if name != "return")
