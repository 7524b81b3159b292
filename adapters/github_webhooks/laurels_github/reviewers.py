"""Who reviewed a pull request before it was merged: a merge's webhook does not say, so it is remembered."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, Protocol
from weakref import WeakValueDictionary

import msgspec
from msgspec import Struct, field

from laurels import Account, Event


class Notes(Protocol):
    """As much of an adapter's state."""

    async def get(self, key: str) -> Any:
        """The JSON value last put under *key*, or None."""
        ...

    async def put(self, key: str, value: Any) -> None:
        """Keep a JSON value; None forgets the key."""
        ...


class Keeps(Protocol):
    """As much of a host as reviews and merges need."""

    @property
    def state(self) -> Notes:
        """What is remembered."""
        ...

    def community(self, platform: str, realm: str) -> str | None:
        """The community that a realm belongs to."""
        ...

    async def put(self, event: Event) -> None:
        """Take an event."""
        ...


class Review(Struct, frozen=True):
    """The newest that is known of one review."""

    reviewer: Account | None
    submitted: datetime
    known: datetime
    on: bool


class Pull(Struct):
    """What is remembered of one pull request: its reviews by name, its merge, and the reviewers that were put with that."""

    reviews: dict[str, Review] = field(default_factory=dict)
    merged: Event | None = None
    told: list[str] | None = None
    revised: datetime | None = None

    def reviewers(self, merged: Event) -> list[Account]:
        """Everyone but the author with a review that stands and came before the merge."""
        author = merged.data.get("author")
        found = (review.reviewer for review in self.reviews.values() if review.on and review.submitted <= merged.time)
        return sorted({person for person in found if person and person.key != author}, key=lambda person: person.key)


class Reviewers:
    """Puts events, and with every merge its reviewers, in whatever order GitHub tells of them."""

    def __init__(self, host: Keeps) -> None:
        self._host = host
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def put(self, event: Event) -> None:
        """Put *event*; a merge with the reviewers known by now, and again when a review comes in late."""
        remembered = event.type in {"review.submitted", "pull_request.merged"}
        if not remembered or self._host.community("github", event.realm) is None:
            await self._host.put(event)
            return
        name = f"{event.realm}/pull_request:{event.data['pull_request']}"
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:
            pull = msgspec.convert(await self._host.state.get(name) or {}, Pull)
            await (self._merge(name, pull, event) if event.type == "pull_request.merged" else self._review(name, pull, event))

    async def _merge(self, name: str, pull: Pull, event: Event) -> None:
        """Remember the merge before it is put: a review that comes in between two deliveries of it must find it."""
        if pull.merged is None:
            pull.merged = event
            await self._save(name, pull)
        reviewers = pull.reviewers(event)
        await self._host.put(_with(event, reviewers))
        await self._tell(name, pull, reviewers)

    async def _review(self, name: str, pull: Pull, event: Event) -> None:
        review = Review(event.actor, event.time, event.revised or event.time, event.on)
        before = pull.reviews.get(event.thing)
        if before is None or before.known < review.known:
            pull.reviews[event.thing] = review
            await self._save(name, pull)
        await self._host.put(event)
        if pull.merged:
            await self._amend(name, pull, pull.merged, event)

    async def _amend(self, name: str, pull: Pull, merged: Event, event: Event) -> None:
        """Put the merge again, as a newer state of the same thing, where *event* changes who reviewed it."""
        reviewers = pull.reviewers(merged)
        if [person.key for person in reviewers] == pull.told:
            return
        earliest = (pull.revised or merged.time) + timedelta(microseconds=1)
        pull.revised = max(event.revised or event.time, earliest)
        id_ = f"{merged.thing}:reviewers:{blake2b(event.id.encode(), digest_size=10).hexdigest()}"
        again = msgspec.structs.replace(merged, id=id_, revised=pull.revised, community=event.community)
        await self._host.put(_with(again, reviewers))
        await self._tell(name, pull, reviewers)

    async def _tell(self, name: str, pull: Pull, reviewers: list[Account]) -> None:
        """Only after the put: had it failed, the next delivery must try it again."""
        told = [person.key for person in reviewers]
        if told != pull.told:
            pull.told = told
            await self._save(name, pull)

    async def _save(self, name: str, pull: Pull) -> None:
        await self._host.state.put(name, msgspec.to_builtins(pull))


def _with(merged: Event, reviewers: list[Account]) -> Event:
    data: Mapping[str, Any] = {**merged.data, "reviewers": [person.key for person in reviewers]}
    others = dict.fromkeys((*merged.others, *(person for person in reviewers if person != merged.actor)))
    return msgspec.structs.replace(merged, data=data, others=tuple(others))
