"""Discord is told of the commands when they change, and not else."""

from pathlib import Path
from typing import Any

import discord
import pytest

from discord_town import Town, living, told
from laurels_discord.client import Client
from laurels_discord.commands import publish, sync


def times(town: Town) -> int:
    """How often Discord was told."""
    return sum(request.method == "PUT" and str(request.path).endswith("/commands") for request in town.env.http_requests)


async def test_they_are_told_once_and_not_after_a_restart(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        assert times(town) == 1
        await town.stage.restart()
        assert times(town) == 1
        assert "ana has 1 badge." in told(await town.ana.slash(town.hall, "badges profile"))


async def test_they_are_told_again_when_they_changed(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        client, state = town.stage.adapter.client, town.stage.app.host("discord").state
        client.tree.remove_command("badges-admin")
        assert await sync(client.tree, state) and times(town) == 2
        assert await sync(client.tree, state) and times(town) == 2


async def test_a_refusal_of_discord_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(**how: Any) -> Any:
        raise discord.DiscordException("no")

    async with living(tmp_path) as town:
        tree, state = town.stage.adapter.client.tree, town.stage.app.host("discord").state
        await state.put("commands", None)
        monkeypatch.setattr(tree, "sync", refused)
        assert not await sync(tree, state)
        assert await state.get("commands") is None


async def test_only_those_who_manage_the_server_see_what_is_for_them(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        seen = {name.partition(" ")[0] for name in town.ana.available_commands(town.hall)}
        assert seen == {"badges"}
        assert {name.partition(" ")[0] for name in town.eve.available_commands(town.hall)} == {"badges", "badges-admin"}


async def test_whoever_serves_nobody_can_tell_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(tmp_path) as town:
        client, told_to = Client(town.stage.wanted), list[str]()

        async def heard(**how: Any) -> Any:
            told_to.extend(command.name for command in client.tree.get_commands())

        monkeypatch.setattr(client.tree, "sync", heard)
        assert await publish(client) and set(told_to) >= {"badges", "badges-admin"}
