"""The Acme badges, as people win them."""

from datetime import timedelta
from types import ModuleType

import pytest

import acme_badges
from laurels.testing import PackSuite, World

pytest_plugins = ["laurels.testing"]


@pytest.fixture
def pack() -> ModuleType:
    """The badges that the world has: this pack's and no others."""
    return acme_badges


class TestPack(PackSuite):
    """What holds for every pack."""


async def test_different_katas_count_and_the_same_one_again_does_not(world: World) -> None:
    ana = world.person("ana")
    await ana.does("kata.solved", times=3, kata="fizzbuzz", points=1)
    assert world.awards(ana) == ["kata"]
    await ana.does("kata.solved", kata="bowling", points=2)
    assert world.awards(ana) == ["kata"]
    await ana.does("kata.solved", kata="roman numerals", points=3)
    assert world.awards(ana) == ["kata", "kata@2"]
    assert "Adept" in world.transcript[-1]


@pytest.mark.parametrize(("points", "expected"), [(5_000, []), (5_001, ["points"]), (7_501, ["points@2"]), (10_001, ["points@3"])])
async def test_the_highest_level_that_the_points_suffice_for_is_given(world: World, points: int, expected: list[str]) -> None:
    ana = world.person("ana")
    await ana.does("kata.solved", kata="", points=points)
    assert world.awards(ana) == expected


async def test_a_day_may_be_missed_and_the_streak_goes_on(world: World) -> None:
    ana = world.person("ana")
    for pause in (1, 2, 1):
        await ana.does("kata.solved", kata="fizzbuzz", points=1)
        await world.wait(timedelta(days=pause))
    assert "katas-in-a-row" in world.awards(ana)
