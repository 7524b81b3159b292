"""Whatever a badge's code does, everyone else's awards are the same as without it, and it is named."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from laurels import Account, Badge, Check, Count, Event, Grant, Level
from laurels.engine.watchdog import EXIT_STATUS, Quarantine
from small import NAME, Small, small

START = datetime(2024, 6, 3, tzinfo=UTC)
ANA, BOB = Account("test", "ana"), Account("test", "bob")
HONEST = Badge(slug="honest", measure=Count("message.posted"), levels=(Level("Honest", at=3),))


class Good(Badge):
    slug = "good"
    events = ("message.posted",)

    def award(self, check: Check) -> Grant | None:
        return Grant() if check.event.id.endswith("2") else None


class Bad(Badge):
    slug = "bad"
    events = ("message.posted",)
    timeout = 0.05


class Raises(Bad):
    def award(self, check: Check) -> None:
        raise RuntimeError("boom")


class Exits(Bad):
    def award(self, check: Check) -> None:
        sys.exit(3)


class AwaitsForEver(Bad):
    async def award(self, check: Check) -> None:
        await asyncio.Event().wait()


class CancelsItself(Bad):
    async def award(self, check: Check) -> None:
        raise asyncio.CancelledError


class TakesMuchMemory(Bad):
    timeout = 10

    def award(self, check: Check) -> None:
        bytearray(500_000_000)


class OnlyStutters(Bad):
    """Fails on one event for ever, and works on all others."""

    def award(self, check: Check) -> Grant | None:
        if check.event.id == "ana1":
            raise RuntimeError("this one")
        return Grant() if check.event.id == "ana3" else None


def answers(verdict: object) -> type[Bad]:
    def award(self: Badge, check: Check) -> object:
        return verdict

    return type("Answers", (Bad,), {"award": award})


NONSENSE: list[object] = [
    42, "gold", object(), b"x", {"level": 1}, [1, 2], True, Grant(level=0), Grant(level=2), Grant(level=True), Grant(to=7),
    Grant(to="nobody"), Grant(note=3), Grant(evidence=(1,)),
]  # fmt: skip


async def talk(it: Small, times: int = 4) -> None:
    for n in range(times):
        at = START + timedelta(minutes=n)
        await it.put(*(Event(f"{who.id}{n}", "test", "message.posted", at, who, community=NAME) for who in (ANA, BOB)))
    async with asyncio.timeout(60):
        while await it.store.pending(1):
            await asyncio.sleep(0.01)


async def culprits(it: Small) -> str:
    return str([*await it.store.failing_dues(), *await it.store.parked_events()])


@pytest.mark.parametrize("bad", [Raises, Exits, AwaitsForEver, CancelsItself, *map(answers, NONSENSE)], ids=lambda bad: bad.__name__)
async def test_others_win_as_without_it_and_status_names_the_culprit(tmp_path: Path, bad: type[Bad]):
    async with small(tmp_path / "x.db", [bad(), HONEST, Good()]) as it:
        await talk(it)
        wanted = {(who.key, slug, 1, "") for who in (ANA, BOB) for slug in ("honest", "good")}
        assert await it.awards() == wanted
        assert "badge:bad@1" in await culprits(it)


async def test_a_badge_that_takes_500_mb_and_frees_it_is_only_slow(tmp_path: Path):
    async with small(tmp_path / "x.db", [TakesMuchMemory(), HONEST]) as it:
        await talk(it)
        await it.rest()
        assert await it.awards() == {(who.key, "honest", 1, "") for who in (ANA, BOB)}
        assert "bad" not in await culprits(it)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2024, 6, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_an_event_that_keeps_failing_is_parked_for_that_badge_and_person_and_the_next_ones_count(tmp_path: Path):
    clock = Clock()
    async with small(tmp_path / "x.db", [OnlyStutters(), HONEST], clock=clock) as it:
        await talk(it)
        for _ in range(8):
            await it.rest()
            clock.now += timedelta(minutes=10)
        await it.rest()
        assert (ANA.key, "bad", 1, "") in await it.awards()
        (parked,) = await it.store.parked_events()
        assert (parked.event, "this one" in parked.error) == ("ana1", True)


class Sleeper(Badge):
    slug = "sleeper"
    events = ("message.posted",)
    timeout = 0.5
    calls: ClassVar[list[str]] = []


HOLDS_THE_LOOP = """
import asyncio, sys, time
from pathlib import Path
from laurels import Badge, Count, Level
from small import small
from test_hostile_badges import HONEST, talk, Sleeper

class Holds(Sleeper):
    {kind} award(self, check):
        time.sleep(60)

async def main():
    path = Path(sys.argv[1])
    async with small(path, [Holds(), HONEST]) as it:
        it.engine.watchdog.start()
        await talk(it)

asyncio.run(main())
"""


@pytest.mark.parametrize("kind", ["def", "async def"])
def test_code_that_holds_the_loop_ends_the_process_and_is_quarantined_by_a_breadcrumb(tmp_path: Path, kind: str):
    script = tmp_path / "holds.py"
    script.write_text(HOLDS_THE_LOOP.format(kind=kind))
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(here), str(here.parent / "support"), *sys.path])}
    ended = subprocess.run(
        [sys.executable, script, tmp_path / "x.db"], capture_output=True, text=True, timeout=50, env=environment, check=False
    )
    assert ended.returncode == EXIT_STATUS
    assert "badge:sleeper@1" in ended.stderr
    (cause,) = Quarantine(tmp_path / "x.quarantine").causes()
    assert cause.startswith("badge:sleeper@1#")
