"""A person's own events, as a badge's code may read them: up to the event that it decides on."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from ..event_type import EventType
from ..measures import Types
from ..model import Event
from ..records import Row
from ..registry import Registry, listens
from ..rules.fields import getter
from ..store import Store

T = TypeVar("T")


class History:
    """One person's events: those counted already, *less* those that stop counting now, and those that are being counted (*more*)."""

    def __init__(self, store: Store, registry: Registry, person: int, more: Sequence[Row] = (), less: frozenset[int] = frozenset()) -> None:
        self._store, self._registry, self._person = store, registry, person
        self._more, self._less = more, less
        self._rows: dict[tuple[str, ...], list[Row]] = {}
        self.reads: set[str] = set()

    async def until(self, types: Types, row: Row, days: tuple[int, int]) -> list[Row]:
        """The events of *types* up to *row* in the fold, on local days from the first to the last of *days*."""
        names = (types,) if isinstance(types, str) else tuple(sorted(types))
        self.reads.update(names)
        first, last = days
        return [r for r in await self._all(names) if r.position <= row.position and first <= r.local // 24 <= last]

    async def _all(self, names: tuple[str, ...]) -> list[Row]:
        found = self._rows.get(names)
        if found is None:
            stored = [row for row in await self._store.history(self._person, names, own=True) if row.seq not in self._less]
            here = {row.seq for row in stored}
            more = [r for r in self._more if r.seq not in here and any(listens(name, r.event.type) for name in names)]
            found = self._rows[names] = sorted((*stored, *more), key=lambda r: r.position)
        return found

    def reader(self, field: str) -> Callable[[Event], Any]:
        """An accessor for a dotted path. Raises ValueError for a field that the event's type doesn't have."""
        by_type: dict[str, Callable[[Event], Any]] = {}

        def read(event: Event) -> Any:
            if event.type not in by_type:
                by_type[event.type] = getter(field, self._registry.types.get(event.type) or EventType(event.type))
            return by_type[event.type](event)

        return read


def days(row: Row, since: str, until: str, last: int) -> tuple[int, int]:
    """The local days that a read covers, as ordinals. Raises ValueError for what is no ISO date, or *since* with *last*."""
    if since and last:
        raise ValueError("give `since` or `last`, not both")
    end = min(date.fromisoformat(until).toordinal() if until else row.local // 24, row.local // 24 + 1)
    if last:
        return end - last + 1, end
    return date.fromisoformat(since).toordinal() if since else 0, end
