"""Roles that go with badges, in a simulated Discord."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord

from discord_stage import Stage, staged
from laurels import Account, Actor, Badge, Count, Level
from laurels.filed import RewardDue
from laurels.policy import SYSTEM
from laurels_discord import Settings
from laurels_discord.roles import problems

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=2)))
BRIEF = Badge(slug="brief", name="Brief", measure=Count("message.posted"), levels=(Level("", at=1),), expires="1h")
ROLES = {"talker": "Talker", "talker@2": "Chatterbox"}
BOT = "TestBot"  # the role that came with the bot, on top of all


class Scene:
    """A server with the roles of :data:`ROLES`, which the bot may give, and one that is nobody's business."""

    def __init__(self, stage: Stage, *, manager: bool = True) -> None:
        self.stage, self.env = stage, stage.env
        self.guild = stage.env.create_guild("Rocketeers")
        self.hall = self.guild.create_text_channel("hall")
        self.friend, self.talker, self.chatterbox = (self.guild.create_role(name) for name in ("Friend", "Talker", "Chatterbox"))
        self.bot = self.guild.roles[BOT]
        if not manager:
            self.env.backend.edit_role(self.guild.id, self.bot.id, {"permissions": discord.Permissions(send_messages=True).value})
        self.ana = self.guild.add_member(stage.env.create_user("ana"), roles=[self.friend])
        self.account = Account("discord", str(self.ana.id), name="ana")

    async def says(self, times: int = 1) -> None:
        for _ in range(times):
            await self.ana.send(self.hall, "hello")
        await self.stage.rest()

    @property
    def roles(self) -> list[str]:
        """The roles that Ana has."""
        ids = self.env.backend.guilds[self.guild.id].members[self.ana.id].role_ids
        return sorted(name for name, role in self.guild.roles.items() if role.id in ids and name != "@everyone")

    async def due(self) -> list[RewardDue]:
        return list(await self.stage.app.store.find(RewardDue, self.stage.community))


@asynccontextmanager
async def scene(folder: Path, *pack: Badge, manager: bool = True, **options: Any) -> AsyncIterator[Scene]:
    async with staged(folder, pack or TALKER, **{"roles": ROLES, **options}) as stage:
        yield Scene(stage, manager=manager)


