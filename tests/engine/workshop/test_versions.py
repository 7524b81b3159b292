"""A rule that is changed, and those who hold the badge; an award knows the version that it was won under."""

from collections.abc import Mapping
from typing import Any

import pytest

from laurels import Actor, Badge
from laurels.policy import SYSTEM
from laurels.testing import Member, World

TALKER: Mapping[str, Any] = {"name": "Talker", "on": "message.posted", "levels": {"2": "Bronze", "4": "Silver"}}
EASIER: Mapping[str, Any] = {"levels": {"1": "Bronze", "5": "Silver"}}


@pytest.fixture
def pack() -> list[Badge]:
    return []


async def play(world: World, ana: Member, bob: Member) -> None:
    """Ana talks four times, Bob once; then the badge is easier to begin and harder to finish."""
    await world.acts.workshop.create(Actor(ana.account, ("admin",)), "talker", TALKER)
    await ana.says("hi", times=4)
    await bob.says("hi")
    assert (world.awards(ana), world.awards(bob)) == (["talker", "talker@2"], [])


async def change(world: World, **changes: Any) -> None:
    (outcome,) = await world.acts.workshop.edit(SYSTEM, "talker", changes)
    assert outcome.result == "EDITED", outcome.reason
    await world.rest()


def versions(world: World, person: Member) -> dict[int, str]:
    """By level, the version that it was won under."""
    return {award.level: award.cause.partition("@")[2].partition("#")[0] for award in world.standing(person)}


async def test_keep_leaves_what_is_held_and_gives_nothing_before_the_next_event(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    await change(world, **EASIER)
    assert (versions(world, ana), versions(world, bob)) == ({1: "1", 2: "1"}, {})
    await bob.says("hi")
    assert versions(world, bob) == {1: "2"}
    assert await world.regraded() == []


async def test_regrade_decides_again_for_everybody(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    said = list(world.transcript)
    await change(world, **EASIER, on_change="regrade")
    assert (versions(world, ana), versions(world, bob)) == ({1: "2"}, {1: "2"})
    assert [line for line in world.transcript[len(said) :] if not line.startswith("(")] == [], (
        "nobody is told that they won it by a regrade"
    )
    assert await world.regraded() == []
    await ana.says("hi")
    assert versions(world, ana) == {1: "2", 2: "2"}


async def test_regrade_up_takes_from_nobody_and_gives_to_all_who_qualify_now(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    await change(world, **EASIER, on_change="regrade-up")
    assert (versions(world, ana), versions(world, bob)) == ({1: "1", 2: "1"}, {1: "2"})
    await change(world, levels={"100": "Bronze", "200": "Silver"})
    assert (versions(world, ana), versions(world, bob)) == ({1: "1", 2: "1"}, {1: "2"}), "nor does a third version take anything"
    await ana.says("hi")
    await bob.says("hi")
    assert (versions(world, ana), versions(world, bob)) == ({1: "1", 2: "1"}, {1: "2"})
    assert await world.regraded() == []


async def test_what_older_versions_left_is_decided_again_too_by_a_later_regrade(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    await change(world, levels={"1": "Bronze", "3": "Silver"})
    await change(world, levels={"3": "Bronze", "5": "Silver"}, on_change="regrade")
    assert (versions(world, ana), versions(world, bob)) == ({1: "3"}, {})


async def test_an_award_keeps_the_names_it_was_won_by_when_texts_change(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    await change(world, name="Speaker", levels={"2": "Copper", "4": "Silver"})
    assert [(award.name, award.level_name) for award in world.standing(ana)] == [("Talker", "Bronze"), ("Talker", "Silver")]
    await bob.says("hi")
    assert [(award.name, award.level_name) for award in world.standing(bob)] == [("Speaker", "Copper")]
    assert versions(world, bob) == {1: "1"}, "texts are no rule"


@pytest.mark.parametrize("on_change", ["keep", "regrade", "regrade-up"])
async def test_m4_a_prerequisite_that_is_taken_out_is_no_longer_needed(world: World, ana: Member, on_change: str) -> None:
    workshop = world.acts.workshop
    for slug, content in {
        "one": {"name": "One", "on": "message.posted", "at": 1}, "two": {"name": "Two", "on": "star.added", "at": 1},
        "both": {"name": "Both", "requires": ["one", "two"], "on_change": on_change},
    }.items():  # fmt: skip
        assert [o.result for o in await workshop.create(SYSTEM, slug, content)] == ["CREATED"]
    await ana.says("hi")
    assert world.awards(ana) == ["one"]
    await workshop.edit(SYSTEM, "both", {"requires": ["one"]})
    await world.rest()
    assert world.awards(ana) == (["one"] if on_change == "keep" else ["one", "both"])
    await ana.says("hi")
    assert world.awards(ana) == ["one", "both"]
    assert await world.regraded() == []


async def test_what_people_gave_stands_under_every_version(world: World, ana: Member, bob: Member) -> None:
    await play(world, ana, bob)
    await world.acts.awards.give(SYSTEM, "talker", [bob.account], level=2)
    await change(world, levels={"10": "Bronze", "20": "Silver"}, on_change="regrade")
    assert (world.awards(ana), world.awards(bob)) == ([], ["talker", "talker@2"])
