"""Hooks: a veto with a reason, isolation, and being told at least once."""

import asyncio
from datetime import timedelta

import pytest

from laurels import AwardNews, Badge, Count, Hook, Level, Veto
from laurels.filed import HookCall
from laurels.hooks import Hooks
from laurels.policy import SYSTEM
from laurels.testing import Member, World

ASKED: list[str] = []
TOLD: list[str] = []


class Strict(Hook):
    """Forbids what is called forbidden, and remembers."""

    name = "strict"
    failing = False
    open = False

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        ASKED.append(f"{award.badge}@{award.level} {award.person} {award.by}".strip())
        return Veto("not on Sundays") if award.badge == "talker" and not self.open else None

    async def award_was_made(self, award: AwardNews) -> None:
        if self.failing:
            raise RuntimeError("no")
        TOLD.append(f"{award.badge} {award.person}")

    async def award_will_be_revoked(self, award: AwardNews) -> Veto | None:
        return Veto("never") if award.badge == "kind" else None


class Broken(Hook):
    """Always fails."""

    timeout = 0.01

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        await asyncio.Event().wait()
        return Veto("never heard")


@pytest.fixture
def pack() -> list[Badge]:
    return [
        Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=2),)),
        Badge(slug="meta", requires="talker"),
        Badge(slug="kind"),
        Badge(slug="cake", repeatable=True),
    ]


@pytest.fixture
def strict(world: World) -> Strict:
    ASKED.clear()
    TOLD.clear()
    hook = Strict()
    hooks = Hooks([Broken(), hook])
    world.app.engine.concluder.hooks = world.app.teller.hooks = hooks
    return hook


async def test_a_veto_keeps_what_was_counted_and_what_rests_on_it_from_being_won(world: World, strict: Strict, ana: Member) -> None:
    await ana.says("hi", times=3)
    assert world.awards(ana) == []
    assert ASKED == ["talker@1 Ana"]  # once: the veto stays
    assert await world.regraded() == []


async def test_asking_again_asks_the_hook_again(world: World, strict: Strict, ana: Member) -> None:
    await ana.says("hi", times=2)
    (outcome,) = await world.acts.awards.give(SYSTEM, "talker", [ana.account])
    assert (outcome.result, outcome.reason) == ("VETOED", "not on Sundays")
    strict.open = True
    (outcome,) = await world.acts.awards.give(SYSTEM, "talker", [ana.account])
    assert outcome.result == "AWARDED"
    await world.rest()
    assert world.awards(ana) == ["talker", "meta"]


async def test_a_revocation_can_be_vetoed(world: World, strict: Strict, ana: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    (outcome,) = await world.acts.awards.revoke(SYSTEM, "kind", ana.account, 1)
    assert (outcome.result, outcome.reason) == ("VETOED", "never")
    await world.rest()
    assert world.awards(ana) == ["kind"]


async def test_a_hook_that_fails_is_told_again_and_then_parked(world: World, strict: Strict, ana: Member) -> None:
    await ana.says("hi")
    strict.failing = True
    await world.acts.awards.give(SYSTEM, "cake", [ana.account])
    await world.rest()
    assert world.awards(ana) == ["cake"]
    (call,) = await world.app.store.find(HookCall, world.community)
    assert call.hook == "strict"
    assert not TOLD
    strict.failing = False
    while not TOLD:
        world.clock.forward(timedelta(seconds=5))
        await world.app.teller.tell_some()
        await asyncio.sleep(0)
    assert TOLD == ["cake Ana"]
    assert await world.app.store.find(HookCall, world.community) == []
