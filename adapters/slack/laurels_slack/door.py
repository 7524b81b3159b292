"""What of Slack is read at all, and where it goes."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import structlog
from msgspec import structs

from laurels import Account, Event, ForeignRealm, Host, InvalidEvent, Place, Seen

from .asking import Unlearnt
from .directory import DIRECT, PUBLIC, Directory, Person, home
from .knowing import NEEDED
from .settings import Settings
from .translate import SOURCE, Spot, account
from .workspaces import Workspace

_log = structlog.get_logger(__name__)


class Told(NamedTuple):
    """Who was told: an installation, of *realm* as the configuration names it. *shared*: in a channel shared with other companies.

    *patient*: nobody waits for an acknowledgement.
    """

    its: Workspace
    realm: str
    team: str = ""
    shared: bool = False
    app: str = ""
    patient: bool = False


class Door:
    """Lets in what happens in the channels of workspaces that belong to a community; in private ones only where the settings say so."""

    def __init__(self, host: Host, wanted: Settings, directory: Directory) -> None:
        self.host, self.settings, self.directory = host, wanted, directory
        self.heard: Callable[[Workspace], Awaitable[None]] | None = None  # is told that something came in
        self._strangers = Seen()

    def realm(self, team: str, enterprise: str = "") -> str:
        """By which id a configuration names a team: its own or its enterprise's; empty where nothing of it is read."""
        return next((realm for realm in (team, enterprise) if realm and self.host.community(SOURCE, realm) is not None), "")

    async def told(self, body: dict[str, Any]) -> Told | None:
        """Whom Slack told something; None where that is nobody, or nobody's whom a configuration names.

        The installation is the one that Slack says the event is for. The envelope's own ``team_id`` is that of whoever did it, where
        another company shares the channel.
        """
        install: dict[str, Any] = next(iter(body.get("authorizations") or ()), {})
        team = install.get("team_id") or body.get("context_team_id") or body.get("team_id") or ""
        enterprise = install.get("enterprise_id") or body.get("context_enterprise_id") or body.get("enterprise_id") or ""
        its = await self.directory.workspaces.of(team, enterprise)
        if its is None:
            return None
        realm = self.realm(its.team or team, its.enterprise)
        if not realm:
            await self._stranger(its.team or its.enterprise)
            return None
        return Told(its, realm, team, bool(body.get("is_ext_shared_channel")), body.get("api_app_id") or "")

    async def spot(self, told: Told, channel: str, kind: str = "") -> Spot | None:
        """A channel, or None where nothing is read. *kind* is Slack's ``channel_type``, where it says so.

        Raises Unlearnt where Slack has to be asked whether the channel is private, or whose it is, and doesn't answer.
        """
        if kind:
            self.directory.turned(told.its, channel, kind)
        else:
            kind = (await self.directory.channels.get(told.its, channel, NEEDED)).kind
        if not kind or kind in DIRECT or not self.allowed(channel, private=kind != PUBLIC):
            return None
        at, name = home(told.its), ""
        if told.shared:
            found = await self.directory.channels.get(told.its, channel, NEEDED)
            at, name = found.host, found.name
        name = name or await self.directory.called(told.its, channel)
        return self.at(told, channel, at, name, private=kind != PUBLIC)

    def at(self, told: Told, channel: str, at: str, name: str, *, private: bool) -> Spot:
        """The same where all is known."""
        url = f"{told.its.url.rstrip('/')}/archives/{channel}" if told.its.url else ""
        return Spot(channel, told.realm, at, f"#{name}" if name else "", url, private)

    def allowed(self, channel: str, *, private: bool) -> bool:
        """Whether the settings let a channel be read."""
        listed = self.settings.private_channels
        return not private or (listed if isinstance(listed, bool) else channel in listed)

    async def people(self, told: Told, users: Collection[str], homes: Mapping[str, str] = {}) -> dict[str, Account]:
        """The accounts of some people, with their names where those can be had at once. *homes* are those that Slack told.

        In a channel that is shared it has to be known whose each account is: Unlearnt is raised where it isn't.
        """
        known, own = await self.directory.some(told.its, users, patient=told.patient), home(told.its)
        found = {}
        for user in users:
            person = known.get(user) or Person(user)
            at = (homes.get(user) or person.home) if told.shared else own
            if not at:
                raise Unlearnt(f"Slack does not say in which workspace {user} is")
            found[user] = account(structs.replace(person, home=at))
        return found

    async def put(self, told: Told, events: Iterable[Event]) -> None:
        """Take events, one after the other. One that laurels can't keep costs only itself."""
        for event in events:
            try:
                await self.host.put(event)
            except (InvalidEvent, ForeignRealm) as refused:
                _log.warning("left out", event=event.id, type=event.type, why=str(refused))
        if self.heard is not None:
            await self.heard(told.its)

    async def _stranger(self, realm: str) -> None:
        """Have a workspace that no configuration names shown by ``laurels status``; nothing of what was said there is handed on."""
        if self._strangers.first(realm):
            now = datetime.now(UTC)
            await self.host.put(
                Event(f"{realm}:stranger", SOURCE, "message.posted", now, None, {}, Place(SOURCE, "", realm=realm), realm=realm)
            )
