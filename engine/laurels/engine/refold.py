"""The regrade: one pair folded from the journal. There is no other way to come by what a late, undone or newly defined thing means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..definition import Definition
from ..domain import CLOCK_DAY
from ..measures import Measure
from ..meter import Meter
from ..model import Account, Person
from ..records import EVERYONE, Due, Key, Row
from ..registry import listens
from ..rules.conditions import Scope
from ..store import Store
from ..stores.codec import decode, encode_place
from ..tally import START, Position, Tally
from .case import Case
from .checks import View
from .community import Community
from .conclude import Conclusion
from .decisions import MOVED
from .history import History
from .round import Round
from .standing import Span, Win, holds
from .suspension import Suspensions
from .watchdog import Watchdog


@dataclass(slots=True)
class Folded:
    """What folding one pair gave. *deciding* has, by badge and key, the event that reached it.

    *gone* says that there is no such person any more: all their accounts are another's.
    """

    due: Due
    tally: Tally = field(default_factory=Tally)
    wins: dict[str, dict[Key, Win]] = field(default_factory=dict)
    deciding: dict[tuple[str, Key], Row] = field(default_factory=dict)
    counted: list[Row] = field(default_factory=list)
    case: Case | None = None
    gone: bool = False


class Refold:
    """Folds pairs of one community; reads only."""

    def __init__(self, community: Community, store: Store, watchdog: Watchdog, suspensions: Suspensions) -> None:
        self.community, self.store, self.watchdog, self.suspensions = community, store, watchdog, suspensions

    async def fold(self, due: Due) -> Folded:
        """Fold the pair that is due."""
        ids = {account: id_ for id_, account in await self.store.accounts_of(due.pair.person)}
        if not ids:
            return Folded(due, gone=True)
        meter = self.community.meter(due.pair.unit)
        if meter is not None:
            return await self._measured(due, meter, {account.key for account in ids})
        definition = next(iter(self.community.definitions(due.pair.unit)), None)
        if definition is not None and (definition.code or definition.thresholds):
            return await self._asked(due, definition, ids)
        return Folded(due)

    async def _measured(self, due: Due, meter: Meter, keys: set[str]) -> Folded:
        """The pair's tally from the start, and what it won on the way."""
        folded = Folded(due)
        followers = self.community.leading(meter)
        for row in await self.store.history(due.pair.person, meter.types, own=meter.measure.to == "event.actor"):
            self._step(folded, meter, row, keys, followers)
        for definition in followers:
            folded.wins.setdefault(definition.slug, {})
        return folded

    def _step(self, folded: Folded, meter: Meter, row: Row, keys: set[str], followers: Sequence[Definition]) -> None:
        tally = folded.tally
        for key, item in meter.contributions(row.event, row.time, row.local, Scope(row.event)):
            if key not in keys or meter.selfish(row.event, key, keys):
                continue
            before, value = (tally.peak, tally.wins), tally.value
            tally.step(meter.terms, item)
            if tally.value != value or (tally.peak, tally.wins) != before:
                folded.counted.append(row)
            for definition in followers:
                for won in definition.crossings(before, tally, item.local):
                    folded.wins.setdefault(definition.slug, {}).setdefault(won, Win(row.position, encode_place(row.event.place)))
                    folded.deciding.setdefault((definition.slug, won), row)

    async def _asked(self, due: Due, definition: Definition, ids: Mapping[Account, int]) -> Folded:
        """A badge's code over the person's events: all of them, or those behind its tally."""
        pair = due.pair
        tally = Tally() if due.whole else (await self.store.tallies([pair])).get(pair, Tally())
        since = START if due.whole else tally.last
        accounts = tuple(ids)
        person = Person(pair.person, self.community.name, accounts[0].name or accounts[0].id, accounts)
        history = History(self.store, self.community.registry, pair.person)
        case = Case(definition, pair, tally, history, person, ids={account.key: id_ for account, id_ in ids.items()})
        if not due.whole:
            case.holds(await self.store.granted(pair.unit, subjects=[pair.person]))
        folded = Folded(due, tally, case=case)
        rows = await self._rows(definition, pair.person)
        await self._ask_all(folded, case, rows, since)
        for key, row in case.progress.items():
            folded.wins.setdefault(definition.slug, {})[key] = Win(row.position, encode_place(row.event.place))
            folded.deciding[definition.slug, key] = row
        return folded

    async def _rows(self, definition: Definition, person: int) -> Sequence[Row]:
        """The events that its code or its measures look at, and what people moved by hand."""
        measured = {name for meter in definition.meters.values() for name in meter.types}
        own = all(meter.measure.to == "event.actor" for meter in definition.meters.values())
        everyone = any(listens(pattern, CLOCK_DAY) for pattern in definition.badge.events)
        rows = await self.store.history(person, {*definition.badge.events, *measured}, own=own, everyone=everyone)
        if not definition.thresholds:
            return rows
        moves = [row for row in await self.store.history(person, [MOVED], own=False) if row.event.data["badge"] == definition.slug]
        return sorted((*rows, *moves), key=lambda row: row.position)

    async def _ask_all(self, folded: Folded, case: Case, rows: Sequence[Row], since: Position) -> None:
        definition, pair = case.definition, case.pair
        parked = await self.store.parked(pair)
        frozen = await self.store.frozen(pair) if definition.badge.deferred else {}
        spans = await self.spans(definition, pair.person)
        tallies = {measure: Tally() for measure in definition.meters}
        keys = {account.key for account in case.person.accounts}
        if EVERYONE.key in keys or (not definition.badge.bots and all(account.bot for account in case.person.accounts)):
            return
        for row in rows:
            if row.event.type == MOVED:
                case.move(row, since)
                continue
            self._measure(definition, tallies, row, keys)
            if row.position <= since or row.seq in parked or not self._concerns(definition, row, keys):
                continue
            if definition.requirement is not None and not holds(definition.requirement, spans, row.position):
                continue
            folded.counted.append(row)
            values = {m: t.value_at(definition.meters[m].terms, row.time, row.local) for m, t in tallies.items()}
            view = case.view(row, values, _levels(spans, row.position))
            if definition.badge.deferred:
                state = frozen[row.seq] if row.seq in frozen else self._frozen(case, view)
                if case.failed:
                    return
                view.state = state
            if not await case.decide(view, self.watchdog, self.suspensions):
                return

    def _frozen(self, case: Case, view: View) -> Mapping[str, Any]:
        state = case.keep_frozen(view, self.watchdog)
        return decode(state) if state is not None else {}

    def _measure(self, definition: Definition, tallies: Mapping[Measure, Tally], row: Row, keys: set[str]) -> None:
        for measure, meter in definition.meters.items():
            if any(listens(pattern, row.event.type) for pattern in meter.types):
                for key, item in meter.contributions(row.event, row.time, row.local, Scope(row.event)):
                    if key in keys and not meter.selfish(row.event, key, keys):
                        tallies[measure].step(meter.terms, item)

    def _concerns(self, definition: Definition, row: Row, keys: set[str]) -> bool:
        """Whether the badge's code is asked about this event of the person's."""
        event = row.event
        if not any(listens(pattern, event.type) for pattern in definition.badge.events):
            return False
        if event.actor is None:
            return event.type == CLOCK_DAY
        return event.actor.key in keys and (definition.badge.bots or not event.actor.bot)

    async def spans(self, definition: Definition, person: int) -> dict[str, list[Span]]:
        """When the person held what the badge requires, exactly: measured and meta prerequisites are folded for it."""
        if definition.requirement is None:
            return {}
        round_ = Round(self.community, 0)
        for needed in self._needed(definition):
            touch = round_.touch(needed, person)
            if needed.kind == "measured":
                folded = await self.fold(Due(self.community.pair(needed, person)))
                touch.wins, touch.whole = folded.wins.get(needed.slug, {}), True
        conclusion = Conclusion(round_, self.store)
        await conclusion.reach()
        return conclusion.spans_of(definition, person)

    def _needed(self, definition: Definition) -> list[Definition]:
        """All that a badge's requirement rests on, prerequisites first."""
        known = self.community.registry.definitions
        found: dict[str, Definition] = {}
        for slug in definition.needs:
            if slug in known:
                found.update({needed.slug: needed for needed in self._needed(known[slug])})
                found[slug] = known[slug]
        return list(found.values())


def _levels(spans: Mapping[str, Sequence[Span]], at: Position) -> dict[str, int]:
    held = {slug: [span.level for span in its if span.start <= at < span.end] for slug, its in spans.items()}
    return {slug: max(levels) for slug, levels in held.items() if levels}
