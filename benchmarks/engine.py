"""The engine as it is: events put in, 256 of them under way at once, until every award is made and waits in the outbox."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

from laurels import Event
from laurels.engine.community import Community
from laurels.engine.conclude import Concluder
from laurels.engine.engine import Engine
from laurels.engine.intake import Intake
from laurels.engine.watchdog import Quarantine, Watchdog
from laurels.hooks import NO_HOOKS
from laurels.registry import Registry
from laurels.stores.sqlite import SqliteStore

from .ground import COMMUNITY, START, account
from .workload import MESSAGE, Workload, users_of

IN_FLIGHT: Final = 256


def events(work: Workload, limit: int | None = None) -> list[Event]:
    """The events, as an adapter would hand them over."""
    return [
        Event(f"m{seq}", "bench", MESSAGE, START + timedelta(seconds=seq), account(user), community=COMMUNITY)
        for seq, user in enumerate(users_of(work, limit), 1)
    ]


async def run(store: SqliteStore, work: Workload, badges: Registry, limit: int | None = None) -> float:
    """Put everything in and wait until it is counted; the seconds that it took."""
    its = events(work, limit)
    community = await Community.load(COMMUNITY, badges, store)
    watchdog = Watchdog(Quarantine(None))
    intake = Intake(store, {COMMUNITY: ZoneInfo("UTC")}, {}, _now)
    engine = Engine(store, {COMMUNITY: community}, watchdog, _now, Concluder(store, NO_HOOKS, intake))
    watchdog.start()
    task = asyncio.create_task(engine.run())
    try:
        begun = perf_counter()
        source = iter(its)
        await asyncio.gather(*(_put_all(intake, engine, source) for _ in range(IN_FLIGHT)))
        while await store.waiting([len(its)]):  # noqa: ASYNC110  # the table is what tells
            await asyncio.sleep(0.002)
        await engine.rest()
        return perf_counter() - begun
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        watchdog.stop()


async def _put_all(intake: Intake, engine: Engine, source: Iterator[Event]) -> None:
    for event in source:
        await intake.put(event)
        engine.wake()


async def measured(path: Path, work: Workload, badges: Registry, limit: int | None = None) -> float:
    """One run over one database."""
    async with SqliteStore(f"sqlite:///{path}") as store:
        return await run(store, work, badges, limit)


def _now() -> datetime:
    return datetime.now(UTC)
