"""Where decisions go in, and are counted: by this process, or by the one that counts on the database already."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Final

from ...app import App
from ...config import Config
from ...desk import Desk
from ...generation import Generation
from ...loaded import Loaded
from ...periods import to_micros
from ...store import Store
from ..errors import NotNow
from . import configured, output

PATIENCE: Final = 30.0  # seconds that another process may take to settle what follows from an entry
LOOK: Final = 0.1  # seconds between looks at what another process does
LEADER: Final = 2.0  # seconds between looks whether there still is one


class Office:
    """*leads*: this process counts. Otherwise another one does, and this one waits for it."""

    def __init__(self, app: App, generation: Generation, *, leads: bool) -> None:
        self.app, self.generation, self.leads = app, generation, leads
        self.store: Store = app.store
        self._looked = time.monotonic()

    def desk(self, community: str) -> Desk:
        """Where people's decisions go in."""
        return self.app.desk(community)

    async def rest(self, persons: Collection[int] = ()) -> None:
        """Settle all that waits; where another process does that, wait a while until it is through with these *persons*."""
        if self.leads:
            await self._rest()
        until = time.monotonic() + PATIENCE
        while not self.leads and time.monotonic() < until and await self.store.owing(persons):
            await self._look()

    async def _rest(self) -> None:
        """Count and settle all that waits."""
        total, done = (await self.store.counted()).due, 0
        with output.progress("settling what waits", total) as bar:
            while await self.app.engine.count_some() + (settled := await self.app.engine.settle_some()):
                done += settled
                bar(done, max(total, done))

    async def settled(self, units: Collection[int], bar: output.Bar) -> int:
        """Return once nobody is to be settled for these units that can be settled now; how many are put off because their check failed."""
        total = await self._left(units)
        while left := await self._left(units):
            bar(total - left, total)
            if not self.leads:
                await self._look()
            elif not await self.app.engine.settle_some():
                break
        if self.leads:
            await self._rest()
        return sum([await self.store.due_of(unit) for unit in units])

    async def _left(self, units: Collection[int]) -> int:
        now = to_micros(self.app.clock())
        return sum([await self.store.due_of(unit, now) for unit in units])

    async def _look(self) -> None:
        """Wait a little. Raises NotNow where the process that counts has ended."""
        await asyncio.sleep(LOOK)
        if time.monotonic() - self._looked > LEADER:
            self._looked = time.monotonic()
            if await self.store.lead():
                raise NotNow("the laurels that counted has ended; nothing is lost: `laurels run` goes on with it, or this command again")


@asynccontextmanager
async def opened(config: Config, packs: Loaded | None = None) -> AsyncIterator[Office]:
    """The office. Makes the database where there is none."""
    packs = configured.installed(config).packs if packs is None else packs
    async with App(config, packs) as app:
        if app.leads:
            app.watchdog.start()
        yield Office(app, app.generation, leads=app.leads)
