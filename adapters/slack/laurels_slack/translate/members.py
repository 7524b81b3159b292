"""People who come into the workspace and its channels, and leave."""

from collections.abc import Mapping
from typing import Any

from laurels import Account, Event

from .source import SOURCE, moment
from .spots import Spot


def came(told: dict[str, Any], team: str, realm: str, who: Account) -> Event:
    """Somebody new in the workspace."""
    its = f"{team}:joined:{who.id}"
    ts = told["event_ts"]
    return Event(f"{its}:{ts}", SOURCE, "member.joined", moment(ts), who, {}, None, realm=realm, thing=its)


def went(told: dict[str, Any], team: str, realm: str, who: Account) -> Event:
    """Somebody whose account was deactivated."""
    its = f"{team}:joined:{who.id}"
    ts = told["event_ts"]
    return Event(f"{its}:left:{ts}", SOURCE, "member.joined", moment(ts), who, {}, None, realm=realm, thing=its, on=False)


def named(told: dict[str, Any]) -> list[str]:
    """Who came into a channel or left it, and who brought them."""
    return [id_ for id_ in dict.fromkeys((told["user"], told.get("inviter") or "")) if id_]


def channel(told: dict[str, Any], spot: Spot, people: Mapping[str, Account]) -> Event:
    """Somebody came into a channel, or left it."""
    on, ts, who = told["type"] == "member_joined_channel", told["event_ts"], people[told["user"]]
    inviter = people.get(told.get("inviter") or "")
    its = f"{spot.home}:{spot.channel}:member:{who.id}"
    data = {"inviter": inviter.key} if inviter else {}
    return Event(
        f"{its}:{'on' if on else 'off'}:{ts}", SOURCE, "channel.joined", moment(ts), who, data, spot.place(),
        (inviter,) if inviter else (), spot.realm, thing=its, on=on,
    )  # fmt: skip
