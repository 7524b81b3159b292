"""Two processes on one database do things at the same time: what comes of it is what one after the other would have given."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest_asyncio

from racer import Job, Racer, Said, opened, race, second

ROUNDS = 200
NAMES = [f"p{number}" for number in range(ROUNDS)]
Ends = tuple[Said, Said, object]  # what came of the one and of the other, and how it is at the end


class Two:
    """This process, which leads, and another one that doesn't."""

    def __init__(self, racer: Racer, barrier: Barrier, orders: Connection) -> None:
        self.racer, self.barrier, self.orders = racer, barrier, orders

    async def prepared(self, act: Callable[[str], Awaitable[object]], names: Sequence[str] = NAMES) -> list[object]:
        """Do something for everybody, before anybody races."""
        found = await asyncio.gather(*(act(name) for name in names))
        await self.racer.rest()
        return found

    async def race(self, ones: Sequence[Job], others: Sequence[Job]) -> list[tuple[Said, Said]]:
        """Do each of *ones* and of *others* at the same time; who leads does one of the former and of the latter in turn."""
        turns = [(one, other) if number % 2 else (other, one) for number, (one, other) in enumerate(zip(ones, others, strict=True))]
        self.orders.send([theirs for _, theirs in turns])
        mine = await race(self.racer, self.barrier, [mine for mine, _ in turns], seed=1)
        theirs = await asyncio.to_thread(self.orders.recv)
        await self.racer.rest()
        return [(m, t) if number % 2 else (t, m) for number, (m, t) in enumerate(zip(mine, theirs, strict=True))]

    async def ends(self, came: Sequence[tuple[Said, Said]], state: Callable[[str], Awaitable[object]]) -> set[Ends]:
        """All the ways in which the races ended."""
        return {(*outcomes, await state(name)) for outcomes, name in zip(came, NAMES, strict=True)}


@pytest_asyncio.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    context = multiprocessing.get_context("spawn")
    barrier, (mine, theirs) = context.Barrier(2), context.Pipe()
    async with AsyncExitStack() as stack:
        racer = await opened(stack, tmp_path, leads=True)
        child = context.Process(target=second, args=(str(tmp_path), barrier, theirs))
        child.start()
        try:
            assert await asyncio.to_thread(mine.recv) == "open"
            yield Two(racer, barrier, mine)
            mine.send(None)
            await asyncio.to_thread(child.join, 30)
        finally:
            barrier.abort()
            child.kill()
            await asyncio.to_thread(child.join)


def jobs(act: str, *more: object, names: Sequence[str] = NAMES) -> list[Job]:
    return [(act, (name, *more)) for name in names]


async def test_award_and_revoke_at_once(two: Two) -> None:
    await two.prepared(two.racer.appear)
    came = await two.race(jobs("give"), jobs("revoke"))
    assert await two.ends(came, two.racer.held) == {
        (("AWARDED", ""), ("REVOKED", ""), ("kind revoked", "pleased active")),
        (("AWARDED", ""), ("INVALID", "award-missing"), ("kind active", "pleased active")),
    }


async def test_revoke_and_reinstate_at_once(two: Two) -> None:
    await two.prepared(two.racer.appear)
    await two.prepared(two.racer.give)
    came = await two.race(jobs("revoke"), jobs("reinstate"))
    assert await two.ends(came, two.racer.held) == {
        (("REVOKED", ""), ("REINSTATED", ""), ("kind active", "pleased active")),
        (("REVOKED", ""), ("INVALID", "award-active"), ("kind revoked", "pleased active")),
    }


async def test_link_and_award_at_once(two: Two) -> None:
    """The one account holds it already: the person is given it once, under whichever account."""
    for platform in ("world", "hub"):
        await two.prepared(lambda name, platform=platform: two.racer.appear(name, platform))
    await two.prepared(two.racer.give)
    await two.prepared(two.racer.prove)
    came = await two.race(jobs("confirm"), jobs("give", "hub"))
    assert await two.ends(came, two.racer.held) == {
        (("LINKED", ""), ("ALREADY_HELD", ""), ("kind active", "pleased active")),
        (("LINKED", ""), ("AWARDED", ""), ("kind active", "pleased active")),
    }


async def test_link_and_revoke_at_once(two: Two) -> None:
    """A revocation holds, whether it comes before the link or after it."""
    for platform in ("world", "hub"):
        await two.prepared(lambda name, platform=platform: two.racer.appear(name, platform))
    await two.prepared(two.racer.give)
    await two.prepared(two.racer.prove)
    came = await two.race(jobs("confirm"), jobs("revoke", "hub"))
    assert await two.ends(came, two.racer.held) == {
        (("LINKED", ""), ("REVOKED", ""), ("kind revoked", "pleased active")),
        (("LINKED", ""), ("INVALID", "award-missing"), ("kind active", "pleased active")),
    }


async def test_unlink_and_award_at_once(two: Two) -> None:
    """Only the account that was given it is left with it."""
    await two.prepared(two.racer.appear)
    await two.prepared(two.racer.prove)
    await two.prepared(two.racer.confirm)
    came = await two.race(jobs("unlink"), jobs("give", "hub"))

    async def held(name: str) -> object:
        return await two.racer.held(name, "hub"), [state for state in await two.racer.held(name) if state.endswith("active")]

    assert await two.ends(came, held) == {(("UNLINKED", ""), ("AWARDED", ""), (("kind active", "pleased active"), ()))}


async def test_two_people_approve_the_same_nomination_at_once(two: Two) -> None:
    await two.prepared(two.racer.appear)
    ids = await two.prepared(two.racer.nominate)
    came = await two.race(*([("approve", (id_, who)) for id_ in ids] for who in (0, 1)))
    assert await two.ends(came, two.racer.held) == {
        (("AWARDED", ""), ("INVALID", "nomination-closed"), ("kind active", "pleased active")),
        (("INVALID", "nomination-closed"), ("AWARDED", ""), ("kind active", "pleased active")),
    }


async def test_the_last_use_of_a_code_is_claimed_twice_at_once(two: Two) -> None:
    codes = await asyncio.gather(*(two.racer.code() for _ in NAMES))
    came = await two.race(*([("claim", (code, f"{who}{name}")) for code, name in zip(codes, NAMES, strict=True)] for who in "ab"))

    async def held(name: str) -> object:
        return await two.racer.held(f"a{name}"), await two.racer.held(f"b{name}")

    both = ("kind active", "pleased active")
    assert await two.ends(came, held) == {
        (("AWARDED", ""), ("INVALID", "claim-used"), (both, ())),
        (("INVALID", "claim-used"), ("AWARDED", ""), ((), both)),
    }
