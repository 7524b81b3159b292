"""What ``laurels check`` finds, against a server that speaks as Discord does."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from simcord.backend.models import Guild, Overwrite

from discord_server import TOKEN, Discord, discord_server
from laurels import Note, Tenant
from laurels_discord import DiscordAdapter, Settings
from laurels_discord.permissions import invite, permissions

EVERY = (Tenant("default", ("*",)),)
QUIET = {"members": True, "message_content": True}  # nothing to note about switches


@pytest.fixture
async def world() -> AsyncIterator[Discord]:
    async with discord_server() as server:
        yield server


async def found(world: Discord, tenants: Sequence[Tenant] = EVERY, **options: Any) -> tuple[list[str], list[str]]:
    """The problems and the notes, as they are printed."""
    wanted = Settings(**{"token": TOKEN, "api_url": world.url, **QUIET, **options})
    problems = await DiscordAdapter(wanted).check(tenants)
    notes = [str(each) for each in problems if isinstance(each, Note)]
    return [str(each) for each in problems if not isinstance(each, Note)], notes


def restrict(world: Discord, guild: Guild, **permissions: bool) -> None:
    """What the bot's own role may; everybody else may nothing."""
    for role in guild.roles.values():
        role.permissions = discord.Permissions(**permissions).value if role.managed else 0


async def test_where_all_is_well_only_the_way_in_is_told(world: Discord) -> None:
    restrict(world, world.guild(), **dict(permissions(Settings(token=TOKEN))))
    problems, notes = await found(world)
    assert problems == []
    link = invite(world.backend.application_id, Settings(token=TOKEN))
    assert f"adapters.discord: TestBot is let into a server by {link}" in notes


async def test_a_wrong_token_is_said_with_where_to_get_one(world: Discord) -> None:
    problems, notes = await found(world, token="wrong")
    assert notes == []
    assert problems == [
        (
            "adapters.discord: token: Discord does not take it (https://discord.com/developers/applications: choose the application, Bot, "
            'Reset Token; write token = "env:DISCORD_TOKEN")'
        )
    ]


async def test_a_network_that_is_down_is_a_sentence() -> None:
    wanted = Settings(token=TOKEN, api_url="http://127.0.0.1:1/api/v10")
    (problem,) = await DiscordAdapter(wanted).check(EVERY)
    assert str(problem).startswith("adapters.discord: can't talk to Discord: Cannot connect to host 127.0.0.1:1")
    assert str(problem).endswith("(is the network up, and are api_url and gateway_url right?)")


async def test_something_else_that_answers_is_a_sentence_too(world: Discord) -> None:
    problems, _ = await found(world, api_url=world.url.removesuffix("/api/v10"))
    (problem,) = problems
    assert problem.startswith("adapters.discord: can't talk to Discord: it answers 404") and "are api_url and gateway_url right?" in problem


async def test_switches_that_are_off_in_the_portal_are_named(world: Discord) -> None:
    world.gateway.switches = {"members"}
    problems, _ = await found(world)
    assert problems == [
        (
            "adapters.discord: message_content: needs Message Content Intent, which is off: Discord will not let the bot in "
            "(https://discord.com/developers/applications: choose the application, Bot, switch on Message Content Intent)"
        )
    ]


async def test_without_privileged_intents_it_is_told_what_stays_unseen(world: Discord) -> None:
    world.gateway.switches = set()
    problems, notes = await found(world, members=False, message_content=False)
    assert problems == []
    assert any("members: is off: who leaves or stops boosting is not seen" in note for note in notes)
    assert any("message_content: is off: messages count, but nobody sees how long they are" in note for note in notes)


async def test_missing_permissions_are_named_with_what_they_are_for(world: Discord) -> None:
    allowed = {name: value for name, value in permissions(Settings(token=TOKEN)) if name not in ("embed_links", "attach_files")}
    restrict(world, world.guild("Acme"), **allowed)
    problems, _ = await found(world)
    assert problems == [
        (
            "adapters.discord: in Acme the bot may not Embed Links (announcements are embeds); Attach Files (to show the badge's picture) "
            "(open the link by which it is let in again)"
        )
    ]


