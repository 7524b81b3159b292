"""What was missed while the bot was away is read, bounded, and counted once."""

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest

from discord_events import Scene, counted, journal
from discord_stage import Stage, staged
from laurels_discord import absence

HOUR = 3600


def shard(stage: Stage) -> Any:
    (info,) = stage.env.bot.shards.values()
    return info._parent


def texts(stage: Stage) -> Any:
    async def found() -> list[int]:
        return [event.data["words"] for event in await counted(stage, "message.posted")]

    return found()


async def say(scene: Scene, words: int) -> Any:
    return await scene.ana.send(scene.channel, " ".join(["la"] * words))


def asked(stage: Stage) -> list[str]:
    return [entry.path for entry in stage.env.http_requests if entry.method == "GET" and entry.path.endswith("/messages")]


async def test_what_was_written_meanwhile_is_counted_once(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await stage.env.advance_time(HOUR)
        await say(scene, 2)
        await stage.env.advance_time(HOUR)
        await say(scene, 3)
        assert await texts(stage) == [1]
        await shard(stage).reconnect()
        assert await texts(stage) == [1, 2, 3]
        await stage.restart()
        assert await texts(stage) == [1, 2, 3]
        assert len(await journal(stage, "message.posted")) == 3


async def test_only_so_much_is_read_as_the_settings_want(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True, catch_up="2h") as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await stage.env.advance_time(HOUR)
        await say(scene, 2)
        await stage.env.advance_time(1.5 * HOUR)
        await say(scene, 3)
        await stage.env.advance_time(HOUR)
        await shard(stage).reconnect()
        assert await texts(stage) == [1, 3]


async def test_nothing_is_read_where_the_settings_say_so(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True, catch_up="") as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await say(scene, 2)
        await shard(stage).reconnect()
        assert await texts(stage) == [1]


async def test_a_first_start_reads_no_history(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await stage.app.host("discord").state.put("seen", None)
        await stage.restart()
        await stage.rest()
        assert asked(stage) == []


async def test_a_server_that_the_bot_comes_to_again_has_no_history(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        stage.env.bot.dispatch("guild_join", stage.env.bot.get_guild(scene.guild.id))
        await stage.rest()
        assert asked(stage) == []


async def test_only_channels_with_something_new_are_asked_for(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        quiet = scene.guild.create_text_channel("quiet")
        await scene.ana.send(quiet, "once")
        await stage.env.advance_time(HOUR)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await say(scene, 2)
        await shard(stage).reconnect()
        await stage.rest()
        assert {path.split("/")[2] for path in asked(stage)} == {str(scene.channel.id)}


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
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        for _ in range(3):
            stage.env.bot.dispatch("shard_ready", 0)
        await stage.rest()
        assert (most, await texts(stage)) == (1, [1])


async def test_an_interrupted_catching_up_is_done_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await stage.env.advance_time(HOUR)
        await say(scene, 2)
        await stage.env.advance_time(HOUR)
        with monkeypatch.context() as patch:

            async def broken(channel: Any, after: int) -> Any:
                raise asyncio.CancelledError
                yield

            patch.setattr(absence.reading, "read", broken)
            await shard(stage).reconnect()
            await say(scene, 3)
            await stage.env.settle()
        await stage.restart()
        assert await texts(stage) == [1, 2, 3]


async def test_what_may_not_be_read_is_left_out(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        other = scene.guild.create_text_channel("other")
        await say(scene, 1)
        await scene.ben.send(other, "one two")
        await stage.rest()
        await shard(stage).disconnect()
        await scene.ben.send(other, "one two three")
        await say(scene, 4)
        stage.env.inject_error("GET", f"/channels/{scene.channel.id}/messages", status=403)
        await shard(stage).reconnect()
        assert sorted(await texts(stage)) == [1, 2, 3]


async def test_private_channels_are_not_caught_up_with(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        sees = discord.PermissionOverwrite(view_channel=True, read_message_history=True)
        hidden = {scene.guild.default_role: discord.PermissionOverwrite(view_channel=False), stage.env.bot.user: sees}
        staff, owner = scene.guild.create_text_channel("staff", overwrites=hidden), scene.guild.add_member(scene.guild.owner)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        await owner.send(staff, "secret secret")
        await shard(stage).reconnect()
        assert await texts(stage) == [1]
        assert not any(str(staff.id) in path for path in asked(stage))


async def test_threads_that_were_opened_meanwhile_are_known(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        await shard(stage).disconnect()
        thread = stage.env.backend.create_thread(scene.channel.id, "plans", scene.ben.id)
        stage.env.backend.create_message(thread.id, scene.ben.id, "la la la")
        await shard(stage).reconnect()
        assert [event.data["title"] for event in await counted(stage, "thread.started")] == ["plans"]
        assert await texts(stage) == [1, 3]


async def test_that_the_bot_is_there_is_written_down_sparingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        written = []
        state = type(stage.app.host("discord").state)
        put = state.put

        async def counting(self: Any, key: str, value: Any) -> None:
            written.append(key)
            await put(self, key, value)

        monkeypatch.setattr(state, "put", counting)
        for _ in range(20):
            await say(scene, 1)
        await stage.env.advance_time(61)
        await say(scene, 1)
        await say(scene, 1)
        await stage.rest()
        assert written == ["seen"]


async def test_posts_that_were_solved_meanwhile_are_known(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        forum = scene.guild.create_forum_channel("help")
        solved = {"id": "11", "name": "Solved", "moderated": False, "emoji_id": None, "emoji_name": None}
        stage.env.backend.channels[forum.id].available_tags = [solved]
        await stage.restart()
        post = stage.env.backend.create_thread(forum.id, "it crashes", scene.ben.id)
        await stage.env.advance_time(HOUR)
        await say(scene, 1)
        await stage.rest()
        post.applied_tags = [11]
        for _ in range(2):
            await stage.restart()
            assert [event.data["title"] for event in await journal(stage, "thread.solved")] == ["it crashes"]


async def test_a_shard_that_is_not_there_yet_keeps_what_was_noted_of_it(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await say(scene, 1)
        await stage.rest()
        state = stage.app.host("discord").state
        await state.put("seen", {**await state.get("seen"), "42": 1.0})
        await stage.restart()
        await stage.rest()
        assert (await state.get("seen"))["42"] == 1.0
