"""A laurels process to race with another: both do what they are told at the same moments, and say what came of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from laurels import Account, Actor, Badge, Event, Nominations
from laurels.acts import Acts
from laurels.app import App
from laurels.desk import fresh
from laurels.policy import SYSTEM
from laurels.testing.pack import gather
from laurels.testing.settings import settings

HOME = "home"
KIND = Badge(slug="kind", nominations=Nominations(approvals=1))
META = Badge(slug="pleased", requires="kind")
JITTER = 0.008  # seconds by which one may be ahead of the other, so that both orders come up
DEES = [Actor(Account("world", name, name=name), ("admin",)) for name in ("dee", "eli")]

Said = tuple[str, str]  # result and detail of an act's one outcome
Job = tuple[str, tuple[Any, ...]]


def said(outcomes: Sequence[Any]) -> Said:
    (outcome,) = outcomes
    return outcome.result, outcome.detail


class Racer:
    """The acts that can be raced, by name; each takes what a job says."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def acts(self) -> Acts:
        return self.app.acts(HOME)

    async def give(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.give(SYSTEM, "kind", [Account(platform, name)]))

    async def revoke(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.revoke(SYSTEM, "kind", Account(platform, name), 1))

    async def reinstate(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.reinstate(SYSTEM, "kind", Account(platform, name), 1))

    async def confirm(self, name: str) -> Said:
        return said(await self.acts.links.answer(Actor(Account("world", name)), True))

    async def unlink(self, name: str) -> Said:
        return said(await self.acts.links.unlink(Actor(Account("world", name)), Account("hub", name)))

    async def approve(self, id_: int, who: int) -> Said:
        return said(await self.acts.nominations.approve(DEES[who], id_))

    async def claim(self, code: str, name: str) -> Said:
        return said(await self.acts.claims.claim(Actor(Account("world", name)), code))

    async def held(self, name: str, platform: str = "world") -> tuple[str, ...]:
        """What somebody holds or held: badge and state."""
        account = Account(platform, name)
        person = (await self.app.store.know(HOME, [account]))[account.key].person
        awards = await self.app.store.awards(HOME, person=person, standing=False)
        return tuple(sorted(f"{award.badge} {award.state}" for award in awards))

    async def happens(self, type_: str, actor: Account, data: Mapping[str, Any], source: str = "laurels") -> int:
        """Put something into the journal, without waiting until it is counted. Returns its seq."""
        seq = await self.app.intake.put(Event(fresh(), source, type_, datetime.now(UTC), actor, data, community=HOME))
        if seq is None:
            raise RuntimeError("a fresh id was there")
        return seq

    async def rest(self) -> None:
        self.app.engine.wake()
        await self.app.rest()

    async def race(self, barrier: Barrier, jobs: Sequence[Job], seed: int) -> list[Said]:
        """Do one job after the other, each at the same time as the other process does its own."""
        rng, found = random.Random(seed), []
        for name, words in jobs:
            act: Callable[..., Awaitable[Said]] = getattr(self, name)
            await asyncio.to_thread(barrier.wait, 60)
            await asyncio.sleep(rng.random() * JITTER)
            found.append(await act(*words))
        return found


async def opened(stack: AsyncExitStack, folder: Path, *, leads: bool) -> Racer:
    """A laurels on the database in *folder*; who leads counts, who doesn't only takes in, and waits."""
    config = settings(folder, f"[communities.{HOME}]\nmode = 'quiet'\n")
    app = await stack.enter_async_context(App(config, gather([KIND, META])))
    if leads != app.leads:
        raise RuntimeError("the other process leads" if leads else "nobody else leads")
    if leads:
        app.start(announce=False)
    return Racer(app)


def second(folder: Path, barrier: Barrier, orders: Connection) -> None:
    """The whole life of the process that doesn't lead: lists of jobs come in, what came of each goes out, until None comes."""
    asyncio.run(_second(folder, barrier, orders))


async def _second(folder: Path, barrier: Barrier, orders: Connection) -> None:
    async with AsyncExitStack() as stack:
        racer = await opened(stack, folder, leads=False)
        orders.send("open")
        while (jobs := await asyncio.to_thread(orders.recv)) is not None:
            orders.send(await racer.race(barrier, jobs, seed=2))
