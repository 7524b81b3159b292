"""The app against a Slack that we did not write, over real HTTP: signed events in, announcements and answers read back.

The emulator tells of no mentions and no slash commands, so those are signed here. It wants no wait between two messages, and refuses no
burst: that is tested in a simulated Slack.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

import node
from laurels import Badge, Count, Level
from laurels.app import App
from slack_bridge import APP_TOKEN, Bridge
from slack_running import PATIENCE, configured, held, holding, messages, running, shell, until

pytestmark = pytest.mark.npm
SECRET = "it is a secret to everybody"
HOOK = f'signing_secret = "{SECRET}"'
SEED = Path(__file__).parent.parent / "adapters" / "slack" / "seed.json"
EMULATED, POOR = "xoxb-emulated", "xoxb-poor"
BOT = "U0LAURELS"
ONCE = (Level("", at=1),)
ANY = Badge(slug="any", name="Any Word", measure=Count("message.posted"), levels=ONCE)
TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted", where="event.data.words < 3"), levels=ONCE)
WRITER = Badge(slug="writer", name="Writer", measure=Count("message.posted", where="event.data.words > 4"), levels=ONCE)
MOVED = Badge(slug="moved", name="Moved", measure=Count("reaction.added"), levels=ONCE)


class Emulated(NamedTuple):
    """The emulator at *url*; what happens there it tells to *port*."""

    url: str
    port: int

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    @property
    def events(self) -> str:
        return f"http://127.0.0.1:{self.port}/slack/events"

    def client(self, token: str) -> AsyncWebClient:
        return AsyncWebClient(token=token, base_url=self.api)

    async def shown(self, channel: str) -> str:
        """The page on which the emulator shows what was said in a channel, to whoever alone."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/?tab=messages&channel={channel}") as response:
            return await response.text()


class Room:
    """A channel of its own, with Ana, Bob and the bot in it. *ana* and *bot* speak as these."""

    def __init__(self, slack: Emulated, id_: str) -> None:
        self.slack, self.id = slack, id_
        self.ana, self.bob, self.bot = (slack.client(token) for token in ("xoxp-ana", "xoxp-bob", EMULATED))

    async def says(self, text: str, thread: str | None = None, who: AsyncWebClient | None = None) -> str:
        return str((await (who or self.ana).chat_postMessage(channel=self.id, text=text, thread_ts=thread))["ts"])

    async def texts(self, thread: str = "") -> list[str]:
        """What stands there, oldest first."""
        if thread:
            told: Any = await self.bot.conversations_replies(channel=self.id, ts=thread)
            return [message["text"] for message in told["messages"]]
        told = await self.bot.conversations_history(channel=self.id)
        return [message["text"] for message in reversed(told["messages"])]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def slack(npm: None) -> AsyncIterator[Emulated]:
    port = node.free_port()
    async with node.slack(SEED, f"http://127.0.0.1:{port}/slack/events") as url:
        yield Emulated(url, port)


@pytest.fixture
async def room(slack: Emulated) -> Room:
    ana: Any = slack.client("xoxp-ana")
    people = {user["name"]: user["id"] for user in (await ana.users_list())["members"]}
    made = await ana.conversations_create(name=f"room-{time.time_ns()}")
    await ana.conversations_invite(channel=made["channel"]["id"], users=[BOT, people["bob"]])
    return Room(slack, made["channel"]["id"])


@asynccontextmanager
async def hooked(folder: Path, slack: Emulated, *badges: Badge, token: str = EMULATED, announce: str = "[]") -> AsyncIterator[App]:
    """laurels, where Slack sends to it."""
    path = configured(folder, slack.api, HOOK, port=slack.port, announce=announce)
    async with running(path, *badges, bot_token=token, signing_secret=SECRET, api_url=slack.api) as app:
        await reached(slack)
        yield app


async def reached(slack: Emulated) -> None:
    """Return once somebody answers there that takes POST alone."""
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(slack.events) as response:
                    if response.status == 405:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.02)


