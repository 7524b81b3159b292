"""Nobody finds a code by trying."""

import asyncio
from datetime import timedelta

import pytest

from laurels import Actor, Badge
from laurels.claims.codes import make_code
from laurels.policy import SYSTEM
from laurels.testing import Member, World

WRONG = "0000-0000-0000-0000"


@pytest.fixture
def pack() -> list[Badge]:
    return [Badge(slug="kind"), Badge(slug="cake", repeatable=True)]


async def tried(world: World, who: Member, text: str) -> str:
    (outcome,) = await world.acts.claims.claim(Actor(who.account), text)
    return outcome.detail or outcome.result


async def test_ten_wrong_codes_in_ten_minutes_are_enough_then_the_right_one_is_not_looked_at(
    world: World, ana: Member, bob: Member
) -> None:
    code = (await world.acts.claims.make(SYSTEM, "kind")).codes[0]
    wrong = [WRONG, "not a code at all", *(make_code() for _ in range(8))]
    assert [await tried(world, ana, text) for text in wrong] == ["claim-unknown"] * 10
    assert await tried(world, ana, code) == "claim-attempts"
    assert await tried(world, bob, WRONG) == "claim-unknown"  # it is not everybody's fault
    world.later(minutes=10)
    assert await tried(world, ana, code) == "AWARDED"


async def test_waiting_does_not_begin_anew_with_every_try(world: World, ana: Member) -> None:
    for _ in range(10):
        await tried(world, ana, WRONG)
        world.later(minutes=1)
    world.later(seconds=1)
    assert [await tried(world, ana, WRONG) for _ in range(2)] == ["claim-unknown", "claim-attempts"]


async def test_trying_many_at_once_is_no_way_around_it(world: World, ana: Member) -> None:
    details = await asyncio.gather(*(tried(world, ana, make_code()) for _ in range(50)))
    assert (details.count("claim-unknown"), details.count("claim-attempts")) == (10, 40)


async def test_codes_that_there_are_do_not_count(world: World, ana: Member) -> None:
    codes = (await world.acts.claims.make(SYSTEM, "cake", count=20)).codes
    once = (await world.acts.claims.make(SYSTEM, "kind", expires=timedelta(days=1))).codes[0]
    assert [await tried(world, ana, code) for code in codes] == ["AWARDED"] * 20
    world.later(days=1)
    assert [await tried(world, ana, once) for _ in range(11)] == ["claim-expired"] * 11
    assert await tried(world, ana, WRONG) == "claim-unknown"


async def test_a_reload_forgives_nothing(world: World, ana: Member) -> None:
    for _ in range(10):
        await tried(world, ana, WRONG)
    assert await world.app.reload()
    assert await tried(world, ana, WRONG) == "claim-attempts"
