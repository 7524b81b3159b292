"""What was missed while laurels was away is read, bounded, and counted once."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from journal import counted, journal
from laurels_slack.away import Absence
from slack_stage import Stage, staged
from slack_town import Refusal, Town

HOUR = 3600


class Scene:
    """Ana talks, in words that are counted; laurels goes and comes back."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.town = stage, stage.town
        self.general, self.other = stage.town.room("general"), stage.town.room("other")
        self.ana = stage.town.human("ana")
        self.deliver = stage.town.deliver

    async def say(self, words: int, **more: Any) -> dict[str, Any]:
        return await self.ana.says(self.general, " ".join(["la"] * words), **more)

    def leave(self) -> None:
        async def nobody(envelope: dict[str, Any]) -> None:
            pass

        self.town.deliver = nobody

    async def come_back(self) -> None:
        self.town.deliver = self.stage.deliver
        await self.absence.back()

    @property
    def absence(self) -> Absence:
        absence = self.stage.adapter.absence
        assert absence is not None
        return absence

    async def words(self) -> list[int]:
        return [event.data["words"] for event in await counted(self.stage, "message.posted")]

    async def seen(self) -> Any:
        return await self.stage.app.host("slack").state.get("seen")


@asynccontextmanager
async def heard(folder: Path, **settings: Any) -> AsyncIterator[Scene]:
    """A first message was counted."""
    async with staged(folder, **settings) as stage:
        scene = Scene(stage)
        await scene.absence.back()
        await scene.say(1)
        yield scene


async def test_what_was_written_meanwhile_is_counted_once(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        scene.leave()
        scene.town.now += HOUR
        first = await scene.say(2)
        scene.town.now += HOUR
        await scene.say(3, thread=first["ts"])
        assert await scene.words() == [1]
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]
        scene.stage.arrive()
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]
        assert len(await journal(scene.stage)) == 3


async def test_answers_in_threads_that_began_before_are_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.absence.back()
        first = await scene.say(1)
        scene.town.now += HOUR
        await scene.say(2)
        scene.leave()
        scene.town.now += HOUR
        await scene.say(3, thread=first["ts"], parent_user_id="U1")
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]


async def test_only_so_much_is_read_as_the_settings_want(tmp_path: Path) -> None:
    async with heard(tmp_path, catch_up="2h") as scene:
        scene.leave()
        scene.town.now += HOUR
        await scene.say(2)
        scene.town.now += 1.5 * HOUR
        await scene.say(3)
        scene.town.now += HOUR
        await scene.come_back()
        assert await scene.words() == [1, 3]


async def test_nothing_is_read_where_the_settings_say_so(tmp_path: Path) -> None:
    async with heard(tmp_path, catch_up="") as scene:
        scene.leave()
        await scene.say(2)
        await scene.come_back()
        assert scene.town.asked("conversations.history") == []


