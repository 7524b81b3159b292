"""What a button or form means, in the hundred characters that Discord keeps with it."""

import asyncio
import hashlib
from typing import Final

import msgspec

from laurels import AdapterState

_ROOM: Final = 100
_KEPT: Final = 1000  # meanings that are too long for Discord, the newest
_INDEX: Final = "pocket"
_ELSEWHERE: Final = "~"

#: A command: its name, then its words.
Meaning = tuple[str, ...]


class Pocket:
    """Packs commands into ids; one that is too long is kept in the adapter's *state*, and the id says where."""

    def __init__(self, state: AdapterState) -> None:
        self._state, self._lock = state, asyncio.Lock()

    async def pack(self, prefix: str, name: str, words: tuple[str, ...]) -> str:
        """The id that begins with *prefix* and means the command."""
        packed = msgspec.json.encode((name, *words)).decode()
        return prefix + (packed if len(prefix) + len(packed) <= _ROOM else await self._keep(packed))

    async def unpack(self, packed: str) -> Meaning | None:
        """What an id means that followed its prefix; None where that was so long ago that it is forgotten."""
        if packed.startswith(_ELSEWHERE):
            packed = await self._state.get(f"{_INDEX}/{packed[1:]}") or ""
        try:
            return msgspec.json.decode(packed, type=Meaning)
        except msgspec.DecodeError:
            return None

    async def _keep(self, packed: str) -> str:
        key = hashlib.sha256(packed.encode()).hexdigest()[:32]
        async with self._lock:
            kept: list[str] = await self._state.get(_INDEX) or []
            if key not in kept:
                await self._state.put(f"{_INDEX}/{key}", packed)
                for old in kept[: max(0, len(kept) + 1 - _KEPT)]:
                    await self._state.put(f"{_INDEX}/{old}", None)
                await self._state.put(_INDEX, [*kept, key][-_KEPT:])
        return _ELSEWHERE + key
