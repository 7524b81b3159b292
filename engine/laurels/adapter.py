"""What an adapter is, and all that it may touch."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from .errors import Problem
from .model import Announcement, Command, Event, Receipt, Reply, Suggestion

Handler = Callable[[Any], Awaitable[Any]]


class State(Protocol):
    """Small durable values of one adapter: cursors, tokens, what it must remember between events."""

    async def get(self, key: str) -> Any:
        """The JSON value last put under *key*, or None."""
        ...

    async def put(self, key: str, value: Any) -> None:
        """Keep a JSON value; returns once it is durable. None forgets the key."""
        ...


class Routes(Protocol):
    """HTTP routes on the server that all adapters share; mounted when every adapter runs."""

    def post(self, path: str, handler: Handler) -> None:
        """Answer POST *path* with an aiohttp handler. Raises ValueError where the path is taken."""
        ...

    def get(self, path: str, handler: Handler) -> None:
        """Answer GET *path*, likewise."""
        ...


class Host(Protocol):
    """All that an adapter may touch."""

    @property
    def state(self) -> State:
        """What the adapter remembers, durable."""
        ...

    @property
    def routes(self) -> Routes:
        """HTTP routes on the common server."""
        ...

    def community(self, platform: str, realm: str) -> str | None:
        """The community that *realm* belongs to, or None where no configuration names it (what comes from there is ignored)."""
        ...

    def realms(self, platform: str) -> Sequence[str]:
        """The realms of *platform* that the configuration names; none where a community takes whatever there is."""
        ...

    async def put(self, event: Event) -> None:
        """Take an event; returns once it is durable. Only then tell the platform "received".

        The same (source, id) again has no effect. An event of an unknown realm is counted for ``status`` and dropped.
        Raises InvalidEvent where a field is wrong, ForeignRealm where *event.community* is set and the realm is another's.
        """
        ...

    async def ask(self, command: Command) -> Reply:
        """Answer a chat command. Never raises for what a person typed; the reply says what is wrong."""
        ...

    async def suggest(self, partial: Command) -> Sequence[Suggestion]:
        """Completions for the last word of *partial*."""
        ...

    async def rest(self) -> None:
        """Return once every event put so far is counted and every announcement that can be posted is."""
        ...


@runtime_checkable
class Adapter(Protocol):
    """One platform. The entry point in ``laurels.adapters`` names a callable that takes the adapter's settings.

    The callable carries the settings' type as ``Settings`` (a msgspec struct whose fields are the keys of ``[adapters.NAME]``) and may
    carry ``api = 1``. Optional methods: see :class:`Checks`, :class:`Backfills`. Optional attributes: ``platform``, what its accounts and
    places are of where that is not its name; ``announces_in_place``, False where news goes only to the community's own places;
    ``seconds_between_posts`` at one place.
    """

    name: str

    async def run(self, host: Host) -> None:
        """Register routes and turn what the platform sends into events, until cancelled."""
        ...

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post, or edit the *earlier* post where there is one; look for *announcement.key* first where a post may have got through.

        Raises Later(seconds) where the platform asks to wait, Unreachable(reason) where trying again won't help.
        """
        ...


class Shell(Protocol):
    """What an adapter's own shell commands, ``laurels.cli``, find as ``obj`` of typer's context."""

    def public_url(self, config: Path | None = None) -> str:
        """How the world reaches laurels, without a slash at the end, by the configuration; empty where that does not say."""
        ...


@runtime_checkable
class Checks(Protocol):
    """An adapter that can look at its own set-up for ``laurels check``."""

    async def check(self) -> Sequence[Problem]:
        """Every fault of the set-up, in plain words."""
        ...


class Page(Struct, frozen=True):
    """A piece of history, as an adapter reads it: its *events* are put, then *cursor* is remembered under *key* in the adapter's state.

    So a backfill that was interrupted goes on behind the last page that is durable. *done* of *total* pages or things (None: not known)
    and *label* are for the progress bar.
    """

    events: tuple[Event, ...]
    key: str = ""
    cursor: Any = None
    done: int = 0
    total: int | None = None
    label: str = ""


@runtime_checkable
class Backfills(Protocol):
    """An adapter that can read history."""

    def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """The platform's history from *since* on, as the same events (and ids) as live ones.

        Begins behind the cursors that *host.state* has from an interrupted run; forgets them once it is through. Honours the platform's
        limits by waiting. Raises Unreachable where the platform refuses.
        """
        ...
