"""People who come, leave and boost, with the members intent and without."""

from pathlib import Path
from typing import Any

from simcord.backend import serializers
from simcord.enums import MessageType

from discord_events import Scene, counted, journal, last_message, tell
from discord_stage import Stage, staged


async def update(stage: Stage, scene: Scene, person: Any, **changed: Any) -> None:
    guild = stage.env.backend.get_guild(scene.guild.id)
    payload = dict(serializers.member_payload(stage.env.backend, guild, guild.members[person.id]))
    tell(stage, "GUILD_MEMBER_UPDATE", **{**payload, "guild_id": str(guild.id), **changed})
    await stage.rest()


def comes(stage: Stage, scene: Scene, name: str) -> Any:
    user = stage.env.create_user(name)
    guild = stage.env.backend.get_guild(scene.guild.id)
    guild.system_channel_id = scene.channel.id
    stage.env.backend.add_member(guild.id, user.id, announce=True)
    return user


async def test_with_the_members_intent_people_come_and_leave(tmp_path: Path) -> None:
    async with staged(tmp_path, members=True) as stage:
        scene = Scene(stage)
        await stage.rest()
        dan = comes(stage, scene, "dan")
        assert [event.actor.name for event in await counted(stage, "member.joined")][-1] == "dan"
        await stage.env.advance_time(60)
        scene.guild.remove_member(dan)
        assert "dan" not in [event.actor.name for event in await counted(stage, "member.joined")]


async def test_without_it_discords_own_message_tells_who_came(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        comes(stage, scene, "dan")
        (event,) = await counted(stage, "member.joined")
        assert (event.actor.name, event.place.name) == ("dan", "#general")


async def test_told_both_ways_somebody_came_once(tmp_path: Path) -> None:
    async with staged(tmp_path, members=True) as stage:
        scene = Scene(stage)
        comes(stage, scene, "dan")
        told = [event for event in await journal(stage, "member.joined") if event.actor.name == "dan"]
        assert len(told) == 2
        assert [event.actor.name for event in await counted(stage, "member.joined")].count("dan") == 1


async def test_who_leaves_and_comes_back_is_here(tmp_path: Path) -> None:
    async with staged(tmp_path, members=True) as stage:
        scene = Scene(stage)
        dan = comes(stage, scene, "dan")
        for _ in range(2):
            await stage.env.advance_time(60)
            scene.guild.remove_member(dan)
            await stage.env.advance_time(60)
            stage.env.backend.add_member(scene.guild.id, dan.id, announce=True)
        assert [event.actor.name for event in await counted(stage, "member.joined")].count("dan") == 1


async def test_every_kind_of_boost_message_is_a_boost_and_who_boosts_twice_boosts(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        for person, kind in ((scene.ana, 8), (scene.ana, 9), (scene.ben, 11)):
            sent = await person.send(scene.channel, "boost!")
            again = last_message(stage)
            tell(stage, "MESSAGE_CREATE", **{**again, "type": kind, "id": str(sent.id + 1)})
        assert [event.actor.name for event in await counted(stage, "member.boosted")] == ["ana", "ben"]


async def test_with_the_members_intent_a_boost_can_end_and_is_told_once(tmp_path: Path) -> None:
    async with staged(tmp_path, members=True) as stage:
        scene = Scene(stage)
        await stage.rest()
        since = stage.now.isoformat()
        sent = await scene.ana.send(scene.channel, "boost!")
        again = last_message(stage)
        tell(stage, "MESSAGE_CREATE", **{**again, "type": MessageType.PREMIUM_GUILD_SUBSCRIPTION.value, "id": str(sent.id + 1)})
        await update(stage, scene, scene.ana, premium_since=since)
        await update(stage, scene, scene.ana, premium_since=since, nick="Annie")
        assert len(await journal(stage, "member.boosted")) == 2
        assert len(await counted(stage, "member.boosted")) == 1
        await stage.env.advance_time(60)
        await update(stage, scene, scene.ana, premium_since=None)
        assert await counted(stage, "member.boosted") == []
