"""Posting and updating announcements."""

from typing import Any

from laurels import Announcement, Receipt

from .settings import Settings
from .where import Owner, among
from .workspaces import Workspaces, client


async def announce(wanted: Settings, workspaces: Workspaces, owner: Owner, announcement: Announcement, earlier: Receipt | None) -> Receipt:
    """Post it, or update the *earlier* message."""
    place = earlier.place if earlier else announcement.place
    its = (await among(workspaces, place, announcement.community, owner))[0]
    api = client(wanted, its.token)
    if earlier:
        told: Any = await api.chat_update(channel=place.channel, ts=earlier.id, text=announcement.text)
    else:
        told = await api.chat_postMessage(channel=place.channel, thread_ts=place.thread or None, text=announcement.text)
    return Receipt(told["ts"], place)