async def test_a_role_comes_with_a_badge_and_another_with_a_level(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        assert it.roles == ["Friend", "Talker"]
        await it.says()
        assert it.roles == ["Chatterbox", "Friend", "Talker"]
        assert await it.due() == []


async def test_a_role_goes_with_its_badge_and_comes_back(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says(2)
        awards = it.stage.app.acts(it.stage.community).awards
        await awards.revoke(SYSTEM, "talker", it.account, 2)
        await it.stage.rest()
        assert it.roles == ["Friend", "Talker"]
        await awards.reinstate(SYSTEM, "talker", it.account, 2)
        await it.stage.rest()
        assert it.roles == ["Chatterbox", "Friend", "Talker"]


async def test_what_is_hidden_shows_no_role(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.stage.app.acts(it.stage.community).privacy.hide(Actor(it.account), "talker")
        await it.stage.rest()
        assert it.roles == ["Friend"]


async def test_what_has_expired_shows_no_role(tmp_path: Path) -> None:
    async with scene(tmp_path, BRIEF, roles={"brief": "Talker"}) as it:
        await it.says()
        assert it.roles == ["Friend", "Talker"]
        await it.env.advance_time(timedelta(hours=2).total_seconds())
        await it.stage.rest()
        assert it.roles == ["Friend"]


async def test_who_is_forgotten_keeps_no_role(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.stage.app.acts(it.stage.community).privacy.forget(Actor(it.account))
        await it.stage.rest()
        assert it.roles == ["Friend"]
        assert await it.due() == []


async def test_roles_of_new_settings_are_given_to_who_has_the_badge_already(tmp_path: Path) -> None:
    async with scene(tmp_path, roles={}) as it:
        await it.says()
        assert it.roles == ["Friend"]
        assert await it.due() == []
        it.stage.wanted = Settings(token="simulated", roles=ROLES)
        await it.stage.restart()
        await it.stage.rest()
        assert it.roles == ["Friend", "Talker"]


async def test_a_role_that_somebody_took_or_gave_by_hand_is_put_right_at_the_next_change(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        me = it.guild.me.guild
        member = await me.fetch_member(it.ana.id)
        await member.remove_roles(me.get_role(it.talker.id))
        await it.says()
        assert it.roles == ["Chatterbox", "Friend", "Talker"]


async def test_who_left_gets_none_and_is_done_with(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.ana.send(it.hall, "bye")
        it.guild.remove_member(it.ana)
        await it.stage.rest()
        assert await it.due() == []


async def test_in_the_shadow_no_role_is_given_but_all_of_them_after_it(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration="[communities.acme]\nmode = 'shadow'") as it:
        await it.says()
        assert it.roles == ["Friend"]
        await it.stage.app.acts(it.stage.community).steering.mode(SYSTEM, "quiet")
        await it.stage.rest()
        assert it.roles == ["Friend", "Talker"]


async def test_a_role_above_the_bots_own_is_named_once_and_tried_again_rarely(tmp_path: Path) -> None:
    async with scene(tmp_path, roles={"talker": "Talker", "talker@2": "Boss"}) as it:
        boss = it.guild.create_role("Boss", position=9)
        await it.says()
        assert it.roles == ["Friend", "Talker"]  # what can be given is
        (due,) = await it.due()
        assert due.error == "in Rocketeers the role 'Boss' stands above the bot's highest role, 'TestBot'"
        before = len(it.env.http_requests)
        await it.env.advance_time(600)
        await it.stage.rest()
        assert len(it.env.http_requests) == before
        it.env.backend.delete_role(it.guild.id, boss.id)
        it.guild.create_role("Boss")
        await it.says()
        await it.env.advance_time(3600)
        await it.stage.rest()
        assert it.roles == ["Boss", "Friend", "Talker"]


async def test_a_refusal_is_told_in_plain_words_and_tried_again(tmp_path: Path, capsys: Any) -> None:
    async with scene(tmp_path) as it:
        it.env.inject_error("PUT", "/guilds/*/members/*/roles/*", status=403, code=50013, message="Missing Permissions", times=1)
        await it.says()
        (due,) = await it.due()
        assert due.attempts == 1
        assert capsys.readouterr().out.count("can't be shown") == 1
        await it.env.advance_time(3601)
        await it.stage.rest()
        assert it.roles == ["Friend", "Talker"]
        assert await it.due() == []


async def test_check_names_what_is_wrong_with_the_roles(tmp_path: Path) -> None:
    async with scene(tmp_path, manager=False) as it:
        guild, wanted = it.guild.me.guild, Settings(token="", roles={"a": "Talker", "b": "Nobody", "c": it.bot.id})
        lacking = [problem.what for problem in problems(guild, guild.me, wanted)]
        assert lacking == ["in Rocketeers the bot lacks Manage Roles", "in Rocketeers there is no role 'Nobody'"]
    folder = tmp_path / "second"
    folder.mkdir()
    async with scene(folder) as it:
        guild = it.guild.me.guild
        assert [problem.what for problem in problems(guild, guild.me, wanted)] == [
            "in Rocketeers 'TestBot' is a role that nobody can give", "in Rocketeers there is no role 'Nobody'",
        ]  # fmt: skip
        assert problems(guild, guild.me, Settings(token="", roles={"a": "Talker"})) == []
        assert problems(guild, guild.me, Settings(token="")) == []


async def test_who_comes_back_has_their_roles_again(tmp_path: Path) -> None:
    async with scene(tmp_path, members=True, approved_intents=discord.Intents.all()) as it:
        await it.says()
        it.guild.remove_member(it.ana)
        await it.stage.rest()
        it.guild.add_member(it.ana.user)
        await it.stage.rest()
        assert it.roles == ["Talker"]
