"""What was won, and what is to be said about it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from .account import Account
from .event import Place

State = Literal["active", "withdrawn", "revoked", "merged", "expired"]
Mode = Literal["shadow", "quiet", "live"]


class Award(Struct, frozen=True, omit_defaults=True):
    """The record of a badge held by a person; (badge, person, level, occurrence) is unique in a community.

    *time* is when the deciding event happened, *recorded* when laurels heard of it. *cause* names what gave it:
    ``badge:SLUG@VERSION#PRINT`` for a badge's definition, ``command:N`` for a person's command, ``import:NAME``.

    *state*: ``active``; ``withdrawn`` by the engine (comes back if the counting says so); ``revoked`` by a person; ``merged`` into its
    twin by a link; ``expired``, computed on reading.
    """

    id: int
    community: str
    badge: str
    level: int
    occurrence: str
    person: str
    accounts: tuple[str, ...]
    time: datetime
    recorded: datetime
    state: State
    cause: str
    name: str
    level_name: str = ""
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    event: str = ""
    hidden: bool = False


class Won(Struct, frozen=True, omit_defaults=True):
    """One award inside an announcement, with all that a sentence about it needs.

    *image* is the path of a file on this machine, or a URL. *url* leads to what it was won for, where those who read the announcement
    can see that.
    """

    award: int
    badge: str
    name: str
    level: int = 1
    level_name: str = ""
    occurrence: str = ""
    description: str = ""
    emoji: str = ""
    image: str = ""
    note: str = ""
    giver: str = ""
    url: str = ""


class Announcement(Struct, frozen=True, omit_defaults=True):
    """What an adapter posts: *text* about *won* by one person at *place*.

    *key* is the same at every try, so that an adapter can find what it posted before a crash. *withdrawn* says that an earlier post
    (the receipt that comes with it) is to be edited so that it no longer claims the award. *account* is the winner on the adapter's
    platform, or empty where the person has none there: name the person, never ping. *retry*: an earlier try may have got through
    without anybody knowing.
    """

    key: str
    community: str
    place: Place
    person: str
    text: str
    won: tuple[Won, ...]
    account: str = ""
    withdrawn: bool = False
    retry: bool = False


class Holder(Struct, frozen=True, omit_defaults=True):
    """Somebody by one *account*, and what they hold now and don't hide: the highest level by badge."""

    community: str
    account: Account
    held: Mapping[str, int] = {}


class Receipt(Struct, frozen=True, omit_defaults=True):
    """Where an announcement was posted, in the platform's terms; handed back when it is to be edited."""

    id: str
    place: Place
    url: str = ""
