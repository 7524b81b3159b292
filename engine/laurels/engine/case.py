"""One badge's code and one person: the verdicts on their events, applied in order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..definition import PROGRESS, Definition
from ..model import Account, Advance, Grant, Person
from ..records import SOMEBODY, Given, Key, Known, Pair, Row
from ..tally import Contribution, Position, Tally
from .checks import CheckFailed, View, ask, freeze, recipients
from .history import History
from .standing import Win
from .suspension import Suspensions
from .watchdog import Watchdog


class Case:
    """Asks, and keeps what came of it until the round takes it. *failed* is the event at which the code gave up, with the reason.

    *ids* are those of the person's accounts, by key.
    """

    def __init__(
        self, definition: Definition, pair: Pair, tally: Tally, history: History, person: Person, *, ids: Mapping[str, int]
    ) -> None:
        self.definition, self.pair, self.tally, self.history, self.person, self.ids = definition, pair, tally, history, person, ids
        self.given: list[Given] = []
        self.progress: dict[Key, Row] = {}
        self.failed: tuple[Row, str] | None = None
        self.frozen: list[tuple[Pair, int, str]] = []
        self._grants: list[tuple[Row, Grant, list[str]]] = []
        self._level = 0

    def holds(self, given: Iterable[Given]) -> None:
        """What the person's own events won them of this badge before."""
        granted = [g.key.level for g in given if g.recipient == g.subject == self.pair.person]
        reached = [level for level, at in self.definition.thresholds if at <= self.tally.peak]
        self._level = max((*granted, *reached), default=0)

    def view(self, row: Row, values: Mapping[Any, float], held: Mapping[str, int]) -> View:
        """What the code sees of *row*."""
        mine = {self.definition.slug: self._level} if self._level else {}
        return View(self.definition, self.pair, row, self.person, self.history, dict(values), self.tally.value, {**held, **mine})

    async def decide(self, view: View, watchdog: Watchdog, suspensions: Suspensions) -> bool:
        """Ask about one event. False where the code failed; then nothing after it may be asked."""
        try:
            verdict = await ask(view, watchdog)
        except CheckFailed as exc:
            suspensions.failed(self.definition.cause)
            self.failed = (view.row, str(exc))
            return False
        suspensions.succeeded(self.definition.cause)
        self.tally.last = max(self.tally.last, view.row.position)
        for part in verdict:
            if isinstance(part, Grant):
                self._grant(view.row, part)
            else:
                self._advance(view.row, part)
        return True

    def move(self, row: Row, since: Position) -> None:
        """Progress was moved by hand; what was moved before *since* is part of the tally already."""
        if row.position > since:
            amount = row.event.data["amount"]
            self._advance(row, Advance(to=amount) if row.event.data["to"] else Advance(by=amount))
            self.tally.last = max(self.tally.last, row.position)

    def keep_frozen(self, view: View, watchdog: Watchdog) -> str | None:
        """Freeze the state of a deferred badge; None where that failed."""
        try:
            state = freeze(view, watchdog)
        except CheckFailed as exc:
            self.failed = (view.row, str(exc))
            return None
        self.frozen.append((self.whose(view.row), view.row.seq, state))
        return state

    def whose(self, row: Row) -> Pair:
        """Under what something is kept about an event: the unit, and the account that acted. The beginning of a day is nobody's."""
        actor = row.event.actor
        return Pair(self.pair.unit, self.ids.get(actor.key, self.pair.person) if actor is not None else self.pair.person)

    def _grant(self, row: Row, grant: Grant) -> None:
        actor = row.event.actor.key if row.event.actor else self.person.accounts[0].key
        bots = {account.key for account in row.event.others if account.bot} if not self.definition.badge.bots else set()
        to = [key for key in recipients(grant, actor) if key not in bots and key != SOMEBODY.key]
        self._grants.append((row, grant, to))
        if actor in to:
            self._level = max(self._level, grant.level or 1)

    def _advance(self, row: Row, advance: Advance) -> None:
        before = (self.tally.peak, self.tally.wins)
        by = advance.by if advance.by is not None else (advance.to or 0) - self.tally.value
        last = self.tally.last
        self.tally.step(PROGRESS, Contribution(row.time, row.event.id, row.local, by))
        self.tally.last = last
        if advance.to is not None:  # exactly, where adding the difference would round
            self.tally.value, self.tally.peak = advance.to, max(before[0], advance.to)
        for key in self.definition.crossings(before, self.tally, row.local):
            self.progress.setdefault(key, row)
            self._level = max(self._level, key.level)

    @property
    def accounts(self) -> list[Account]:
        """All accounts that something was granted to."""
        return [Account.parse(key) for key in dict.fromkeys(key for _, _, to in self._grants for key in to)]

    def grants(self, known: Mapping[str, Known]) -> list[Given]:
        """What was granted, by person."""
        return [
            Given(
                self.pair.unit, known[key].person, self.pair.person,
                Key(grant.level or 1, row.thing if self.definition.badge.repeatable else ""),
                row.position, row.seq, grant.note, tuple(grant.evidence), known[key].account,
            )
            for row, grant, to in self._grants for key in to
        ]  # fmt: skip


def granted_wins(definition: Definition, given: Sequence[Given], places: Mapping[int, str | None]) -> dict[Key, Win]:
    """What all grants to one person win, by the badge's level policy."""
    wins: dict[Key, Win] = {}
    highest = 0
    for grant in sorted(given, key=lambda g: (g.position, g.key.level)):
        level, occurrence = grant.key
        if definition.badge.level_policy == "highest" and not definition.badge.repeatable and level < highest:
            continue
        filled = range(1, level + 1) if definition.badge.level_policy == "fill" else (level,)
        for number in filled:
            wins.setdefault(Key(number, occurrence), Win(grant.position, places.get(grant.seq), grant.note, grant.evidence))
        highest = max(highest, level)
    return wins


def after(rows: Iterable[Row], position: Position) -> list[Row]:
    """The rows behind a position in the fold."""
    return [row for row in rows if row.position > position]
