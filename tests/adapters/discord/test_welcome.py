"""A new server: nothing is posted in it, and one person hears what to do next."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import time_machine

from discord_stage import BEGINNING, staged

GERMAN = """
[communities.acme]
discord.guilds = [{}]
language = "de"
"""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """The simulated Discord's time is everybody's."""
    with time_machine.travel(BEGINNING, tick=True):
        yield


def heard(user: Any) -> list[str]:
    """What the bot wrote to somebody alone."""
    backend = user._env.backend
    channel = backend.dm_channels.get(user.id)
    return [message.content for message in backend.messages.get(channel, {}).values()] if channel else []


async def forget(stage: Any, guild: Any) -> None:
    """As if the bot had not been there when it was let in."""
    await stage.app.host("discord").state.put(f"welcomed:{guild.id}", None)


def posted(stage: Any, channel: Any) -> int:
    return len(stage.env.backend.messages.get(channel.id, {}))


async def test_the_owner_of_a_new_server_hears_what_to_do_next_and_nothing_is_posted(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        guild = stage.env.create_guild("Acme")
        channel = guild.create_text_channel("general")
        await stage.rest()
        (text,) = heard(guild.owner)
        assert text.startswith("Thank you for letting me into Acme. I begin quietly") and "`/badges-admin setup`" in text
        assert posted(stage, channel) == 0


async def test_it_is_said_once_also_after_a_restart(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        guild = stage.env.create_guild("Acme")
        await stage.rest()
        await stage.restart()
        await stage.rest()
        assert len(heard(guild.owner)) == 1


async def test_a_server_that_let_the_bot_in_while_it_was_away_is_greeted_when_it_is_back(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        guild = stage.env.create_guild("Acme")
        await stage.rest()
        await forget(stage, guild)
        await stage.restart()
        await stage.rest()
        assert len(heard(guild.owner)) == 2


async def test_a_server_of_long_ago_is_left_in_peace(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        guild = stage.env.create_guild("Acme")
        await stage.rest()
        await forget(stage, guild)
        member = stage.env.backend.get_member(guild.id, stage.env.backend.bot_user.id)
        member.joined_at = (stage.now - timedelta(days=3000)).isoformat()
        await stage.restart()
        await stage.rest()
        assert len(heard(guild.owner)) == 1


async def test_who_let_it_in_is_told_where_the_audit_log_says_so(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        installer, backend = stage.env.create_user("ines"), stage.env.backend
        guild = stage.env.create_guild("Acme")
        await stage.rest()
        await forget(stage, guild)
        backend.record_audit_log(guild.id, discord.AuditLogAction.bot_add.value, target_id=backend.bot_user.id, user_id=installer.id)
        await stage.restart()
        await stage.rest()
        assert len(heard(installer)) == 1


async def test_a_community_is_written_to_in_its_language(tmp_path: Path) -> None:
    async with staged(tmp_path, configuration=GERMAN.format(4711)) as stage:
        guild = stage.env.create_guild("Acme", id=4711)
        await stage.rest()
        assert heard(guild.owner)[0].startswith("Danke, dass ich in Acme sein darf.")


async def test_a_server_that_put_it_out_hears_again_when_it_lets_it_in_anew(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        guild = stage.env.create_guild("Acme", id=4711)
        owner = guild.owner
        await stage.rest()
        stage.env.backend.remove_guild(guild.id)
        await stage.rest()
        assert await stage.app.host("discord").state.get("welcomed:4711") is None
        assert len(heard(owner)) == 1


async def test_who_takes_no_messages_is_let_be(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.env.inject_error("POST", "/channels/*/messages", status=403, times=1)
        guild = stage.env.create_guild("Acme")
        await stage.rest()
        await stage.restart()
        await stage.rest()
        assert heard(guild.owner) == []
