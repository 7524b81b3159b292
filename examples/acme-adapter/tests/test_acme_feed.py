"""The Acme feed: lines in, lines out, and what every adapter must do."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession
from msgspec import structs

from acme_feed import AcmeFeed
from acme_feed.commands import command
from acme_feed.settings import Settings
from acme_feed.translate import BadLine, event, lines
from laurels import Account, Announcement, Event, Place, Won
from laurels.testing import AdapterSuite, Running

pytest_plugins = ["laurels.testing"]

DEPLOYED = b'{"id": "1", "at": "2026-11-22T09:00:00Z", "who": "ana", "what": "deploy.finished", "data": {"service": "shop"}}'
ASKED = b'{"id": "2", "at": "2026-11-22T09:01:00Z", "who": "ana", "ask": "badges show kata"}'
WON = Announcement("k1", "acme", Place("acme", "feed"), "ana", "Ana earned Kata.", (Won(7, "kata", "Kata"),))


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    """The file that announcements go to."""
    return tmp_path / "announcements.jsonl"


@pytest.fixture
def adapter(outbox: Path) -> AcmeFeed:
    """The adapter that the suite and the tests run."""
    return AcmeFeed(Settings(token="s3cret", outbox=str(outbox)))


class TestAcmeFeed(AdapterSuite):
    """What holds for every adapter."""

    @pytest.fixture
    def posts(self, outbox: Path) -> Callable[[], list[str]]:
        """The newest line of each key: that is how the feed is read."""
        return lambda: list({line["key"]: json.dumps(line) for line in map(json.loads, outbox.read_text().splitlines())}.values())

    @pytest.fixture
    def deliver(self, running: Running) -> Callable[[], Awaitable[None]]:
        """A service reports."""

        async def report() -> None:
            shown = {"Authorization": "Bearer s3cret"}
            async with ClientSession(running.url, headers=shown) as client, client.post("/acme", data=DEPLOYED) as response:
                assert response.status == 200

        return report


def test_a_line_becomes_an_event_under_its_own_id() -> None:
    assert event(lines(DEPLOYED)[0]) == Event(
        id="1", source="acme_feed", type="deploy.finished", time=datetime(2026, 11, 22, 9, tzinfo=UTC), actor=Account("acme", "ana"),
        data={"service": "shop"}, place=Place("acme", "feed", name="feed"),
    )  # fmt: skip


def test_a_question_becomes_a_command() -> None:
    asked = command(lines(ASKED)[0])
    assert (asked.name, asked.words, asked.actor) == ("badges", ("show", "kata"), Account("acme", "ana"))


UNREADABLE = (
    b"nonsense",
    b"[" * 50_000,
    b"\xff\xfe",
    b"{}",
    DEPLOYED.replace(b"Z", b""),
    DEPLOYED.replace(b'"who"', b'"hwo"'),
    DEPLOYED.replace(b"deploy.finished", b""),
)


@pytest.mark.parametrize("body", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_line(body: bytes) -> None:
    with pytest.raises(BadLine, match="line 2: "):
        lines(DEPLOYED + b"\n" + body)


def said(outbox: Path) -> list[tuple[str, bool]]:
    """The key of each line, and whether it withdraws."""
    return [(line["key"], line["withdrawn"]) for line in map(json.loads, outbox.read_text().splitlines())]


async def test_an_announcement_is_a_line_and_trying_again_adds_none(adapter: AcmeFeed, outbox: Path) -> None:
    first = await adapter.announce(WON, None)
    assert await adapter.announce(WON, None) == first
    assert said(outbox) == [("k1", False)]


async def test_what_is_withdrawn_and_comes_back_is_there_again(adapter: AcmeFeed, outbox: Path) -> None:
    receipt = await adapter.announce(WON, None)
    for state in (structs.replace(WON, withdrawn=True), WON, WON):
        assert await adapter.announce(state, receipt) == receipt
    assert said(outbox) == [("k1", False), ("k1", True), ("k1", False)]


async def test_a_line_that_a_crash_tore_spoils_no_other(adapter: AcmeFeed, outbox: Path) -> None:
    outbox.write_bytes(b'{"key": "k0", "te')  # noqa: ASYNC240 - a test may wait for the disk
    await adapter.announce(WON, None)
    assert json.loads(outbox.read_bytes().splitlines()[-1])["key"] == "k1"  # noqa: ASYNC240


async def test_the_request_is_answered_when_its_events_are_durable(running: Running) -> None:
    async with ClientSession(running.url, headers={"Authorization": "Bearer s3cret"}) as client:
        async with client.post("/acme", data=DEPLOYED + b"\n" + ASKED) as response:
            assert response.status == 200
            assert len((await response.json())["replies"]) == 1
        async with client.post("/acme", data=DEPLOYED) as again:
            assert again.status == 200
    assert [event.id for event in running.journal] == ["1"]


@pytest.mark.parametrize("shown", ["", "Bearer wrong", "Bearer s3cret2", "Bearer s\u00e9cret"])
async def test_nobody_gets_in_without_the_token(running: Running, shown: str) -> None:
    async with ClientSession(running.url) as client, client.post("/acme", data=DEPLOYED, headers={"Authorization": shown}) as response:
        assert response.status == 401
    assert not running.journal


async def test_one_bad_line_and_nothing_is_taken(running: Running) -> None:
    shown = {"Authorization": "Bearer s3cret"}
    async with ClientSession(running.url, headers=shown) as client, client.post("/acme", data=DEPLOYED + b"\nnonsense") as response:
        assert response.status == 400
        assert "line 2" in (await response.json())["error"]
    assert not running.journal
