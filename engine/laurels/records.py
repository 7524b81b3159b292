"""What passes between the engine and a store: rows as they lie there, and the changes of one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from .errors import LaurelsError
from .filed import Filed
from .model import Account, Event
from .tally import Position, Tally

#: Stands in the trace for what reaches every person: the beginning of a day.
EVERYONE: Final = Account("laurels", "everyone")

#: Stands in, in what others did, for whoever does not want to be in it. Wins nothing; and all who are left out are this one.
SOMEBODY: Final = Account("laurels", "somebody", name="somebody", bot=True)


class Row(NamedTuple):
    """An event in the journal. *time* and *revised* are microseconds, *local* the local hour."""

    seq: int
    event: Event
    time: int
    revised: int
    recorded: int
    local: int

    @property
    def position(self) -> Position:
        """Its place in the fold."""
        return (self.time, self.event.id)

    @property
    def thing(self) -> str:
        """What it is a state of; its own id where it is its own thing."""
        return self.event.thing or self.event.id


class Known(NamedTuple):
    """An account's id, and the id of the person it belongs to."""

    account: int
    person: int


class Pair(NamedTuple):
    """A unit (or badge) and a person, by id."""

    unit: int
    person: int


class Key(NamedTuple):
    """Which award of a badge: the level and the occurrence."""

    level: int
    occurrence: str


class Held(NamedTuple):
    """An award as stored."""

    id: int
    badge: int
    person: int
    key: Key
    state: str
    cause: str
    position: Position


class Ruling(NamedTuple):
    """A decision about an award: *kind* is given, revoked, reinstated, or vetoed by a hook. *cause* is what undoes a given one."""

    seq: int
    badge: int
    person: int
    key: Key
    kind: str
    position: Position
    cause: str = ""
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()


class Given(NamedTuple):
    """What a badge's code granted: the *subject*'s event at *position* gave *key* to *recipient*.

    *account* is the recipient's account that was meant, where it is not the one they are known by.
    """

    unit: int
    recipient: int
    subject: int
    key: Key
    position: Position
    seq: int
    note: str = ""
    evidence: tuple[str, ...] = ()
    account: int = 0


@dataclass(slots=True)
class Due:
    """(unit, person) is to be folded: from the start (*whole*) or on from its tally. *place* is where news of it would go, as JSON.

    *stamp* grows each time it becomes due again, so that who settles it notices what came meanwhile.
    """

    pair: Pair
    whole: bool = True
    silent: bool = False
    at: int = 0
    attempts: int = 0
    failed: int | None = None
    error: str = ""
    place: str | None = None
    stamp: int = 0


class Parked(NamedTuple):
    """An event that a badge's code could not decide; the pair's person is the account whose event it is, so that links resolve it."""

    pair: Pair
    seq: int
    error: str
    time: int


@dataclass(slots=True)
class AwardChange:
    """One award as it shall be. *place* is where it would be announced, as JSON; *silent* keeps it out of the outbox."""

    badge: int
    person: int
    key: Key
    state: str
    cause: str
    position: Position
    name: str = ""
    level_name: str = ""
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    place: str | None = None
    silent: bool = False
    id: int = 0
    expires: int | None = None
    hidden: bool = False


class Forgetting(NamedTuple):
    """Who is to be forgotten: by id, each account and the pseudonym that it gets.

    *names* are what they were ever called, *seqs* the entries of the journal that may speak of them, *secret* the key of hashes.
    """

    accounts: Mapping[int, tuple[Account, Account]]
    names: Collection[str]
    seqs: Sequence[int]
    secret: str


@dataclass(slots=True)
class Changes:
    """All that one transaction of the engine writes."""

    community: str
    now: int = 0
    done: list[int] = field(default_factory=list)
    untraced: list[tuple[int, str, int, int]] = field(default_factory=list)  # account, type, time, seq
    traced: list[tuple[int, str, int, int, bool]] = field(default_factory=list)  # account, type, time, seq, own
    tallies: dict[Pair, Tally] = field(default_factory=dict)
    reset: set[Pair] = field(default_factory=set)  # pairs whose remembered values are replaced, not added to
    ungiven: set[Pair] = field(default_factory=set)  # (unit, subject) pairs whose grants are replaced
    given: list[Given] = field(default_factory=list)
    rulings: list[tuple[int, Ruling]] = field(default_factory=list)  # account, ruling
    undone: list[tuple[int, str, Position]] = field(default_factory=list)  # seq, cause, position
    awards: list[AwardChange] = field(default_factory=list)
    due: dict[Pair, Due] = field(default_factory=dict)
    enrolled: list[tuple[int, Position]] = field(default_factory=list)  # unit, made due for everybody seen by then
    settled: list[Due] = field(default_factory=list)  # done, unless their stamp has grown
    evaluated: list[Pair] = field(default_factory=list)  # (badge, person): the past is taken in
    frozen: list[tuple[Pair, int, str]] = field(default_factory=list)  # by account, like what is parked
    parked: list[Parked] = field(default_factory=list)
    reads: dict[int, list[str]] = field(default_factory=dict)
    firsts: dict[int, int] = field(default_factory=dict)  # account -> time first seen
    links: list[tuple[int, int | None]] = field(default_factory=list)  # account, person it now belongs to
    unowed: set[int] = field(default_factory=set)  # persons who are part of another now: what is due of them is nobody's
    hidden: list[tuple[int, bool]] = field(default_factory=list)  # award, whether its holder hides it
    shown: set[int] = field(default_factory=set)  # persons of whom more or less is shown, with the same awards
    muted: set[int] = field(default_factory=set)  # persons of whom nothing more is announced
    forgotten: Forgetting | None = None
    saved: list[Filed] = field(default_factory=list)
    dropped: list[Filed] = field(default_factory=list)


class BadgeSpec(NamedTuple):
    """A badge as the registry knows it."""

    slug: str
    cause: str
    name: str
    levels: str


class UnitRow(NamedTuple):
    """A unit as stored: *since* is the journal's last seq when it came; *reads* the types that its code was seen to read."""

    id: int
    key: str
    since: int
    reads: tuple[str, ...]


class BadgeRow(NamedTuple):
    """A badge as stored; *changed* names the cause that this definition replaced just now, or is empty."""

    id: int
    slug: str
    settled: bool
    changed: str


class BadgeInfo(NamedTuple):
    """A badge as people ask about it; *levels* are their names, as JSON."""

    slug: str
    name: str
    cause: str
    retired: bool
    settled: bool
    holders: int
    levels: str = "[]"


class CauseInfo(NamedTuple):
    """A cause, how many of its awards stand, and how many there are in any state."""

    cause: str
    standing: int
    awards: int


class Counted(NamedTuple):
    """How many rows there are of what `status` shows."""

    journal: int
    work: int
    due: int
    parked: int
    award: int
    account: int


class ParkedEvent(NamedTuple):
    """An event that a badge's code failed on; *time* is when it was given up, or will be tried again."""

    unit: str
    person: int
    event: str
    type: str
    error: str
    time: datetime


class Stale(LaurelsError):
    """What was computed rests on what is no longer so; compute it again."""
