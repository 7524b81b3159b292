"""What was seen already, in this process or for good."""

import asyncio

from fake_host import FakeState
from laurels import Once, Seen


def test_the_second_time_is_not_the_first() -> None:
    seen = Seen()
    assert [seen.first(what) for what in ("a", "b", "a", ("a", 1), ("a", 1))] == [True, True, False, True, False]


async def test_what_was_seen_once_was_so_after_a_restart() -> None:
    state = FakeState()
    assert await Once(state, "medals").first("a")
    assert not await Once(state, "medals").first("a")
    assert await Once(state, "others").first("a")


async def test_of_those_who_ask_at_once_one_is_first() -> None:
    once = Once(FakeState(), "medals")
    assert sum(await asyncio.gather(*(once.first("a") for _ in range(10)))) == 1


async def test_what_is_forgotten_comes_for_the_first_time_and_so_does_what_was_long_ago() -> None:
    once = Once(FakeState(), "medals", most=2)
    for what in ("a", "b"):
        await once.first(what)
    await once.forget("b")
    assert await once.first("b")
    await once.first("c")
    assert await once.first("a")
