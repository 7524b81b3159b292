"""Channels."""

from typing import Any

from laurels import Account, Event

from .source import SOURCE, moment
from .spots import Spot


def created(told: dict[str, Any], spot: Spot, who: Account) -> Event:
    """Somebody created a channel."""
    its = told["channel"]
    when = moment(told.get("event_ts") or str(its["created"]))
    return Event(
        f"{spot.home}:{spot.channel}:created", SOURCE, "channel.created", when, who, {"name": its.get("name") or ""}, spot.place(),
        realm=spot.realm,
    )  # fmt: skip
