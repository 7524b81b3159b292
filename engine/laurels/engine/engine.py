"""The engine: drains the journal in batches and settles what is due, until cancelled."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

import structlog

from ..domain import CLOCK_DAY
from ..filed import Asked
from ..periods import to_micros
from ..privacy.door import Door
from ..pulse import Pulse
from ..records import Changes, Pair, Parked, Row
from ..registry import Registry
from ..store import Store
from ..tally import START, Position
from . import decisions
from .asking import Asking
from .batch import Batch
from .community import Community
from .conclude import Concluder
from .decisions.decision import Decision
from .decisions.table import take
from .round import Round
from .settle import Settler
from .suspension import Suspensions
from .temper import tempered
from .watchdog import Watchdog

log = structlog.get_logger()

BATCH: Final = 1024  # events of one transaction; there are that many only when they came faster than they were counted
POLL: Final = 0.5  # seconds after which another process's events are noticed
NOBODY: Final = Pair(0, 0)  # the pair under which an event is parked that the engine itself can't count


class Engine:
    """Counts what was accepted. *clock* tells the time; tests freeze it.

    *awarded* is called when there is something new to announce; *remade* when people made other badges, before anything else is counted.
    """

    def __init__(
        self, store: Store, communities: Mapping[str, Community], watchdog: Watchdog, clock: Callable[[], datetime], concluder: Concluder
    ) -> None:
        self.store, self.communities, self.watchdog, self.clock = store, dict(communities), watchdog, clock
        self.concluder = concluder
        self.awarded: Callable[[], None] = _nobody_listens
        self.remade: Callable[[], Awaitable[None]] = _nobody_waits
        self.suspensions = Suspensions()
        self.turn = asyncio.Lock()
        self.asking = Asking(store, watchdog, self.suspensions)
        self.settler = Settler(store, watchdog, self.suspensions, self.turn, concluder)
        self.door = Door(store)
        self._making = False  # whether people made badges that aren't followed yet
        self._closing: set[str] = set()  # communities in which others may be shut out since
        self._forgetting = False  # whether somebody was forgotten since
        self._wished: dict[str, Position] = {}  # by community, where in the fold the last wish lies
        self._counting, self._settling = Pulse(POLL), Pulse(POLL)

    def wake(self) -> None:
        """There may be something to count."""
        self._counting.wake()

    def swap(self, communities: Mapping[str, Community]) -> None:
        """Go on with another generation of badges."""
        for name, community in communities.items():
            if (before := self.communities.get(name)) is not None:
                community.follow(before)
        self.communities = dict(communities)
        self._settling.wake()

    async def run(self) -> None:
        """Count and settle until cancelled."""
        with tempered():
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._counting.run(self.count_some, "counting failed; trying again"), name="laurels drain")
                tasks.create_task(self._settling.run(self.settle_some, "settling failed; trying again"), name="laurels settler")

    @property
    def now(self) -> int:
        """The clock, in microseconds."""
        self.suspensions.now = to_micros(self.clock())
        return self.suspensions.now

    async def count_some(self) -> int:
        """Count one batch. Returns how many events it had."""
        rows = await self.store.pending(BATCH)
        for part in _parts(rows):
            await self._follow_making()
            await self._follow_closing()
            try:
                await (self._decide(part[0]) if _decided(part[0]) else self._count(part))
            except Exception:
                log.exception("a batch failed; counting its events one by one", events=len(part))
                for row in part:
                    await self._count_alone(row)
        await self._follow_making()
        await self._follow_closing()
        if any(map(_decided, rows)):
            self._settling.wake()
        return len(rows)

    async def _follow_making(self) -> None:
        """Go on with the badges that people made just now."""
        if self._making:
            await self.remade()
            self._making = False

    async def _follow_closing(self) -> None:
        """Shut out whom people's decisions shut out just now, and see that nothing is left of who was forgotten."""
        for community in self._closing:
            await self.door.load(community)
        self._closing.clear()
        if self._forgetting and not await self.store.scrub():
            log.warning("of what was deleted, some may still stand in the database's file: `laurels db compact` writes it anew")
        self._forgetting = False

    async def settle_some(self) -> int:
        """Settle one chunk. Returns how many pairs it had."""
        settled = await self.settler.settle(self.communities, self.now)
        if settled:
            self.awarded()
        return settled

    async def _count(self, rows: Sequence[Row]) -> None:
        if self.door.shut and not (rows := await self.door.sift(rows)):
            return
        community = self._community(rows[0].event.community)
        batch = Batch(community, self.store, rows, self.now)
        round_ = await batch.count()
        cases = await self.asking.about(batch)
        days = [row for row in rows if row.event.type == CLOCK_DAY]
        round_.changes.enrolled += [(community.units[definition.unit].id, day.position) for day in days for definition in community.daily]
        async with self.turn:
            await self.asking.take(round_, cases)
            for case in cases:
                self.asking.retry(round_, case, None, whole=False)
            await self.concluder.conclude(round_)
            if await self.store.commit(round_.changes):
                self.awarded()
        if round_.changes.due or round_.changes.enrolled:
            self._settling.wake()
        community.begun = max([community.begun, *(day.time for day in days)])

    async def _decide(self, row: Row) -> None:
        """Apply what somebody decided. Nothing else is concluded meanwhile: it rests on how things stand."""
        async with self.turn:
            row = self._in_turn(row)
            round_ = Round(self._community(row.event.community), self.now)
            round_.changes.done = [row.seq]
            decision = Decision(round_, self.store, row, self.concluder.hooks)
            await take(decision)
            await self.concluder.conclude(round_)
            decision.settle()
            if await self.store.commit(round_.changes):
                self.awarded()
            round_.community.awaited.update(id_ for link in round_.changes.links for id_ in link if id_ is not None)
            self._making = self._making or row.event.type in decisions.MAKING
            self._forgetting = self._forgetting or round_.changes.forgotten is not None
            if row.event.type in decisions.CLOSING:
                self._closing.add(row.event.community)

    def _in_turn(self, row: Row) -> Row:
        """A wish rests on all that was wished before it, so it comes after that in the fold too, whatever the clock of its process said."""
        if not row.event.data.get("strict"):
            return row
        last = self._wished.get(row.event.community, START)
        row = row if row.position > last else row._replace(time=last[0] + 1)
        self._wished[row.event.community] = row.position
        return row

    async def _count_alone(self, row: Row) -> None:
        """Count one event; one that even so can't be counted is parked, and shown by ``status``."""
        try:
            await (self._decide(row) if _decided(row) else self._count([row]))
        except Exception as exc:
            log.exception("an event can't be counted", id=row.event.id, type=row.event.type)
            changes = Changes(row.event.community, self.now, done=[row.seq])
            changes.parked.append(Parked(NOBODY, row.seq, f"{type(exc).__name__}: {exc}", changes.now))
            if _decided(row):
                changes.saved.append(Asked(seq=row.seq, result="FAILED", reason=f"{type(exc).__name__}: {exc}"))
            await self.store.commit(changes)

    def _community(self, name: str) -> Community:
        """The community; one that the configuration no longer names still has its events traced."""
        return self.communities.get(name) or Community(name, Registry((), {}), (), ())

    async def rest(self) -> None:
        """Return once nothing is left to count, nor due now."""
        while True:
            if self._closing or self._forgetting or await self.store.pending(1) or await self.store.due(self.now, 1):
                self._counting.wake()
                self._settling.wake()
                await asyncio.sleep(0.001)
            else:
                return


def _nobody_listens() -> None:
    """Nobody announces here."""


async def _nobody_waits() -> None:
    """Nobody makes badges here."""


def _decided(row: Row) -> bool:
    return row.event.type.startswith(decisions.PREFIX)


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """Batches of one community each; a decision stands alone, since what follows it rests on what it did."""
    parts: list[list[Row]] = []
    last: dict[str, list[Row]] = {}
    for row in rows:
        part = last.get(row.event.community)
        if part is not None and not _decided(row) and not _decided(part[0]):
            part.append(row)
        else:
            last[row.event.community] = [row]
            parts.append(last[row.event.community])
    return parts
