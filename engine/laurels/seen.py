"""What was seen already, as far back as anything is delivered twice."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from .adapter import State

_MOST: Final = 5000


class Seen:
    """A bounded memory, of this process."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, None] = OrderedDict()

    def first(self, what: Hashable) -> bool:
        """Whether this is the first time; from now on it isn't."""
        if what in self._known:
            return False
        self._known[what] = None
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return True


class Once:
    """The same, durable: in an adapter's *state*, under *key*; of one that is *most* names ago nothing is known any more."""

    def __init__(self, state: State, key: str, most: int = 1000) -> None:
        import asyncio  # noqa: PLC0415  # who writes a badge, or asks the shell for help, need not wait for it

        self._state, self._key, self._most = state, key, most
        self._one = asyncio.Lock()

    async def first(self, what: str) -> bool:
        """Whether this is the first time; from now on it isn't."""
        async with self._one:
            known: list[str] = await self._state.get(self._key) or []
            if what not in known:
                await self._state.put(self._key, [*known, what][-self._most :])
            return what not in known

    async def forget(self, what: str) -> None:
        """The next time is the first again."""
        async with self._one:
            known: list[str] = await self._state.get(self._key) or []
            await self._state.put(self._key, [each for each in known if each != what])
