"""What happened, and where."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from .account import Account


class Place(Struct, frozen=True, omit_defaults=True):
    """Where something happened and where an answer goes: a channel, a thread in it, an issue.

    *private* places are shown to nobody who is not in them: no announcement elsewhere, no ``why`` names them.
    """

    platform: str
    channel: str
    thread: str = ""
    realm: str = ""
    name: str = ""
    url: str = ""
    private: bool = False

    def __str__(self) -> str:
        return f"{self.platform}:{self.name or self.channel}"


class Event(Struct, frozen=True, omit_defaults=True):
    """One thing that one account did. The attribute names are CloudEvents' (https://cloudevents.io).

    - *id* names the occurrence, never the delivery: putting the same (source, id) twice has the effect of once.
    - *source* is the adapter that saw it, *type* a declared event type, *time* when it happened on the platform (aware).
    - *actor* did it; ``None`` for what nobody did (``clock.day``). *data* has the fields that the type declares; a field of kind
      account holds :attr:`Account.key`, and *others* describes those accounts (name, bot) so that they are known by more than their key.
    - *realm* is the platform's tenant (Discord server, Slack team, GitHub owner), from which *community* follows.
    - *thing* names what this event turns on or off where that can be undone (a reaction, a label, a message); several events with one
      thing are its states, the newest by (*revised* or *time*, order of arrival) is in force, and it counts while it is *on*.
      Empty: the event is its own thing, under its own id. So a deleted message is ``Event(thing=<the message's id>, on=False, ...)``,
      and an edit is the same event under another id with the old id as *thing*, the old *time*, and *revised* set.
    """

    id: str
    source: str
    type: str
    time: datetime
    actor: Account | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    others: tuple[Account, ...] = ()
    realm: str = ""
    community: str = ""
    thing: str = ""
    on: bool = True
    revised: datetime | None = None
