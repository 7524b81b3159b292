"""The people of the world, and what they do."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ..errors import nearest
from ..event_type import EventType
from ..model import Account, Event
from .clock import TICK

if TYPE_CHECKING:
    from .world import World


class Member:
    """Somebody in the world. Each verb returns once everything that follows from it has been counted and announced."""

    def __init__(self, world: "World", account: Account) -> None:
        self.world, self.account = world, account

    @property
    def name(self) -> str:
        """What people call them."""
        return self.account.name

    async def says(self, text: str, times: int = 1, every: timedelta | None = None, **more: Any) -> None:
        """Write a message, *times* over; ``@name`` mentions. *more* are further fields of ``message.posted``."""
        data = {"length": len(text), "words": len(text.split()), "mentions": self.world.mentioned(text), "text": text, **more}
        await self.does("message.posted", times, every, **data)

    async def thanks(self, other: "Member", times: int = 1, every: timedelta | None = None) -> None:
        """Thank somebody."""
        await self.does("thanks.given", times, every, receiver=other)

    async def does(self, type: str, /, times: int = 1, every: timedelta | None = None, **data: Any) -> list[Event]:
        """Do something, *times* over, a second apart or *every* so long. *data* is what :meth:`World.happens` takes."""
        events = []
        for _ in range(times):
            events.append(await self.world.happens(type, self, **data))
            if every is not None:
                await self.world.wait(max(every - TICK, timedelta()))
        return events

    def __repr__(self) -> str:
        return f"<{self.account.key}>"


def fields(declared: EventType, data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Account, ...]]:
    """*data* as an event has it, people as their accounts' keys, and these accounts. Raises TypeError for a field that isn't declared."""
    unknown = [name for name in data if name not in declared.fields and not declared.dynamic]
    if unknown:
        hint = nearest(unknown[0], list(declared.fields)) or f"it has {', '.join(declared.fields) or 'no fields'}"
        raise TypeError(f"{declared.name} has no field {unknown[0]!r}; {hint}")
    others: dict[str, Account] = {}
    plain = {name: _plain(value, others) for name, value in data.items()}
    return plain, tuple(others.values())


def _plain(value: Any, others: dict[str, Account]) -> Any:
    if isinstance(value, Member):
        value = value.account
    if isinstance(value, Account):
        others[value.key] = value
        return value.key
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item, others) for item in value]
    return value
