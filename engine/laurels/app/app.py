"""Wiring: from a configuration to a running engine, and back down in order."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from typing import Any, Final, Self

import structlog

from ..acts import Acts
from ..adapter import Adapter
from ..announcer import Announcer
from ..commands import Commands
from ..config import Config
from ..desk import Desk
from ..engine.community import Community
from ..engine.conclude import Concluder
from ..engine.engine import Engine
from ..engine.intake import Intake
from ..engine.watchdog import Quarantine, Watchdog, breadcrumb
from ..errors import Problem, StoreError
from ..generation import Generation, build
from ..hooks import Hooks
from ..hooks.teller import Teller
from ..loaded import Loaded
from ..policy import Policy
from ..regrade import Looker
from ..stores import open_store
from .describe import describer
from .host import AppHost
from .routes import Routes

log = structlog.get_logger()

PATIENCE: Final = 30.0  # seconds that another process may take to count an entry
LOOK: Final = 0.01  # seconds between looks whether it is counted


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


class App:
    """Everything of one process: ``async with App(config, packs) as app``, then :meth:`start` what it is to do.

    *adapters* are made already, by name. *clock* tells the time; tests freeze it.
    """

    def __init__(
        self, config: Config, packs: Loaded, adapters: Mapping[str, Adapter] | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.config, self.packs, self.adapters, self.clock = config, packs, dict(adapters or {}), clock
        self.store = open_store(config.store.url)
        self.quarantine = Quarantine(breadcrumb(config.store.url))
        self.watchdog = Watchdog(self.quarantine)
        self.routes = Routes()
        self.hooks = Hooks(packs.hooks)
        self.zones = {name: community.timezone for name, community in config.communities.items()}
        self.intake = Intake(self.store, self.zones, {n: c.keep_text for n, c in config.communities.items()}, clock)
        self.generation: Generation
        self.engine: Engine
        self.announcer: Announcer
        self.teller: Teller
        self._leads = False
        self._tasks: list[asyncio.Task[Any]] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.store)
            self.generation = self._build()
            leads = self._leads = await self.store.lead()
            concluder = Concluder(self.store, self.hooks, self.intake)
            communities = await (self._communities() if leads else self._looked())
            self.engine = Engine(self.store, communities, self.watchdog, self.clock, concluder)
            self.announcer = Announcer(
                self.store, self.adapters, self.config.communities, self.clock,
                templates=self.config.announcer.templates, describe=describer(lambda: self.generation.registries),
            )  # fmt: skip
            self.teller = Teller(self.store, self.hooks, lambda: self.config.communities, self.clock)
            self.engine.awarded = self._awarded
            stack.push_async_callback(self._stop)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    def _build(self) -> Generation:
        return build(self.config, self.packs, quarantined=self.quarantine.causes())

    async def _communities(self) -> dict[str, Community]:
        """The generation's communities, known to the store; changed definitions are noted in the journal."""
        found = {name: await Community.load(name, registry, self.store) for name, registry in self.generation.registries.items()}
        for name, community in found.items():
            community.may = self.policy(name).may
            for slug, before in community.changed.items():
                await self.desk(name).redefine(slug, before, community.registry.definitions[slug].cause)
        return found

    async def _looked(self) -> dict[str, Community]:
        """The generation's communities while another process leads, whose badges may be others."""
        found = {name: await Community.look(name, registry, self.store) for name, registry in self.generation.registries.items()}
        for name, community in found.items():
            community.may = self.policy(name).may
        return found

    def _awarded(self) -> None:
        self.announcer.wake()
        self.teller.wake()

    async def take_charge(self) -> None:
        """Go on as the process that leads: make this process's badges the ones that count."""
        self._leads = True
        self.engine.swap(await self._communities())
        await self.announcer.take_over()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out of the present generation, and why."""
        return self.generation.problems

    async def reload(self) -> bool:
        """Swap in a new generation; where the new one has faults that the old one hasn't, keep the old one and say why."""
        fresh = await asyncio.to_thread(self._build)
        worse = [problem for problem in fresh.problems if str(problem) not in {str(known) for known in self.generation.problems}]
        if worse:
            log.error("badges not reloaded; the ones before stay", problems=[str(problem) for problem in worse])
            return False
        self.generation = fresh
        self.engine.swap(await self._communities())
        log.info("badges reloaded", badges=sum(len(registry.definitions) for registry in fresh.registries.values()))
        return True

    def start(self, *, announce: bool = True) -> None:
        """Count, settle and announce in the background until the app is closed."""
        self.watchdog.start()
        self._tasks.append(asyncio.create_task(self.engine.run(), name="laurels engine"))
        self._tasks.append(asyncio.create_task(self.teller.run(), name="laurels hooks"))
        if announce:
            self._tasks.append(asyncio.create_task(self.announcer.run(), name="laurels announcer"))

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self.watchdog.stop()

    def host(self, adapter: str) -> AppHost:
        """What the adapter of this name may touch."""
        return AppHost(self, adapter, self.routes, self.config.community_of)

    def desk(self, community: str) -> Desk:
        """Where people's decisions of a community go in."""
        return Desk(community, self.intake, self.clock, self.counted)

    async def counted(self, seqs: Collection[int]) -> None:
        """Return once these entries of the journal are counted: here, or by the process that leads. Raises StoreError where none does."""
        until = time.monotonic() + PATIENCE
        while await self.store.waiting(seqs):
            if self._tasks:
                self.engine.wake()
            elif await self.store.lead():
                if not self._leads:
                    await self.take_charge()
                await self.engine.count_some()
                continue
            elif time.monotonic() > until:
                raise StoreError(f"written down, but no laurels process has counted it within {PATIENCE:g} s")
            await asyncio.sleep(LOOK)

    def policy(self, community: str) -> Policy:
        """Who may do what in a community."""
        return Policy(self.config.communities[community])

    def acts(self, community: str) -> Acts:
        """What people can do in a community."""
        return Acts(self.desk(community), self.policy(community), self.engine.communities[community])

    def looker(self, community: str) -> Looker:
        """For looking at the fold of a community without writing."""
        return Looker(self.engine.communities[community], self.store, self.watchdog)

    def commands(self, community: str) -> Commands:
        """The chat commands of a community."""
        return Commands(self.engine.communities[community], self.store, self.looker(community), self.clock)

    async def rest(self) -> None:
        """Return once everything put so far is counted, and what can be announced now is."""
        await self.engine.rest()
        await self.announcer.rest()