async def test_a_first_start_reads_no_history(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        scene.leave()
        await scene.say(2)
        await scene.come_back()
        assert scene.town.asked("conversations.history") == []
        assert await scene.seen() == {"T0TOWN": scene.town.now}


async def test_a_workspace_that_is_installed_anew_has_no_history(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        await scene.stage.app.host("slack").state.put("seen", {"T0ELSE": 1.0})
        scene.stage.arrive()
        await scene.come_back()
        assert scene.town.asked("conversations.history") == []
        assert list(await scene.seen()) == ["T0TOWN"]


async def test_private_channels_are_not_caught_up_with(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        staff = scene.town.room("staff", "group")
        scene.leave()
        await scene.ana.says(staff, "secret secret")
        await scene.come_back()
        assert await scene.words() == [1]


async def test_what_may_not_be_read_is_left_out(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        scene.leave()
        await scene.say(2)
        await scene.ana.says(scene.other, "la la la")
        scene.town.refuse("conversations.history", Refusal("not_in_channel"))
        await scene.come_back()
        assert await scene.words() == [1, 3]
        scene.leave()
        await scene.say(4)
        scene.town.refuse("users.conversations", Refusal("missing_scope"))
        await scene.come_back()
        assert await scene.words() == [1, 3]


async def test_where_slack_is_down_it_is_tried_again_until_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = []

    async def rest(seconds: float) -> None:
        waited.append((seconds, await scene.seen()))
        scene.town.now += seconds

    async with heard(tmp_path) as scene:
        before = await scene.seen()
        scene.leave()
        scene.town.now += HOUR
        await scene.say(2)
        scene.town.refuse("users.conversations", Refusal("internal_error", 500))
        scene.town.refuse("conversations.history", Refusal("", 503), Refusal("ratelimited", 429, {"Retry-After": "3"}))
        monkeypatch.setattr("laurels_slack.away.sleep", rest)
        monkeypatch.setattr("laurels_slack.archive.sleep", rest)
        await scene.come_back()
        assert [seconds for seconds, _ in waited] == [60.0, 60.0, 3.0]
        assert all(seen == before for _, seen in waited)
        assert await scene.words() == [1, 2]


async def test_what_is_heard_while_it_catches_up_does_not_hide_what_was_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(tmp_path) as scene:
        scene.leave()
        scene.town.now += HOUR
        await scene.say(2)
        scene.town.now += HOUR
        stuck = asyncio.Event()

        async def rest(seconds: float) -> None:
            stuck.set()
            await asyncio.Event().wait()

        scene.town.refuse("users.conversations", Refusal("internal_error", 500))
        with monkeypatch.context() as patch:
            patch.setattr("laurels_slack.away.sleep", rest)
            catching_up = asyncio.create_task(scene.come_back())
            await stuck.wait()
            await scene.say(3)
            catching_up.cancel()
            await asyncio.wait([catching_up])
        assert await scene.words() == [1, 3]
        scene.stage.arrive()
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]


async def test_coming_back_twice_at_once_reads_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = 0, 0
    async with heard(tmp_path) as scene:
        shelves = scene.absence.archive.shelves

        async def slow(its: Any) -> Any:
            nonlocal at_once, most
            at_once += 1
            most = max(most, at_once)
            found = await shelves(its)
            at_once -= 1
            return found

        monkeypatch.setattr(scene.absence.archive, "shelves", slow)
        await asyncio.gather(*(scene.absence.back() for _ in range(3)))
        assert (most, await scene.words()) == (1, [1])


async def test_that_laurels_is_there_is_written_down_sparingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(tmp_path) as scene:
        written = []
        state = type(scene.stage.app.host("slack").state)
        put = state.put

        async def counting(self: Any, key: str, value: Any) -> None:
            written.append(key)
            await put(self, key, value)

        monkeypatch.setattr(state, "put", counting)
        for _ in range(20):
            await scene.say(1)
        scene.town.now += 61
        await scene.say(1)
        await scene.say(1)
        assert written == ["seen"]


async def test_the_program_begins_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted, note = asyncio.Event(), Absence.note

    async def noting(self: Absence, now: datetime) -> None:
        await note(self, now)
        noted.set()

    monkeypatch.setattr(Absence, "note", noting)
    town = Town(start=time.time() - 2 * HOUR)  # the program has a clock of its own
    async with staged(tmp_path, town=town, app_token="", signing_secret="s") as stage:
        scene = Scene(stage)
        await scene.absence.back()
        noted.clear()
        scene.leave()
        await scene.say(2)
        running = asyncio.create_task(stage.adapter.run(stage.app.host("slack")))
        await noted.wait()
        running.cancel()
        await asyncio.wait([running])
        assert await scene.words() == [2]


async def test_where_the_database_fails_it_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.away.AGAIN", 0.0)
    async with heard(tmp_path) as scene:
        scene.leave()
        scene.town.now += HOUR
        await scene.say(2)
        scene.stage.arrive()
        state = scene.absence.door.host.state
        get, fails = state.get, [OSError("the disk is gone")]

        async def failing(key: str) -> Any:
            if fails:
                raise fails.pop()
            return await get(key)

        monkeypatch.setattr(state, "get", failing)
        await scene.come_back()
        assert await scene.words() == [1, 2]


async def test_what_was_read_is_not_read_again_for_what_could_not_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.away.AGAIN", 0.0)
    async with heard(tmp_path) as scene:
        scene.leave()
        await scene.say(2)
        await scene.ana.says(scene.other, "la la la")
        scene.town.refuse("conversations.history", None, Refusal("internal_error"), Refusal("", 503))
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]
        read = [given["channel"] for given in scene.town.asked("conversations.history")]
        assert read == [scene.general.id, *[scene.other.id] * 3]


async def test_what_is_missed_while_what_was_missed_is_read_is_read_after_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(tmp_path) as scene:
        scene.leave()
        scene.town.now += HOUR
        await scene.say(2)
        read, meanwhile = scene.absence.archive.read, [3]

        async def slowly(*given: Any) -> AsyncIterator[Any]:
            async for found in read(*given):
                yield found
            while meanwhile:
                await scene.say(meanwhile.pop())
                scene.town.now += HOUR

        monkeypatch.setattr(scene.absence.archive, "read", slowly)
        await scene.absence.back()
        await scene.come_back()
        assert await scene.words() == [1, 2, 3]
