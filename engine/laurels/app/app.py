"""Wiring: from a configuration to a running engine, and back down in order."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Any, Final, Self

import structlog

from ..acts import Acts
from ..adapter import Adapter
from ..announcer import Announcer
from ..commands import Commands, Means
from ..config import Config
from ..config.model import EVERY
from ..desk import Desk
from ..engine.community import Community
from ..engine.conclude import Concluder
from ..engine.engine import Engine
from ..engine.intake import Intake
from ..engine.watchdog import Quarantine, Watchdog, breadcrumb
from ..errors import NotCounted, Problem
from ..generation import Generation
from ..hooks import Hooks
from ..hooks.teller import Teller
from ..loaded import Loaded
from ..model import Event, Place
from ..regrade import Looker
from ..rewards import Rewarder
from ..stores import open_store
from .describe import describer
from .host import AppHost
from .inventory import Inventory
from .routes import Routes

log = structlog.get_logger()

PATIENCE: Final = 30.0  # seconds that another process may take to count an entry
REALMS: Final = 4_096  # realms of which it is remembered whose they are
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
        self.adapters, self.clock = dict(adapters or {}), clock
        self.store = open_store(config.store.url)
        self.quarantine = Quarantine(breadcrumb(config.store.url))
        self.watchdog = Watchdog(self.quarantine)
        self.inventory = Inventory(config, packs, self.store, self.quarantine)
        self.config = self.inventory.config
        self._community_of = lru_cache(REALMS)(config.community_of)  # asked for every event; admins can't steer it
        self.routes = Routes()
        self.hooks = Hooks(packs.hooks)
        self.zones = {name: community.timezone for name, community in config.communities.items()}
        self.intake = Intake(self.store, self.zones, {n: c.keep_text for n, c in config.communities.items()}, clock)
        self._remaking = asyncio.Lock()
        self.engine: Engine
        self.announcer: Announcer
        self.teller: Teller
        self.rewarder: Rewarder
        self.leads = False  # whether this is the process that counts
        self._tasks: list[asyncio.Task[Any]] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.store)
            await self.inventory.begin()
            leads = self.leads = await self.store.lead()
            concluder = Concluder(self.store, self.hooks, self.intake)
            communities = await (self._communities() if leads else self.inventory.looked())
            self.engine = Engine(self.store, communities, self.watchdog, self.clock, concluder)
            self.engine.door = self.intake.door
            await self.look_at_door()
            self.announcer = Announcer(
                self.store, self.adapters, self.config.communities, self.clock,
                templates=self.config.announcer.templates, describe=describer(lambda: self.generation.registries),
            )  # fmt: skip
            self.teller = Teller(self.store, self.hooks, lambda: self.config.communities, self.clock)
            self.rewarder = Rewarder(
                self.store, self.adapters, lambda: self.config.communities,
                lambda community, platform: self.announcer.routing.mode(community, Place(platform, "")), self.clock,
            )  # fmt: skip
            self.engine.awarded, self.engine.remade = self._awarded, self.refresh
            stack.push_async_callback(self._stop)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    async def _communities(self) -> dict[str, Community]:
        return await self.inventory.communities({name: self.desk(name) for name in self.config.communities})

    async def look_at_door(self) -> None:
        """See who is shut out by now: this process may not be the one that counts, and hears of it."""
        for name in self.config.communities:
            await self.intake.door.load(name)

    def _awarded(self) -> None:
        self.announcer.wake()
        self.teller.wake()
        self.rewarder.wake()

    async def take_charge(self) -> None:
        """Go on as the process that leads: make this process's badges the ones that count, and shut out whom the last one did."""
        self.leads = True
        await self.look_at_door()
        self.engine.swap(await self._communities())
        await self.announcer.take_over()

    @property
    def generation(self) -> Generation:
        """The badges in force."""
        return self.inventory.generation

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out of the present generation, and why."""
        return self.generation.problems

    async def reload(self) -> bool:
        """Swap in a new generation; where the new one has faults that the old one hasn't, keep the old one and say why."""
        async with self._remaking:
            if not await self.inventory.reload():
                return False
            self.engine.swap(await self._communities())
            log.info("badges reloaded", badges=sum(len(registry.definitions) for registry in self.generation.registries.values()))
            return True

    async def refresh(self) -> None:
        """Go on with what people made of badges since, here or in another process. What is wrong with it costs only itself."""
        async with self._remaking:
            await self.inventory.follow()
            if self._is_behind():
                self.engine.swap(await (self._communities() if self.leads else self.inventory.looked()))
            elif not self.leads and any(badge.id < 0 for its in self.engine.communities.values() for badge in its.badges.values()):
                self.engine.swap(await self.inventory.looked())
            self.inventory.tell(self.engine.communities)

    def _is_behind(self) -> bool:
        """Whether the engine's badges are not those of the generation: also where a store that failed kept it from going on with them."""
        registries = {name: community.registry for name, community in self.engine.communities.items()}
        return any(registries.get(name) is not registry for name, registry in self.generation.registries.items())

    def start(self, *, announce: bool = True) -> None:
        """Count, settle and announce in the background until the app is closed."""
        self.watchdog.start()
        self._tasks.append(asyncio.create_task(self.engine.run(), name="laurels engine"))
        self._tasks.append(asyncio.create_task(self.teller.run(), name="laurels hooks"))
        if announce:
            self._tasks.append(asyncio.create_task(self.announcer.run(), name="laurels announcer"))
            self._tasks.append(asyncio.create_task(self.rewarder.run(), name="laurels rewards"))

    async def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self.watchdog.stop()

    def host(self, adapter: str) -> AppHost:
        """What the adapter of this name may touch."""
        return AppHost(self, adapter, self.routes, self._community_of)

    def desk(self, community: str) -> Desk:
        """Where people's decisions of a community go in."""
        return Desk(community, self.intake, self.clock, partial(self.counted, community))

    async def counted(self, community: str, seqs: Collection[int]) -> None:
        """Return once these entries of a community are counted: here, or by the process that leads. Raises NotCounted where none does."""
        until = time.monotonic() + PATIENCE
        while await self.store.waiting(seqs):
            if self._tasks:
                self.engine.wake()
            elif await self.store.lead():
                if not self.leads:
                    await self.take_charge()
                await self.engine.count_some()
                continue
            elif time.monotonic() > until:
                raise NotCounted(seqs, PATIENCE)
            await asyncio.sleep(LOOK)
        await self.refresh()
        await self.intake.door.load(community)  # whoever is told that they count again does, from the next thing they do

    def acts(self, community: str) -> Acts:
        """What people can do in a community."""
        return Acts(self.desk(community), self.inventory.policy(community), self.engine.communities[community])

    def looker(self, community: str) -> Looker:
        """For looking at the fold of a community without writing."""
        return Looker(self.engine.communities[community], self.store, self.watchdog)

    def commands(self, community: str, put: Callable[[Event], Awaitable[None]] | None = None) -> Commands:
        """The chat commands of a community. What follows from them is *put* as an adapter's events are."""
        acts, looker = self.acts(community), self.looker(community)
        return Commands(Means(acts, looker, put or self.put, self.clock, self.announcer.preview, self._platforms()))

    def _platforms(self) -> Collection[str]:
        """What accounts can be on: the platforms of the adapters, and of the communities' realms."""
        named = {platform for community in self.config.communities.values() for platform in community.realms if platform != EVERY}
        return named | {getattr(adapter, "platform", adapter.name) for adapter in self.adapters.values()}

    async def put(self, event: Event) -> None:
        """Take an event of a community; returns once it is durable."""
        await self.intake.put(event)
        self.engine.wake()

    async def rest(self) -> None:
        """Return once everything put so far is counted, and what can be announced and shown now is."""
        await self.engine.rest()
        await self.announcer.rest()
        await self.rewarder.rest()