async def test_what_keeps_roles_from_being_given_is_said(world: Discord) -> None:
    guild = world.guild("Acme")
    restrict(world, guild, **dict(permissions(Settings(token=TOKEN))))
    problems, _ = await found(world, roles={"talker": "Talkers"})
    assert [problem.partition(" (")[0] for problem in problems] == [
        "adapters.discord: roles: in Acme the bot lacks Manage Roles",
        "adapters.discord: roles: in Acme there is no role 'Talkers'",
    ]


async def test_an_administrator_may_more_than_it_needs(world: Discord) -> None:
    restrict(world, world.guild("Acme"), administrator=True)
    problems, notes = await found(world)
    assert problems == []
    assert any("in Acme the bot is Administrator, which it does not need" in note for note in notes)


async def test_servers_that_the_bot_is_not_in_and_those_of_nobody_are_named(world: Discord) -> None:
    other = world.guild("Other")
    problems, notes = await found(world, [Tenant("acme", ("123",))])
    link = invite(world.backend.application_id, Settings(token=TOKEN))
    assert problems == [f"communities.acme: discord.guilds: the bot is not in the server 123 (open {link})"]
    assert any(
        f"Other belongs to no community: nothing is read there (discord.guilds = [{other.id}] takes it in)" in note for note in notes
    )


async def test_a_server_whose_channels_all_ask_for_a_role_is_pointed_out(world: Discord) -> None:
    """Where everybody has to be verified first, say: nothing at all would be counted."""
    guild = world.guild()
    world.channel(guild, "general")
    assert not [note for note in (await found(world))[1] if "private_channels" in note]
    next(role for role in guild.roles.values() if role.id == guild.id).permissions = 0
    (note,) = [note for note in (await found(world))[1] if "private_channels" in note]
    assert note == (
        f"adapters.discord: private_channels: in {guild.name} no channel can be seen by everyone, and others are not read "
        "(write private_channels = true, or the ids of those that shall be read)"
    )
    assert not [note for note in (await found(world, private_channels=True))[1] if "private_channels" in note]


async def test_announce_channels_must_be_there_and_let_the_bot_write(world: Discord) -> None:
    guild = world.guild("Acme")
    hall = world.channel(guild, "hall")
    hall.overwrites.append(
        Overwrite(target_id=world.backend.bot_user.id, type=1, allow=0, deny=discord.Permissions(embed_links=True).value)
    )
    problems, _ = await found(world, [Tenant("acme", (str(guild.id),), ("#hall", "#awards", str(world.channel(guild, "open").id)))])
    assert problems == [
        (
            "communities.acme: announce: in #hall of Acme the bot may not Embed Links (announcements are embeds) "
            "(Edit Channel, Permissions, add the bot's role)"
        ),
        "communities.acme: announce: there is no channel '#awards' in Acme",
    ]


async def test_a_bot_that_anybody_can_add_to_a_community_of_all_servers_is_pointed_out(world: Discord) -> None:
    _, notes = await found(world)
    assert any("anybody can let the bot into their server, and default takes in whatever server there is" in note for note in notes)
    _, notes = await found(world, [Tenant("acme", (str(world.guild().id),))])
    assert not any("anybody" in note for note in notes)


async def test_discord_is_told_of_the_commands(world: Discord) -> None:
    await found(world)
    assert {name for name, _ in world.backend.commands[None]} >= {"badges", "badges-admin"}


async def test_commands_that_discord_does_not_take_are_a_problem(world: Discord) -> None:
    world.refuse("PUT", "/commands$", 403)
    problems, _ = await found(world)
    assert problems == ["adapters.discord: Discord did not take the commands (try again; those that it knew before still work)"]


async def test_what_answers_but_is_no_discord_is_a_sentence_too() -> None:
    async def greet(request: web.Request) -> web.Response:
        return web.Response(text="<h1>Welcome</h1>", content_type="text/html")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", greet)
    async with TestServer(application) as server:
        (problem,) = await DiscordAdapter(Settings(token=TOKEN, api_url=str(server.make_url("/api/v10")))).check(EVERY)
    assert "can't talk to Discord: what answers there does not speak as Discord does" in str(problem)
