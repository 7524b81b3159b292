"""Platforms that ask to wait, fail, hang or vanish; processes that die; several at work."""

import asyncio
from typing import Any

import pytest

from laurels import Later, Place, Receipt, Unreachable
from laurels.announcer import Pace
from laurels.announcer.pace import asked, back_off
from laurels.outbox import Verdict
from laurels.stores.sqlite import SqliteStore, outbox

ISSUE = Place("forge", "acme/rocket", thread="7")


async def test_a_place_that_asks_to_wait_is_left_alone_and_keeps_its_order(scene: Any) -> None:
    scene.chat.script.append(Later(30))
    announcer = scene.announcer()
    for who in ("Ana", "Bob", "Cem"):
        await scene.wins(who, "helper")
        await announcer.rest()
        scene.passes(seconds=1)
    await scene.wins("Dee", "helper", place=Place("chat", "kitchen"))
    await announcer.rest()
    assert [said.text for said, _ in scene.chat.calls] == ["Ana earned Helper", "Dee earned Helper"]
    scene.passes(seconds=28)
    await announcer.rest()
    assert scene.chat.texts == ["Dee earned Helper", "Ana earned Helper", "Bob earned Helper", "Cem earned Helper"]


async def test_not_even_a_correction_reaches_a_place_that_asked_to_wait(scene: Any) -> None:
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    scene.chat.script.append(Later(30))
    await scene.wins("Bob", "helper")
    await announcer.rest()
    await scene.loses("Ana", "helper")
    await announcer.rest()
    assert len(scene.chat.calls) == 2
    scene.passes(seconds=31)
    await announcer.rest()
    assert scene.chat.texts == ["Ana no longer holds Helper", "Bob earned Helper"]


async def test_failures_are_tried_again_after_waits_that_double(scene: Any) -> None:
    scene.chat.script.extend(OSError("down") for _ in range(4))
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    tried = []
    for second in range(20):
        await announcer.rest()
        tried.append((second, len(scene.chat.calls)))
        scene.passes(seconds=1)
    assert [second for second, calls in tried if dict(tried).get(second - 1, 0) < calls] == [0, 1, 3, 7, 15]
    assert scene.chat.texts == ["Ana earned Helper"]


def test_waits_double_up_to_five_minutes_for_a_day() -> None:
    waits = []
    while (wait := back_off(len(waits) + 1)) is not None:
        waits.append(wait)
    assert waits[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]
    assert max(waits) == 300
    assert 86_400 <= sum(waits) < 86_400 + 300


@pytest.mark.parametrize(
    ("seconds", "wait"), [(5.0, 5.0), (0.0, 0.1), (-3.0, 0.1), (1e12, 86_400.0), (float("nan"), 300.0), (float("inf"), 300.0)]
)
def test_waits_that_a_platform_asks_for_are_kept_within_reason(seconds: float, wait: float) -> None:
    assert asked(seconds) == wait


async def test_what_fails_for_a_day_is_given_up_with_its_error(scene: Any) -> None:
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    while (scene.now.day, scene.now.hour) < (5, 11):
        scene.chat.script.append(OSError("down"))
        await announcer.rest()
        scene.passes(hours=1)
    assert (await scene.rows(), len(scene.chat.calls)) == ([(1, "maybe", "")], 23)
    ((community, place, error, attempts, again, _),) = await scene.store.troubles()
    assert (community, place.channel, error, attempts, again is not None) == ("acme", "hall", "OSError: down", 23, True)
    scene.passes(hours=2)
    await announcer.rest()
    assert (await scene.rows(), len(scene.chat.calls)) == ([(1, "maybe", "failed")], 23)
    ((_, _, error, _, again, _),) = await scene.store.troubles()
    assert (error, again) == ("OSError: down", None)
    assert await scene.store.announcements() == {"waiting": 0, "failed": 1}


async def test_one_message_that_a_platform_never_takes_does_not_silence_its_place(scene: Any) -> None:
    async def refuse_ana(announcement: Any) -> None:
        if announcement.person == "Ana":
            raise ValueError("400: this name is not allowed")

    scene.chat.before = refuse_ana
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await scene.wins("Bob", "helper")
    await announcer.rest()
    assert scene.chat.texts == []
    for _ in range(10):
        scene.passes(seconds=5)
        await announcer.rest()
    assert scene.chat.texts == ["Bob earned Helper"]


async def test_an_adapter_that_hangs_holds_up_only_its_place(scene: Any) -> None:
    scene.pace = Pace(gather=0.0, patience=0.2, poll=0.01)
    scene.chat.script.append("hang")
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await scene.wins("Ana", "solver", place=ISSUE)
    running = asyncio.create_task(announcer.run())
    await scene.until(lambda: scene.forge.texts)
    assert scene.chat.at_once == 1
    await scene.wins("Bob", "solver", place=ISSUE)
    announcer.wake()
    await scene.until(lambda: len(scene.forge.texts) == 2)
    await scene.until(lambda: scene.chat.at_once == 0)
    await announcer.rest()
    assert [trouble.error for trouble in await scene.store.troubles()] == ["no answer within 0.2 s"]
    scene.passes(seconds=2)
    announcer.wake()
    await scene.until(lambda: scene.chat.texts == ["Ana earned Helper"])
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_places_are_served_at_the_same_time_one_post_each(scene: Any) -> None:
    gate = asyncio.Event()

    async def wait(_: Any) -> None:
        await gate.wait()

    scene.chat.before = wait
    for who in ("Ana", "Bob"):
        for channel in ("hall", "kitchen", "garden"):
            await scene.wins(who, "helper", occurrence=channel, place=Place("chat", channel))
    step = asyncio.create_task(scene.announcer().announce_some())
    await scene.until(lambda: scene.chat.at_once == 3)
    gate.set()
    await step
    assert scene.chat.most_at_once == 3
    await scene.announcer().rest()
    assert len(scene.chat.texts) == 6


