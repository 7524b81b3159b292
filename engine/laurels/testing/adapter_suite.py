"""What holds for every adapter."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

import pytest
from msgspec import Struct, structs

from ..adapter import Adapter, Checks
from ..domain import DOMAIN
from ..errors import Later, Problem, Unreachable
from ..event_type import EventType
from ..model import Account, Announcement, Event, Place, Receipt, Won
from .running import Running
from .world import World

#: Has the platform send something to the adapter, the same at every call, and returns once the platform was told that it was received.
Deliver: TypeAlias = Callable[[], Awaitable[object]]

#: The texts that people on the platform now see of laurels.
Posts: TypeAlias = Callable[[], Sequence[str]]

PROMPT: Final = 5.0  # seconds in which a cancelled adapter has to be gone
MOMENT: Final = 0.1  # seconds in which a too early acknowledgement would show


class AdapterSuite:
    """Inherit it, and override the fixtures ``adapter``, ``announcement`` and, where something comes in, ``deliver``.

    With ``posts`` the suite also sees what is on the platform. Where the platform can't be asked whether a post got through,
    set ``may_double`` to the sentence of your README that says so.
    """

    may_double: ClassVar[str] = ""

    @pytest.fixture
    def announcement(self, adapter: Adapter) -> Announcement:
        """One that the adapter can post."""
        place = Place(platform(adapter), "laurels", name="laurels")
        return Announcement("key-1", "default", place, "Ana", "Ana earned Helper.", (Won(1, "helper", "Helper"),))

    @pytest.fixture
    def deliver(self) -> Deliver:
        """Override it for an adapter that takes something in."""
        pytest.skip("no fixture `deliver`: nothing comes in through this adapter")

    @pytest.fixture
    def posts(self) -> Posts | None:
        """Override it where the platform can be looked at."""
        return None

    def test_it_is_made_as_laurels_makes_adapters(self, adapter: Adapter) -> None:
        """A name, a settings type, event types that are right."""
        assert isinstance(adapter, Adapter)
        assert adapter.name
        settings = getattr(type(adapter), "Settings", None)
        assert isinstance(settings, type) and issubclass(settings, Struct), "Settings is a msgspec.Struct"
        assert getattr(type(adapter), "api", 1) == 1
        declared: Sequence[EventType] = getattr(type(adapter), "types", ())
        assert [problem for type_ in declared for problem in type_.problems()] == []

    @pytest.mark.asyncio
    async def test_it_says_what_is_wrong_with_its_set_up(self, adapter: Adapter) -> None:
        """``check`` is optional; it answers, and doesn't raise."""
        if isinstance(adapter, Checks):
            assert [found for found in await adapter.check(()) if not isinstance(found, Problem)] == []

    @pytest.mark.asyncio
    async def test_it_stops_when_it_is_cancelled_and_leaves_nothing_running(self, adapter: Adapter, tmp_path: Path) -> None:
        """Stopping is cancellation; whoever holds something open closes it on the way out."""
        async with World(tmp_path) as world:
            await world.rest()
            before = asyncio.all_tasks()
            run = asyncio.create_task(adapter.run(world.app.host(adapter.name)), name="the adapter")
            await asyncio.sleep(MOMENT)
            run.cancel()
            done, _ = await asyncio.wait((run,), timeout=PROMPT)
            assert done, f"still running {PROMPT:g} s after it was cancelled"
            assert run.cancelled() or run.exception() is None
            assert asyncio.all_tasks() - before == set()

    @pytest.mark.asyncio
    async def test_an_announcement_that_is_tried_again_is_posted_once(
        self, running: Running, announcement: Announcement, posts: Posts | None
    ) -> None:
        """Laurels tries again when it can't know whether the last try got through."""
        first = await posted(running.adapter, announcement)
        again = await posted(running.adapter, structs.replace(announcement, retry=True))
        if self.may_double:
            return
        assert (again.id, again.place) == (first.id, first.place)
        if posts is not None:
            assert len(posts()) == 1

    @pytest.mark.asyncio
    async def test_what_is_withdrawn_is_edited_where_it_was_posted(
        self, running: Running, announcement: Announcement, posts: Posts | None
    ) -> None:
        """No new post, and the old one no longer claims it; what comes back is shown again."""
        first = await posted(running.adapter, announcement)
        shown = [list(posts())] if posts is not None else []
        for withdrawn in (True, False):
            edit = structs.replace(announcement, withdrawn=withdrawn)
            assert (await posted(running.adapter, edit, first)).id == first.id
            shown += [list(posts())] if posts is not None else []
        if shown:
            assert shown[1] != shown[0] == shown[2]

    @pytest.mark.asyncio
    async def test_a_place_that_is_not_there_is_no_crash(self, running: Running, announcement: Announcement) -> None:
        """Channels are deleted and bots thrown out: Unreachable says so, and Later asks for time; nothing else is raised."""
        nowhere = structs.replace(announcement.place, channel="no-such-place", name="no-such-place", thread="")
        with suppress(Later, Unreachable):
            assert isinstance(await running.adapter.announce(structs.replace(announcement, key="key-2", place=nowhere), None), Receipt)

    @pytest.mark.asyncio
    async def test_what_is_delivered_twice_is_one_event(self, running: Running, deliver: Deliver) -> None:
        """An event's id names what happened, not the delivery."""
        await deliver()
        first = list(running.journal)
        assert first, "nothing came in"
        await deliver()
        assert running.journal == first

    @pytest.mark.asyncio
    async def test_nothing_is_acknowledged_before_it_is_durable(self, running: Running, deliver: Deliver) -> None:
        """If laurels dies before, the platform must send again."""
        running.intake.hold()
        delivery = asyncio.ensure_future(deliver())
        await asyncio.wait_for(running.intake.arrived.wait(), PROMPT)
        early, _ = await asyncio.wait((delivery,), timeout=MOMENT)
        running.intake.release()
        await delivery
        assert not early, "acknowledged before host.put returned"

    @pytest.mark.asyncio
    async def test_events_have_the_fields_that_their_types_declare(self, running: Running, deliver: Deliver) -> None:
        """Rules are checked against the declarations, so a field by another name would never match."""
        await deliver()
        declared = {type_.name: type_ for type_ in (*DOMAIN, *getattr(type(running.adapter), "types", ()))}
        assert [fault for event in running.journal for fault in faults(event, declared)] == []

    @pytest.mark.asyncio
    async def test_what_happened_is_at_places_of_its_platform(self, running: Running, deliver: Deliver) -> None:
        """News of an award goes to where it happened, through the adapter whose platform that is."""
        await deliver()
        assert {event.place.platform for event in running.journal if event.place} <= {platform(running.adapter)}


