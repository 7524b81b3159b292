"""Steering a community while laurels runs."""

import pytest

from laurels import Actor, Badge, Count, Level, Refused
from laurels.policy import SYSTEM
from laurels.testing import Member, World


@pytest.fixture
def pack() -> list[Badge]:
    return [Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=2),)), Badge(slug="kind")]


async def test_the_mode_holds_at_once_and_after_a_restart(world: World, ana: Member) -> None:
    assert [o.result for o in await world.acts.steering.mode(SYSTEM, "quiet")] == ["SET"]
    await ana.says("hi", times=2)
    assert (world.awards(ana), world.transcript) == (["talker"], [])
    assert world.app.config.communities[world.community].mode == "quiet"


async def test_nothing_counts_at_a_place_that_is_ignored_until_it_is_heeded(world: World, ana: Member) -> None:
    await world.acts.steering.ignore(SYSTEM, "world:general")
    await ana.says("hi", times=2)
    assert world.awards(ana) == []
    await world.acts.steering.ignore(SYSTEM, "world:general", heed=True)
    await ana.says("hi", times=2)
    assert world.awards(ana) == ["talker"]


async def test_a_badge_that_is_off_is_not_won_and_stays_with_its_holders(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi", times=2)
    await world.acts.steering.disable(SYSTEM, "talker")
    await bob.says("hi", times=2)
    assert (world.awards(ana), world.awards(bob)) == (["talker"], [])
    await world.acts.steering.disable(SYSTEM, "talker", enable=True)
    await bob.says("hi")
    assert world.awards(bob) == ["talker"]


async def test_only_admins_steer_and_wrong_words_are_refused(world: World, ana: Member) -> None:
    assert [o.result for o in await world.acts.steering.mode(Actor(ana.account), "live")] == ["FORBIDDEN"]
    with pytest.raises(Refused, match="did you mean 'shadow'"):
        await world.acts.steering.mode(SYSTEM, "shado")
    with pytest.raises(Refused, match="platform:channel"):
        await world.acts.steering.ignore(SYSTEM, "general")


async def test_a_role_is_given_at_once_and_taken_again(world: World, ana: Member, bob: Member) -> None:
    judge = Actor(ana.account, ("role:Judges",))
    await bob.says("hi")
    assert [o.result for o in await world.acts.awards.give(judge, "kind", [bob.account])] == ["FORBIDDEN"]
    assert [o.result for o in await world.acts.steering.role(SYSTEM, "awarders", "world:role:Judges")] == ["SET"]
    assert [o.result for o in await world.acts.awards.give(judge, "kind", [bob.account])] == ["AWARDED"]
    await world.acts.steering.role(SYSTEM, "awarders", "world:role:Judges", take=True)
    assert [o.result for o in await world.acts.awards.give(judge, "kind", [ana.account])] == ["FORBIDDEN"]
    with pytest.raises(Refused, match="did you mean 'awarders'"):
        await world.acts.steering.role(SYSTEM, "awarder", "everyone")
    with pytest.raises(Refused, match="'nobody' names nobody"):
        await world.acts.steering.role(SYSTEM, "awarders", "nobody")
    with pytest.raises(Refused, match="is no role of discord"):
        await world.acts.steering.role(SYSTEM, "awarders", "discord:rule:Judges")


async def test_who_is_no_admin_gives_no_roles(world: World, ana: Member) -> None:
    assert [o.result for o in await world.acts.steering.role(Actor(ana.account), "admins", ana.account.key)] == ["FORBIDDEN"]
