"""The platform of the world: a chat in which announcements can be read."""

import asyncio
from typing import ClassVar, Final

from msgspec import Struct

from ..adapter import Host
from ..model import Announcement, Receipt

PLATFORM: Final = "world"


class ChatSettings(Struct, frozen=True):
    """The world's chat takes no settings."""


class Chat:
    """Keeps what is announced: *transcript* line by line as it was said, edits marked; *standing* as the chat shows it now."""

    Settings: ClassVar = ChatSettings
    name = PLATFORM

    def __init__(self) -> None:
        self.transcript: list[str] = []
        self.standing: dict[str, str] = {}

    async def run(self, host: Host) -> None:
        """Nothing comes in by itself: the world's people act through :class:`Member`."""
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Write a line. The same text under the same key again is a retry that got through before."""
        id_ = earlier.id if earlier else announcement.key
        shown = ("(withdrawn) " if announcement.withdrawn else "(edited) " if id_ in self.standing else "") + announcement.text
        if self.standing.get(id_) not in (announcement.text, shown):
            self.transcript.append(shown)
        self.standing[id_] = shown if announcement.withdrawn else announcement.text
        return Receipt(id_, announcement.place)