def platform(adapter: Adapter) -> str:
    """The platform whose announcements an adapter takes."""
    return str(getattr(adapter, "platform", adapter.name))


async def posted(adapter: Adapter, announcement: Announcement, earlier: Receipt | None = None) -> Receipt:
    """The receipt of an announcement that has to get through; an adapter that keeps to its platform's pace is given the time."""
    try:
        async with asyncio.timeout(PROMPT):
            receipt = await _in_time(adapter, announcement, earlier)
    except TimeoutError:
        pytest.fail(f"not posted within {PROMPT:g} s: the adapter asks to wait, again and again")
    except Unreachable as error:
        pytest.fail(f"{announcement.place} can't be reached ({error}); override the fixture `announcement` with one that can be posted")
    assert isinstance(receipt, Receipt)
    return receipt


async def _in_time(adapter: Adapter, announcement: Announcement, earlier: Receipt | None) -> Receipt:
    while True:
        try:
            return await adapter.announce(announcement, earlier)
        except Later as later:
            await asyncio.sleep(later.seconds)


def faults(event: Event, declared: dict[str, EventType]) -> list[str]:
    """What of *event* isn't declared; accounts that are keys must have been described in ``others`` or be the actor."""
    type_ = declared.get(event.type)
    if type_ is None:
        return [] if event.type.startswith("github.") else [f"{event.type}: no such event type; declare it in the adapter's types"]
    return [f"{event.type}: no field {name!r} is declared" for name in event.data if name not in type_.fields] + [
        f"{event.type}: {name} is {event.data[name]!r}, no account's key"
        for name, kind in type_.fields.items()
        if kind is Account and event.data.get(name) and not _is_key(event.data[name])
    ]


def _is_key(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(Account.parse(text))
    except ValueError:
        return False
