"""The HTTP side: what Slack signed comes in, once; what it didn't sign is never parsed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.signature import SignatureVerifier

from laurels_slack import Settings
from laurels_slack.receiving import PATH, Receiver
from slack_app import COMMAND, EVENT, MESSAGE, Small

SECRETS = ["the old secret", "the new secret"]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Door(Small):
    """A receiver on a real server, and a clock that stands."""

    session: aiohttp.ClientSession
    url: str

    def __init__(self) -> None:
        wanted = Settings(bot_token="xoxb-1", signing_secret=SECRETS)
        super().__init__(wanted)
        self.now = time.time()
        self.receiver = Receiver(self.app, wanted, lambda: self.now)

    def signed(self, body: bytes, *, kind: str = JSON, secret: str = SECRETS[1], at: str = "") -> dict[str, str]:
        """The headers that Slack sends with a body."""
        at = at or str(int(self.now))
        signature = SignatureVerifier(secret).generate_signature(timestamp=at, body=body) or ""
        return {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}

    async def send(self, body: bytes | AsyncIterator[bytes], headers: Any) -> tuple[int, str]:
        async with self.session.post(self.url, data=body, headers=headers) as response:
            return response.status, await response.text()

    async def say(self, what: dict[str, Any], **options: Any) -> int:
        """Send JSON as Slack does; the status of the answer."""
        body = json.dumps(what).encode()
        return (await self.send(body, self.signed(body, **options)))[0]

    async def fill_in(self, what: dict[str, Any]) -> tuple[int, str]:
        """Send a form as Slack does."""
        body = urlencode(what).encode()
        return await self.send(body, self.signed(body, kind=FORM))


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door, application = Door(), web.Application()
    application.router.add_post(PATH, door.receiver.handle)
    async with TestServer(application) as server, aiohttp.ClientSession() as door.session:
        door.url = str(server.make_url(PATH))
        yield door


async def test_what_slack_signed_is_taken(door: Door) -> None:
    assert await door.say(EVENT) == 200
    assert door.taken == [MESSAGE]


async def test_each_secret_is_good_while_one_replaces_the_other(door: Door) -> None:
    for secret in SECRETS:
        assert await door.say(EVENT, secret=secret) == 200


async def test_a_command_is_answered_with_its_acknowledgement(door: Door) -> None:
    assert await door.fill_in(COMMAND) == (200, "done")


@pytest.mark.parametrize(
    ("kind", "body"),
    [(JSON, body) for body in (b'{"type": "event_callback"', b"[" * 100_000, b"[]", b"1", b"null", b"", b"payload={}")]
    + [(FORM, body) for body in (b"payload=1", b"payload=[]", b"payload=" + b"[" * 100_000, b"payload", b"", b'{"type"')],
)
async def test_what_is_signed_and_can_not_be_read_is_refused(door: Door, kind: str, body: bytes) -> None:
    assert (await door.send(body, door.signed(body, kind=kind)))[0] == 400
    assert door.taken == []


async def test_a_body_that_is_no_text_is_refused(door: Door) -> None:
    assert (await door.send(b"\xff\xfe", door.signed(b"")))[0] == 400


async def test_a_wrong_secret_is_refused_before_anything_is_parsed(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.receiving._parsed", lambda *_: pytest.fail("parsed"))
    assert await door.say(EVENT, secret="guessed") == 403


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("X-Slack-Signature", "", 401),
        ("X-Slack-Request-Timestamp", "", 401),
        ("X-Slack-Signature", "v0=short", 403),
        ("X-Slack-Signature", "v0=" + "é" * 64, 403),
        ("X-Slack-Signature", "v1=" + "0" * 64, 403),
        ("X-Slack-Signature", "v0=" + "0" * 64, 403),
        ("X-Slack-Request-Timestamp", "yesterday", 403),
        ("X-Slack-Request-Timestamp", "1e9", 403),
        ("X-Slack-Request-Timestamp", "-1", 403),
        ("X-Slack-Request-Timestamp", "١٢٣", 403),
        ("X-Slack-Request-Timestamp", "9" * 5000, 403),
        ("X-Slack-Request-Timestamp", "99999999999", 403),
        ("Content-Type", "text/xml", 400),
        ("Content-Type", "", 400),
        ("Content-Encoding", "gzip", 400),
    ],
)
async def test_a_header_that_slack_would_not_send_is_refused(door: Door, name: str, value: str, status: int) -> None:
    body = json.dumps(EVENT).encode()
    assert (await door.send(body, {**door.signed(body), name: value}))[0] == status
    assert door.taken == []


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type"])
async def test_a_header_that_is_there_twice_is_refused(door: Door, name: str) -> None:
    body = json.dumps(EVENT).encode()
    headers = door.signed(body)
    twice = [*headers.items(), (name, headers[name])]
    assert (await door.send(body, twice))[0] == 400
    assert door.taken == []


@pytest.mark.parametrize(("seconds", "status"), [(-301, 403), (-299, 200), (0, 200), (299, 200), (302, 403)])
async def test_a_signature_holds_five_minutes(door: Door, seconds: int, status: int) -> None:
    body = json.dumps(EVENT).encode()
    answer = await door.send(body, door.signed(body, at=str(int(door.now) + seconds)))
    assert answer[0] == status and ("too old" in answer[1]) == (status == 403)


async def test_the_signature_is_of_this_body_at_this_time(door: Door) -> None:
    body = json.dumps(EVENT).encode()
    headers = door.signed(body)
    assert (await door.send(body + b" ", headers))[0] == 403
    assert (await door.send(body, {**headers, "X-Slack-Request-Timestamp": str(int(door.now) - 1)}))[0] == 403
    assert door.taken == []


@pytest.mark.parametrize("form", [False, True])
async def test_the_same_request_again_is_refused_as_long_as_its_signature_holds(door: Door, form: bool) -> None:
    what, kind = (urlencode(COMMAND).encode(), FORM) if form else (json.dumps(EVENT).encode(), JSON)
    headers = door.signed(what, kind=kind, at=str(int(door.now) + 290))
    statuses = []
    for _ in range(4):
        statuses.append((await door.send(what, headers))[0])
        door.now += 195
    assert statuses == [200, 403, 403, 403]
    assert len(door.taken) == 1


async def test_the_same_request_at_once_is_taken_once(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    headers = door.signed(body, kind=FORM)
    answers = await asyncio.gather(*(door.send(body, headers) for _ in range(8)))
    assert sorted(status for status, _ in answers) == [200] + [403] * 7
    assert len(door.taken) == 1


async def test_what_was_taken_is_forgotten_once_its_signature_no_longer_holds(door: Door) -> None:
    for number in range(3):
        assert await door.say({**EVENT, "event_id": f"Ev{number}"}) == 200
    door.now += 601
    assert await door.say({**EVENT, "event_id": "Ev3"}) == 200
    assert len(door.receiver._taken._since) == 1


async def test_what_could_not_be_kept_is_a_failure_and_can_come_again(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    door.fails = RuntimeError("the disk is full")
    assert await door.say(EVENT) == 500
    door.fails = None
    assert await door.say(EVENT) == 200
    assert "the disk is full" in capsys.readouterr().out


async def test_where_slack_can_not_be_asked_whose_it_is_it_is_to_come_again(door: Door) -> None:
    door.here.fails = aiohttp.ClientConnectionError("no network")
    assert await door.say(EVENT) == 500
    door.here.fails = None
    assert await door.say(EVENT) == 200


async def test_a_retry_of_slacks_is_a_request_like_any_other(door: Door) -> None:
    body = json.dumps(EVENT).encode()
    assert (await door.send(body, {**door.signed(body), "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}))[0] == 200


async def test_bolts_own_headers_do_nothing(door: Door) -> None:
    body = urlencode(COMMAND).encode()
    own = {"X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "command"}
    assert await door.send(body, {**door.signed(body, kind=FORM), **own}) == (200, "done")


async def test_a_workspace_that_the_app_is_not_in_is_not_read_and_not_asked_to_try_again(door: Door) -> None:
    assert await door.say({**EVENT, "team_id": "T2"}) == 200
    assert door.taken == []


async def test_the_address_is_verified_with_the_challenge_where_it_is_signed(door: Door) -> None:
    challenge = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "unused"}).encode()
    status, text = await door.send(challenge, door.signed(challenge))
    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1aB"})
    assert (await door.send(challenge, door.signed(challenge, secret="guessed")))[0] == 403


async def test_a_look_at_the_certificate_is_answered_where_it_is_signed(door: Door) -> None:
    assert (await door.fill_in({"ssl_check": "1", "token": "unused"}))[0] == 200
    assert (await door.send(b"ssl_check=1", {"Content-Type": FORM}))[0] == 401


async def test_a_body_that_is_too_long_is_refused_however_it_is_sent(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await door.say({**EVENT, "padding": " " * 900_000}) == 200
    monkeypatch.setattr("laurels_slack.receiving.MOST", 1000)
    body = json.dumps({**EVENT, "padding": " " * 1000}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 100):
            yield body[start : start + 100]

    for sent in (body, pieces()):
        assert (await door.send(sent, door.signed(body)))[0] == 413
    assert len(door.taken) == 1


async def test_a_body_that_does_not_arrive_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.receiving._PATIENCE", 0.05)

    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    assert (await door.send(slow(), door.signed(b"{")))[0] == 400


async def test_only_posts_are_taken(door: Door) -> None:
    async with door.session.get(door.url) as response:
        assert response.status == 405
