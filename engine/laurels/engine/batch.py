"""The live step: a batch of accepted events, advanced by one contribution each where they come in order.

Whatever is not a plain step forward (late, retracted, of a badge that is new or waits for another) is made due instead, in the same
transaction, and folded from the journal by the settler. So there is nothing here that has to be right twice.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ..definition import Definition
from ..domain import CLOCK_DAY
from ..meter import Meter
from ..model import Account, Event
from ..records import Due, Known, Pair, Row
from ..registry import listens
from ..rules.conditions import Scope
from ..store import Store
from ..tally import Contribution, Tally
from .community import Community
from .delivery import deliver
from .round import Round

#: One event's contribution to one person's meter.
Step = tuple[Meter, Pair, Contribution]


class Match(NamedTuple):
    """What one event asks for: steps of meters, and calls of badges' code."""

    row: Row
    steps: list[Step]
    calls: list[tuple[Definition, Pair]]


class Listening(NamedTuple):
    """Whom events of one type concern: meters with the id of their unit, badges whose code is asked, and badges whose code reads them."""

    meters: list[tuple[Meter, int]]
    codes: tuple[Definition, ...]
    readers: list[Definition]


class Batch:
    """One community's part of a batch."""

    def __init__(self, community: Community, store: Store, rows: Sequence[Row], now: int) -> None:
        self.community, self.store, self.rows = community, store, rows
        self.round = Round(community, now)
        self.round.changes.done = [row.seq for row in rows]
        self.removed: set[int] = set()
        self.fresh: list[Row] = []
        self.known: Mapping[str, Known] = {}
        self.inquiries: dict[Pair, list[Row]] = {}
        self.freezing: list[tuple[Pair, Row]] = []
        self.tallies: dict[Pair, Tally] = {}
        self._listening: dict[str, Listening] = {}

    async def count(self) -> Round:
        """Everything up to, and without, the badges' code."""
        fresh, corrected = await self._effective(self.rows)
        await self._take(fresh, corrected)
        return self.round

    async def _effective(self, rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Row, bool]]]:
        """New events in fold order; and, of things that changed state, every row with whether it counts now."""
        states = await self.store.states(self.community.name, rows)
        fresh = [row for row in rows if row.event.on and (not states or (row.event.source, row.thing) not in states)]
        here = {row.seq for row in rows}
        corrected: list[tuple[Row, bool]] = []
        for its in states.values():
            winner = max(its, key=lambda row: (row.revised, row.seq))
            if winner.seq in here:
                corrected += [(row, row is winner and row.event.on) for row in its if row.event.on or row is winner]
        return sorted(fresh, key=lambda row: row.position), corrected

    async def _take(self, fresh: list[Row], corrected: list[tuple[Row, bool]]) -> None:
        casts = {row.seq: self.community.cast(row.event) for row in (*fresh, *(row for row, _ in corrected))}
        everyone: dict[str, Account] = {key: account for cast in casts.values() for key, account in cast.items()}
        known = await self.store.know(self.community.name, everyone.values())
        self._owe_days(self._trace([(row, True) for row in fresh] + corrected, casts, known), known)
        for row, _ in corrected:
            self._owe_all(row, casts[row.seq], known)
        self.fresh, self.known = fresh, known
        for row, known_actor in self._awaited(fresh, known):
            if not await deliver(self.round, self.store, known_actor, row):
                self.community.awaited.difference_update(known_actor)
        await self._advance(fresh, known)

    def _awaited(self, fresh: list[Row], known: Mapping[str, Known]) -> list[tuple[Row, Known]]:
        """The first events of those whom an award may wait for."""
        if not self.community.awaited:
            return []
        found: dict[int, tuple[Row, Known]] = {}
        for row in fresh:
            if row.event.actor is not None and not self.community.awaited.isdisjoint(its := known[row.event.actor.key]):
                found.setdefault(its.person, (row, its))
        return list(found.values())

    def _trace(self, rows: list[tuple[Row, bool]], casts: dict[int, dict[str, Account]], known: Mapping[str, Known]) -> set[int]:
        """Note who is in these events, and who no longer is. Returns the accounts that were first seen at another time than was known."""
        changes = self.round.changes
        seen: list[tuple[str, int]] = []
        unseen: list[tuple[int, int]] = []
        for row, counts in rows:
            for key, whose in casts[row.seq].items():
                account = known[key].account
                if counts:
                    changes.traced.append((account, row.event.type, row.time, row.seq, whose is row.event.actor))
                    seen.append((key, row.time))
                else:
                    changes.untraced.append((account, row.event.type, row.time, row.seq))
                    if self.community.unsee(account, row.time):
                        unseen.append((account, row.time))
            if not counts:
                self.removed.add(row.seq)
        changes.firsts = self.community.first_seen(known, seen)
        return {account for account, time in (*unseen, *changes.firsts.items()) if time <= self.community.begun}

    def _owe_days(self, accounts: Collection[int], known: Mapping[str, Known]) -> None:
        """Who was there earlier than was known, or perhaps later, was there at the beginning of other days."""
        for definition in self.community.daily if accounts else ():
            for account, person in known.values():
                if account in accounts:
                    self.round.owe(self.community.pair(definition, person))

    def _owe_all(self, row: Row, cast: dict[str, Account], known: Mapping[str, Known]) -> None:
        """A thing changed its state: whoever it may have counted for is folded again, for every badge that may have counted it."""
        persons = {known[key].person for key in cast}
        listeners = self.community.registry.listeners(row.event.type)
        units = [meter.key for meter in listeners.meters]
        units += [definition.unit for definition in (*listeners.codes, *self.community.readers(row.event.type))]
        for key in dict.fromkeys(units):
            for person in persons:
                self.round.owe(Pair(self.community.units[key].id, person), row)
        self._owe_users(listeners.meters, persons, row)

    def _owe_users(self, meters: Sequence[Meter], persons: set[int], row: Row) -> None:
        """Badges whose code looks at these meters."""
        keys = {meter.key for meter in meters}
        for definition in self.community.registry.definitions.values():
            if definition.code and any(meter.key in keys for meter in definition.meters.values()):
                for person in persons:
                    self.round.owe(self.community.pair(definition, person), row)

    async def _advance(self, fresh: list[Row], known: Mapping[str, Known]) -> None:
        matches = [self._match(row, known) for row in fresh]
        steps = [step for match in matches for step in match.steps]
        pairs = {pair for _, pair, _ in steps} | {pair for match in matches for _, pair in match.calls} | self._readers(fresh, known)
        # first what is due, then the tallies: what the settler writes in between is then due here, never overwritten
        owing, tallies = await asyncio.gather(self.store.owing({pair.person for pair in pairs}), self.store.tallies(pairs))
        self.tallies = tallies
        await self._recall(steps, tallies)
        evaluated = await self._evaluated(pairs)
        for row, its, calls in matches:
            for step in its:
                self._step(row, step, tallies, owing, evaluated)
            for definition, pair in calls:
                self._call(definition, pair, row, tallies, owing, new=self._new_to(pair, evaluated, row))
            if self._listeners(row.event.type).readers:
                self._owe_readers(row, known, tallies)

    def _match(self, row: Row, known: Mapping[str, Known]) -> Match:
        event = row.event
        meters, codes, _ = self._listeners(event.type)
        scope = Scope(event)
        steps = [
            (meter, Pair(unit, known[key].person), item) for meter, unit in meters
            for key, item in meter.contributions(event, row.time, row.local, scope)
            if key in known and not (meter.to_others and self._same(event, key, known))
        ]  # fmt: skip
        if not codes or event.actor is None:
            return Match(row, steps, [])
        person = known[event.actor.key].person
        return Match(row, steps, [(d, self.community.pair(d, person)) for d in codes if d.badge.bots or not event.actor.bot])

    @staticmethod
    def _same(event: Event, key: str, known: Mapping[str, Known]) -> bool:
        """Whether a recipient is the actor, under whichever account."""
        return event.actor is not None and known[key].person == known[event.actor.key].person

    def _listeners(self, type_: str) -> Listening:
        found = self._listening.get(type_)
        if found is None:
            community = self.community
            meters, codes = community.registry.listeners(type_)
            found = self._listening[type_] = Listening(
                [(meter, community.units[meter.key].id) for meter in meters], codes, community.readers(type_)
            )
        return found

    async def _recall(self, steps: list[Step], tallies: dict[Pair, Tally]) -> None:
        """What the all-time distinct counts of this batch have seen of its values."""
        wanted = {(*pair, value) for meter, pair, item in steps if item.values and meter.terms.remembers for value in item.values}
        for unit, person, value in await self.store.remembered(wanted):
            if (tally := tallies.get(Pair(unit, person))) is not None:
                tally.seen.add(value)

    async def _evaluated(self, pairs: set[Pair]) -> set[Pair]:
        """The (badge, person) pairs of newly defined badges whose past is taken in already."""
        wanted = [
            self.community.badge_pair(definition, pair.person)
            for pair in pairs for of_kind in self.community.unsettled(pair.unit) for definition in of_kind
        ]  # fmt: skip
        return set(await self.store.evaluated(wanted))

    def _new_to(self, pair: Pair, evaluated: set[Pair], row: Row) -> bool:
        """Whether a badge that rests on the pair is new to the person; new metas that rest on those badges are made due."""
        own, metas = self.community.unsettled(pair.unit)
        for meta in metas:
            if self.community.badge_pair(meta, pair.person) not in evaluated:
                self.round.owe(self.community.pair(meta, pair.person), row)
        return bool(own) and any(self.community.badge_pair(definition, pair.person) not in evaluated for definition in own)

    def _step(self, row: Row, step: Step, tallies: dict[Pair, Tally], owing: Mapping[Pair, Due], evaluated: set[Pair]) -> None:
        meter, pair, item = step
        if pair in owing or pair in self.round.changes.due:
            self.round.owe(pair, row)
            return
        tally = tallies.get(pair)
        if tally is None:
            if self.community.units[meter.key].since:
                self.round.owe(pair, row)
                return
            tally = tallies[pair] = Tally()
        late = tally.late(item)
        if late and not self._in_place(meter, tally, item):
            self._late(meter, pair, row)
            return
        before = (tally.peak, tally.wins)
        tally.step(meter.terms, item)
        self.round.changes.tallies[pair] = tally
        reached = self.community.reached(meter, before, tally, item.local)
        if self._new_to(pair, evaluated, row) or (late and reached):
            self._late(meter, pair, row)
            return
        for definition, keys in reached:
            self.round.win(definition, pair.person, keys, row)

    def _in_place(self, meter: Meter, tally: Tally, item: Contribution) -> bool:
        """Whether a late contribution may simply be added: nobody asks where in the fold the number was reached."""
        if not meter.terms.commutes or item.amount < 0 or tally.extra.get("negative"):
            return False
        if item.amount % 1 or tally.value % 1:  # sums of fractions round differently in another order
            return False
        leading, dependents = self.community.leading(meter), self.community.registry.dependents
        if self.community.undone or any(d.expires for d in leading):  # it matters when it was won
            return False
        users = any(d.code and meter.key in {m.key for m in d.meters.values()} for d in self.community.registry.definitions.values())
        return not users and not any(dependents.get(definition.slug) for definition in leading)

    def _late(self, meter: Meter, pair: Pair, row: Row) -> None:
        """Fold the pair from the journal instead; forget what this batch made of it."""
        self.round.changes.tallies.pop(pair, None)
        self.round.owe(pair, row)
        for definition in self.community.leading(meter):
            self.round.untouch(definition, pair.person)
        self._owe_users((meter,), {pair.person}, row)

    def _call(
        self, definition: Definition, pair: Pair, row: Row, tallies: dict[Pair, Tally], owing: Mapping[Pair, Due], *, new: bool
    ) -> None:
        if row.event.type == CLOCK_DAY:
            return
        tally = tallies.get(pair)
        behind = tally is None and bool(self.community.units[definition.unit].since)
        whole = behind or new or (tally is not None and row.position < tally.last)
        waits = pair in owing or pair in self.round.changes.due or definition.requirement is not None or definition.badge.deferred
        if definition.badge.deferred and not (whole or definition.meters or definition.requirement):
            self.freezing.append((pair, row))
        if whole or waits or definition.meters:
            self.round.owe(pair, row, whole=whole)
            return
        tallies.setdefault(pair, Tally())
        self.inquiries.setdefault(pair, []).append(row)

    def _readers(self, fresh: list[Row], known: Mapping[str, Known]) -> set[Pair]:
        """The pairs of badges whose code reads what happened here without listening to it."""
        if not any(listening.readers for listening in self._listening.values()):
            return set()
        return {
            self.community.pair(definition, known[row.event.actor.key].person)
            for row in fresh if row.event.actor is not None for definition in self._listeners(row.event.type).readers
        }  # fmt: skip

    def _owe_readers(self, row: Row, known: Mapping[str, Known], tallies: dict[Pair, Tally]) -> None:
        """A badge's code that reads this type, without listening to it, and has decided on a later event already, is asked again."""
        if row.event.actor is None:
            return
        for definition in self._listeners(row.event.type).readers:
            if not any(listens(pattern, row.event.type) for pattern in definition.badge.events):
                pair = self.community.pair(definition, known[row.event.actor.key].person)
                if (tally := tallies.get(pair)) is not None and row.position < tally.last:
                    self.round.owe(pair, row)
