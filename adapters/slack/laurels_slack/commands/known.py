"""The reactions that nominated."""

import asyncio
from typing import Final

from laurels import AdapterState

_INDEX: Final = "medals"
_KEPT: Final = 1000  # the newest


class Known:
    """Durable, as Slack tells of a reaction that is taken back and given again like of a new one."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._lock = state, asyncio.Lock()

    async def first(self, key: str) -> bool:
        """Whether this one nominates for the first time; it is remembered."""
        async with self._lock:
            known: list[str] = await self._state.get(_INDEX) or []
            if key not in known:
                await self._state.put(_INDEX, [*known, key][-_KEPT:])
            return key not in known

    async def forget(self, key: str) -> None:
        """It was refused: it can be tried again."""
        async with self._lock:
            known: list[str] = await self._state.get(_INDEX) or []
            await self._state.put(_INDEX, [each for each in known if each != key])
