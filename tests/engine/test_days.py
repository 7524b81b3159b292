"""The beginning of a day reaches everybody who was there before it, whenever laurels heard of them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from laurels import Badge, Check, Event, Grant, Verdict
from laurels.app.daily import day
from laurels.testing import Member, World


class Riser(Badge):
    """Won each morning."""

    slug = "riser"
    events = ("clock.day",)
    repeatable = True

    def award(self, check: Check) -> Verdict:
        return Grant()


@pytest.fixture
def pack() -> type[Badge]:
    return Riser


@pytest.fixture
def was_there(world: World) -> Callable[[Member, timedelta], Event]:
    """An event of somebody's so long ago, of which laurels hears now."""

    def event(member: Member, ago: timedelta) -> Event:
        return Event(f"{member.name}-{ago}", "elsewhere", "message.posted", world.now - ago, member.account)

    return event


async def test_a_day_reaches_everybody_seen_before_it_and_nobody_else(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await world.wait(timedelta(days=1))
    await bob.says("hi")
    await world.wait(timedelta(days=2))
    assert world.awards(ana) == ["riser"] * 3
    assert world.awards(bob) == ["riser"] * 2


async def test_days_that_passed_somebody_by_are_theirs_when_laurels_hears_of_them(
    world: World, ana: Member, was_there: Callable[[Member, timedelta], Event]
) -> None:
    await world.wait(timedelta(days=3))
    await world.replay([was_there(ana, timedelta(days=2))])
    assert world.awards(ana) == ["riser"] * 2
    await world.replay([was_there(ana, timedelta(days=9))])
    assert world.awards(ana) == ["riser"] * 3
    assert await world.regraded() == []


async def test_who_was_there_only_by_what_is_gone_was_not_there(
    world: World, ana: Member, was_there: Callable[[Member, timedelta], Event]
) -> None:
    await world.wait(timedelta(days=4))
    first, second = was_there(ana, timedelta(days=3)), was_there(ana, timedelta(days=2))
    await world.replay([first, second])
    assert world.awards(ana) == ["riser"] * 3
    for event, left in ((first, 2), (second, 0)):
        gone = structs.replace(event, id=f"{event.id} is gone", thing=event.id, on=False, revised=world.now)
        await world.replay([gone])
        assert world.awards(ana) == ["riser"] * left
    assert await world.regraded() == []


async def test_so_they_are_after_a_restart(tmp_path: Path, was_there: Callable[[Member, timedelta], Event]) -> None:
    async with World(tmp_path, Riser) as before:
        await before.wait(timedelta(days=2))
    async with World(tmp_path, Riser) as after:
        ana = after.person("Ana")
        await after.replay([was_there(ana, timedelta(days=1))])
        assert after.awards(ana) == ["riser"] * 2


async def test_who_is_first_seen_in_the_same_batch_is_seen(world: World, ana: Member) -> None:
    evening = Event("e", "elsewhere", "message.posted", world.now, ana.account, community=world.community)
    world.later(hours=15)
    await asyncio.gather(world.app.intake.put(evening), world.app.intake.put(day(world.community, ZoneInfo("UTC"), world.now)))
    await world.rest()
    assert world.awards(ana) == ["riser"]
