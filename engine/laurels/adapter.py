"""What an adapter is, and all that it may touch."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct

from .errors import Problem
from .model import Account, Actor, Announcement, Command, Event, Holder, Receipt, Reply, Suggestion

Handler = Callable[[Any], Awaitable[Any]]


class State(Protocol):
    """Small durable values of one adapter: cursors, tokens, what it must remember between events."""

    async def get(self, key: str) -> Any:
        """The JSON value last put under *key*, or None."""
        ...

    async def put(self, key: str, value: Any) -> None:
        """Keep a JSON value; returns once it is durable. None forgets the key."""
        ...

    async def all(self, prefix: str) -> Mapping[str, Any]:
        """Every value whose key begins with *prefix*, by key."""
        ...

    async def take(self, key: str) -> Any:
        """The value under *key*, which is forgotten with that: of several who take it, in any process, one gets it, the others None."""
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

    def say(self, key: str, platform: str, realm: str, locale: str = "", /, **values: object) -> str:
        """A text of laurels' catalogues, in the language of the community that *realm* belongs to; of *locale* where it belongs to none.

        Raises KeyError where there is no such text.
        """
        ...

    def may_award(self, actor: Actor, realm: str, badge: str) -> bool:
        """Whether somebody, with the roles that the platform gives them, may award *badge*: what is offered can depend on it."""
        ...

    async def show_again(self, account: Account, realm: str) -> None:
        """Have :meth:`Rewards.reward` called for somebody whose awards did not change: they came back, and what was shown is gone."""
        ...

    async def rest(self) -> None:
        """Return once every event put so far is counted and every announcement that can be posted is."""
        ...


@runtime_checkable
class Adapter(Protocol):
    """One platform. The entry point in ``laurels.adapters`` names a callable that takes the adapter's settings.

    The callable carries the settings' type as ``Settings`` (a msgspec struct whose fields are the keys of ``[adapters.NAME]``) and may
    carry ``api = 1``. Optional methods: see :class:`Checks`, :class:`Backfills`, :class:`Rewards`. Optional attributes: ``platform``, what
    its accounts and places are of where that is not its name; ``announces_in_place``, False where news goes only to the community's own
    places; ``direct_messages``, True where a place whose channel is ``@`` and an account's id reaches that one person alone;
    ``seconds_between_posts`` at one place.
    """

    name: str

    async def run(self, host: Host) -> None:
        """Register routes and turn what the platform sends into events, until cancelled."""
        ...

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post, or edit the *earlier* post where there is one; look for *announcement.key* first where a post may have got through.

        Only where *announcement.retry* may there be one already.
        Raises Later(seconds) where the platform asks to wait, Unreachable(reason) where trying again won't help.
        """
        ...


@runtime_checkable
class Rewards(Protocol):
    """An adapter whose platform shows what people hold, by roles for example."""

    @property
    def rewarded(self) -> str:
        """By what it is shown, as a text that changes with the settings; empty where nothing is. A new one has everybody told of anew."""
        ...

    async def reward(self, holder: Holder) -> None:
        """Bring what the platform shows of somebody in line with what they hold: told at least once after each change, the whole state.

        Raises Later(seconds) where the platform asks to wait, Unreachable(reason) where only its administrators can help; both are tried
        again.
        """
        ...


class Shell(Protocol):
    """What an adapter's own shell commands, ``laurels.cli``, find as ``obj`` of typer's context."""

    def public_url(self, config: Path | None = None) -> str:
        """How the world reaches laurels, without a slash at the end, by the configuration; empty where that does not say."""
        ...

    def table(self, adapter: str, config: Path | None = None) -> Mapping[str, Any]:
        """What the configuration says in ``[adapters.NAME]``, as it is written, secrets not looked up; empty where it says nothing."""
        ...


class Tenant(Struct, frozen=True):
    """One community, as far as one platform is concerned, by the configuration.

    *realms* of the platform belong to it; ``*`` stands for all that no other community names. *announce* are the channels of the platform
    that its news goes to, as they are written; none: where it happened. *roles* of its are those by which people may do something.
    """

    name: str
    realms: tuple[str, ...] = ()
    announce: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@runtime_checkable
class Checks(Protocol):
    """An adapter that can look at its own set-up for ``laurels check``."""

    async def check(self, tenants: Sequence[Tenant]) -> Sequence[Problem]:
        """Every fault of the set-up, in plain words; *tenants* are the communities that have to do with the platform."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """An adapter that :meth:`Checks.check` needs what it remembers for."""

    def remember(self, state: State) -> None:
        """Take what ``host.state`` has, to read it; called before *check*, where there is a database already."""
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
