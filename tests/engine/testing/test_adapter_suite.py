"""The adapter suite passes what is right and fails what isn't, each in the test that says so."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest
from aiohttp import ClientSession, web
from msgspec import Struct

from laurels import Account, Announcement, Event, Host, Place, Receipt, Unreachable, Won
from laurels.testing import AdapterSuite, Running
from laurels.testing.clock import START

WON = Announcement("k", "default", Place("bell", "door"), "Ana", "Ana earned Helper.", (Won(1, "helper", "Helper"),))


class Nothing(Struct, frozen=True):
    """No settings."""


class Bell:
    """As it should be: rings come in, a display shows what is announced."""

    Settings: ClassVar = Nothing
    name = "bell"
    field = "words"
    place = Place("bell", "door")

    def __init__(self) -> None:
        self.display: dict[str, str] = {}
        self.serial = count()

    def event_id(self) -> str:
        return "ring-1"

    async def run(self, host: Host) -> None:
        async def ring(_: web.Request) -> web.Response:
            ana = Account("bell", "ana")
            await self.keep(host, Event(self.event_id(), "bell", "message.posted", START, ana, {self.field: 2}, self.place))
            return web.Response()

        host.routes.post("/ring", ring)
        await self.wait()

    async def keep(self, host: Host, event: Event) -> None:
        await host.put(event)

    async def wait(self) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        if announcement.place.channel != "door":
            raise Unreachable("there is one display")
        key = self.key(announcement, earlier)
        self.display[key] = f"({announcement.text})" if announcement.withdrawn else announcement.text
        return Receipt(key, announcement.place)

    def key(self, announcement: Announcement, earlier: Receipt | None) -> str:
        return announcement.key


class Repeating(Bell):
    """Posts again at every try."""

    def key(self, announcement: Announcement, earlier: Receipt | None) -> str:
        return earlier.id if earlier else str(next(self.serial))


class Forgetful(Bell):
    """Makes a new post where it should edit."""

    def key(self, announcement: Announcement, earlier: Receipt | None) -> str:
        return f"{announcement.key}-{bool(earlier)}"


class Fragile(Bell):
    """Falls over a place that isn't there."""

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        return Receipt(announcement.key, {"door": announcement.place}[announcement.place.channel])


class Eager(Bell):
    """Acknowledges before it is durable."""

    async def keep(self, host: Host, event: Event) -> None:
        self.task = asyncio.create_task(host.put(event))


class Numbering(Bell):
    """Gives each delivery an id of its own."""

    def event_id(self) -> str:
        return f"ring-{next(self.serial)}"


class Misspelling(Bell):
    """Sends a field that the type doesn't have."""

    field = "wrods"


class Misplacing(Bell):
    """Calls its platform otherwise than itself, and doesn't say so."""

    place = Place("gong", "door")


class Clinging(Bell):
    """Leaves something running behind."""

    async def wait(self) -> None:
        self.task = asyncio.create_task(asyncio.sleep(3600), name="left behind")
        await self.task if False else await asyncio.Event().wait()


class Unsettled(Bell):
    """Has no settings type."""

    Settings: ClassVar = None


@pytest.fixture
def adapter(request: pytest.FixtureRequest) -> Bell:
    made = getattr(request, "param", Bell)()
    assert isinstance(made, Bell)
    return made


def rings(running: Running) -> Callable[[], Awaitable[None]]:
    async def ring() -> None:
        async with ClientSession(running.url) as client, client.post("/ring") as response:
            assert response.status == 200

    return ring


class TestBell(AdapterSuite):
    """The suite over what is right."""

    @pytest.fixture
    def announcement(self) -> Announcement:
        return WON

    @pytest.fixture
    def posts(self, adapter: Bell) -> Callable[[], list[str]]:
        return lambda: list(adapter.display.values())

    @pytest.fixture
    def deliver(self, running: Running) -> Callable[[], Awaitable[None]]:
        return rings(running)


def of(adapter: type[Bell]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("adapter", [adapter], indirect=True, ids=[adapter.__name__])


@pytest.fixture
async def suite() -> AsyncIterator[AdapterSuite]:
    yield AdapterSuite()


@of(Unsettled)
def test_missing_settings_are_found(adapter: Bell, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError, match="Settings"):
        suite.test_it_is_made_as_laurels_makes_adapters(adapter)


@of(Clinging)
async def test_what_is_left_running_is_found(adapter: Clinging, suite: AdapterSuite, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="left behind"):
        await suite.test_it_stops_when_it_is_cancelled_and_leaves_nothing_running(adapter, tmp_path)
    adapter.task.cancel()


@of(Repeating)
async def test_a_second_post_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError):
        await suite.test_an_announcement_that_is_tried_again_is_posted_once(running, WON, None)


@of(Repeating)
async def test_a_second_post_that_the_readme_owns_up_to_is_none(running: Running) -> None:
    owned = type("Owned", (AdapterSuite,), {"may_double": "The bell can't be asked."})()
    await owned.test_an_announcement_that_is_tried_again_is_posted_once(running, WON, None)


@of(Forgetful)
async def test_a_new_post_instead_of_an_edit_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError):
        await suite.test_what_is_withdrawn_is_edited_where_it_was_posted(running, WON, None)


@of(Fragile)
async def test_a_crash_over_a_missing_place_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(KeyError):
        await suite.test_a_place_that_is_not_there_is_no_crash(running, WON)


@of(Numbering)
async def test_ids_of_deliveries_are_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError):
        await suite.test_what_is_delivered_twice_is_one_event(running, rings(running))


@of(Eager)
async def test_an_early_acknowledgement_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError, match=r"before host\.put returned"):
        await suite.test_nothing_is_acknowledged_before_it_is_durable(running, rings(running))


@of(Misspelling)
async def test_an_undeclared_field_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError, match="wrods"):
        await suite.test_events_have_the_fields_that_their_types_declare(running, rings(running))


@of(Misplacing)
async def test_a_place_of_another_platform_is_found(running: Running, suite: AdapterSuite) -> None:
    with pytest.raises(AssertionError, match="gong"):
        await suite.test_what_happened_is_at_places_of_its_platform(running, rings(running))


async def test_a_running_adapter_is_in_a_whole_laurels(running: Running) -> None:
    async with ClientSession(running.url) as client, client.get("/readyz") as response:
        assert response.status == 200
    await rings(running)()
    await running.rest()
    assert [event.id for event in running.journal] == ["ring-1"]
    assert (await running.app.store.counted()).journal == 1 + 1  # and the day began
