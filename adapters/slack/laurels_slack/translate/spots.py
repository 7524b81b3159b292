"""Where it happened."""

from typing import Any

from msgspec import Struct

from laurels import Place

from .source import SOURCE


class Spot(Struct, frozen=True):
    """A channel in *realm*, the workspace as the configuration names it, and *url*, the link to it.

    *home* names its messages: the same wherever they are told, where several workspaces share the channel.
    """

    channel: str
    realm: str
    home: str
    name: str = ""
    url: str = ""
    private: bool = False

    def message(self, ts: str) -> str:
        """What a message is called, whatever tells of it."""
        return f"{self.home}:{self.channel}:{ts}"

    def place(self, said: dict[str, Any] | None = None) -> Place:
        """The channel, or where in it a message stands: with the thread, and the link to it."""
        ts, thread = (said.get("ts") or "", said.get("thread_ts") or "") if said else ("", "")
        thread = "" if thread == ts else thread  # the first of a thread stands in the channel
        link = self.url
        if link and ts:
            link += f"/p{ts.replace('.', '')}" + (f"?thread_ts={thread}&cid={self.channel}" if thread else "")
        return Place(SOURCE, self.channel, thread, self.realm, self.name, link, self.private)
