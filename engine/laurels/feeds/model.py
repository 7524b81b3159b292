"""What a feed says, whatever it is written as."""

from datetime import datetime

from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True):
    """One award as the public sees it. There is no place in it, so that none can leak.

    *id* is a ``tag:`` or ``urn:`` URI that never changes for this award. *title* is the whole sentence, in plain text: "Ana earned
    Silver Reviewer". *time* is when it was awarded and *updated* when this record last changed; both must be aware. Addresses that
    are not http or https are left out of what is rendered. Where *url* is empty, the entry leads to the feed's home.
    """

    id: str
    title: str
    person: str
    badge: str
    badge_name: str
    time: datetime
    updated: datetime
    level_name: str = ""
    note: str = ""
    image: str = ""
    url: str = ""
    person_url: str = ""

    def __post_init__(self) -> None:
        _aware(self.time, self.updated)


class Feed(Struct, frozen=True, kw_only=True):
    """A page of awards, newest first.

    *id* is the same on every page and in every format; *url* is this very page in this format, *home* what people read instead.
    *updated* is when anything on the page last changed, a withdrawal included: the newest entry's time does not tell that.
    *first*, *previous* and *next* are other pages in the same format, empty where there are none. *total* counts the awards on
    all pages, where that is known.
    """

    id: str
    title: str
    community: str
    url: str
    home: str
    updated: datetime
    entries: tuple[Entry, ...] = ()
    first: str = ""
    previous: str = ""
    next: str = ""
    total: int | None = None
    language: str = ""

    def __post_init__(self) -> None:
        _aware(self.updated)


def _aware(*moments: datetime) -> None:
    for moment in moments:
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no time zone; a feed needs to know when it was")
