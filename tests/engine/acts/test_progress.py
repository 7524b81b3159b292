"""Progress moved by hand: current, goal, carried over, and once the goal is reached."""

import asyncio

import pytest

from laurels import Actor, Advance, Badge, Check, Count, EventType, Hook, Level, MilestoneNews, Verdict
from laurels.filed import Milestone
from laurels.hooks import Hooks
from laurels.policy import SYSTEM
from laurels.testing import Member, World

TOLD: list[str] = []


class Words(Badge):
    """Counts words by code."""

    slug = "words"
    events = ("prose.written",)
    levels = (Level(at=250),)
    milestones = (0.5,)

    def award(self, check: Check) -> Verdict:
        """So many words."""
        return Advance(by=check.event.data["words"])


class Listener(Hook):
    """Remembers milestones."""

    async def milestone_was_reached(self, milestone: MilestoneNews) -> None:
        """One more."""
        TOLD.append(f"{milestone.person} {milestone.badge} {milestone.share:.0%} {milestone.value:g}/{milestone.goal:g}")


@pytest.fixture
def pack() -> list[object]:
    return [
        EventType("prose.written", "Somebody wrote.", words=int),
        Words,
        Badge(slug="course", by_hand=True, levels=(Level("Half", at=50), Level("Whole", at=100))),
        Badge(slug="stamp", by_hand=True, repeatable=True, levels=(Level(at=10),)),
        Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=4),), milestones=(0.5, 0.75)),
        Badge(slug="kind"),
    ]


@pytest.fixture
def told(world: World) -> list[str]:
    TOLD.clear()
    world.app.engine.concluder.hooks = world.app.teller.hooks = Hooks([Listener()])
    return TOLD


async def move(world: World, slug: str, person: Member, amount: float, *, to: bool = False) -> tuple[str, str]:
    (outcome,) = await world.acts.awards.move(SYSTEM, slug, person.account, amount=amount, to=to)
    await world.rest()
    return outcome.result, outcome.reason or outcome.detail


async def test_people_move_progress_until_the_goal_gives_the_badge(world: World, ana: Member) -> None:
    assert await move(world, "course", ana, 30) == ("MOVED", "30")
    assert await move(world, "course", ana, 60, to=True) == ("MOVED", "60")
    assert (world.awards(ana), await world.progress(ana, "course")) == (["course"], 60)
    assert await move(world, "course", ana, 40) == ("MOVED", "100")
    assert world.awards(ana) == ["course", "course@2"]
    assert await move(world, "course", ana, 1) == ("ALREADY_HELD", "")
    assert await world.regraded() == []


async def test_what_is_over_the_goal_of_a_repeatable_badge_is_carried_over(world: World, ana: Member) -> None:
    await move(world, "stamp", ana, 25)
    assert world.awards(ana) == ["stamp", "stamp"]
    await move(world, "stamp", ana, 5)
    assert world.awards(ana) == ["stamp"] * 3
    assert await world.regraded() == []


async def test_what_code_advances_people_may_move_too(world: World, ana: Member) -> None:
    await world.happens("prose.written", ana, words=100)
    await move(world, "words", ana, 100)
    await world.happens("prose.written", ana, words=50)
    assert world.awards(ana) == ["words"]
    assert await world.regraded() == []


async def test_what_is_counted_or_has_no_goal_can_t_be_moved(world: World, ana: Member) -> None:
    assert await move(world, "talker", ana, 3) == ("INVALID", "progress-counted")
    assert await move(world, "kind", ana, 3) == ("INVALID", "progress-none")


async def test_who_may_not_award_may_not_move(world: World, ana: Member) -> None:
    (outcome,) = await world.acts.awards.move(Actor(ana.account), "course", ana.account, amount=100)
    assert outcome.result == "FORBIDDEN"
    await world.rest()
    assert await world.progress(ana, "course") == 0


async def test_milestones_are_told_once(world: World, told: list[str], ana: Member) -> None:
    await ana.says("hi", times=2)
    await ana.says("hi", times=2)
    await world.happens("prose.written", ana, words=130)
    await world.regrade("talker")
    while await world.app.teller.tell_some():
        await asyncio.sleep(0)
    assert sorted(told) == ["Ana talker 50% 2/4", "Ana talker 75% 3/4", "Ana words 50% 130/250"]
    assert len(await world.app.store.find(Milestone, world.community)) == 3
