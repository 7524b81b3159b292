"""History is read over REST, as the same events as live ones, and goes on where it was interrupted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import web

from discord_events import Scene, counted, journal
from discord_stage import BEGINNING, Stage, staged
from fake_host import FakeHost
from laurels import Page, Unreachable
from laurels_discord import Settings, history

EARLIER = BEGINNING - timedelta(days=1)
NOBODY = discord.PermissionOverwrite(view_channel=False)
SEES = discord.PermissionOverwrite(view_channel=True, read_message_history=True)


class Archive(Scene):
    """What was there before laurels listened: the gateway told of none of it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.stage, self.backend = stage, stage.env.backend
        self.other = self.guild.create_text_channel("other")

    def wrote(self, channel: Any, person: Any, *texts: str) -> list[Any]:
        listeners, self.backend.subscribers = self.backend.subscribers, []
        try:
            return [self.backend.create_message(channel.id, person.id, text) for text in texts]
        finally:
            self.backend.subscribers = listeners

    def thread(self, channel: Any, person: Any, name: str, **options: Any) -> Any:
        listeners, self.backend.subscribers = self.backend.subscribers, []
        try:
            return self.backend.create_thread(channel.id, name, person.id, **options)
        finally:
            self.backend.subscribers = listeners

    async def pages(self, since: datetime = EARLIER, **wanted: Any) -> list[Page]:
        """Read everything, keeping each page as the shell command does."""
        return [page async for page in self.reading(since, **wanted)]

    async def reading(self, since: datetime = EARLIER, **wanted: Any) -> Any:
        host = self.stage.app.host("discord")
        settings = Settings(token="t", message_content=True, **wanted)
        with self.stage.env.time_context():
            async for page in history.pages(self.stage.env.bot, settings, since, host):
                for event in page.events:
                    await host.put(event)
                await host.state.put(page.key, page.cursor)
                yield page


async def test_what_was_written_in_channels_threads_and_posts_is_read(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        old.wrote(old.channel, old.ana, "hello", f"thanks {old.ben.mention}")
        old.wrote(old.thread(old.other, old.ben, "plans"), old.cem, "me too")
        forum = old.guild.create_forum_channel("help")
        stage.env.backend.channels[forum.id].available_tags = [
            {"id": "11", "name": "Solved", "moderated": False, "emoji_id": None, "emoji_name": None}
        ]
        post = old.thread(forum, old.ana, "it crashes", applied_tags=(11,))
        post.thread_metadata.archived = True
        old.wrote(post, old.ana, "why?")
        old.wrote(old.other, stage.env.bot.user, "the bot's own")
        pages = await old.pages()
        found = [(event.type, event.actor.id) for event in await counted(stage)]
        assert sorted(found) == sorted(
            [
                ("message.posted", str(old.ana.id)), ("message.posted", str(old.ana.id)), ("thanks.given", str(old.ana.id)),
                ("thread.started", str(old.ben.id)), ("message.posted", str(old.cem.id)),
                ("thread.started", str(old.ana.id)), ("thread.solved", str(old.ana.id)), ("message.posted", str(old.ana.id)),
            ]
        )  # fmt: skip
        assert (pages[-1].cursor, pages[-1].done, pages[-1].total) == (None, 4, 4)
        assert all(page.label for page in pages[:-1])


async def test_what_was_heard_live_is_not_counted_again_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        await old.ana.send(old.channel, f"thanks {old.ben.mention}")
        stage.env.backend.create_thread(old.channel.id, "plans", old.ana.id)
        before = await journal(stage)
        old.wrote(old.channel, old.cem, "unheard")
        await old.pages()
        assert len(await journal(stage)) == len(before) + 1
        await old.pages()
        assert len(await journal(stage)) == len(before) + 1


async def test_only_what_was_written_since_then_is_read(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        old.wrote(old.channel, old.ana, "one")
        await stage.env.advance_time(7200)
        old.wrote(old.channel, old.ana, "one two")
        await old.pages(BEGINNING + timedelta(hours=1))
        assert [event.data["words"] for event in await counted(stage)] == [2]


async def test_an_interrupted_run_goes_on_behind_the_last_page_that_was_kept(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        for channel in (old.channel, old.other):
            old.wrote(channel, old.ana, "one", "one two")
        reading = old.reading()
        first, second = await anext(reading), await anext(reading)
        assert first.events and second.events
        await reading.aclose()
        asked = len(stage.env.http_requests)
        await old.pages()
        again = [entry for entry in stage.env.http_requests[asked:] if entry.path.endswith("/messages")]
        assert [entry.path for entry in again] == [f"/channels/{old.other.id}/messages"]
        assert int(again[0].params["after"]) == old.other.last_message.id
        assert len(await counted(stage)) == 4
        assert await stage.app.host("discord").state.get("backfill") is None


async def test_a_run_since_another_time_begins_anew(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        old.wrote(old.channel, old.ana, "one")
        await stage.app.host("discord").state.put("backfill", {"since": "2020-01-01T00:00:00+00:00", "channel": 1 << 62, "message": 1})
        await old.pages()
        assert len(await counted(stage)) == 1


async def test_private_channels_private_threads_and_what_the_bot_may_not_see_are_left_alone(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        staff = old.guild.create_text_channel("staff", overwrites={old.guild.default_role: NOBODY, stage.env.bot.user: SEES})
        old.wrote(staff, old.ana, "secret")
        old.wrote(old.thread(old.channel, old.ana, "x", type=discord.ChannelType.private_thread.value), old.ana, "secret")
        old.wrote(old.thread(staff, old.ana, "x"), old.ana, "secret")
        await old.pages()
        assert await journal(stage) == []


async def test_a_channel_that_turns_out_unreadable_costs_only_itself(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        old = Archive(stage)
        for channel in (old.channel, old.other):
            old.wrote(channel, old.ana, "one")
        stage.env.inject_error("GET", f"/channels/{old.channel.id}/messages", status=403)
        await old.pages()
        assert [event.place.name for event in await counted(stage)] == ["#other"]


async def test_where_discord_refuses_it_is_unreachable() -> None:
    async def refuse(request: web.Request) -> web.Response:
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    try:
        with pytest.raises(Unreachable, match="laurels check"):
            async for _ in history.backfill(Settings(token="t", api_url=f"http://{host}:{port}"), datetime.now(UTC), FakeHost()):
                pass
    finally:
        await runner.cleanup()
        history.Client(Settings(token="t"))  # Discord's own address again, which discord.py keeps for the process
