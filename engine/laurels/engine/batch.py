"""The live step: a batch of accepted events, advanced by one contribution each where they come in order.

Whatever is not a plain step forward (late, retracted, of a badge that is new or waits for another) is made due instead, in the same
transaction, and folded from the journal by the settler. So there is nothing here that has to be right twice.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..definition import Definition
from ..domain import CLOCK_DAY
from ..meter import Meter
from ..model import Account
from ..registry import listens
from ..rules.conditions import Scope
from ..store import Due, Known, Pair, Row, Store
from ..tally import Contribution, Tally
from . import decisions
from .community import Community
from .round import Round


class Step(NamedTuple):
    """One event's contribution to one person's meter."""

    row: Row
    meter: Meter
    pair: Pair
    item: Contribution


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

    async def count(self) -> Round:
        """Everything up to, and without, the badges' code."""
        ordinary = [row for row in self.rows if not row.event.type.startswith(decisions.PREFIX)]
        await decisions.take(self.round, self.store, [row for row in self.rows if row.event.type.startswith(decisions.PREFIX)])
        if ordinary:
            fresh, corrected = await self._effective(ordinary)
            await self._take(fresh, corrected)
        return self.round

    async def _effective(self, rows: Sequence[Row]) -> tuple[list[Row], list[tuple[Row, bool]]]:
        """New events in fold order; and, of things that changed state, every row with whether it counts now."""
        states = await self.store.states(self.community.name, rows)
        fresh = [row for row in rows if row.event.on and (row.event.source, row.thing) not in states]
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
        self._trace([(row, True) for row in fresh] + corrected, casts, known)
        for row, _ in corrected:
            self._owe_all(row, casts[row.seq], known)
        self.fresh, self.known = fresh, known
        await self._advance(fresh, known)

    def _trace(self, rows: list[tuple[Row, bool]], casts: dict[int, dict[str, Account]], known: Mapping[str, Known]) -> None:
        changes = self.round.changes
        seen: list[tuple[str, int]] = []
        for row, counts in rows:
            actor = row.event.actor.key if row.event.actor else ""
            for key in casts[row.seq]:
                account = known[key].account
                if counts:
                    changes.traced.append((account, row.event.type, row.time, row.seq, key == actor))
                    seen.append((key, row.time))
                else:
                    changes.untraced.append((account, row.event.type, row.time, row.seq))
            if not counts:
                self.removed.add(row.seq)
        changes.firsts = self.community.first_seen(known, seen)

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
        steps, calls = self._matches(fresh, known)
        pairs = {step.pair for step in steps} | {pair for _, pair, _ in calls} | self._readers(fresh, known)
        # first what is due, then the tallies: what the settler writes in between is then due here, never overwritten
        owing = await self.store.owing({pair.person for pair in pairs}) if pairs else {}
        self.tallies = tallies = await self.store.tallies(pairs)
        await self._recall(steps, tallies)
        evaluated = await self._evaluated(pairs)
        by_row: dict[int, list[Step]] = defaultdict(list)
        for step in steps:
            by_row[step.row.seq].append(step)
        calls_by_row: dict[int, list[tuple[Definition, Pair]]] = defaultdict(list)
        for definition, pair, row in calls:
            calls_by_row[row.seq].append((definition, pair))
        for row in fresh:
            for step in by_row[row.seq]:
                self._step(step, tallies, owing, evaluated)
            for definition, pair in calls_by_row[row.seq]:
                self._call(definition, pair, row, tallies, owing)
            self._owe_readers(row, known, tallies)

    def _matches(self, fresh: list[Row], known: Mapping[str, Known]) -> tuple[list[Step], list[tuple[Definition, Pair, Row]]]:
        steps: list[Step] = []
        calls: list[tuple[Definition, Pair, Row]] = []
        units, registry = self.community.units, self.community.registry
        for row in fresh:
            listeners = registry.listeners(row.event.type)
            scope = Scope(row.event)
            for meter in listeners.meters:
                unit = units[meter.key].id
                steps += [
                    Step(row, meter, Pair(unit, known[key].person), item)
                    for key, item in meter.contributions(row.event, row.time, row.local, scope) if key in known
                ]  # fmt: skip
            actor = row.event.actor
            if actor is not None:
                person = known[actor.key].person
                calls += [(d, self.community.pair(d, person), row) for d in listeners.codes if d.badge.bots or not actor.bot]
        return steps, calls

    async def _recall(self, steps: list[Step], tallies: dict[Pair, Tally]) -> None:
        """What the all-time distinct counts of this batch have seen of its values."""
        wanted = {(*step.pair, value) for step in steps if step.meter.terms.remembers for value in step.item.values}
        for unit, person, value in await self.store.remembered(wanted):
            if (tally := tallies.get(Pair(unit, person))) is not None:
                tally.seen.add(value)

    async def _evaluated(self, pairs: set[Pair]) -> set[Pair]:
        """The (badge, person) pairs of newly defined badges whose past is taken in already."""
        wanted = [
            self.community.badge_pair(definition, pair.person)
            for pair in pairs for definition in self.community.definitions(pair.unit)
            if not self.community.badges[definition.slug].settled
        ]  # fmt: skip
        return set(await self.store.evaluated(wanted))

    def _step(self, step: Step, tallies: dict[Pair, Tally], owing: Mapping[Pair, Due], evaluated: set[Pair]) -> None:
        row, meter, pair = step.row, step.meter, step.pair
        if pair in owing or pair in self.round.changes.due:
            self.round.owe(pair, row)
            return
        tally = tallies.get(pair)
        if tally is None:
            if self.community.units[meter.key].since:
                self.round.owe(pair, row)
                return
            tally = tallies[pair] = Tally()
        followers = self.community.leading(meter)
        if tally.late(step.item) and not self._in_place(meter, tally, step.item):
            self._late(meter, pair, row)
            return
        before = (tally.peak, tally.wins)
        late = tally.late(step.item)
        tally.step(meter.terms, step.item)
        self.round.changes.tallies[pair] = tally
        for definition in followers:
            badge = self.community.badges[definition.slug]
            keys = definition.crossings(before, tally, step.item.local)
            if (late and keys) or (not badge.settled and self.community.badge_pair(definition, pair.person) not in evaluated):
                self._late(meter, pair, row)
                return
            if keys:
                self.round.win(definition, pair.person, keys, row)

    def _in_place(self, meter: Meter, tally: Tally, item: Contribution) -> bool:
        """Whether a late contribution may simply be added: nobody asks where in the fold the number was reached."""
        if not meter.terms.commutes or item.amount < 0 or tally.extra.get("negative"):
            return False
        dependents = self.community.registry.dependents
        users = any(d.code and meter.key in {m.key for m in d.meters.values()} for d in self.community.registry.definitions.values())
        return not users and not any(dependents.get(definition.slug) for definition in self.community.leading(meter))

    def _late(self, meter: Meter, pair: Pair, row: Row) -> None:
        """Fold the pair from the journal instead; forget what this batch made of it."""
        self.round.changes.tallies.pop(pair, None)
        self.round.owe(pair, row)
        for definition in self.community.leading(meter):
            self.round.touched.pop((definition.slug, pair.person), None)
        self._owe_users((meter,), {pair.person}, row)

    def _call(self, definition: Definition, pair: Pair, row: Row, tallies: dict[Pair, Tally], owing: Mapping[Pair, Due]) -> None:
        if row.event.type == CLOCK_DAY:
            return
        tally = tallies.get(pair)
        behind = tally is None and bool(self.community.units[definition.unit].since)
        whole = behind or (tally is not None and row.position < tally.last)
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
        return {
            self.community.pair(definition, known[row.event.actor.key].person)
            for row in fresh if row.event.actor is not None for definition in self.community.readers(row.event.type)
        }  # fmt: skip

    def _owe_readers(self, row: Row, known: Mapping[str, Known], tallies: dict[Pair, Tally]) -> None:
        """A badge's code that reads this type, without listening to it, and has decided on a later event already, is asked again."""
        if row.event.actor is None:
            return
        for definition in self.community.readers(row.event.type):
            if not any(listens(pattern, row.event.type) for pattern in definition.badge.events):
                pair = self.community.pair(definition, known[row.event.actor.key].person)
                if (tally := tallies.get(pair)) is not None and row.position < tally.last:
                    self.round.owe(pair, row)

