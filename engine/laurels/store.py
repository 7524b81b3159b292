"""What the engine asks of a store, in its own words; every verb is one durable step or one consistent read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, Self

from .keeping import KeepingStore
from .model import Account, Award, Event
from .outbox import OutboxStore
from .records import (
    AwardChange,
    BadgeInfo,
    BadgeRow,
    BadgeSpec,
    CauseInfo,
    Changes,
    Counted,
    Due,
    Given,
    Held,
    Known,
    Pair,
    ParkedEvent,
    Row,
    Ruling,
    UnitRow,
)
from .tally import Position, Tally


class Store(OutboxStore, KeepingStore, Protocol):
    """A journal, and what is computed from it."""

    async def __aenter__(self) -> Self:
        """Open; raises StoreError where the schema is not the one this version needs."""
        ...

    async def __aexit__(self, *exc: object) -> None:
        """Close every connection."""
        ...

    async def lead(self) -> bool:
        """Try to become the one process that drains this store. False while another is; held until closed or the process ends."""
        ...

    # -- accepting -------------------------------------------------------------------------------------------------------------

    async def accept(self, event: Event, row: tuple[int, int, int, int]) -> int | None:
        """Keep *event* with its (time, revised, recorded, local). Returns once durable: its seq, or None where its id was there."""
        ...

    async def pending(self, limit: int) -> Sequence[Row]:
        """The oldest accepted events that are not counted yet."""
        ...

    # -- reading for the fold ------------------------------------------------------------------------------------------------

    async def define(self, community: str, units: Sequence[str], badges: Sequence[BadgeSpec]) -> tuple[list[UnitRow], list[BadgeRow]]:
        """Make the registry's units and badges known; badges that are gone are marked retired. What is there already keeps its id."""
        ...

    async def know(self, community: str, accounts: Iterable[Account]) -> Mapping[str, Known]:
        """The ids of accounts by key; those never seen are created, names and bot flags brought up to date."""
        ...

    async def states(self, community: str, rows: Sequence[Row]) -> Mapping[tuple[str, str], list[Row]]:
        """By (source, thing): every row of the things that *rows* are states of, where there is more than one row."""
        ...

    async def tallies(self, pairs: Collection[Pair]) -> dict[Pair, Tally]:
        """The tallies that exist."""
        ...

    async def remembered(self, values: Collection[tuple[int, int, str]]) -> Collection[tuple[int, int, str]]:
        """Those of (unit, person, value) that an all-time distinct count has seen."""
        ...

    async def owing(self, persons: Collection[int]) -> Mapping[Pair, Due]:
        """What is due of these persons."""
        ...

    async def accounts_of(self, person: int) -> Sequence[tuple[int, Account]]:
        """A person's accounts, with their ids."""
        ...

    async def accounts(self, ids: Collection[int]) -> Mapping[int, Account]:
        """Accounts by id."""
        ...

    async def entries(self, seqs: Collection[int]) -> Sequence[Row]:
        """Rows of the journal, in its order."""
        ...

    async def acted(self, accounts: Collection[int]) -> Collection[int]:
        """Those of these accounts whose person was ever seen doing something, under any of their accounts."""
        ...

    async def history(self, person: int, types: Collection[str], *, own: bool, everyone: bool = False) -> Sequence[Row]:
        """Effective events of *types* with the person in them (*own*: as actor), in fold order; *everyone* adds the community's own."""
        ...

    async def holdings(self, pairs: Collection[Pair]) -> Sequence[Held]:
        """Awards of (badge, person) pairs, in any state."""
        ...

    async def rulings(self, pairs: Collection[Pair]) -> Sequence[Ruling]:
        """People's decisions on (badge, person) pairs, in journal order."""
        ...

    async def granted(self, unit: int, *, recipients: Collection[int] = (), subjects: Collection[int] = ()) -> Sequence[Given]:
        """What a badge's code gave to any of *recipients*, under whichever account, or upon events of any of *subjects*."""
        ...

    async def award_rows(self, persons: Collection[int]) -> Sequence[AwardChange]:
        """Every award that some persons have or had, as changes that would leave them as they are."""
        ...

    async def concerned(self, accounts: Collection[int], positions: Collection[Position]) -> Mapping[str, int]:
        """By the event's id, which of *accounts* the effective event at each of these places in the fold was of; an actor goes first."""
        ...

    async def caused(self, community: str, cause: str) -> Sequence[Held]:
        """The awards that *cause* gave, in any state, in fold order."""
        ...

    async def undone(self, community: str) -> Mapping[str, Position]:
        """By undone cause, up to where in the fold."""
        ...

    async def evaluated(self, pairs: Collection[Pair]) -> Collection[Pair]:
        """Those (badge, person) pairs whose past was taken in since the badge's definition last changed."""
        ...

    async def frozen(self, pair: Pair) -> Mapping[int, Any]:
        """By seq, what a deferred badge froze about a person's events."""
        ...

    async def parked(self, pair: Pair) -> Collection[int]:
        """The seqs that a pair's fold passes over."""
        ...

    # -- settling ------------------------------------------------------------------------------------------------------------

    async def due(self, now: int, limit: int) -> Sequence[Due]:
        """What is to be settled by *now*, oldest first."""
        ...

    async def next_due(self) -> int | None:
        """When the next due comes up, or None."""
        ...

    async def enroll(self, community: str, unit: int, *, silent: bool, whole: bool) -> int:
        """Make a unit due for everybody known. Returns how many."""
        ...

    async def commit(self, changes: Changes) -> Sequence[AwardChange]:
        """Write it all in one transaction. Returns the awards that are new: nobody else had made them.

        Raises Stale, and writes nothing, where one of *changes.settled* became due again since it was read.
        """
        ...

    # -- small things --------------------------------------------------------------------------------------------------------

    async def recall(self, adapter: str, key: str) -> Any:
        """The JSON value last remembered under *key*, or None."""
        ...

    async def remember(self, adapter: str, key: str, value: Any) -> None:
        """Keep a JSON value; None forgets the key. Returns once durable."""
        ...

    async def recall_all(self, adapter: str, prefix: str) -> Mapping[str, Any]:
        """The values of all keys that begin with *prefix*, by key."""
        ...

    async def take(self, adapter: str, key: str) -> Any:
        """The value under *key*, which is forgotten in the same step, or None."""
        ...

    async def stranger(self, platform: str, realm: str, now: int) -> None:
        """Count an event of a realm that no configuration names."""
        ...

    # -- for people ----------------------------------------------------------------------------------------------------------

    async def awards(
        self,
        community: str | None = None,
        *,
        person: int | None = None,
        badge: str | None = None,
        standing: bool = True,
        hidden: bool = False,
        limit: int | None = None,
        now: int | None = None,
    ) -> Sequence[Award]:
        """Awards, newest first; *standing* leaves out what was withdrawn, revoked, merged or has expired by *now*.

        What its holder hides is left out unless *hidden*: for the holder, the operator, and the counting.
        """
        ...

    async def find_people(self, community: str, text: str) -> Mapping[int, Sequence[Account]]:
        """Persons with an account whose key or name is *text*, case aside; with all their accounts."""
        ...

    async def names(self, community: str, limit: int = 10_000) -> Sequence[str]:
        """What people are called, for nearest-name hints."""
        ...

    async def people(self, persons: Collection[int]) -> Mapping[int, Sequence[Account]]:
        """By person, their accounts; who has none is left out."""
        ...

    async def persons(self, community: str) -> Sequence[int]:
        """Everybody ever seen in a community."""
        ...

    async def defined(self, community: str) -> tuple[Sequence[UnitRow], Sequence[BadgeRow]]:
        """The units and badges that are known, as :meth:`define` gives them; looking, it makes none known."""
        ...

    async def causes(self, community: str) -> Sequence[CauseInfo]:
        """What gave awards, newest first."""
        ...

    async def announced(self, awards: Collection[int]) -> int:
        """How many of these awards people were told of."""
        ...

    async def badge_infos(self, community: str) -> Sequence[BadgeInfo]:
        """Every badge ever defined, with how many people hold it."""
        ...

    async def counted(self) -> Counted:
        """How much there is of everything."""
        ...

    async def due_of(self, unit: int, by: int | None = None) -> int:
        """How many persons are still to be settled for a unit; with *by*, without those that are put off until later than that."""
        ...

    async def waiting(self, seqs: Collection[int]) -> int:
        """How many of these journal entries are not counted yet."""
        ...

    async def parked_events(self, limit: int = 50) -> Sequence[ParkedEvent]:
        """What could not be decided, newest first."""
        ...

    async def failing_dues(self, limit: int = 50) -> Sequence[ParkedEvent]:
        """What failed and will be tried again."""
        ...

    async def strangers(self) -> Sequence[tuple[str, str, int]]:
        """Realms that no configuration names: platform, realm, events seen."""
        ...
