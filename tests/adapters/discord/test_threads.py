"""Threads and forum posts: opened, deleted, solved."""

from pathlib import Path
from typing import Any

import discord
from simcord.backend import serializers

from discord_events import Scene, counted, journal
from discord_stage import Stage, staged


def opened(stage: Stage, channel: Any, owner: Any, name: str, **options: Any) -> Any:
    return stage.env.backend.create_thread(channel.id, name, owner.id, **options)


def forum(stage: Stage, scene: Scene) -> Any:
    help_ = scene.guild.create_forum_channel("help")
    stage.env.backend.channels[help_.id].available_tags = [
        {"id": "11", "name": "Solved", "moderated": False, "emoji_id": None, "emoji_name": None},
        {"id": "12", "name": "windows", "moderated": False, "emoji_id": None, "emoji_name": None},
    ]
    return help_


def tag(stage: Stage, post: Any, *tags: int, **more: Any) -> None:
    post.applied_tags = list(tags)
    payload = dict(serializers.channel_payload(stage.env.backend, post))
    payload |= more
    stage.env.backend.emit("THREAD_UPDATE", payload)


async def test_a_thread_is_its_owners(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        thread = opened(stage, scene.channel, scene.ana, "plans")
        (event,) = await counted(stage, "thread.started")
        assert (event.actor.id, event.data["title"]) == (str(scene.ana.id), "plans")
        assert (event.place.channel, event.place.thread) == (str(scene.channel.id), str(thread.id))
        stage.env.backend.delete_channel(thread.id)
        assert await counted(stage, "thread.started") == []


async def test_a_thread_upon_a_message_leaves_the_message_alone(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.ben.send(scene.channel, "let us plan")
        thread = opened(stage, scene.channel, scene.ana, "plans", message_id=message.id)
        stage.env.backend.delete_channel(thread.id)
        assert [event.type for event in await counted(stage)] == ["message.posted"]


async def test_messages_in_a_thread_are_there(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        opened(stage, scene.channel, scene.ana, "plans")
        await stage.rest()
        (handle,) = scene.channel.threads
        await scene.ben.send(handle, "me too")
        (event,) = await counted(stage, "message.posted")
        assert (event.place.channel, event.place.thread, event.place.name) == (str(scene.channel.id), str(handle.id), "#general")


async def test_private_threads_are_not_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        opened(stage, scene.channel, scene.ana, "secret plans", type=discord.ChannelType.private_thread.value)
        assert await journal(stage, "thread.started") == []


async def test_a_post_is_solved_while_it_has_the_tag(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        help_ = forum(stage, scene)
        await stage.restart()
        post = opened(stage, help_, scene.ana, "it crashes", applied_tags=(12,))
        await stage.rest()
        tag(stage, post, 11, 12)
        (event,) = await counted(stage, "thread.solved")
        assert (event.actor.id, event.data["title"], event.data["tag"]) == (str(scene.ana.id), "it crashes", "Solved")
        tag(stage, post, 11)
        assert len(await journal(stage, "thread.solved")) == 1
        tag(stage, post, 12)
        assert await counted(stage, "thread.solved") == []
        tag(stage, post, 11)
        assert len(await counted(stage, "thread.solved")) == 1


async def test_a_post_that_comes_solved_out_of_the_archive_is_solved_once(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        help_ = forum(stage, scene)
        await stage.restart()
        post = opened(stage, help_, scene.ana, "it crashes")
        await stage.rest()
        archived = {"archived": True, "auto_archive_duration": 1440, "archive_timestamp": "2026-01-01T00:00:00+00:00", "locked": False}
        for _ in range(2):
            tag(stage, post, *post.applied_tags, thread_metadata=archived)
            tag(stage, post, 11)
        assert len(await journal(stage, "thread.solved")) == 1
