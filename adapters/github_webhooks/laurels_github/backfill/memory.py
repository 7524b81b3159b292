"""What a page of history puts and remembers, held back until somebody has kept it."""

from datetime import datetime
from typing import Any

from laurels import AdapterState, Event, Host


class _Notes:
    """An adapter's state with changes that are not written yet."""

    def __init__(self, state: AdapterState) -> None:
        self._state = state
        self._changed: dict[str, Any] = {}

    async def get(self, key: str) -> Any:
        return self._changed[key] if key in self._changed else await self._state.get(key)

    async def put(self, key: str, value: Any) -> None:
        self._changed[key] = value

    async def write(self) -> None:
        for key, value in self._changed.items():
            await self._state.put(key, value)
        self._changed.clear()


class Memory:
    """As much of a host as :class:`Reviewers` needs; what it puts *since* a time is collected."""

    def __init__(self, host: Host, since: datetime) -> None:
        self._host, self._since = host, since
        self._events: list[Event] = []
        self.state = _Notes(host.state)

    def community(self, platform: str, realm: str) -> str | None:
        """The community that a realm belongs to."""
        return self._host.community(platform, realm)

    async def put(self, event: Event) -> None:
        """Collect an event, if it is recent enough."""
        if event.time >= self._since:
            self._events.append(event)

    def taken(self) -> tuple[Event, ...]:
        """The events collected since the last call."""
        events, self._events = tuple(self._events), []
        return events

    async def write(self) -> None:
        """Remember, now that the events are kept."""
        await self.state.write()
