"""What was missed while the bot was away is read, bounded, and counted once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest

from discord_events import Scene, counted, journal
from discord_stage import Stage, staged
from laurels_discord import absence

HOUR = 3600


class Absence(Scene):
    """Ana talks, in words that are counted; the bot goes and comes back."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage

    async def say(self, words: int) -> None:
        await self.ana.send(self.channel, " ".join(["la"] * words))

    async def leave(self) -> None:
        await self._shard.disconnect()

    async def come_back(self) -> None:
        await self._shard.reconnect()

    @property
    def _shard(self) -> Any:
        (info,) = self.stage.env.bot.shards.values()
        return info._parent

    async def texts(self) -> list[int]:
        return [event.data["words"] for event in await counted(self.stage, "message.posted")]

    def asked(self) -> list[str]:
        return [entry.path for entry in self.stage.env.http_requests if entry.method == "GET" and entry.path.endswith("/messages")]


@asynccontextmanager
async def begun(folder: Path, **settings: Any) -> AsyncIterator[Absence]:
    async with staged(folder, message_content=True, **settings) as stage:
        yield Absence(stage)


@asynccontextmanager
async def heard(folder: Path, **settings: Any) -> AsyncIterator[Absence]:
    """A first message was counted."""
    async with begun(folder, **settings) as scene:
        await scene.say(1)
        await scene.stage.rest()
        yield scene