async def said(room: Room, words: str, thread: str = "") -> list[str]:
    """What stands there once something has these words in it."""
    async with asyncio.timeout(PATIENCE):
        while words not in "\n".join(texts := await room.texts(thread)):
            await asyncio.sleep(0.05)
    return texts


class Printed:
    """What is printed, as long as one looks."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys, self.text = capsys, ""

    async def has(self, words: str) -> None:
        """Return once it has these words in it."""

        def look() -> bool:
            self.text += self.capsys.readouterr().out
            return words in self.text

        await until(look)


def signed(body: bytes, ahead: float = 0, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack sends with a body, some seconds *ahead* of now."""
    timestamp = str(int(time.time() + ahead))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body) or ""
    return {"Content-Type": "application/json", "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


async def send(slack: Emulated, body: bytes, headers: dict[str, str]) -> int:
    async with aiohttp.ClientSession() as session, session.post(slack.events, data=body, headers=headers) as response:
        return response.status


def event(**facts: Any) -> bytes:
    """An event as Slack would send it."""
    return json.dumps({"type": "event_callback", "team_id": "T000000001", "event_id": f"Ev{time.time_ns()}", "event": facts}).encode()


async def test_the_program_counts_a_message_and_announces_it_in_its_thread(tmp_path: Path, slack: Emulated, room: Room) -> None:
    process = await shell(configured(tmp_path, slack.api, HOOK, port=slack.port), "run", SLACK_BOT_TOKEN=EMULATED)
    await reached(slack)
    asked = await room.says("where is the door?", who=room.bot)
    await room.says("there", asked)
    texts = await said(room, "Talker", asked)
    assert texts[:2] == ["where is the door?", "there"] and "ana" in texts[2] and len(texts) == 3
    assert await room.texts() == ["where is the door?"]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_a_reaction_counts_until_it_is_taken_back(tmp_path: Path, slack: Emulated, room: Room) -> None:
    async with hooked(tmp_path, slack, MOVED) as app:
        ts = await room.says("done")
        await room.bob.reactions_add(channel=room.id, timestamp=ts, name="tada")
        await holding(app, "bob moved@1")
        assert any("Moved" in text for text in await said(room, "Moved"))
        await room.bob.reactions_remove(channel=room.id, timestamp=ts, name="tada")
        await holding(app, "bob moved@1", state="withdrawn")
        assert "Moved" in (await said(room, "no longer holds"))[-1]


async def test_what_is_edited_counts_as_it_is_now_and_what_is_deleted_no_more(tmp_path: Path, slack: Emulated, room: Room) -> None:
    async with hooked(tmp_path, slack, TALKER, WRITER) as app:
        ts = await room.says("a word")
        await holding(app, "ana talker@1")
        await said(room, "Talker")
        await room.ana.chat_update(channel=room.id, ts=ts, text="a word or two, or even a few more")
        await holding(app, "ana writer@1")
        assert await held(app, "withdrawn") == ["ana talker@1"]
        await room.ana.chat_delete(channel=room.id, ts=ts)
        await holding(app)
        assert await held(app, "withdrawn") == ["ana talker@1", "ana writer@1"]


async def test_a_direct_message_is_a_command_that_is_answered_there_and_never_counted(tmp_path: Path, slack: Emulated, room: Room) -> None:
    async with hooked(tmp_path, slack, ANY) as app:
        opened: Any = await room.ana.conversations_open(users=[BOT])
        alone = Room(slack, opened["channel"]["id"])
        await alone.says("list")
        texts = await said(alone, "Any Word")
        assert texts[0] == "list"
        await app.rest()
        assert await held(app) == []


async def test_what_is_asked_in_a_channel_is_answered_to_the_asker_alone(tmp_path: Path, slack: Emulated, room: Room) -> None:
    async with hooked(tmp_path, slack, ANY):
        who = (await room.ana.auth_test())["user_id"]
        mention = event(type="app_mention", user=who, text=f"<@{BOT}> settings", ts="1.000001", channel=room.id, event_ts="1.000001")
        assert await send(slack, mention, signed(mention)) == 200
        async with asyncio.timeout(PATIENCE):
            while "stored about you" not in await slack.shown(room.id):
                await asyncio.sleep(0.05)
        assert await room.texts() == []


async def test_a_slash_command_is_acknowledged_at_once_and_answered_once(tmp_path: Path, slack: Emulated, room: Room) -> None:
    answers: list[dict[str, Any]] = []

    async def answered(request: web.Request) -> web.Response:
        answers.append(await request.json())
        return web.Response(text="ok")

    application = web.Application()
    application.router.add_post("/response", answered)
    async with TestServer(application) as server, hooked(tmp_path, slack, ANY):
        who = (await room.ana.auth_test())["user_id"]
        command = {
            "command": "/badges", "text": "settings", "team_id": "T000000001", "channel_id": room.id, "user_id": who,
            "response_url": str(server.make_url("/response")), "trigger_id": "1.2.3", "api_app_id": "A0LAURELS",
        }  # fmt: skip
        body = urlencode(command).encode()
        headers = signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}
        assert [await send(slack, body, headers) for _ in range(2)] == [200, 403]
        await until(lambda: answers)
    assert len(answers) == 1 and answers[0]["response_type"] == "ephemeral" and "stored about you" in answers[0]["text"]
    assert await room.texts() == []


