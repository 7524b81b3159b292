"""What the announcer asks of a store: awards that wait to be spoken of, and the posts that speak of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from .model import Account, Place, Receipt

#: What people were told of an award: nothing, perhaps (a try that may have got through), that it was won, that it is no longer held.
Shown = Literal["", "maybe", "won", "withdrawn"]

#: Why an award is not announced; empty while it may be.
Fate = Literal["", "shadow", "quiet", "stale", "nowhere", "failed"]


class Open(NamedTuple):
    """An award that stands and is not decided about. *time* is when it was won, in microseconds, *place* where.

    *wish* is what its holder set for announcements: ``quiet``, ``dm``, or nothing.
    """

    award: int
    community: str
    person: int
    time: int
    place: Place | None
    wish: str = ""


class Target(NamedTuple):
    """Where a post goes, and the name of the adapter that takes it there."""

    adapter: str
    place: Place


class Lot(NamedTuple):
    """Awards of one person for one place. With a *fate* (``shadow``) they make a post that is only looked at."""

    community: str
    person: int
    target: Target
    awards: tuple[int, ...]
    fate: Fate = ""


class Line(Struct, frozen=True):
    """One award in a post: what the store knows of it, whether it stands (*wanted*) and what people were *shown* before this claim."""

    award: int
    badge: str
    name: str
    level: int
    level_name: str
    occurrence: str
    giver: str
    note: str
    time: int
    origin: Place | None
    wanted: bool
    shown: Shown = ""


class Post(Struct, frozen=True):
    """A claimed message. Who claims it may speak until *lease*; *attempts* counts failures since it last became due.

    *wish* is what the winner set for announcements.
    """

    id: int
    community: str
    person: int
    target: Target
    attempts: int
    lease: int
    receipt: Receipt | None
    error: str
    accounts: tuple[Account, ...]
    lines: tuple[Line, ...]
    wish: str = ""


class Verdict(Struct, frozen=True):
    """What became of a claimed post.

    *won* and *withdrawn* are the awards that people now know of as such; *unsaid* those that this try certainly did not tell of. With
    *again* (microseconds) it is tried again then, at *target* if that is given; without, it is done with until an award of it changes,
    and awards that nobody was told of get *fate*.
    """

    post: Post
    receipt: Receipt | None = None
    won: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    unsaid: tuple[int, ...] = ()
    fate: Fate = ""
    again: int | None = None
    target: Target | None = None
    attempts: int = 0
    error: str = ""

    @property
    def asked(self) -> bool:
        """Whether the platform asked for the wait: nothing failed, and it goes to the same place."""
        return self.again is not None and self.target is None and self.attempts == self.post.attempts


class Trouble(NamedTuple):
    """A post that did not get through to where it should; *again* is when it is tried next, None where that is over.

    *place* is where it was *said* in the end, or is tried now.
    """

    community: str
    place: Place
    error: str
    attempts: int
    again: datetime | None
    said: bool = False


class OutboxStore(Protocol):
    """The outbox. An award's row is written with the award; all else here is the announcer's."""

    async def installation(self) -> str:
        """A short random text, made once per database: two installations must not take each other's posts for their own."""
        ...

    async def open_awards(self, persons: int) -> Sequence[Open]:
        """All that is undecided of up to *persons* people, in the order in which it was won."""
        ...

    async def people(self, persons: Collection[int]) -> Mapping[int, Sequence[Account]]:
        """By person, their accounts."""
        ...

    async def sort(self, fates: Mapping[int, Fate], lots: Sequence[Lot], at: int) -> None:
        """Decide: awards get their fate, lots become posts to be claimed from *at* on, or join one that nobody has claimed yet.

        What was decided or withdrawn meanwhile stays as it is.
        """
        ...

    async def claim(
        self, now: int, lease: int, room: Mapping[str, int], resting: Collection[Target], *, flush: bool = False
    ) -> Sequence[Post]:
        """Claim, until *lease*, the next post of each place at which one may be made now, at most *room* for each adapter.

        A place has one claim at a time, whoever holds it. Its posts go out in order: one that waits holds up those behind it, until it
        has failed so often that it must be its own fault. Places in *resting* are left alone. *flush* doesn't wait for what gathers.
        """
        ...

    async def conclude(self, verdict: Verdict) -> bool:
        """Write what became of a claim. False, and nothing is written, where the lease ran out and somebody else claimed it."""
        ...

    async def take_over(self) -> int:
        """End every claim; only for a process that knows that all who claimed are gone. Returns how many."""
        ...

    async def shadowed(self, community: str, limit: int) -> Sequence[Post]:
        """What would have been posted in shadow mode and still stands, newest first."""
        ...

    async def troubles(self, limit: int = 50) -> Sequence[Trouble]:
        """Posts that failed or keep failing, newest first."""
        ...

    async def announcements(self) -> Mapping[str, int]:
        """How many awards wait to be announced (``waiting``), and how many have each fate."""
        ...
