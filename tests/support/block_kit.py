"""Slack's rules for what it shows: limits of Block Kit and of views, and the scopes that its methods need. Written from its reference."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

#: https://docs.slack.dev/reference/methods: any one of these is enough.
SCOPES: Final[Mapping[str, frozenset[str]]] = {
    "users.info": frozenset({"users:read"}),
    "users.conversations": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.list": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.open": frozenset({"im:write", "mpim:write", "channels:manage", "groups:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "reactions.add": frozenset({"reactions:write"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
}
ALL_SCOPES: Final = frozenset().union(*SCOPES.values())

_BLOCKS: Final = {"message": 50, "modal": 100, "home": 100}


class Invalid(AssertionError):
    """Slack would answer ``invalid_blocks``."""


def check(blocks: Sequence[Any], surface: str) -> None:
    """Raise Invalid where Slack would not take blocks in a message, modal or home tab."""
    faults = list(_faults(blocks, surface))
    if faults:
        raise Invalid("\n".join(faults) + "\n" + json.dumps(blocks, indent=1)[:4000])


def check_view(view: Mapping[str, Any]) -> None:
    """The same for a view."""
    check(view["blocks"], view["type"])


def _faults(blocks: Sequence[Any], surface: str) -> Any:
    if len(blocks) > _BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        text = block.get("text")
        if block["type"] == "section" and text and not 0 < len(text["text"]) <= 3000:
            yield f"section of {len(text['text'])} characters"
