"""The pack suite passes what is right and fails what isn't, each in the test that says so."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from laurels import Badge, Check, Count, Grant, Level, Verdict
from laurels.generation import build
from laurels.registry import Registry
from laurels.testing import PackSuite, samples
from laurels.testing.pack import gather
from laurels.testing.settings import settings

said = Count("message.posted")


class Polite(Badge):
    """All as it should be."""

    slug = "polite"
    description = "Answers when asked."
    events = ("message.posted", "github.*")
    levels = ("Once", "Often")
    level_policy = "fill"

    def award(self, check: Check) -> Verdict:
        return Grant(level=2 if check.event.data.get("length", 0) > 5 else 1)


class Presuming(Polite):
    """Takes it for granted that a message has words."""

    def award(self, check: Check) -> Verdict:
        return Grant(level=1) if check.event.data["length"] / check.event.data["words"] else None


class Counting(Polite):
    """Keeps something on itself."""

    repeatable, levels, numbers = True, (), itertools.count()

    def award(self, check: Check) -> Verdict:
        return Grant() if next(self.numbers) % 3 else None


class Restless(Badge):
    """Has another rule at every start."""

    slug, description, starts = "restless", "Never rests.", itertools.count(1)

    def __init__(self) -> None:
        super().__init__(measure=said, levels=(Level(at=next(self.starts)),))


class TestGoodPack(PackSuite):
    """The suite over a pack of every kind of badge."""

    @pytest.fixture
    def pack(self) -> list[Any]:
        measured = Badge(slug="talker", description="Talks.", measure=said, levels=(Level(at=2), Level(at=20)))
        return [Polite, measured, Badge(slug="both", description="Both.", requires="talker"), Badge(slug="given", description="Given.")]


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., tuple[PackSuite, dict[str, Any]]]:
    """The suite, and the fixtures that its tests take, for a pack."""

    def judge(*pack: Any) -> tuple[PackSuite, dict[str, Any]]:
        loaded = gather(pack)
        generation = build(settings(tmp_path, ""), loaded)
        return PackSuite(), {"loaded": loaded, "generation": generation, "registry": only(generation.registries)}

    return judge


def only(registries: Any) -> Registry:
    (registry,) = registries.values()
    return registry


async def test_a_badge_that_is_refused_is_found(judged: Any) -> None:
    suite, given = judged(Badge(slug="wrong", description="Wrong.", measure=Count("no.such"), levels=(Level(at=1),)))
    with pytest.raises(AssertionError, match=r"no\.such"):
        suite.test_every_badge_can_be_used(given["generation"], given["registry"])


async def test_a_pack_without_a_badge_is_found(judged: Any) -> None:
    suite, given = judged()
    with pytest.raises(AssertionError, match="no badge"):
        suite.test_every_badge_can_be_used(given["generation"], given["registry"])


async def test_a_badge_that_says_nothing_is_found(judged: Any) -> None:
    suite, given = judged(Badge(slug="silent", measure=said, levels=(Level(at=1),)))
    with pytest.raises(AssertionError, match="silent"):
        suite.test_every_badge_says_what_it_is(given["registry"])


async def test_a_rule_that_changes_by_itself_is_found(judged: Any, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    suite, given = judged(Restless)
    with pytest.raises(AssertionError, match="restless"):
        suite.test_every_badge_is_the_same_at_every_start([Restless], given["registry"], "", tmp_path, request)


async def test_code_that_needs_a_field_is_found(judged: Any, tmp_path: Path) -> None:
    suite, given = judged(Presuming)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        await suite.test_no_badge_fails_on_an_event_that_tells_nothing(given["loaded"], "", tmp_path)


async def test_code_that_keeps_something_is_found(judged: Any, tmp_path: Path) -> None:
    suite, given = judged(Counting)
    stream = samples.stream([given["registry"].types["message.posted"]])
    with pytest.raises(AssertionError, match="polite"):
        await suite.test_the_same_events_win_the_same_badges(given["loaded"], "", stream, tmp_path)


def test_a_made_up_stream_is_the_same_at_every_call_and_has_every_field(tmp_path: Path) -> None:
    types = [type_ for type_ in only(build(settings(tmp_path, ""), gather([])).registries).types.values() if type_.fields]
    events = samples.stream(types)
    assert events == samples.stream(types)
    assert len({event.id for event in events}) == len(events) == samples.EACH * len(types)
    assert all(set(event.data) == set(type_.fields) for type_ in types for event in events if event.type == type_.name)
    assert sorted({event.id for event in samples.disorder(events)}) == sorted(event.id for event in events)
