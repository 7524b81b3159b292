"""brabeion's and pinax-badges' own cases, as they are true here. Each test's name carries the case's id."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from heritage import asks
from laurels import Account, Badge, Check, Event, EventType, Grant, Verdict
from laurels.stores.sqlite import SqliteStore
from laurels.testing import Member, World
from small import NAME, small

HERE = Path(__file__).parent


class Points(Badge):
    """The example of brabeion's documentation."""

    slug = "points"
    levels = ("Bronze", "Silver", "Gold")
    events = ("points.awarded",)

    def award(self, check: Check) -> Verdict:
        """By how many points somebody has now."""
        points = check.event.data["points"]
        return next((Grant(level=level) for level, needed in ((3, 10_000), (2, 7_500), (1, 5_000)) if points > needed), None)


class Patient(Badge):
    """Decided at once, or later."""

    slug = "patient"
    events = ("message.posted",)

    def freeze(self, check: Check) -> Mapping[str, Any]:
        """What there was to see."""
        return {"seen": check.event.id}

    def award(self, check: Check) -> Verdict:
        """What is seen now."""
        return Grant(note=f"seen {check.state['seen']}" if check.state else "nothing was frozen")


@pytest.fixture
def pack() -> list[object]:
    return [
        EventType("points.awarded", "Somebody has so many points now.", points=int),
        Points,
        Badge(slug="kind", name="Kind"),
        Badge(slug="cake", name="Cake", repeatable=True),
    ]


async def has(world: World, person: Member, points: int) -> None:
    await person.does("points.awarded", points=points)


@contextmanager
def asked(world: World) -> Iterator[list[str]]:
    """The statements about awards and people that the database is asked meanwhile."""
    store = world.app.store
    assert isinstance(store, SqliteStore)
    statements: list[str] = []

    def seen(sql: str) -> None:
        if "award" in sql or "account" in sql:
            statements.append(sql)

    connections = [driver._conn for driver in store.db.drivers]  # what is asked on each of them, by whatever way
    for connection in connections:
        connection.set_trace_callback(seen)
    try:
        yield statements
    finally:
        for connection in connections:
            connection.set_trace_callback(None)


async def test_tp1_points_win_levels_once_each(world: World, ana: Member) -> None:
    await has(world, ana, 0)
    assert world.awards(ana) == []
    for points in (5001, 5001):
        await has(world, ana, points)
        assert [(award.level, award.level_name) for award in world.standing(ana)] == [(1, "Bronze")]
    await has(world, ana, 7501)
    assert [award.level_name for award in world.standing(ana)] == ["Bronze", "Silver"]


async def test_tp2_reading_awards_with_their_badges_asks_no_more_for_many_than_for_one(world: World, ana: Member, bob: Member) -> None:
    async def reads(community: str) -> tuple[int, set[str]]:
        with asked(world) as statements:
            awards = await world.app.store.awards(community)
            names = {f"{award.person} {award.name} {award.level_name}".strip() for award in awards}
        return len(statements), names

    await has(world, ana, 5001)
    assert await reads(world.community) == (2, {"Ana Points Bronze"})  # the awards, and who holds them
    await has(world, bob, 10_001)
    for _ in range(5):
        await world.gives(ana, "cake", bob)
    assert await reads(world.community) == (2, {"Ana Points Bronze", "Bob Points Gold", "Bob Cake"})


async def test_tp3_a_badge_is_decided_at_once_unless_it_says_deferred(tmp_path: Path) -> None:
    assert (Badge(slug="x").deferred, Badge(slug="x", deferred=True).deferred) == (False, True)
    with pytest.raises(TypeError, match="async_"):
        Badge(slug="x", async_=True)
    ana = Account("test", "ana")
    hello = Event("m1", "test", "message.posted", datetime(2024, 6, 3, tzinfo=UTC), ana, community=NAME)
    badges = [Patient(), Patient(slug="later", deferred=True)]
    async with small(tmp_path / "x.db", badges, run=False) as it:
        await it.put(hello)
        await it.engine.count_some()
        assert await it.awards() == {(ana.key, "patient", 1, "")}
        await it.engine.settle_some()
        assert {(award.badge, award.note) for award in await it.store.awards(NAME)} == {
            ("patient", "nothing was frozen"), ("later", "seen m1"),
        }  # fmt: skip


async def test_tp4_a_badge_that_says_nothing_is_named_and_costs_only_itself(tmp_path: Path) -> None:
    class Bare(Badge):
        pass

    async with World(tmp_path, [Bare, Badge(slug="kind")], strict=False) as world:
        (problem,) = world.problems
        assert str(problem).endswith("Bare: slug: is missing (write slug = 'bare', or call a base class _Bare)")
        ana = world.person("Ana")
        await ana.says("hi")
        await world.gives(ana, "kind", ana)
        assert world.awards(ana) == ["kind"]


async def test_tp5_somebodys_badges_are_counted(world: World, ana: Member, bob: Member) -> None:
    await has(world, bob, 5001)
    reply = await asks(world, ana, "profile")
    assert "no badge" in reply.text
    for points in (5001, 7501):  # two levels are one badge
        await has(world, ana, points)
    reply = await asks(world, ana, "profile")
    assert "1 badge" in reply.text
    await world.gives(bob, "kind", ana)
    reply = await asks(world, ana, "profile")
    assert "2 badges" in reply.text


async def test_tp6_somebodys_badges_are_listed_newest_first(world: World, ana: Member, bob: Member) -> None:
    await has(world, ana, 5001)
    await has(world, bob, 5001)
    await world.gives(bob, "kind", ana)
    person = (await world.app.store.know(world.community, [ana.account]))[ana.account.key].person
    assert [award.badge for award in await world.app.store.awards(world.community, person=person)] == ["kind", "points"]
    reply = await asks(world, ana, "profile")
    assert [word in name for word, (name, _) in zip(("Kind", "Points"), reply.fields, strict=True)] == [True, True]


WITHOUT_A_BROKER = """
import asyncio, sys
from pathlib import Path

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"celery", "kombu", "amqp", "redis", "rq", "dramatiq"}:
            raise ModuleNotFoundError(f"{name} is not here", name=name)

sys.meta_path.insert(0, Absent())
from laurels.testing import World
from test_brabeion import Patient

async def main():
    async with World(Path(sys.argv[1]), [Patient(slug="later", deferred=True)]) as world:
        ana = world.person("Ana")
        await ana.says("hi")
        print([(award.badge, award.note) for award in world.standing(ana)])

asyncio.run(main())
"""


def test_tp7_deferred_badges_need_no_broker(tmp_path: Path) -> None:
    script = tmp_path / "without.py"
    script.write_text(WITHOUT_A_BROKER)
    paths = [os.environ.get("PYTHONPATH", ""), str(HERE), str(HERE.parent / "support")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert (done.stdout, done.returncode) == ("[('later', 'seen event-000001')]\n", 0), done.stderr
