"""Thanks in words: ``thanks @person``, outside quotes and code."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from laurels import Account, Event, Thanks

from . import texts
from .source import SOURCE, moment
from .spots import Spot

MOST: Final = 5  # people thanked in one message: each is an event, and one to take back

_THANKS: Final = Thanks(texts.PERSON)


def receivers(said: dict[str, Any]) -> list[str]:
    """The first people whom a message thanks, each once; never its author."""
    text = said.get("text") or ""
    if "<@" not in text:
        return []
    return [id_ for id_ in _THANKS.named(texts.own(text)) if id_ != said.get("user")][:MOST]


def given(said: dict[str, Any], spot: Spot, people: Mapping[str, Account], who: Account, revised: str = "") -> list[Event]:
    """The thanks of a message. Each is a thing of its own, by its place among them, so that an edit can change it."""
    return [_thank(said, spot, number, (who, people[id_]), revised) for number, id_ in enumerate(receivers(said)) if id_ in people]


def gone(ts: str, spot: Spot, revised: str, numbers: Iterable[int]) -> list[Event]:
    """Thanks that are taken back, by their place in the message."""
    things = [f"{spot.message(ts)}:thanks:{number}" for number in numbers]
    return [
        Event(
            f"{thing}:{revised}", SOURCE, "thanks.given", moment(ts), None, {}, spot.place({"ts": ts}), realm=spot.realm, thing=thing,
            on=False, revised=moment(revised),
        )
        for thing in things
    ]  # fmt: skip


def _thank(said: dict[str, Any], spot: Spot, number: int, pair: tuple[Account, Account], revised: str) -> Event:
    who, receiver = pair
    message = spot.message(said["ts"])
    thing = f"{message}:thanks:{number}"
    when: datetime | None = moment(revised) if revised else None
    return Event(
        f"{thing}:{revised}" if revised else thing, SOURCE, "thanks.given", moment(said["ts"]), who,
        {"receiver": receiver.key, "message": message}, spot.place(said), (receiver,), spot.realm, thing=thing, revised=when,
    )  # fmt: skip
