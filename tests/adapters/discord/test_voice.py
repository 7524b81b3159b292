"""Minutes in voice channels, and who came to scheduled events."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.models import Overwrite

from discord_events import Scene, counted, journal
from discord_stage import Stage, staged


class Talk(Scene):
    """With a voice channel too."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage = stage
        self.lounge = self.guild.create_voice_channel("lounge")

    async def join(self, *people: Any) -> None:
        for person in people:
            await person.join_voice(self.lounge)

    async def leave(self, *people: Any) -> None:
        for person in people:
            await person.leave_voice()

    async def meanwhile(self, minutes: float) -> None:
        await self.stage.env.advance_time(minutes * 60)

    async def minutes(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for event in await counted(self.stage, "voice.attended"):
            found.setdefault(event.actor.name, []).append(event.data["minutes"])
        return found


@asynccontextmanager
async def talking(folder: Path, **options: Any) -> AsyncIterator[Talk]:
    async with staged(folder, **options) as stage:
        yield Talk(stage)


async def test_whole_minutes_count_while_others_are_there(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.ana.join_voice(talk.lounge)
        await talk.meanwhile(30)  # alone
        await talk.ben.join_voice(talk.lounge)
        await talk.meanwhile(10.9)
        await talk.ben.leave_voice()
        await talk.meanwhile(30)  # alone again
        await talk.ana.leave_voice()
        assert await talk.minutes() == {"ana": [10], "ben": [10]}
        (event, _) = await counted(talk.stage, "voice.attended")
        assert (event.place.name, event.place.channel) == ("#lounge", str(talk.lounge.id))


async def test_less_than_a_minute_is_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(0.9)
        await talk.ben.leave_voice()
        assert await journal(talk.stage) == []


async def test_who_is_deafened_is_not_there(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.cem.join_voice(talk.lounge, self_deaf=True)
        await talk.meanwhile(5)
        await talk.ben.set_voice(self_deaf=True)
        await talk.meanwhile(5)
        await talk.cem.set_voice(self_deaf=False)
        await talk.meanwhile(5)
        await talk.ana.leave_voice()
        assert await talk.minutes() == {"ana": [5, 5], "ben": [5], "cem": [5]}


async def test_muting_oneself_changes_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(1.5)
        await talk.ben.set_voice(self_mute=True)
        await talk.meanwhile(1.5)
        await talk.ben.leave_voice()
        assert await talk.minutes() == {"ana": [3], "ben": [3]}


async def test_a_bot_is_no_company(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        music = talk.guild.add_member(talk.stage.env.create_user("music", bot=True))
        await music.join_voice(talk.lounge)
        await talk.ana.join_voice(talk.lounge)
        await talk.meanwhile(5)
        await talk.ana.leave_voice()
        assert await journal(talk.stage) == []


async def test_moving_ends_one_stay_and_begins_another(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        other = talk.guild.create_voice_channel("other")
        await talk.join(talk.ana, talk.ben)
        await talk.cem.join_voice(other)
        await talk.meanwhile(2)
        await talk.ben.join_voice(other)
        await talk.meanwhile(3)
        await talk.ben.leave_voice()
        assert await talk.minutes() == {"ana": [2], "ben": [2, 3], "cem": [3]}


async def test_the_afk_channel_doesnt_count(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        talk.stage.env.backend.get_guild(talk.guild.id).afk_channel_id = talk.lounge.id
        await talk.stage.restart()
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        await talk.leave(talk.ana, talk.ben)
        assert await journal(talk.stage) == []


@pytest.mark.parametrize(("settings", "found"), [({}, {}), ({"private_channels": True}, {"ana": [5], "ben": [5]})])
async def test_private_channels_count_only_where_the_settings_say_so(tmp_path: Path, settings: Any, found: Any) -> None:
    async with talking(tmp_path, **settings) as talk:
        seeing = discord.Permissions(view_channel=True, connect=True).value
        hidden = [
            Overwrite(talk.guild.default_role.id, type=0, allow=0, deny=seeing),
            *(Overwrite(who.id, type=1, allow=seeing, deny=0) for who in (talk.ana, talk.ben, talk.stage.env.bot.user)),
        ]
        talk.stage.env.backend.edit_channel(talk.lounge.id, {}, overwrites=hidden)
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        await talk.leave(talk.ana, talk.ben)
        assert await talk.minutes() == found


async def test_a_restart_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        await talk.stage.restart()
        await talk.stage.rest()
        await talk.meanwhile(5)
        await talk.ben.leave_voice()
        assert await talk.minutes() == {"ana": [10], "ben": [10]}
        assert await talk.stage.app.host("discord").state.get(f"voice:{talk.guild.id}") is None


async def test_who_left_while_the_bot_was_away_was_there_until_it_went(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        await talk.cem.send(talk.channel, "the last that was heard")
        await talk.meanwhile(60)
        del talk.stage.env.backend.get_guild(talk.guild.id).voice_states[talk.ben.id]
        await talk.stage.restart()
        assert await talk.minutes() == {"ana": [5], "ben": [5]}


async def test_who_came_again_while_the_bot_was_away_stays_anew(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        await talk.cem.send(talk.channel, "the last that was heard")
        await talk.meanwhile(60)
        talk.stage.env.backend.get_guild(talk.guild.id).voice_states[talk.ben.id].session_id = "another"
        await talk.stage.restart()
        await talk.stage.rest()
        await talk.meanwhile(2)
        await talk.ana.leave_voice()
        assert await talk.minutes() == {"ana": [67], "ben": [5, 2]}


async def test_being_ready_twice_changes_nothing(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        await talk.join(talk.ana, talk.ben)
        await talk.meanwhile(5)
        for _ in range(2):
            talk.stage.env.bot.dispatch("ready")
            talk.stage.env.bot.dispatch("shard_ready", 0)
        await talk.meanwhile(5)
        await talk.ben.leave_voice()
        assert await talk.minutes() == {"ana": [10], "ben": [10]}


def gathering(talk: Talk, start: str = "2026-01-01T20:00:00+00:00") -> Any:
    return talk.guild.create_scheduled_event("Game night", start_time=start, channel=talk.lounge)


def turn(talk: Talk, event: Any, status: discord.EventStatus, **more: Any) -> None:
    talk.stage.env.backend.edit_scheduled_event(talk.guild.id, event.id, {"status": status.value, **more})


async def test_who_is_there_while_it_takes_place_has_come(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        event = gathering(talk)
        await talk.ana.subscribe_event(event)  # interested, no more
        await talk.join(talk.ben, talk.cem)
        await talk.cem.leave_voice()  # too early
        turn(talk, event, discord.EventStatus.active)
        await talk.stage.rest()
        await talk.cem.join_voice(talk.lounge, self_deaf=True)
        assert [found.actor.name for found in await counted(talk.stage, "gathering.attended")] == ["ben"]
        await talk.cem.set_voice(self_deaf=False)
        await talk.ben.leave_voice()
        await talk.ben.join_voice(talk.lounge)
        turn(talk, event, discord.EventStatus.completed)
        await talk.stage.rest()
        await talk.ana.join_voice(talk.lounge)  # too late
        found = await counted(talk.stage, "gathering.attended")
        assert sorted(event.actor.name for event in found) == ["ben", "cem"]
        assert {event.data["gathering"] for event in found} == {str(event.id)}


async def test_one_that_recurs_is_another_each_time(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        event = gathering(talk)
        await talk.ben.join_voice(talk.lounge)
        for day in (1, 8):
            turn(talk, event, discord.EventStatus.active, scheduled_start_time=f"2026-01-0{day}T20:00:00+00:00")
            await talk.stage.rest()
            turn(talk, event, discord.EventStatus.scheduled)
            await talk.stage.rest()
        assert len(await counted(talk.stage, "gathering.attended")) == 2


@pytest.mark.parametrize("members", [True, False])
async def test_one_that_began_while_the_bot_was_away_is_attended_by_who_is_there(tmp_path: Path, members: bool) -> None:
    async with talking(tmp_path, members=members) as talk:
        event = gathering(talk)
        await talk.join(talk.ben, talk.cem)
        await talk.stage.rest()
        talk.stage.env.bot.get_guild(talk.guild.id).get_scheduled_event(event.id).status = discord.EventStatus.active
        talk.stage.env.bot.dispatch("shard_ready", 0)
        found = [event.actor.name for event in await counted(talk.stage, "gathering.attended")]
        assert found == ["ben", "cem"]