async def test_what_was_written_meanwhile_is_counted_once(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        await scene.leave()
        await scene.stage.env.advance_time(HOUR)
        await scene.say(2)
        await scene.stage.env.advance_time(HOUR)
        await scene.say(3)
        assert await scene.texts() == [1]
        await scene.come_back()
        assert await scene.texts() == [1, 2, 3]
        await scene.stage.restart()
        assert await scene.texts() == [1, 2, 3]
        assert len(await journal(scene.stage, "message.posted")) == 3


async def test_only_so_much_is_read_as_the_settings_want(tmp_path: Path) -> None:
    async with heard(tmp_path, catch_up="2h") as scene:
        await scene.leave()
        await scene.stage.env.advance_time(HOUR)
        await scene.say(2)
        await scene.stage.env.advance_time(1.5 * HOUR)
        await scene.say(3)
        await scene.stage.env.advance_time(HOUR)
        await scene.come_back()
        assert await scene.texts() == [1, 3]


async def test_nothing_is_read_where_the_settings_say_so(tmp_path: Path) -> None:
    async with heard(tmp_path, catch_up="") as scene:
        await scene.leave()
        await scene.say(2)
        await scene.come_back()
        assert await scene.texts() == [1]


async def test_a_first_start_reads_no_history(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        await scene.stage.app.host("discord").state.put("seen", None)
        await scene.stage.restart()
        await scene.stage.rest()
        assert scene.asked() == []


async def test_a_server_that_the_bot_comes_to_again_has_no_history(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        scene.stage.env.bot.dispatch("guild_join", scene.stage.env.bot.get_guild(scene.guild.id))
        await scene.stage.rest()
        assert scene.asked() == []


async def test_only_channels_with_something_new_are_asked_for(tmp_path: Path) -> None:
    async with begun(tmp_path) as scene:
        quiet = scene.guild.create_text_channel("quiet")
        await scene.ana.send(quiet, "once")
        await scene.stage.env.advance_time(HOUR)
        await scene.say(1)
        await scene.stage.rest()
        await scene.leave()
        await scene.say(2)
        await scene.come_back()
        await scene.stage.rest()
        assert {path.split("/")[2] for path in scene.asked()} == {str(scene.channel.id)}


async def test_being_ready_twice_at_once_reads_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = 0, 0
    read = absence.reading.read

    async def slow(channel: Any, after: int) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        async for messages in read(channel, after):
            yield messages
        at_once -= 1

    monkeypatch.setattr(absence.reading, "read", slow)
    async with heard(tmp_path) as scene:
        for _ in range(3):
            scene.stage.env.bot.dispatch("shard_ready", 0)
        await scene.stage.rest()
        assert (most, await scene.texts()) == (1, [1])


async def test_an_interrupted_catching_up_is_done_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(tmp_path) as scene:
        await scene.leave()
        await scene.stage.env.advance_time(HOUR)
        await scene.say(2)
        await scene.stage.env.advance_time(HOUR)
        with monkeypatch.context() as patch:

            async def broken(channel: Any, after: int) -> Any:
                raise asyncio.CancelledError
                yield

            patch.setattr(absence.reading, "read", broken)
            await scene.come_back()
            await scene.say(3)
            await scene.stage.env.settle()
        await scene.stage.restart()
        assert await scene.texts() == [1, 2, 3]


async def test_what_is_missed_while_what_was_missed_is_read_is_read_after_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on, read = asyncio.Event(), asyncio.Event(), absence.reading.read

    async def held(channel: Any, after: int) -> Any:
        async for messages in read(channel, after):
            yield messages
        reading.set()
        await go_on.wait()

    async with heard(tmp_path) as scene:
        await scene.leave()
        await scene.stage.env.advance_time(HOUR)
        await scene.say(2)
        with monkeypatch.context() as patch:
            patch.setattr(absence.reading, "read", held)
            back = asyncio.create_task(scene.come_back())
            await reading.wait()
            await scene.leave()
            await scene.say(3)
            await scene.stage.env.advance_time(HOUR)
            go_on.set()
            await back
        await scene.stage.rest()
        assert await scene.texts() == [1, 2]
        await scene.come_back()
        assert await scene.texts() == [1, 2, 3]


async def test_a_first_session_that_breaks_off_at_once_is_read_for_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = absence.Voice.settle

    async def broken_off(self: Any, guild: Any, seen: Any) -> None:
        await settled(self, guild, seen)
        if seen is None:
            await rooms[-1].on_shard_disconnect(0)

    rooms: list[Any] = []
    made = absence.Absence.__init__

    def noticed(self: Any, *given: Any) -> None:
        made(self, *given)
        rooms.append(self)

    monkeypatch.setattr(absence.Absence, "__init__", noticed)
    monkeypatch.setattr(absence.Voice, "settle", broken_off)
    async with begun(tmp_path) as scene:
        await scene.stage.app.host("discord").state.put("seen", None)
        await scene.stage.restart()
        await scene.leave()
        await scene.stage.env.advance_time(HOUR)
        await scene.say(2)
        await scene.come_back()
        assert await scene.texts() == [2]


async def test_what_may_not_be_read_is_left_out(tmp_path: Path) -> None:
    async with begun(tmp_path) as scene:
        other = scene.guild.create_text_channel("other")
        await scene.say(1)
        await scene.ben.send(other, "one two")
        await scene.stage.rest()
        await scene.leave()
        await scene.ben.send(other, "one two three")
        await scene.say(4)
        scene.stage.env.inject_error("GET", f"/channels/{scene.channel.id}/messages", status=403)
        await scene.come_back()
        assert sorted(await scene.texts()) == [1, 2, 3]


async def test_private_channels_are_not_caught_up_with(tmp_path: Path) -> None:
    async with begun(tmp_path) as scene:
        sees = discord.PermissionOverwrite(view_channel=True, read_message_history=True)
        hidden = {scene.guild.default_role: discord.PermissionOverwrite(view_channel=False), scene.stage.env.bot.user: sees}
        staff, owner = scene.guild.create_text_channel("staff", overwrites=hidden), scene.guild.add_member(scene.guild.owner)
        await scene.say(1)
        await scene.stage.rest()
        await scene.leave()
        await owner.send(staff, "secret secret")
        await scene.come_back()
        assert await scene.texts() == [1]
        assert not any(str(staff.id) in path for path in scene.asked())


async def test_threads_that_were_opened_meanwhile_are_known(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        await scene.leave()
        thread = scene.stage.env.backend.create_thread(scene.channel.id, "plans", scene.ben.id)
        scene.stage.env.backend.create_message(thread.id, scene.ben.id, "la la la")
        await scene.come_back()
        assert [event.data["title"] for event in await counted(scene.stage, "thread.started")] == ["plans"]
        assert await scene.texts() == [1, 3]


async def test_that_the_bot_is_there_is_written_down_sparingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with heard(tmp_path) as scene:
        written = []
        state = type(scene.stage.app.host("discord").state)
        put = state.put

        async def counting(self: Any, key: str, value: Any) -> None:
            written.append(key)
            await put(self, key, value)

        monkeypatch.setattr(state, "put", counting)
        for _ in range(20):
            await scene.say(1)
        await scene.stage.env.advance_time(61)
        await scene.say(1)
        await scene.say(1)
        await scene.stage.rest()
        assert written == ["seen"]


async def test_posts_that_were_solved_meanwhile_are_known(tmp_path: Path) -> None:
    async with begun(tmp_path) as scene:
        forum = scene.guild.create_forum_channel("help")
        solved = {"id": "11", "name": "Solved", "moderated": False, "emoji_id": None, "emoji_name": None}
        scene.stage.env.backend.channels[forum.id].available_tags = [solved]
        await scene.stage.restart()
        post = scene.stage.env.backend.create_thread(forum.id, "it crashes", scene.ben.id)
        await scene.stage.env.advance_time(HOUR)
        await scene.say(1)
        await scene.stage.rest()
        post.applied_tags = [11]
        for _ in range(2):
            await scene.stage.restart()
            assert [event.data["title"] for event in await journal(scene.stage, "thread.solved")] == ["it crashes"]


async def test_a_shard_that_is_not_there_yet_keeps_what_was_noted_of_it(tmp_path: Path) -> None:
    async with heard(tmp_path) as scene:
        state = scene.stage.app.host("discord").state
        await state.put("seen", {**await state.get("seen"), "42": 1.0})
        await scene.stage.restart()
        await scene.stage.rest()
        assert (await state.get("seen"))["42"] == 1.0
