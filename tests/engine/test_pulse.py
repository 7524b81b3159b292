"""A step is taken again at once while it does something, else when woken or after a while; after a failure only after a while."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from structlog.testing import capture_logs

from laurels import pulse
from laurels.pulse import Pulse

LONG = 60.0  # seconds that no test waits


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


async def taking(it: Pulse, step: Callable[[], Awaitable[int]], then: Callable[[], Awaitable[None]]) -> None:
    """What comes *then* while the steps are taken."""
    task = asyncio.create_task(it.run(step, "it does not work"))
    try:
        await then()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Work:
    """Steps that return what is in *script*, or raise it; then 0."""

    def __init__(self, *script: int | Exception) -> None:
        self.script, self.steps = list(script), 0

    async def __call__(self) -> int:
        self.steps += 1
        did = self.script.pop(0) if self.script else 0
        if isinstance(did, Exception):
            raise did
        return did


async def test_it_goes_on_at_once_while_there_is_more_and_then_waits_to_be_woken() -> None:
    it, work = Pulse(LONG), Work(5, 1)

    async def then() -> None:
        await until(lambda: work.steps == 3)
        await asyncio.sleep(0.01)
        assert work.steps == 3
        it.wake()
        await until(lambda: work.steps == 4)

    await taking(it, work, then)


async def test_it_looks_again_after_a_while_though_nobody_wakes_it() -> None:
    work = Work()
    await taking(Pulse(0.001), work, lambda: until(lambda: work.steps >= 3))


async def test_who_wakes_it_during_a_step_is_heard_after_it() -> None:
    it, steps = Pulse(LONG), 0

    async def step() -> int:
        nonlocal steps
        steps += 1
        if steps == 1:
            it.wake()
        return 0

    await taking(it, step, lambda: until(lambda: steps == 2))


async def test_what_failed_is_tried_again_after_a_while_and_no_sooner_for_being_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    it, work, waits = Pulse(LONG), Work(OSError("disk is full"), OSError("disk is full")), list[float]()
    passed, sleep = asyncio.Event(), asyncio.sleep

    async def waiting(seconds: float) -> None:
        waits.append(seconds)
        await passed.wait()
        passed.clear()

    monkeypatch.setattr(pulse.asyncio, "sleep", lambda seconds: waiting(seconds) if seconds else sleep(0))

    async def then() -> None:
        for failures in (1, 2):
            await until(lambda failures=failures: len(waits) == failures)
            for _ in range(10):
                it.wake()
                await asyncio.sleep(0)
            assert work.steps == failures
            passed.set()
        await until(lambda: work.steps == 3)

    with capture_logs() as logs:
        await taking(it, work, then)
    assert waits == [pulse.RETRY, pulse.RETRY]
    assert [(log["event"], log["log_level"]) for log in logs] == [("it does not work", "error")] * 2
