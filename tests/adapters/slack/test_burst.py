"""Many awards at once: all told, in order, none twice, and no faster than Slack lets it."""

from itertools import pairwise
from pathlib import Path

import pytest

from laurels import Badge, Count, Later, Level
from laurels_slack.pacing import Pace
from slack_scene import Scene, pictures, scene
from slack_town import Human, Refusal, Room

FIVE = [Badge(slug=f"b{number}", name=f"B{number}", measure=Count("message.posted"), levels=(Level("", at=1),)) for number in range(5)]


async def _crowd(it: Scene, room: Room, count: int, thread: str = "") -> list[Human]:
    people = [it.town.human(f"p{number}") for number in range(count)]
    for human in people:
        await human.says(room, "hello", thread=thread)
    return people


async def _until_said(it: Scene, count: int, step: float = 0.5) -> float:
    """Let time go by until all is said; how much that was."""
    begin = it.town.now
    for _ in range(count * 6):
        await it.stage.rest()
        if (await it.stage.app.store.announcements())["waiting"] == 0:
            break
        it.town.now += step
    return it.town.now - begin


def _refused(it: Scene, method: str = "chat.postMessage") -> int:
    return len(it.town.asked(method)) - len(it.said(it.general))


async def test_three_hundred_awards_in_one_channel_that_takes_them_slowly(tmp_path: Path) -> None:
    async with scene(tmp_path, *FIVE) as it:
        it.town.tick, it.town.between = 0.0, 1.5
        lost: list[Refusal | None] = [Refusal("internal_error", 503, late=True) if number % 20 == 7 else None for number in range(60)]
        it.town.refuse("chat.postMessage", *lost)
        people = await _crowd(it, it.general, 60)
        took = await _until_said(it, 60)
        assert it.texts(it.general) == [_five(human) for human in people]
        assert {len(pictures(message)) for message in it.said(it.general)} == {5}
        assert len(await it.stage.app.store.awards(it.stage.community)) == 300
        assert await it.troubles() == []
        assert len(it.town.asked("files.getUploadURLExternal")) == 1
        assert 10 < _refused(it) <= 60  # at most once each: who is told to wait waits as long
        assert took < 60 * 3


async def test_the_threads_of_a_channel_share_its_second(tmp_path: Path) -> None:
    async with scene(tmp_path, FIVE[0]) as it:
        it.town.tick, it.town.between = 0.0, 1.0
        crowds = []
        for _ in range(4):
            start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
            crowds.append((start["ts"], await _crowd(it, it.general, 5, start["ts"])))
        await _until_said(it, 20)
        for thread, people in crowds:
            told = [message["text"] for message in it.said(it.general) if message["thread_ts"] == thread]
            assert told == [f"{human.name} earned B0" for human in people]
        assert _refused(it) == 0


async def test_what_slack_asks_for_holds_for_the_whole_channel_and_for_no_other(tmp_path: Path) -> None:
    async with scene(tmp_path, FIVE[0]) as it:
        it.town.tick = 0.0
        it.town.refuse("chat.postMessage", Refusal("ratelimited", 429, {"Retry-After": "30"}))
        start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
        for room, thread in ((it.general, ""), (it.general, start["ts"]), (it.badges, "")):
            await it.town.human(f"at {room.name} {thread}").says(room, "hello", thread=thread)
            await it.later(1)
        it.town.now += 15
        await it.stage.rest()
        assert (len(it.said(it.general)), len(it.said(it.badges))) == (0, 1)
        assert len(it.town.asked("chat.postMessage")) == 2
        it.town.now += 20
        await it.later()
        assert len(it.said(it.general)) == 2


async def test_corrections_have_their_own_pace(tmp_path: Path) -> None:
    async with scene(tmp_path, FIVE[0]) as it:
        await it.says()
        it.town.refuse("chat.update", Refusal("ratelimited", 429, {"Retry-After": "30"}))
        await it.revoke("b0")
        assert it.texts(it.general) == ["ana earned B0"]
        start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
        await it.town.human("bob").says(it.general, "hello", thread=start["ts"])
        await it.later()
        assert it.texts(it.general) == ["ana earned B0", "bob earned B0"]
        await it.later(30)
        assert it.texts(it.general) == ["ana no longer holds B0", "bob earned B0"]
        assert len(it.town.asked("chat.update")) == 2


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}])
async def test_slack_that_does_not_say_how_long_is_given_half_a_minute(tmp_path: Path, headers: dict[str, str]) -> None:
    async with scene(tmp_path, FIVE[0]) as it:
        it.town.refuse("chat.postMessage", Refusal("ratelimited", 429, headers))
        await it.says()
        assert it.said(it.general) == []
        it.town.now += 30
        await it.later()
        assert it.texts(it.general) == ["ana earned B0"]


def test_turns_are_kept_and_none_is_given_twice() -> None:
    now = 100.0
    pace, taken = Pace(lambda: now), dict[str, float]()

    def ask(who: str) -> float:
        try:
            pace.turn("C1", who, 1.0)
        except Later as later:
            return later.seconds
        taken[who] = now
        return 0.0

    assert [ask(who) for who in "abcd"] == [0, 1, 2, 3]
    assert ask("d") == 3  # asking again costs nothing
    for _ in range(3):
        now += 1
        for who in "bcd":
            _ = who in taken or ask(who)
    assert taken == {"a": 100, "b": 101, "c": 102, "d": 103}
    assert all(later - sooner >= 1 for sooner, later in pairwise(sorted(taken.values())))


def test_who_was_refused_comes_first_when_it_is_over() -> None:
    now = 100.0
    pace = Pace(lambda: now)
    pace.turn("C1", "a", 1.0)
    pace.rest("C1", "a", 10.0)
    with pytest.raises(Later) as later:
        pace.turn("C1", "b", 1.0)
    assert later.value.seconds >= 10
    pace.turn("C2", "b", 1.0)
    now += 10
    pace.turn("C1", "a", 1.0)


def test_lanes_that_nobody_waits_in_are_forgotten() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    for number in range(5000):
        now = float(number * 2)
        pace.turn(f"C{number}", "a", 1.0)
    assert len(pace._lanes) < 1100


def _five(human: Human) -> str:
    return f"{human.name} earned B0 and 4 more: B1, B2, B3, B4"
