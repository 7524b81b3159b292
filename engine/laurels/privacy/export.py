"""Everything that is kept about somebody, as one JSON object."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from ..model import Account
from ..periods import from_micros
from ..store import Store
from ..stores.codec import decode
from .stored import rows, whose

FORMAT: Final = 1

_TIMES: Final = frozenset({"time", "revised", "recorded", "first_time", "last_time", "expires", "at", "accepted", "closed", "lease"})
_LATEST: Final = 2**57  # microseconds that a date can say


async def export(store: Store, community: str, account: Account, now: datetime) -> dict[str, Any]:
    """All there is about the person of *account*: by what it is, the rows that tell of them, as they are kept."""
    accounts = await whose(store, community, account)
    found = await rows(store, community, accounts) if accounts else {}
    units, badges = await store.defined(community)
    names = {"unit": {unit.id: unit.key for unit in units}, "badge": {badge.id: badge.slug for badge in badges}}
    parts = {what: [_told(row, names) for row in its] for what, its in found.items()}
    return {"format": FORMAT, "community": community, "exported": now.isoformat(), **parts}


def _told(row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    """A row, with times as people write them and names for what has only a number inside."""
    if "body" in row:
        row = {**{name: value for name, value in row.items() if name != "body"}, **row["body"]}
    return {name: _value(name, value, names) for name, value in row.items() if name != "community"}


def _value(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> Any:
    if name in names and isinstance(value, int):
        return names[name].get(value, value)
    if name in _TIMES and isinstance(value, int) and abs(value) < _LATEST:
        return from_micros(value).isoformat()
    if isinstance(value, str) and value[:1] in ("{", "["):
        return _json(value)
    return value


def _json(text: str) -> Any:
    try:
        return decode(text)
    except ValueError:
        return text
