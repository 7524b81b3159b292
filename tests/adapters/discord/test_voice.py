"""Minutes in voice channels, and who came to scheduled events."""

from pathlib import Path
from typing import Any

import discord
import pytest

from discord_events import Scene, counted, journal
from discord_stage import Stage, staged


async def minutes(stage: Stage) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for event in await counted(stage, "voice.attended"):
        found.setdefault(event.actor.name, []).append(event.data["minutes"])
    return found


class Talk(Scene):
    """With a voice channel too."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage
        self.lounge = self.guild.create_voice_channel("lounge")

    async def meanwhile(self, minutes: float) -> None:
        await self.stage.env.advance_time(minutes * 60)


async def test_whole_minutes_count_while_others_are_there(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.meanwhile(30)  # alone
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(10.9)
        await talk.ben.leave_voice()
        await talk.meanwhile(30)  # alone again
        await talk.ana.leave_voice()
        assert await minutes(stage) == {"ana": [10], "ben": [10]}
        (event, _) = await counted(stage, "voice.attended")
        assert (event.place.name, event.place.channel) == ("#lounge", str(talk.lounge.id))


async def test_less_than_a_minute_is_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(0.9)
        await talk.ben.leave_voice()
        assert await journal(stage) == []


async def test_who_is_deafened_is_not_there(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.cem.join_voice(talk.lounge, self_deaf=True)
        await talk.meanwhile(5)
        await talk.ben.set_voice(self_deaf=True)
        await talk.meanwhile(5)
        await talk.cem.set_voice(self_deaf=False)
        await talk.meanwhile(5)
        await talk.ana.leave_voice()
        assert await minutes(stage) == {"ana": [5, 5], "ben": [5], "cem": [5]}


async def test_muting_oneself_changes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(1.5)
        await talk.ben.set_voice(self_mute=True)
        await talk.meanwhile(1.5)
        await talk.ben.leave_voice()
        assert await minutes(stage) == {"ana": [3], "ben": [3]}


async def test_a_bot_is_no_company(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        music = talk.guild.add_member(stage.env.create_user("music", bot=True))
        await music.join_voice(talk.lounge)
        await talk.ana.join_voice(talk.lounge)
        await talk.meanwhile(5)
        await talk.ana.leave_voice()
        assert await journal(stage) == []


async def test_moving_ends_one_stay_and_begins_another(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        other = talk.guild.create_voice_channel("other")
        for person in (talk.ana, talk.ben):
            await person.join_voice(talk.lounge)
        await talk.cem.join_voice(other)
        await talk.meanwhile(2)
        await talk.ben.join_voice(other)
        await talk.meanwhile(3)
        await talk.ben.leave_voice()
        assert await minutes(stage) == {"ana": [2], "ben": [2, 3], "cem": [3]}


async def test_the_afk_channel_and_private_ones_dont_count(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        stage.env.backend.get_guild(talk.guild.id).afk_channel_id = talk.lounge.id
        await stage.restart()
        for person in (talk.ana, talk.ben):
            await person.join_voice(talk.lounge)
        await talk.meanwhile(5)
        for person in (talk.ana, talk.ben):
            await person.leave_voice()
        assert await journal(stage) == []


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(5)
        await stage.restart()
        await stage.rest()
        await talk.meanwhile(5)
        await talk.ben.leave_voice()
        assert await minutes(stage) == {"ana": [10], "ben": [10]}
        assert await stage.app.host("discord").state.get(f"voice:{talk.guild.id}") is None


async def test_who_left_while_the_bot_was_away_was_there_until_it_went(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(5)
        await talk.cem.send(talk.channel, "the last that was heard")
        await talk.meanwhile(60)
        del stage.env.backend.get_guild(talk.guild.id).voice_states[talk.ben.id]
        await stage.restart()
        assert await minutes(stage) == {"ana": [5], "ben": [5]}


async def test_who_came_again_while_the_bot_was_away_stays_anew(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(5)
        await talk.cem.send(talk.channel, "the last that was heard")
        await talk.meanwhile(60)
        stage.env.backend.get_guild(talk.guild.id).voice_states[talk.ben.id].session_id = "another"
        await stage.restart()
        await stage.rest()
        await talk.meanwhile(2)
        await talk.ana.leave_voice()
        assert await minutes(stage) == {"ana": [67], "ben": [5, 2]}


async def test_being_ready_twice_changes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        await talk.ana.join_voice(talk.lounge)
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(5)
        for _ in range(2):
            stage.env.bot.dispatch("ready")
            stage.env.bot.dispatch("shard_ready", 0)
        await talk.meanwhile(5)
        await talk.ben.leave_voice()
        assert await minutes(stage) == {"ana": [10], "ben": [10]}


def gathering(talk: Talk, start: str = "2026-01-01T20:00:00+00:00") -> Any:
    return talk.guild.create_scheduled_event("Game night", start_time=start, channel=talk.lounge)


def turn(stage: Stage, talk: Talk, event: Any, status: discord.EventStatus, **more: Any) -> None:
    stage.env.backend.edit_scheduled_event(talk.guild.id, event.id, {"status": status.value, **more})


async def test_who_is_there_while_it_takes_place_has_come(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        event = gathering(talk)
        await talk.ana.subscribe_event(event)  # interested, no more
        await talk.ben.join_voice(talk.lounge)
        await talk.cem.join_voice(talk.lounge)
        await talk.cem.leave_voice()  # too early
        turn(stage, talk, event, discord.EventStatus.active)
        await stage.rest()
        await talk.cem.join_voice(talk.lounge, self_deaf=True)
        assert [found.actor.name for found in await counted(stage, "gathering.attended")] == ["ben"]
        await talk.cem.set_voice(self_deaf=False)
        await talk.ben.leave_voice()
        await talk.ben.join_voice(talk.lounge)
        turn(stage, talk, event, discord.EventStatus.completed)
        await stage.rest()
        await talk.ana.join_voice(talk.lounge)  # too late
        found = await counted(stage, "gathering.attended")
        assert sorted(event.actor.name for event in found) == ["ben", "cem"]
        assert {event.data["gathering"] for event in found} == {str(event.id)}


async def test_one_that_recurs_is_another_each_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        talk = Talk(stage)
        event = gathering(talk)
        await talk.ben.join_voice(talk.lounge)
        for day in (1, 8):
            turn(stage, talk, event, discord.EventStatus.active, scheduled_start_time=f"2026-01-0{day}T20:00:00+00:00")
            await stage.rest()
            turn(stage, talk, event, discord.EventStatus.scheduled)
            await stage.rest()
        assert len(await counted(stage, "gathering.attended")) == 2


@pytest.mark.parametrize("members", [True, False])
async def test_one_that_began_while_the_bot_was_away_is_attended_by_who_is_there(tmp_path: Path, members: bool) -> None:
    async with staged(tmp_path, members=members) as stage:
        talk = Talk(stage)
        event = gathering(talk)
        await talk.ben.join_voice(talk.lounge)
        await talk.cem.join_voice(talk.lounge)
        await stage.rest()
        stage.env.bot.get_guild(talk.guild.id).get_scheduled_event(event.id).status = discord.EventStatus.active
        stage.env.bot.dispatch("shard_ready", 0)
        found = [event.actor.name for event in await counted(stage, "gathering.attended")]
        assert found == ["ben", "cem"]
