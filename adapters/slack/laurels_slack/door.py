"""What of Slack is read at all, and where it goes."""

from collections.abc import Iterable

import structlog

from laurels import Event, ForeignRealm, Host, InvalidEvent, Place

from .directory import Directory
from .settings import Settings
from .translate import SOURCE
from .workspaces import Workspace

_log = structlog.get_logger(__name__)


class Door:
    """Lets in what happens in the channels of workspaces that belong to a community; in private ones only where the settings say so."""

    def __init__(self, host: Host, wanted: Settings, directory: Directory) -> None:
        self.host, self.settings, self.directory = host, wanted, directory

    def realm(self, team: str, enterprise: str = "") -> str:
        """By which id a configuration names a team: its own or its enterprise's; empty where nothing of it is read."""
        return next((realm for realm in (team, enterprise) if realm and self.host.community(SOURCE, realm) is not None), "")

    async def place(self, its: Workspace, channel: str, thread: str = "") -> Place | None:
        """Where a channel is, or None where nothing is read."""
        realm = self.realm(its.team, its.enterprise)
        found = await self.directory.channel(its, channel)
        allowed = self.settings.private_channels
        if not realm or (found.private and not (allowed if isinstance(allowed, bool) else channel in allowed)):
            return None
        name = f"#{found.name}" if found.name else ""
        return Place(SOURCE, channel, thread, realm, name, private=found.private)

    async def put(self, events: Iterable[Event]) -> None:
        """Take events, one after the other. One that laurels can't keep costs only itself."""
        for event in events:
            try:
                await self.host.put(event)
            except (InvalidEvent, ForeignRealm) as refused:
                _log.warning("left out", event=event.id, type=event.type, why=str(refused))