async def test_a_missing_scope_is_named(tmp_path: Path, slack: Emulated, room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    async with hooked(tmp_path, slack, TALKER, token=POOR) as app:
        await room.says("hello")
        await holding(app, "ana talker@1")
        await Printed(capsys).has("lacks the scope chat:write")
    assert await room.texts() == ["hello"]


async def test_a_channel_that_is_not_there_is_said(tmp_path: Path, slack: Emulated, room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    async with hooked(tmp_path, slack, TALKER, announce='["slack:C0NOWHERE"]') as app:
        await room.says("hello")
        await holding(app, "ana talker@1")
        await Printed(capsys).has("there is no such channel")
    assert await room.texts() == ["hello"]


async def test_what_slack_did_not_sign_just_now_and_for_the_first_time_is_refused(tmp_path: Path, slack: Emulated, room: Room) -> None:
    who = (await room.ana.auth_test())["user_id"]

    def hello() -> bytes:
        ts = f"{time.time():.6f}"
        return event(type="message", user=who, text="hello", ts=ts, event_ts=ts, channel=room.id, channel_type="channel")

    async with hooked(tmp_path, slack, ANY) as app:
        body = hello()
        for headers in (
            {},
            signed(body, secret="guessed"),
            signed(hello()),
            signed(body, -301),
            signed(body, 302),
        ):
            assert await send(slack, body, headers) in (400, 401, 403)
        assert await send(slack, body, right := signed(body)) == 200
        assert await send(slack, body, right) == 403
        again = signed(body, -10)  # another second than before, however long that took
        assert await send(slack, body, again) == 200
        await holding(app, "ana any@1")
        assert await messages(app) == 1


async def test_the_same_over_a_socket(tmp_path: Path, slack: Emulated, room: Room) -> None:
    async with Bridge(slack.api).open(slack.port) as bridge:
        path = configured(tmp_path, bridge.api, f'app_token = "{APP_TOKEN}"')
        async with running(path, ANY, bot_token=EMULATED, app_token=APP_TOKEN, api_url=bridge.api) as app:
            await bridge.until(lambda: bridge.links)
            asked = await room.says("where is the door?", who=room.bot)
            await room.says("there", asked)
            await holding(app, "ana any@1")
            texts = await said(room, "Any Word", asked)
            assert "ana" in texts[2] and len(texts) == 3
            await until(lambda: len(bridge.acks) == len(bridge.envelopes))
