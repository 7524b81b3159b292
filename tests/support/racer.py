"""A second laurels process, to race with. Each reads jobs, meets the other at a barrier, does its part, and says what came of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from laurels import Account, Actor, Badge, Event, Nominations
from laurels.acts import Acts
from laurels.app import App
from laurels.policy import SYSTEM
from laurels.testing.clock import START
from laurels.testing.pack import gather
from laurels.testing.settings import settings

HOME = "home"
KIND = Badge(slug="kind", nominations=Nominations(approvals=1))
META = Badge(slug="pleased", requires="kind")
JITTER = 0.003  # seconds by which one may be ahead of the other, so that both orders come up
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

    async def appear(self, name: str, platform: str = "world") -> None:
        await self.app.host("world").put(Event(f"{platform}-{name}", "world", "message.posted", START, Account(platform, name, name=name)))

    async def give(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.give(SYSTEM, "kind", [Account(platform, name)]))

    async def revoke(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.revoke(SYSTEM, "kind", Account(platform, name), 1))

    async def reinstate(self, name: str, platform: str = "world") -> Said:
        return said(await self.acts.awards.reinstate(SYSTEM, "kind", Account(platform, name), 1))

    async def prove(self, name: str) -> Said:
        """Show on the hub that the account of the same name in the world is one's own; it is not confirmed yet."""
        code = await self.acts.links.ask(Actor(Account("world", name)))
        return said(await self.acts.links.show(Actor(Account("hub", name)), code))

    async def confirm(self, name: str) -> Said:
        return said(await self.acts.links.answer(Actor(Account("world", name)), True))

    async def unlink(self, name: str) -> Said:
        return said(await self.acts.links.unlink(Actor(Account("world", name)), Account("hub", name)))

    async def nominate(self, name: str) -> int:
        """Nominated, and accepted: an approval is all that is missing. Returns its id."""
        (outcome,) = await self.acts.nominations.nominate(Actor(Account("world", "nell")), "kind", Account("world", name))
        await self.acts.nominations.accept(Actor(Account("world", name)), outcome.seq)
        return int(outcome.seq)

    async def approve(self, id_: int, who: int) -> Said:
        return said(await self.acts.nominations.approve(DEES[who], id_))

    async def code(self) -> str:
        (code,) = (await self.acts.claims.make(SYSTEM, "kind")).codes
        return str(code)

    async def claim(self, code: str, name: str) -> Said:
        return said(await self.acts.claims.claim(Actor(Account("world", name)), code))

    async def held(self, name: str, platform: str = "world") -> tuple[str, ...]:
        """What somebody holds or held, once everything is settled: badge and state."""
        account = Account(platform, name)
        person = (await self.app.store.know(HOME, [account]))[account.key].person
        awards = await self.app.store.awards(HOME, person=person, standing=False)
        return tuple(sorted(f"{award.badge} {award.state}" for award in awards))

    async def rest(self) -> None:
        await self.app.rest()

    async def do(self, job: Job) -> Any:
        act: Callable[..., Awaitable[Any]] = getattr(self, job[0])
        return await act(*job[1])


async def opened(stack: AsyncExitStack, folder: Path, *, leads: bool) -> Racer:
    """A laurels on the database in *folder*; who leads counts, who doesn't only takes in, and waits."""
    app = await stack.enter_async_context(App(settings(folder, f"[communities.{HOME}]\nmode = 'quiet'\n"), gather([KIND, META])))
    if leads != app.leads:
        raise RuntimeError("the other process leads" if leads else "nobody else leads")
    if leads:
        app.start(announce=False)
    return Racer(app)


async def race(racer: Racer, barrier: Barrier, jobs: Sequence[Job], seed: int) -> list[Any]:
    """Do one job after the other, each at the same time as the other process does its own."""
    rng = random.Random(seed)
    found = []
    for job in jobs:
        await asyncio.to_thread(barrier.wait, 60)
        await asyncio.sleep(rng.random() * JITTER)
        found.append(await racer.do(job))
    return found


def second(folder: str, barrier: Barrier, orders: Connection) -> None:
    """The whole life of the process that doesn't lead: lists of jobs come in, what came of each goes out, until None comes."""
    asyncio.run(_second(Path(folder), barrier, orders))


async def _second(folder: Path, barrier: Barrier, orders: Connection) -> None:
    async with AsyncExitStack() as stack:
        racer = await opened(stack, folder, leads=False)
        orders.send("open")
        while (jobs := await asyncio.to_thread(orders.recv)) is not None:
            orders.send(await race(racer, barrier, jobs, seed=2))
