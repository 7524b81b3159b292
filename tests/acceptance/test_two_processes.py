"""Two processes on one database do things at the same time: what comes of it is what one after the other would have given."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

import pytest
import pytest_asyncio

from laurels import Account
from laurels.engine import decisions, engine
from laurels.links.proving import digest
from laurels.policy import OPERATOR, SYSTEM
from racer import Job, Racer, Said, opened, second

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

ROUNDS, SOME = 200, 50  # in so many, both orders come up; in some, they may not
LOOK = 0.005  # seconds after which the one notices what the other put in; of 0.5 as usual, most of the time would be waiting
BOTH = ("kind active", "pleased active")
Ends = tuple[Said, Said, object]  # what came of the one and of the other, and how it is at the end


class Two:
    """This process, which leads, and another one that doesn't."""

    def __init__(self, racer: Racer, barrier: Barrier, orders: Connection) -> None:
        self.racer, self.barrier, self.orders = racer, barrier, orders

    async def race(
        self, names: Sequence[str], ones: Sequence[Job], others: Sequence[Job], state: Callable[[str], Awaitable[object]] | None = None
    ) -> set[Ends]:
        """Do each of *ones* and of *others* at the same time: all the ways in which it ended. The processes change places every time."""
        turns = [(one, other) if number % 2 else (other, one) for number, (one, other) in enumerate(zip(ones, others, strict=True))]
        self.orders.send([theirs for _, theirs in turns])
        mine = await self.racer.race(self.barrier, [mine for mine, _ in turns], seed=1)
        theirs = await asyncio.to_thread(self.orders.recv)
        await self.racer.rest()
        came = [(m, t) if number % 2 else (t, m) for number, (m, t) in enumerate(zip(mine, theirs, strict=True))]
        return {(*outcomes, await (state or self.racer.held)(name)) for outcomes, name in zip(came, names, strict=True)}

    async def appear(self, names: Sequence[str], platform: str = "world") -> None:
        accounts = [Account(platform, name, name=name) for name in names]
        await asyncio.gather(*(self.racer.happens("message.posted", account, {}, platform) for account in accounts))
        await self.racer.rest()

    async def give(self, names: Sequence[str]) -> None:
        await self.racer.acts.awards.give(SYSTEM, "kind", [Account("world", name) for name in names])

    async def prove(self, names: Sequence[str]) -> None:
        """Codes are asked for in the world and shown on the hub by accounts of the same name; nobody has confirmed yet."""
        for name in names:
            data = {"digest": digest(name), "strict": True}
            await self.racer.happens(decisions.LINK_ASKED, Account("world", name), data)
            await self.racer.happens(decisions.LINK_SHOWN, Account("hub", name), data)
        await self.racer.rest()

    async def link(self, names: Sequence[str]) -> None:
        for name in names:
            await self.racer.happens(decisions.LINKED, OPERATOR, {"person": f"world:{name}", "account": f"hub:{name}"})
        await self.racer.rest()

    async def nominate(self, names: Sequence[str]) -> list[int]:
        """Nominated, and accepted: an approval is all that is missing."""
        ids: list[int] = []
        for name in names:
            data = {"badge": "kind", "account": f"world:{name}", "name": name, "bot": False, "level": 1, "reason": "", "evidence": []}
            ids.append(await self.racer.happens(decisions.NOMINATED, Account("world", f"friend-of-{name}"), data | {"strict": True}))
            accepted = {"nomination": ids[-1], "note": "", "may": False, "only": "", "strict": True}
            await self.racer.happens(decisions.ACCEPTED, Account("world", name), accepted)
        await self.racer.rest()
        return ids


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def two(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Two]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "POLL", LOOK)
        async with _two(tmp_path_factory) as found:
            yield found


@asynccontextmanager
async def _two(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Two]:
    folder, context = tmp_path_factory.mktemp("two"), multiprocessing.get_context("spawn")
    barrier, (mine, theirs) = context.Barrier(2), context.Pipe()
    async with AsyncExitStack() as stack:
        racer = await opened(stack, folder, leads=True)
        child = context.Process(target=second, args=(folder, barrier, theirs))
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


