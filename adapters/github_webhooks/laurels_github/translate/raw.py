"""What becomes no domain event: ``github.<event>.<action>`` with the payload, trimmed to what a rule would ask."""

import re
from typing import Any, Final

from laurels import Event

from .hook import SOURCE, Hook
from .read import mapping, moment, text

_ALLOWED: Final = re.compile(r"[^A-Za-z0-9_-]")
#: What people wrote is not kept, nor anything that opens a door.
_LEFT_OUT: Final = frozenset(
    {"_links", "body", "body_html", "body_text", "gravatar_id", "key", "node_id", "patch", "secret", "site_admin", "token", "url"}
)
_USER: Final = ("id", "login", "type")
_REPOSITORY: Final = ("id", "name", "full_name", "private", "fork", "archived", "default_branch", "language", "topics", "visibility")
#: Around the matter of the payload, not the matter itself.
_AROUND: Final = frozenset({"repository", "organization", "sender", "installation", "enterprise"})
#: After these, the object's ``updated_at`` is older than what happened.
_GONE: Final = frozenset({"deleted", "removed", "member_removed", "dismissed", "pinned", "unpinned", "demilestoned"})
_DEEPEST, _LONGEST, _MOST, _NODES = 6, 300, 30, 1500


def raw(hook: Hook) -> tuple[Event, ...]:
    """The one event of a payload that no domain event stands for; whoever caused the webhook did it."""
    name = ".".join(_ALLOWED.sub("_", part)[:100] for part in ("github", hook.name, hook.action) if part)
    place = hook.place()
    event = Event(
        f"{hook.key}:{hook.digest}",
        SOURCE,
        name,
        _happened(hook) or hook.received,
        hook.sender,
        _Trim().object(hook.payload),
        place,
        realm=place.realm,
    )
    return (event,)


def _happened(hook: Hook) -> Any:
    """When: what the payload says of its matter, where that can be the time of this action."""
    payload = hook.payload
    if hook.action in _GONE:
        return None
    matters = [payload, *(mapping(value) for name, value in payload.items() if name not in _AROUND)]
    return max((found for matter in matters if (found := moment(matter.get("updated_at")))), default=None)


class _Trim:
    """Cuts a payload to a size that a journal can keep, whatever came."""

    def __init__(self) -> None:
        self.nodes = _NODES

    def object(self, value: dict[str, Any] | Any, depth: int = 0) -> dict[str, Any]:
        names = _USER if "login" in value and "type" in value else _REPOSITORY if "full_name" in value else None
        kept = {}
        for name, item in value.items():
            if (name in names) if names else (name not in _LEFT_OUT and not name.endswith("_url")):
                kept[text(name, 100)] = self.any(item, depth + 1)
            elif isinstance(item, dict) and name == "body":
                kept[name] = {}  # changes.body: that the text changed, not what it was
            if self.nodes <= 0:
                break
        return kept

    def any(self, value: Any, depth: int) -> Any:
        self.nodes -= 1
        if isinstance(value, str):
            return text(value, _LONGEST)
        if isinstance(value, dict):
            return self.object(value, depth) if depth < _DEEPEST else {}
        if isinstance(value, list):
            return [self.any(item, depth + 1) for item in value[:_MOST]] if depth < _DEEPEST else []
        if isinstance(value, int) and not -(2**53) <= value <= 2**53:
            return str(value)[:_LONGEST]
        return value
