"""The real engine under the random streams: on a SQLite file, stepped by hand, so that a case always goes the same way."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec.structs import replace

from decision import Decision
from laurels import Badge, Event, EventType
from small import NAME, Small, small

Holding = tuple[str, str, int, str, str]  # person, badge, level, occurrence, state
T = TypeVar("T")

NOW = datetime(2025, 6, 1, tzinfo=UTC)  # after all that happens in a case
COMPUTED = ("award", "tally", "seen", "given", "settled", "outbox", "post", "due")  # what a regrade makes again from the journal


class Driver(Protocol):
    """What the property needs of an engine; each answers with all that is held or revoked."""

    async def run(
        self, badges: Sequence[Badge], types: Sequence[EventType], arrivals: Sequence[Event | Decision], zone: str, batches: Sequence[int]
    ) -> set[Holding]:
        """Take *arrivals* in, in bites of the sizes *batches*, and count each before the next comes."""
        ...

    async def regrade(self, badges: Sequence[Badge], types: Sequence[EventType], zone: str, *, empty: bool) -> set[Holding]:
        """Open again what ``run`` left and regrade everything, from an *empty* fold or over what is there."""
        ...


class EngineDriver:
    """Laurels' own engine. *path* is a file that isn't there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def run(
        self, badges: Sequence[Badge], types: Sequence[EventType], arrivals: Sequence[Event | Decision], zone: str, batches: Sequence[int]
    ) -> set[Holding]:
        async with self._open(badges, types, zone) as it:
            for number, bite in enumerate(bites(arrivals, batches)):
                await asyncio.gather(*(it.intake.put(entry) for row in bite for entry in entries(it, row)))
                await it.engine.count_some()
                if number % 2:  # what is due waits sometimes, while more comes
                    await it.engine.settle_some()
            await at_rest(it)
            return await holdings(it)

    async def regrade(self, badges: Sequence[Badge], types: Sequence[EventType], zone: str, *, empty: bool) -> set[Holding]:
        async with self._open(badges, types, zone) as it:
            for table in COMPUTED if empty else ():
                await it.store.db.writer.submit(lambda connection, table=table: connection.execute(f"DELETE FROM {table}"))
            for definition in it.engine.communities[NAME].registry.definitions.values():
                await it.desk.regrade(definition)
            await at_rest(it)
            return await holdings(it)

    @asynccontextmanager
    async def _open(self, badges: Sequence[Badge], types: Sequence[EventType], zone: str) -> AsyncIterator[Small]:
        async with small(self.path, badges, types, zone=zone, clock=lambda: NOW, run=False) as it:
            yield it


async def make_store(path: Path) -> None:
    """A store at *path*, with nothing in it."""
    async with small(path, [], run=False):
        pass


def bites(rows: Iterable[T], sizes: Sequence[int]) -> Iterator[list[T]]:
    """*rows* in pieces of these sizes, over and over."""
    left = iter(rows)
    for size in cycle(sizes):
        if not (bite := list(islice(left, size))):
            return
        yield bite


def entries(it: Small, row: Event | Decision) -> list[Event]:
    """What is put into the journal for a row."""
    if isinstance(row, Event):
        return [replace(row, community=NAME)]
    subject = {"badge": row.badge, "account": row.person, "level": row.level, "occurrence": row.occurrence}
    cause = {"cause": it.engine.communities[NAME].registry.definitions[row.badge].cause}
    data = cause if row.verb == "undone" else subject
    return [Event(row.id, "laurels", f"laurels.{row.verb}", row.time, data=data, community=NAME)]


async def at_rest(it: Small) -> None:
    """Until nothing is left to count, nor due."""
    while await it.engine.count_some() or await it.engine.settle_some():
        pass


async def holdings(it: Small) -> set[Holding]:
    """What is held or revoked; as of the beginning of time, so that nothing has expired."""
    found = await it.store.awards(NAME, standing=False, now=0)
    return {(a.accounts[0], a.badge, a.level, a.occurrence, a.state) for a in found if a.state in ("active", "revoked")}
