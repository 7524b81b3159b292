"""Feeds over real HTTP: read back by a real parser, off unless wanted, unchanged while nothing changes."""

import asyncio

import aiohttp
import feedparser
import msgspec
import pytest

from laurels import Account, Announcement, Badge, Count, Event, Host, Level, Place, Receipt
from laurels.policy import SYSTEM
from laurels.testing import Running

ANA = Account("quiet", "ana", name="Ana <b>")


@pytest.fixture
def pack() -> list[Badge]:
    return [
        Badge(slug="talker", name="Chatter & Co", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=2)))
    ]


@pytest.fixture
def configuration() -> str:
    return "[communities.acme]\nrealms = { '*' = ['*'] }\nlanguage = 'de'\nfeeds = true\n[communities.closed]\n"


class Quiet:
    """An adapter of a platform on which nothing happens by itself."""

    name = "quiet"

    async def run(self, host: Host) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        return Receipt("1", announcement.place)


@pytest.fixture
def adapter() -> Quiet:
    return Quiet()


async def get(running: Running, path: str, **headers: str) -> tuple[int, bytes, str]:
    async with aiohttp.ClientSession() as session, session.get(running.url + path, headers=headers) as response:
        return response.status, await response.read(), response.headers.get("ETag", "")


@pytest.fixture
async def won(running: Running) -> Running:
    for number in (1, 2):
        event = Event(f"m{number}", "quiet", "message.posted", running.app.clock(), ANA, place=Place("quiet", "general"))
        await running.app.host("quiet").put(event)
    await running.rest()
    return running


async def test_each_feed_is_read_back_in_each_format(won: Running) -> None:
    for path in ("recent", "badges/talker", "people/quiet:ana"):
        status, body, _ = await get(won, f"/feeds/acme/{path}.atom")
        parsed = feedparser.parse(body)
        assert (status, parsed.bozo) == (200, False)
        assert [entry.title for entry in parsed.entries] == [
            "Ana <b> hat Silver Chatter & Co errungen", "Ana <b> hat Bronze Chatter & Co errungen",
        ]  # fmt: skip
        _, body, _ = await get(won, f"/feeds/acme/{path}.json")
        assert [item["title"] for item in msgspec.json.decode(body)["items"]] == [
            "Ana <b> hat Silver Chatter & Co errungen", "Ana <b> hat Bronze Chatter & Co errungen",
        ]  # fmt: skip
        _, body, _ = await get(won, f"/feeds/acme/{path}.as2.json")
        assert [item["target"]["name"] for item in msgspec.json.decode(body)["orderedItems"]] == ["Ana <b>"] * 2


async def test_a_feed_is_unchanged_until_something_is_taken_back(won: Running) -> None:
    _, _, tag = await get(won, "/feeds/acme/recent.atom")
    assert (await get(won, "/feeds/acme/recent.atom", **{"If-None-Match": tag}))[0] == 304
    await won.app.acts("acme").awards.revoke(SYSTEM, "talker", ANA, 2)
    await won.rest()
    status, body, _ = await get(won, "/feeds/acme/recent.atom", **{"If-None-Match": tag})
    assert (status, len(feedparser.parse(body).entries)) == (200, 1)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/feeds/closed/recent.atom", 404, "feeds = true"),
        ("/feeds/nobody/recent.atom", 404, "feeds = true"),
        ("/feeds/acme/badges/nothing.atom", 404, "nobody and no badge"),
        ("/feeds/acme/people/quiet:who.atom", 404, "nobody and no badge"),
        ("/feeds/acme/people/ana.atom", 404, "nobody and no badge"),
        ("/feeds/acme/recent.rss", 404, "Not Found"),
        ("/feeds/acme/recent.atom?page=0", 400, "from 1 to 40"),
        ("/feeds/acme/recent.atom?page=x", 400, "from 1 to 40"),
    ],
)
async def test_what_is_not_there_says_so(won: Running, path: str, status: int, says: str) -> None:
    found, body, _ = await get(won, path)
    assert found == status
    assert says in body.decode()
