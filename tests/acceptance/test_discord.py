"""The bot against a server that is not Discord's: two settings lead there, nothing is patched."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from discord_server import PATIENCE, TOKEN, Discord, discord_server
from laurels import Badge, Count, Level
from laurels.app import App, serve
from laurels.config import load
from laurels.loaded import Loaded, Sourced
from laurels_discord import DiscordAdapter, Settings

TALKER = Badge(
    slug="talker", name="Talker", measure=Count("message.posted"), levels=tuple(Level(f"Talker {at}", at=at) for at in range(1, 6))
)
KIND = Badge(slug="kind", name="Kind Soul")
CONFIG = """
[store]
url = "sqlite:///{folder}/x.db"
[http]
listen = "127.0.0.1:0"
[badges]
packs = []
files = ["rules.toml"]
[adapters.discord]
token = "env:DISCORD_TOKEN"
api_url = "{world.url}"
gateway_url = "{world.gateway.url}"
[communities.acme]
discord.guilds = {guilds}
mode = "live"
"""
RULES = """
[talker]
name = "Talker"
on = "message.posted"
at = 1
"""


@pytest.fixture
async def world() -> AsyncIterator[Discord]:
    async with discord_server() as server:
        yield server


def configured(folder: Path, world: Discord, guilds: str = '["*"]') -> Path:
    path = folder / "laurels.toml"
    path.write_text(CONFIG.format(folder=folder, world=world, guilds=guilds))
    return path


@asynccontextmanager
async def running(folder: Path, world: Discord, guilds: str = '["*"]', **options: object) -> AsyncIterator[App]:
    """laurels with the bot, connected to *world*."""
    adapter = DiscordAdapter(Settings(token=TOKEN, api_url=world.url, gateway_url=world.gateway.url, **options))  # type: ignore[arg-type]
    packs = Loaded((Sourced(TALKER, "test"), Sourced(KIND, "test")))
    async with App(load(configured(folder, world, guilds)), packs, {"discord": adapter}) as app:
        before = world.gateway.identified
        task = asyncio.create_task(serve(app))
        await world.until(lambda: world.gateway.identified > before)
        yield app
        task.cancel()
        await asyncio.wait([task])


async def counted(app: App, awards: int) -> None:
    """Return once there are so many awards, and all is announced."""
    async with asyncio.timeout(PATIENCE):
        while len(await app.store.awards("acme")) < awards:
            await asyncio.sleep(0.02)
    await app.rest()


async def held(app: App) -> list[str]:
    return sorted(f"{award.person} {award.badge}@{award.level}" for award in await app.store.awards("acme"))


async def test_who_writes_is_counted_and_it_is_announced_there(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "hello")
        await counted(app, 1)
        await world.until(lambda: any("Talker 1" in text for text in world.texts(channel)))
    assert world.asked("GET", "/gateway/bot") and world.gateway.identified == 1


async def test_a_message_that_is_delivered_twice_counts_once(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    delivered = []
    world.backend.subscribers.append(lambda event, data: delivered.append(data) if event == "MESSAGE_CREATE" else None)
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "hello")
        world.backend.emit("MESSAGE_CREATE", delivered[0])
        world.say(channel, ana, "again")
        await counted(app, 2)
        assert await held(app) == ["ana talker@1", "ana talker@2"]


async def test_what_was_posted_while_the_gateway_was_away_counts_once_and_ready_comes_twice(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "one")
        await counted(app, 1)
        async with world.gateway.away():
            world.say(channel, ana, "two")
            world.say(channel, ana, "three")
        await world.until(lambda: world.gateway.identified == 2)
        await counted(app, 3)
        world.say(channel, ana, "four")
        await counted(app, 4)
        assert await held(app) == [f"ana talker@{level}" for level in (1, 2, 3, 4)]
    posts = [text for text in world.texts(channel) if "Talker" in text]
    assert len(posts) == len(set(posts))


async def test_what_is_sent_again_after_a_resume_counts_once(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "one")
        await counted(app, 1)
        async with world.gateway.away(forgetful=False):
            world.say(channel, ana, "two")
        await counted(app, 2)
        assert (world.gateway.resumed, world.gateway.identified) == (1, 1)
        assert await held(app) == ["ana talker@1", "ana talker@2"]


async def test_the_gateway_of_the_settings_goes_before_the_one_that_the_api_names(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    world.names = "ws://127.0.0.1:1"
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "hello")
        await counted(app, 1)


async def test_each_of_several_shards_hears_its_own_servers(tmp_path: Path, world: Discord) -> None:
    world.shards = 2
    guilds = [world.guild(f"No. {number}", shard_id=number, shard_count=2) for number in range(2)]
    places = [(world.channel(guild), world.person(guild, name)) for guild, name in zip(guilds, ("ana", "bob"), strict=True)]
    async with running(tmp_path, world) as app:
        await world.until(lambda: world.gateway.identified == 2)
        for channel, person in places:
            world.say(channel, person, "hello")
        await counted(app, 2)
        assert await held(app) == ["ana talker@1", "bob talker@1"]


async def test_an_interaction_that_is_delivered_twice_is_answered_once(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    async with running(tmp_path, world) as app:
        await world.until(lambda: world.backend.commands.get(None))
        world.say(channel, ana, "hello")
        await counted(app, 1)
        payload = world.command(guild, channel, ana, "badges profile")
        world.backend.emit("INTERACTION_CREATE", payload)
        await world.until(lambda: world.asked("POST", "/callback$"))
        payload = world.command(guild, channel, ana, "badges list")
        await world.until(lambda: len(world.asked("POST", "/callback$")) > 1)
    assert [request.status for request in world.asked("POST", "/callback$")] == [200, 200]


async def test_who_is_asked_to_wait_waits_and_then_posts_once(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    async with running(tmp_path, world) as app:
        world.limit("POST", f"/channels/{channel.id}/messages$", 0.2)
        world.say(channel, ana, "hello")
        await counted(app, 1)
        await world.until(lambda: world.texts(channel))
    assert [request.status for request in world.asked("POST", f"/channels/{channel.id}/messages$")] == [429, 200]
    assert len(world.texts(channel)) == 1


async def test_a_server_of_no_community_is_read_nothing_and_told_how_it_gets_into_one(tmp_path: Path, world: Discord) -> None:
    ours, other = world.guild("Acme"), world.guild("Elsewhere")
    channel, ana = world.channel(other), world.person(other, "ana")
    async with running(tmp_path, world, guilds=f"[{ours.id}]") as app:
        await world.until(lambda: world.private(other.owner_id) and world.private(ours.owner_id))
        world.say(channel, ana, "hello")
        world.say(world.channel(ours), world.person(ours, "bob"), "hello")
        await counted(app, 1)
        assert await held(app) == ["bob talker@1"]
    (told,) = world.private(other.owner_id)
    assert "Elsewhere belongs to no community that I know" in told and str(other.id) in told
    assert "Thank you for letting me into Acme" in world.private(ours.owner_id)[0]
    assert world.texts(channel) == []


async def test_once_the_switch_is_on_the_bot_comes_in_by_itself(tmp_path: Path, world: Discord, capsys: pytest.CaptureFixture[str]) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    world.gateway.switches.clear()
    adapter = DiscordAdapter(Settings(token=TOKEN, api_url=world.url, gateway_url=world.gateway.url, message_content=True))
    packs = Loaded((Sourced(TALKER, "test"),))
    async with App(load(configured(tmp_path, world)), packs, {"discord": adapter}) as app:
        task = asyncio.create_task(serve(app))
        await world.until(lambda: world.gateway.refused)
        world.gateway.switches.add("message_content")
        await world.until(lambda: world.gateway.identified)
        world.say(channel, ana, "hello")
        await counted(app, 1)
        task.cancel()
        await asyncio.wait([task])
    said = capsys.readouterr().out
    assert "Discord does not let the bot in before Message Content Intent is on" in said and "Traceback" not in said


async def test_a_token_that_the_gateway_alone_refuses_is_said_too(
    tmp_path: Path, world: Discord, capsys: pytest.CaptureFixture[str]
) -> None:
    world.gateway.token = "another"
    adapter = DiscordAdapter(Settings(token=TOKEN, api_url=world.url, gateway_url=world.gateway.url))
    async with App(load(configured(tmp_path, world)), Loaded(()), {"discord": adapter}) as app:
        task = asyncio.create_task(serve(app))
        await world.until(lambda: world.gateway.refused == 2)
        task.cancel()
        await asyncio.wait([task])
    said = capsys.readouterr().out
    assert "adapters.discord: token: Discord does not take it" in said and "Traceback" not in said


async def shell(path: Path, *words: str, token: str = TOKEN) -> asyncio.subprocess.Process:
    """The program, as an operator starts it."""
    environment = {**os.environ, "DISCORD_TOKEN": token}
    command = [sys.executable, "-c", "from laurels.cli import main; main()", *words, "--config", str(path)]
    return await asyncio.create_subprocess_exec(
        *command, cwd=path.parent, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )


async def line(process: asyncio.subprocess.Process, having: str) -> str:
    """The next line of what it prints that has some words in it."""
    assert process.stdout is not None
    read: list[str] = []
    async with asyncio.timeout(PATIENCE * 2):
        while not (read and having in read[-1]):
            text = (await process.stdout.readline()).decode()
            assert text, read
            read.append(text)
    return read[-1]


async def test_the_program_runs_by_its_configuration_alone_and_logs_out(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    (tmp_path / "rules.toml").write_text(RULES)
    process = await shell(configured(tmp_path, world), "run")
    await world.until(lambda: world.gateway.identified)
    world.say(channel, ana, "hello")
    await world.until(lambda: any("Talker" in text for text in world.texts(channel)))
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    await world.until(lambda: world.gateway.left == [1000])


async def test_a_wrong_token_is_said_in_a_line_that_names_the_setting(tmp_path: Path, world: Discord) -> None:
    (tmp_path / "rules.toml").write_text(RULES)
    process = await shell(configured(tmp_path, world), "run", token="wrong")
    said = await line(process, "can't run")
    assert "adapters.discord: token: Discord does not take it" in said and "Reset Token" in said
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_the_check_says_all_is_well_and_how_the_bot_gets_into_a_server(tmp_path: Path, world: Discord) -> None:
    guild = world.guild("Acme")
    (tmp_path / "rules.toml").write_text(RULES)
    process = await shell(configured(tmp_path, world, f"[{guild.id}]"), "check")
    text = (await asyncio.wait_for(process.communicate(), PATIENCE * 2))[0].decode()
    assert process.returncode == 0, text
    assert f"client_id={world.backend.application_id}" in text and "0 errors" in text


async def test_history_is_read_before_the_bot_runs_and_counts_nothing_twice(tmp_path: Path, world: Discord) -> None:
    guild = world.guild()
    channel, ana = world.channel(guild), world.person(guild, "ana")
    (tmp_path / "rules.toml").write_text(RULES)
    for text in ("one", "two"):
        world.say(channel, ana, text)
    for _ in range(2):
        process = await shell(configured(tmp_path, world), "backfill", "discord", "--since", "2020-01-01")
        text = (await asyncio.wait_for(process.communicate(), PATIENCE * 2))[0].decode()
        assert process.returncode == 0, text
    async with running(tmp_path, world) as app:
        world.say(channel, ana, "three")
        await counted(app, 3)
        assert await held(app) == ["ana talker@1", "ana talker@2", "ana talker@3"]