def people(what: str, rounds: int = ROUNDS) -> list[str]:
    return [f"{what}{number}" for number in range(rounds)]


def jobs(act: str, names: Sequence[str], *more: object) -> list[Job]:
    return [(act, (name, *more)) for name in names]


async def test_award_and_revoke_at_once(two: Two) -> None:
    names = people("a")
    await two.appear(names)
    assert await two.race(names, jobs("give", names), jobs("revoke", names)) == {
        (("AWARDED", ""), ("REVOKED", ""), ("kind revoked", "pleased active")),
        (("AWARDED", ""), ("INVALID", "award-missing"), BOTH),
    }


async def test_revoke_and_reinstate_at_once(two: Two) -> None:
    names = people("b", SOME)
    await two.appear(names)
    await two.give(names)
    assert await two.race(names, jobs("revoke", names), jobs("reinstate", names)) <= {
        (("REVOKED", ""), ("REINSTATED", ""), BOTH),
        (("REVOKED", ""), ("INVALID", "award-active"), ("kind revoked", "pleased active")),
    }


async def test_link_and_award_at_once(two: Two) -> None:
    """The one account holds it already: the person is given it once, under whichever account."""
    names = people("c")
    await two.appear(names)
    await two.give(names)
    await two.prove(names)
    assert await two.race(names, jobs("confirm", names), jobs("give", names, "hub")) == {
        (("LINKED", ""), ("ALREADY_HELD", ""), BOTH),
        (("LINKED", ""), ("AWARDED", ""), BOTH),
    }


async def test_link_and_revoke_at_once(two: Two) -> None:
    """What the one account holds can be taken from the person under the other, once it is theirs."""
    names = people("d", SOME)
    await two.appear(names)
    await two.give(names)
    await two.prove(names)
    assert await two.race(names, jobs("confirm", names), jobs("revoke", names, "hub")) <= {
        (("LINKED", ""), ("REVOKED", ""), ("kind revoked", "pleased active")),
        (("LINKED", ""), ("INVALID", "award-missing"), BOTH),
    }


async def test_unlink_and_award_at_once(two: Two) -> None:
    """Only the account that was given it is left with it."""
    names = people("e", SOME)
    await two.appear(names)
    await two.appear(names, "hub")
    await two.link(names)

    async def held(name: str) -> object:
        theirs, rest = await two.racer.held(name, "hub"), await two.racer.held(name)
        return theirs, tuple(badge for badge in rest if badge.endswith("active"))

    ends = await two.race(names, jobs("unlink", names), jobs("give", names, "hub"), held)
    assert ends == {(("UNLINKED", ""), ("AWARDED", ""), (BOTH, ()))}


async def test_two_people_approve_the_same_nomination_at_once(two: Two) -> None:
    names = people("f")
    await two.appear(names)
    ids = await two.nominate(names)
    assert await two.race(names, *([("approve", (id_, who)) for id_ in ids] for who in (0, 1))) == {
        (("AWARDED", ""), ("INVALID", "nomination-closed"), BOTH),
        (("INVALID", "nomination-closed"), ("AWARDED", ""), BOTH),
    }


async def test_the_last_use_of_a_code_is_claimed_twice_at_once(two: Two) -> None:
    names = people("g")
    codes = (await two.racer.acts.claims.make(SYSTEM, "kind", count=ROUNDS)).codes

    async def held(name: str) -> object:
        return await two.racer.held(f"a{name}"), await two.racer.held(f"b{name}")

    claims = [[("claim", (code, f"{who}{name}")) for code, name in zip(codes, names, strict=True)] for who in "ab"]
    assert await two.race(names, *claims, held) == {
        (("AWARDED", ""), ("INVALID", "claim-used"), (BOTH, ())),
        (("INVALID", "claim-used"), ("AWARDED", ""), ((), BOTH)),
    }
