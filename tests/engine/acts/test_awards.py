"""Awards by hand: who may, what comes of each, what waits for whom."""

import pytest

from laurels import Account, Actor, Badge, Outcome
from laurels.policy import SYSTEM
from laurels.testing import Member, World

BADGES = [
    Badge(slug="kind"),
    Badge(slug="cake", repeatable=True),
    Badge(slug="rank", levels=("Bronze", "Silver", "Gold")),
    Badge(slug="shelf", levels=("Bronze", "Silver", "Gold"), level_policy="fill"),
    Badge(slug="exact", levels=("Bronze", "Silver", "Gold"), level_policy="exact"),
    Badge(slug="pair", requires="kind"),
]


@pytest.fixture
def pack() -> list[Badge]:
    return BADGES


def results(outcomes: "list[Outcome]") -> list[str]:
    return [outcome.result for outcome in outcomes]


async def test_several_recipients_have_an_outcome_each(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await bob.says("hi")
    await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    nobody = Account("test", "nobody")
    outcomes = await world.acts.awards.give(SYSTEM, "kind", [ana.account, bob.account, nobody], note="well done")
    assert [(o.account, o.result) for o in outcomes] == [
        (ana.account.key, "ALREADY_HELD"), (bob.account.key, "AWARDED"), (nobody.key, "HELD_FOR"),
    ]  # fmt: skip
    await world.rest()
    assert world.awards(bob) == ["kind", "pair"]
    assert world.standing(bob)[0].note == "well done"


async def test_what_was_held_is_delivered_when_they_appear_once(world: World) -> None:
    cleo = world.person("cleo")
    first = await world.acts.awards.give(SYSTEM, "kind", [cleo.account], note="early")
    again = await world.acts.awards.give(SYSTEM, "kind", [cleo.account])
    assert (results(first), [(o.result, o.detail) for o in again]) == (["HELD_FOR"], [("ALREADY_HELD", "held-already")])
    await world.rest()
    assert world.awards(cleo) == []
    await cleo.says("here I am")
    assert world.awards(cleo) == ["kind", "pair"]
    assert (world.standing(cleo)[0].note, world.standing(cleo)[0].cause) == ("early", f"command:{first[0].seq}")
    assert await world.regraded() == []


async def test_what_waits_can_be_taken_back_and_undone(world: World) -> None:
    cleo = world.person("cleo")
    (outcome,) = await world.acts.awards.give(SYSTEM, "kind", [cleo.account])
    await world.acts.awards.undo(SYSTEM, f"command:{outcome.seq}")
    await world.acts.awards.give(SYSTEM, "rank", [cleo.account], level=1)
    assert results(await world.acts.awards.revoke(SYSTEM, "rank", cleo.account, 1)) == ["REVOKED"]
    await cleo.says("here I am")
    assert world.awards(cleo) == []


async def test_levels_follow_the_badges_policy(world: World, ana: Member) -> None:
    await ana.says("hi")
    give = world.acts.awards.give
    assert results(await give(SYSTEM, "rank", [ana.account], level=2)) == ["AWARDED"]
    assert results(await give(SYSTEM, "rank", [ana.account], level=1)) == ["HIGHER_HELD"]
    assert results(await give(SYSTEM, "shelf", [ana.account], level=3)) == ["AWARDED"]
    assert results(await give(SYSTEM, "exact", [ana.account], level=3)) == ["AWARDED"]
    assert results(await give(SYSTEM, "exact", [ana.account], level=1)) == ["AWARDED"]
    await world.rest()
    assert sorted(world.awards(ana)) == ["exact", "exact@3", "rank@2", "shelf", "shelf@2", "shelf@3"]


async def test_who_may_not_is_told_who_may_and_nothing_happens(world: World, ana: Member, bob: Member) -> None:
    outcomes = await world.acts.awards.give(Actor(bob.account), "kind", [ana.account])
    assert [(o.result, o.reason) for o in outcomes] == [("FORBIDDEN", "admins")]
    assert results(await world.acts.awards.give(Actor(bob.account, ("admin",)), "kind", [ana.account])) == ["HELD_FOR"]


async def test_a_revocation_holds_until_it_is_reinstated_and_its_holder_may_revoke(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    assert results(await world.acts.awards.revoke(Actor(bob.account), "kind", ana.account, 1)) == ["FORBIDDEN"]
    assert results(await world.acts.awards.revoke(Actor(ana.account), "kind", ana.account, 1)) == ["REVOKED"]
    assert [o.detail for o in await world.acts.awards.give(SYSTEM, "kind", [ana.account])] == ["award-revoked"]
    assert [o.detail for o in await world.acts.awards.revoke(SYSTEM, "kind", ana.account, 1)] == ["award-revoked"]
    assert results(await world.acts.awards.reinstate(SYSTEM, "kind", ana.account, 1)) == ["REINSTATED"]
    await world.rest()
    assert world.awards(ana) == ["kind", "pair"]


async def test_who_gave_it_may_take_it_back(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(Actor(bob.account, ("admin",)), "kind", [ana.account])
    assert results(await world.acts.awards.revoke(Actor(bob.account), "kind", ana.account, 1)) == ["REVOKED"]


async def test_a_repeatable_badge_is_given_again_and_again(world: World, ana: Member) -> None:
    await ana.says("hi")
    for _ in range(3):
        assert results(await world.acts.awards.give(SYSTEM, "cake", [ana.account])) == ["AWARDED"]
    await world.rest()
    assert world.awards(ana) == ["cake"] * 3
