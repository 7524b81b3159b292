"""What holds for every adapter holds for Slack's, where Slack sends to it."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession
from slack_sdk.signature import SignatureVerifier

from laurels import Announcement, Place, Won
from laurels.testing import AdapterSuite, Running
from laurels_slack import Settings, SlackAdapter, announcing
from slack_town import TOKEN, Room, Town

SECRET = "it is a secret to everybody"


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town().open() as town:
        yield town


@pytest.fixture
def room(town: Town) -> Room:
    return town.room("general")


@pytest.fixture
def adapter(town: Town, monkeypatch: pytest.MonkeyPatch) -> SlackAdapter:
    monkeypatch.setattr(announcing, "POSTS", 0.0)
    monkeypatch.setattr(announcing, "EDITS", 0.0)
    return SlackAdapter(Settings(bot_token=TOKEN, signing_secret=SECRET, api_url=town.api))


class TestSlack(AdapterSuite):
    @pytest.fixture
    def announcement(self, town: Town, room: Room) -> Announcement:
        place = Place("slack", room.id, realm=town.team)
        return Announcement("laurels-1", "default", place, "Ana", "Ana earned Helper.", (Won(1, "helper", "Helper"),))

    @pytest.fixture
    def posts(self, room: Room) -> Callable[[], list[str]]:
        return lambda: [json.dumps(message["blocks"]) for message in room.messages]

    @pytest.fixture
    def deliver(self, running: Running, town: Town, room: Room) -> Callable[[], Awaitable[None]]:
        """The same message each time, in an envelope and under an id of its own each time, as Slack does it."""
        message = room.event(room.keep({"type": "message", "user": town.human("ana").id, "text": "hello", "team": town.team}))

        async def post(envelope: dict[str, object]) -> None:
            body, timestamp = json.dumps(envelope), str(int(time.time()))
            signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body) or ""
            headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature, "Content-Type": "application/json"}
            async with ClientSession() as client, client.post(f"{running.url}/slack/events", data=body, headers=headers) as response:
                assert response.status == 200

        town.deliver = post
        return lambda: town.tell(message)