async def test_an_unreachable_place_is_replaced_by_the_communitys_next(scene: Any) -> None:
    scene.settle(announce=("chat:#badges", "forge:acme/wiki"))
    scene.chat.script.append(Unreachable("no such channel"))
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    assert ([said.place.channel for said, _ in scene.forge.calls], await scene.rows()) == (["acme/wiki"], [(1, "won", "")])


async def test_where_no_place_can_be_reached_the_award_is_marked_and_the_reason_kept(scene: Any) -> None:
    scene.settle(announce=("chat:#badges", "forge:acme/wiki"))
    scene.chat.script.append(Unreachable("no such channel"))
    scene.forge.script.append(Unreachable("no such page"))
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    scene.passes(hours=1)
    await announcer.rest()
    assert (await scene.rows(), len(scene.chat.calls), len(scene.forge.calls)) == ([(1, "", "failed")], 1, 1)
    ((_, _, error, _, again, _),) = await scene.store.troubles()
    assert (error, again) == ("forge:acme/wiki can't be reached: no such page", None)


async def test_a_post_whose_process_died_is_taken_up_under_the_same_key(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    scene.chat.script.append("post and die")
    await scene.dies(scene.announcer())
    after = scene.announcer()
    await after.rest()
    assert len(scene.chat.calls) == 1, "the lease holds"
    scene.passes(seconds=61)
    await after.rest()
    (first, _), (second, earlier) = scene.chat.calls
    assert (first.key, earlier) == (second.key, None)
    assert (scene.chat.texts, await scene.rows()) == (["Ana earned Helper"], [(1, "won", "")])


async def test_who_is_alone_takes_over_at_once(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    scene.chat.script.append("post and die")
    await scene.dies(scene.announcer())
    after = scene.announcer()
    await after.take_over()
    await after.rest()
    assert await scene.rows() == [(1, "won", "")]


async def test_what_was_won_and_lost_before_a_crash_is_withdrawn_after_it(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    scene.chat.script.append("post and die")
    await scene.dies(scene.announcer())
    await scene.loses("Ana", "helper")
    after = scene.announcer()
    await after.take_over()
    await after.rest()
    assert (scene.chat.texts, await scene.rows()) == (["Ana no longer holds Helper"], [(0, "withdrawn", "")])


async def test_several_announcers_never_post_the_same(scene: Any) -> None:
    await scene.win_together([{"who": f"P{n}", "slug": "helper", "place": Place("chat", f"c{n % 5}")} for n in range(40)])
    async with SqliteStore(scene.url) as other:
        announcers = [scene.announcer(), scene.announcer(other), scene.announcer(other)]
        await asyncio.gather(*(announcer.rest() for announcer in announcers))
        await announcers[0].rest()
    assert len(scene.chat.calls) == len(scene.chat.texts) == 40
    assert set(await scene.rows()) == {(1, "won", "")}


async def test_a_verdict_that_comes_after_the_lease_is_not_written(scene: Any) -> None:
    scene.pace = Pace(gather=1)
    await scene.wins("Ana", "helper")
    announcer = scene.announcer()
    await announcer.announce_some()
    now = announcer.now + 1_000_000
    (mine,) = await scene.store.claim(now, now + 10, {"chat": 1}, ())
    assert await scene.store.claim(now + 9, now + 19, {"chat": 1}, ()) == []
    (theirs,) = await scene.store.claim(now + 10, now + 20, {"chat": 1}, ())
    assert [line.shown for line in (*mine.lines, *theirs.lines)] == ["", "maybe"]
    assert not await scene.store.conclude(Verdict(mine, Receipt("1", Place("chat", "hall")), won=(mine.lines[0].award,)))
    assert await scene.rows() == [(1, "maybe", "")]
    assert await scene.store.conclude(Verdict(theirs, Receipt("2", Place("chat", "hall")), won=(mine.lines[0].award,)))
    assert await scene.rows() == [(1, "won", "")]


async def test_a_place_gets_its_posts_no_faster_than_its_adapter_wants(scene: Any) -> None:
    scene.chat.seconds_between_posts = 10
    announcer = scene.announcer()
    for who in ("Ana", "Bob", "Cem"):
        await scene.wins(who, "helper")
    await announcer.rest()
    assert len(scene.chat.texts) == 1
    scene.passes(seconds=10)
    await announcer.rest()
    assert len(scene.chat.texts) == 2


async def test_a_post_without_a_receipt_is_not_made_again(scene: Any) -> None:
    async def careless(announcement: Any, earlier: Receipt | None) -> None:
        scene.chat.messages[f"{len(scene.chat.messages)}"] = [announcement]

    scene.chat.announce = careless
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    assert (len(scene.chat.messages), await scene.rows()) == (1, [(1, "won", "")])


async def test_installations_do_not_share_keys(scene: Any, tmp_path: Any) -> None:
    assert await scene.store.installation() == await scene.store.installation()
    async with SqliteStore(f"sqlite:///{tmp_path}/other.db") as other:
        assert await other.installation() != await scene.store.installation()


async def test_an_idle_look_reads_only_what_is_undecided_or_due(scene: Any) -> None:
    for sql, values, index in ((outbox._OPEN, (10,), "ix_outbox_open"), (outbox._READY, (0, False, 5), "ix_post_open")):
        plan = [row[3] for row in await scene.store.db.hot("EXPLAIN QUERY PLAN " + sql, values)]
        reads = [step for step in plan if " outbox " in f"{step} " or " post " in f"{step} "]
        assert reads
        assert all(index in step for step in reads), plan
