"""Announcements and replies as Acme reads them. Pure."""

from typing import Any

import msgspec

from laurels import Announcement, Reply


def announcement(said: Announcement) -> bytes:
    """One line of the outbox. *key* tells which earlier line a later one with the same key replaces."""
    won = [{"badge": won.badge, "name": won.name, "level": won.level} for won in said.won]
    return msgspec.json.encode({"key": said.key, "text": said.text, "person": said.person, "won": won, "withdrawn": said.withdrawn}) + b"\n"


def reply(answer: Reply) -> dict[str, Any]:
    """One entry of the answer to a request."""
    return {"ok": answer.ok, "text": answer.text, "fields": dict(answer.fields)}
