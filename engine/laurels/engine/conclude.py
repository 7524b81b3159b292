"""From what a round touched to awards: stand by stand, prerequisites first, until nothing changes."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping

from ..definition import Definition
from ..hooks import Hooks
from ..hooks.awards import Journal, objection, tell
from ..progress.milestones import reached
from ..records import AwardChange, Given, Held, Key, Pair, Ruling
from ..store import Store
from ..tally import Position
from .case import granted_wins
from .community import Community
from .round import Round, Touch
from .standing import Span, Standing, Win, first_met, standings

Stands = dict[Key, Standing]


class Conclusion:
    """Everything that a round's awards depend on, read once; then each touched badge in the order of prerequisites."""

    def __init__(self, round_: Round, store: Store) -> None:
        self.round, self.store = round_, store
        self.community: Community = round_.community
        self.rows: dict[Pair, dict[Key, Held]] = defaultdict(dict)
        self.rulings: dict[Pair, list[Ruling]] = defaultdict(list)
        self.given: dict[Pair, list[Given]] = defaultdict(list)
        self.undone: Mapping[str, Position] = {}
        self.stands: dict[tuple[str, int], Stands] = {}

    async def reach(self) -> None:
        """Write into the round's changes what its touches make of the awards."""
        if not self.round.touches:
            return
        await self._read()
        for slug, definition in self.community.registry.definitions.items():
            for touch in list(self.round.touched.get(slug, {}).values()):
                self._conclude(definition, touch)

    async def _read(self) -> None:
        pairs = {self.community.badge_pair(d, person) for d, person in self._reachable()}
        held, ruled, undone = await asyncio.gather(
            self.store.holdings(pairs), self.store.rulings(pairs), self.store.undone(self.community.name)
        )
        for row in held:
            self.rows[Pair(row.badge, row.person)][row.key] = row
        for ruling in (*ruled, *(ruling for _, ruling in self.round.changes.rulings), *self.round.vetoed):
            its = self.rulings[Pair(ruling.badge, ruling.person)]
            if not ruling.seq or (ruling.seq, ruling.key) not in {(known.seq, known.key) for known in its}:
                its.append(ruling)
        for its in self.rulings.values():
            its.sort(key=lambda ruling: (ruling.position, ruling.seq))
        self.undone = {**undone, **{cause: position for _, cause, position in self.round.changes.undone}}
        await self._read_given()

    def _reachable(self) -> set[tuple[Definition, int]]:
        """Touched badges, all that depend on them, and all that these need, by person."""
        found: set[tuple[Definition, int]] = set()
        waiting = [(touch.definition, touch.person) for touch in self.round.touches]
        while waiting:
            definition, person = waiting.pop()
            if (definition, person) not in found:
                found.add((definition, person))
                dependents = self.community.registry.dependents.get(definition.slug, ())
                waiting += [(dependent, person) for dependent in dependents]
        known = self.community.registry.definitions
        return found | {(known[slug], person) for definition, person in found for slug in definition.needs if slug in known}

    async def _read_given(self) -> None:
        by_unit: dict[int, set[int]] = defaultdict(set)
        for touch in self.round.touches:
            if touch.definition.code:
                by_unit[self.community.pair(touch.definition, touch.person).unit].add(touch.person)
        for unit, persons in by_unit.items():
            for given in await self.store.granted(unit, recipients=persons):
                if Pair(unit, given.subject) not in self.round.changes.ungiven and given.recipient in persons:
                    self.given[Pair(unit, given.recipient)].append(given)
        for given in self.round.changes.given:
            self.given[Pair(given.unit, given.recipient)].append(given)

    def _conclude(self, definition: Definition, touch: Touch) -> None:
        if touch.person in self.community.gone:
            return
        pair = self.community.badge_pair(definition, touch.person)
        stands = self._stands(definition, touch.person, self._wins(definition, touch))
        self.stands[definition.slug, touch.person] = stands
        self._change(definition, touch, pair, stands)
        if definition.slug in self.community.registry.dependents:
            before = self._stands(definition, touch.person, self._as_held(definition, self.rows[pair]))
            if touch.whole or touch.decided or _spans(before) != _spans(stands):
                self._touch_dependents(definition, touch)

    def _stands(self, definition: Definition, person: int, wins: Mapping[Key, Win]) -> Stands:
        pair = self.community.badge_pair(definition, person)
        return standings(definition, wins, self.rows[pair], self.rulings[pair], self.undone)

    def _as_held(self, definition: Definition, rows: Mapping[Key, Held]) -> dict[Key, Win]:
        """Rows that this definition's fold won before: what a round that only adds to it starts from."""
        return {
            key: Win(row.position) for key, row in rows.items() if row.state in ("active", "revoked") and row.cause == definition.cause
        }  # fmt: skip

    def _wins(self, definition: Definition, touch: Touch) -> dict[Key, Win]:
        if definition.kind == "meta":
            return self._meta_wins(definition, touch.person)
        kept = {} if touch.whole else self._as_held(definition, self.rows[self.community.badge_pair(definition, touch.person)])
        if not definition.code:
            return {**touch.wins, **kept}
        given = granted_wins(definition, self.given[self.community.pair(definition, touch.person)], self.round.places)
        return {**(kept if definition.thresholds else {}), **touch.wins, **given}

    def _meta_wins(self, definition: Definition, person: int) -> dict[Key, Win]:
        if definition.requirement is None:
            return {}
        met = first_met(definition.requirement, self.spans_of(definition, person))
        return {} if met is None else {Key(1, ""): Win(met, self._place_of(definition, person, met))}

    def spans_of(self, definition: Definition, person: int) -> dict[str, list[Span]]:
        """When the person held what a badge requires."""
        spans: dict[str, list[Span]] = {}
        for slug in definition.needs:
            if (needed := self.community.registry.definitions.get(slug)) is None:
                continue
            stands = self.stands.get((slug, person))
            if stands is None:
                rows = self.rows[self.community.badge_pair(needed, person)]
                stands = self.stands[slug, person] = self._stands(needed, person, self._as_held(needed, rows))
            spans[slug] = _spans(stands)
        return spans

    def _place_of(self, definition: Definition, person: int, position: Position) -> str | None:
        """A meta-badge is announced where the award was won that completed it."""
        wins = [
            standing.win for slug in definition.needs for standing in self.stands.get((slug, person), {}).values()
            if standing.win.position == position and standing.win.place
        ]  # fmt: skip
        return wins[0].place if wins else None

    def _touch_dependents(self, definition: Definition, touch: Touch) -> None:
        for dependent in self.community.registry.dependents.get(definition.slug, ()):
            if dependent.kind == "meta":
                self.round.touch(dependent, touch.person, silent=touch.silent)
            else:
                self.round.owe(self.community.pair(dependent, touch.person))

    def _change(self, definition: Definition, touch: Touch, pair: Pair, stands: Stands) -> None:
        for key, standing in stands.items():
            row = self.rows[pair].get(key)
            if row is None and standing.state == "withdrawn":
                continue
            if row is not None and (row.state, row.cause, row.position) == (standing.state, standing.cause, standing.win.position):
                continue
            win = standing.win
            self.round.changes.awards.append(AwardChange(
                pair.unit, pair.person, key, standing.state, standing.cause, win.position, definition.name,
                definition.level_name(key.level),
                win.giver, win.note, win.evidence, win.place or touch.place, touch.silent, row.id if row else 0,
                win.position[0] + definition.expires if definition.expires else None,
            ))  # fmt: skip


class Concluder:
    """Concludes rounds, asking hooks about every award before it is made. *journal* is where their vetoes are written down."""

    def __init__(self, store: Store, hooks: Hooks, journal: Journal) -> None:
        self.store, self.hooks, self.journal = store, hooks, journal

    async def conclude(self, round_: Round) -> None:
        """Write into the round's changes what its touches make of the awards. What a veto takes away may have been what others rest on."""
        since = len(round_.changes.awards)
        while True:
            conclusion = Conclusion(round_, self.store)
            await conclusion.reach()
            veto = await objection(conclusion, since, self.hooks, self.journal)
            if veto is None:
                break
            round_.vetoed.append(veto)
            del round_.changes.awards[since:]
        await tell(round_, since, self.hooks, self.store)
        if round_.community.marked:
            await reached(round_, self.store, self.hooks)


def _spans(stands: Stands) -> list[Span]:
    return sorted(span for standing in stands.values() for span in standing.spans)
