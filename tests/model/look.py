"""What the naive model lets a badge's code look at: a Check that remembers nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from inspect import iscoroutine
from typing import Any

from laurels import Account, Advance, Badge, Event, Grant, Measure, Person


@dataclass
class Look:
    """*events* are all events up to the one that is looked at; their data have ``local_date``."""

    badge: Badge
    account: str
    event: Event
    events: Sequence[Event]
    held: Mapping[str, int]
    progress: float
    number: Callable[[Measure], float]
    state: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.held = {slug: level for slug, level in self.held.items() if level}

    @property
    def person(self) -> Person:
        return Person(0, "", self.account, (Account.parse(self.account),))

    @property
    def value(self) -> float:
        return self.number(self.badge.measure) if self.badge.measure else self.progress

    def __getitem__(self, measure: Measure) -> float:
        return self.number(measure)

    async def count(self, types: str | tuple[str, ...], *, since: str = "", until: str = "", last: int = 0) -> int:
        return len(self.own(types, since, until, last))

    async def distinct(self, types: str | tuple[str, ...], path: str, *, since: str = "", until: str = "", last: int = 0) -> int:
        return len({event.data.get(path.removeprefix("event.data.")) for event in self.own(types, since, until, last)} - {None, ""})

    async def distinct_days(self, types: str | tuple[str, ...], *, since: str = "", until: str = "", last: int = 0) -> int:
        return len({event.data["local_date"] for event in self.own(types, since, until, last)})

    async def sum(self, types: str | tuple[str, ...], path: str, *, since: str = "", until: str = "", last: int = 0) -> float:
        return sum(event.data.get(path.removeprefix("event.data."), 0) for event in self.own(types, since, until, last))

    def own(self, types: str | tuple[str, ...], since: str, until: str, last: int) -> list[Event]:
        names = (types,) if isinstance(types, str) else types
        until = until or self.event.data["local_date"]
        since = max(since, str(date.fromisoformat(until) - timedelta(last - 1))) if last else since
        mine = [event for event in self.events if event.type in names and event.actor and event.actor.key == self.account]
        return [event for event in mine if since <= event.data["local_date"] <= until]

    def answers(self) -> list[Grant | Advance]:
        """What the badge's code says, as a list."""
        self.state = self.badge.freeze(self) if self.badge.deferred else {}
        verdict: Any = self.badge.award(self)
        if iscoroutine(verdict):
            try:
                verdict.send(None)
            except StopIteration as end:
                verdict = end.value
        return list(verdict) if isinstance(verdict, Iterable) else [verdict] if verdict else []
