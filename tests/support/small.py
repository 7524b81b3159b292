"""An engine on a real SQLite file, without adapters: for tests of the engine alone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from laurels import Badge, Event, EventType
from laurels.definition import Definition
from laurels.desk import Desk
from laurels.engine.community import Community
from laurels.engine.conclude import Concluder
from laurels.engine.engine import Engine
from laurels.engine.intake import Intake
from laurels.engine.watchdog import Quarantine, Watchdog
from laurels.hooks import NO_HOOKS
from laurels.loaded import Loaded, Sourced
from laurels.registry import Registry
from laurels.store import Store
from laurels.stores import open_store
from laurels.stores.sqlite import SqliteStore
from laurels.validate import Catalog, check, types_of

NAME = "acme"


def utc_now() -> datetime:
    return datetime.now(UTC)


def registry_of(badges: Iterable[Badge], types: Iterable[EventType] = ()) -> Registry:
    known, wrong = types_of([Loaded(types=tuple(types))])
    valid = check([Sourced(badge, "test") for badge in badges], Catalog(known))
    if wrong or valid.problems:
        raise ValueError([str(problem) for problem in (*wrong, *valid.problems)])
    return Registry([Definition(sourced.badge, known) for sourced in valid.badges], known)


@dataclass
class Small:
    """One community, NAME, with its badges."""

    store: SqliteStore
    engine: Engine
    intake: Intake
    desk: Desk

    async def put(self, *events: Event) -> None:
        await asyncio.gather(*(self.intake.put(event) for event in events))
        self.engine.wake()

    async def rest(self) -> None:
        self.engine.wake()
        await asyncio.wait_for(self.engine.rest(), 100)

    async def awards(self, *, standing: bool = True) -> set[tuple[str, str, int, str]]:
        """(person, badge, level, occurrence) of what stands."""
        found = await self.store.awards(NAME, standing=standing)
        return {(award.accounts[0], award.badge, award.level, award.occurrence) for award in found}

    async def swap(self, badges: Sequence[Badge], types: Sequence[EventType] = ()) -> None:
        """Go on with other badges."""
        self.engine.swap({NAME: await Community.load(NAME, registry_of(badges, types), self.store)})


@asynccontextmanager
async def small(
    path: Path,
    badges: Iterable[Badge],
    types: Iterable[EventType] = (),
    *,
    zone: str = "UTC",
    clock: Callable[[], datetime] = utc_now,
    texts: Mapping[str, bool] | None = None,
    run: bool = True,
) -> AsyncIterator[Small]:
    """Open a store at *path* and count what is put."""
    async with open_store(f"sqlite:///{path}") as store:
        community = await Community.load(NAME, registry_of(badges, types), store)
        watchdog = Watchdog(Quarantine(path.with_suffix(".quarantine")))
        intake = Intake(store, {NAME: ZoneInfo(zone)}, texts or {}, clock)
        engine = Engine(store, {NAME: community}, watchdog, clock, Concluder(store, NO_HOOKS, intake))
        engine.door = intake.door
        await intake.door.load(NAME)
        task = asyncio.create_task(engine.run()) if run else None
        try:
            yield Small(store, engine, intake, Desk(NAME, intake, clock, partial(_counted, store, engine)))
        finally:
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _counted(store: Store, engine: Engine, seqs: Collection[int]) -> None:
    while await store.waiting(seqs):
        engine.wake()
        await asyncio.sleep(0.001)
