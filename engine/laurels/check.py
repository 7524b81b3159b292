"""What a badge's code may look at while it decides about one event."""

from collections.abc import Mapping
from typing import Any, Protocol

from .measures import Measure, Types
from .model import Event, Person


class Check(Protocol):
    """One badge looking at one event of one person.

    Everything here is as of *event*, in the order of (time, id): later events don't show, though they may have arrived already.
    The reads are over the person's own events, *event* included; an async read of a type that the badge doesn't listen to is noted, so
    that a late event of that type makes laurels ask the badge again. A check may run more than once and must not have effects.
    """

    @property
    def event(self) -> Event:
        """The event that is decided on; ``event.data["local_date"]`` is its day in the community's zone."""
        ...

    @property
    def person(self) -> Person:
        """The event's actor; for ``clock.day`` each person in turn."""
        ...

    @property
    def state(self) -> Mapping[str, Any]:
        """What ``freeze`` returned for this event; empty for a badge that isn't deferred."""
        ...

    @property
    def held(self) -> Mapping[str, int]:
        """Highest level held, by slug: of this badge (as the person's own events won it) and of the badges that ``requires`` names."""
        ...

    @property
    def value(self) -> float:
        """The badge's main measure, this event included; for a badge without a measure its progress (see ``Advance``)."""
        ...

    def __getitem__(self, measure: Measure) -> float:
        """The number of one of the badge's measures. Raises KeyError for a measure that the badge doesn't list."""
        ...

    async def count(self, types: Types, *, since: str = "", until: str = "", last: int = 0) -> int:
        """How many events of *types* the person did.

        *since* and *until* are local dates, both included; *last* is a number of days up to *until*.
        """
        ...

    async def distinct(self, types: Types, field: str, *, since: str = "", until: str = "", last: int = 0) -> int:
        """How many different values *field* (``event.data.…``, ``event.place.channel``) had in the person's events of *types*."""
        ...

    async def distinct_days(self, types: Types, *, since: str = "", until: str = "", last: int = 0) -> int:
        """On how many local days the person did something of *types*."""
        ...

    async def sum(self, types: Types, field: str, *, since: str = "", until: str = "", last: int = 0) -> float:
        """The sum of a number in the person's events of *types*."""
        ...
