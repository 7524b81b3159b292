"""A store under test, and what is put into it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from msgspec import structs

from ...model import Account, Event
from ...periods import local_hour, to_micros
from ...records import BadgeSpec
from ...store import Store
from ...stores import open_store

HERE: Final = "here"
NOON: Final = datetime(2024, 6, 3, 12, tzinfo=UTC)
ANA, BOB = Account("world", "ana", name="Ana"), Account("world", "bob", name="Bob")
SPEC: Final = BadgeSpec("helper", "badge:helper@1#1", "Helper", '["Bronze","Silver"]')


class Ids(NamedTuple):
    """What the store calls a unit, a badge and two people."""

    unit: int
    badge: int
    ana: int
    bob: int


def happened(id_: str, type_: str = "message.posted", *, minutes: int = 0, **more: Any) -> Event:
    """An event of Ana's, so many minutes after noon."""
    return structs.replace(
        Event(id_, "world", type_, NOON + timedelta(minutes=minutes), ANA, community=HERE, data={"words": 3}), **more
    )  # fmt: skip


async def accept(store: Store, event: Event) -> int | None:
    """Keep an event with the stamps that the engine gives it."""
    time = to_micros(event.time)
    revised = to_micros(event.revised) if event.revised else time
    return await store.accept(event, (time, revised, time, local_hour(event.time, ZoneInfo("UTC"))))


class Base:
    """The fixtures that all parts of the suite share."""

    @pytest.fixture
    def store_url(self) -> str:
        """Override it."""
        raise LookupError("which store? define a fixture `store_url` that returns the URL of an empty database")

    @pytest_asyncio.fixture
    async def store(self, store_url: str) -> AsyncIterator[Store]:
        """The store, open."""
        async with open_store(store_url) as store:
            yield store

    @pytest_asyncio.fixture
    async def ids(self, store: Store) -> Ids:
        """A unit, a badge and two people that the store knows."""
        units, badges = await store.define(HERE, ["count"], [SPEC])
        known = await store.know(HERE, [ANA, BOB])
        return Ids(units[0].id, badges[0].id, known[ANA.key].person, known[BOB.key].person)
