"""What the engine asks of a store, in its own words; every verb is one durable step or one consistent read."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, Self, TypeVar

from .filed import Filed
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

F = TypeVar("F", bound=Filed)


class Store(OutboxStore, Protocol):
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

    async def enroll(
        self, community: str, unit: int, *, silent: bool, whole: bool, place: str | None = None, until: int | None = None
    ) -> int:
        """Make a unit due for everybody known (seen by *until*, if given). Returns how many."""
        ...

    async def commit(self, changes: Changes) -> Sequence[AwardChange]:
        """Write it all in one transaction. Returns the awards that are new: nobody else had made them.

        Raises Stale, and writes nothing, where one of *changes.settled* became due again since it was read.
        """
        ...

    # -- records -----------------------------------------------------------------------------------------------------------------

    async def find(self, kind: type[F], community: str, *, order: str = "", limit: int | None = None, **where: Any) -> Sequence[F]:
        """Records of a kind whose fields are as *where* says (several values: any of them; None: nothing there).

        In the order of their keys, or of the field that *order* names; with a ``-`` before it, downwards.
        """
        ...

    async def save(self, community: str, *records: Filed) -> None:
        """Keep records; those with the same key are replaced. Returns once durable."""
        ...

    async def drop(self, community: str, *records: Filed) -> None:
        """Forget records, by their key. Returns once durable."""
        ...

    async def acted(self, accounts: Collection[int]) -> Collection[int]:
        """Those of these accounts whose person was ever seen doing something, under any of their accounts."""
        ...

    # -- leaderboards ----------------------------------------------------------------------------------------------------------

    async def rank(self, community: str, points: Mapping[str, float], periods: Callable[[int], Iterable[str]], now: int) -> int:
        """Make rows of leaderboards again for some of those whose awards changed; returns how many persons, 0 when all are right.

        *points* are what a level of each badge is worth; *periods* names the periods that a moment lies in.
        """
        ...

    async def unrank(self, community: str, since: int | None = None, until: int = 0) -> None:
        """Have everybody's rows made again; with *since*, only of those of whom an award expired from then *until* then."""
        ...

    async def board(self, community: str, board: str, period: str) -> Sequence[tuple[int, float]]:
        """A leaderboard as it was last made: person and number, the highest first."""
        ...

    async def numbers(self, unit: int) -> Mapping[int, Tally]:
        """Everybody's tally of a unit, by person."""
        ...

    # -- all that is kept of somebody --------------------------------------------------------------------------------------------

    async def seal(self) -> str:
        """The key of hashes: a random secret, made once per database."""
        ...

    async def mentions(self, community: str, accounts: Collection[Account], until: int) -> tuple[set[str], list[int]]:
        """What people called these accounts, and the entries of the journal up to *until* that may speak of them."""
        ...

    async def about(self, community: str, accounts: Mapping[int, Account], seqs: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
        """All rows that tell of a person, by what they are; *seqs* are entries of the journal that may."""
        ...

    async def sift(self, erased: Sequence[Row], changed: Sequence[Row]) -> Collection[int]:
        """Take entries that are not counted yet out of the journal; keep others as they are here.

        Returns, once durable, those taken out: also of *changed*, where there is an entry of the new id already.
        """
        ...

    async def communities(self) -> Sequence[str]:
        """The names of the communities that there are."""
        ...

    async def erase(self, community: str) -> bool:
        """Delete every row of a community. False where there is none of that name."""
        ...

    async def scrub(self, *, whatever_it_takes: bool = False) -> bool:
        """See that what was deleted stands nowhere in the database's files.

        False where that would take too long for those who wait meanwhile, unless it may take *whatever_it_takes*; or others hold it up.
        """
        ...

    # -- small things --------------------------------------------------------------------------------------------------------

    async def recall(self, adapter: str, key: str) -> Any:
        """The JSON value last remembered under *key*, or None."""
        ...

    async def remember(self, adapter: str, key: str, value: Any) -> None:
        """Keep a JSON value; None forgets the key. Returns once durable."""
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
