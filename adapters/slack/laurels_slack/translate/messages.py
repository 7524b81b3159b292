"""What people write."""

from typing import Any

from laurels import Account, Event, Place

from .source import SOURCE, moment


def message(said: dict[str, Any], who: Account, where: Place) -> list[Event]:
    """What a message comes to."""
    text = said.get("text") or ""
    data = {"length": len(text), "words": len(text.split()), "files": len(said.get("files") or ()), "text": text}
    id_ = f"{where.realm}:{where.channel}:{said['ts']}"
    return [Event(id_, SOURCE, "message.posted", moment(said["ts"]), who, data, where, realm=where.realm)]
