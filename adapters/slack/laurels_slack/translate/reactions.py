"""Reactions, given and taken back, and the emojis that say thanks."""

from collections.abc import Collection, Mapping
from typing import Any

from laurels import Account, Event

from .source import SOURCE, moment
from .spots import Spot


def emoji(name: str) -> str:
    """What an emoji is called, in whatever colour of skin."""
    return name.partition("::")[0]


def named(told: dict[str, Any]) -> list[str]:
    """Who reacted, and whose message it is."""
    return [id_ for id_ in dict.fromkeys((told["user"], told.get("item_user") or "")) if id_]


def reaction(told: dict[str, Any], spot: Spot, people: Mapping[str, Account], thanking: Collection[str]) -> list[Event]:
    """A reaction in its new state, at the time that Slack says. The colours of an emoji are one."""
    on, name, when = told["type"] == "reaction_added", emoji(told["reaction"]), moment(told["event_ts"])
    who, author = people[told["user"]], people.get(told.get("item_user") or "")
    ts = told["item"]["ts"]
    message, place, others = spot.message(ts), spot.place({"ts": ts}), (author,) if author else ()

    def state(its: str, type_: str, receiver: str, data: dict[str, str]) -> Event:
        if author:
            data[receiver] = author.key
        id_ = f"{its}:{'on' if on else 'off'}:{told['event_ts']}"
        return Event(id_, SOURCE, type_, when, who, data, place, others, spot.realm, thing=its, on=on)

    its = f"{message}:reaction:{name}:{who.id}"
    events = [state(its, "reaction.added", "author", {"emoji": name, "message": message})]
    if name in thanking and not (on and (author is None or author.id == who.id)):
        events.append(state(f"{its}:thanks", "thanks.given", "receiver", {"message": message}))
    return events
