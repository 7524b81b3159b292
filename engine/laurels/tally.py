"""The fold of one measure over one person's events: one step at a time, live and in a regrade alike."""

from typing import Any, NamedTuple

from . import periods, streaks

Position = tuple[int, str]
START: Position = (-(2**62), "")


class Contribution(NamedTuple):
    """What one event adds to one person's tally.

    *time* (microseconds) and *id* are its place in the fold, *local* its local hour, *amount* what a sum adds, *values* what a distinct
    count looks at, *cap* the key that a cap counts by.
    """

    time: int
    id: str
    local: int
    amount: float = 1
    values: tuple[str, ...] = ()
    cap: str = ""


class Terms(NamedTuple):
    """A measure's numbers, parsed: durations in microseconds, 0 or empty where there are none.

    *every* is the threshold of a repeatable badge where winning changes the fold (a spent window, a streak's multiples).
    """

    kind: str
    within: int = 0
    per: str = ""
    cooldown: int = 0
    cap_per: str = ""
    cap_at: int = 0
    period: str = ""
    freezes: int = 0
    freeze_per: str = ""
    every: float = 0

    @property
    def commutes(self) -> bool:
        """Whether a late contribution can simply be added."""
        return self.kind in ("count", "sum", "distinct") and not (self.within or self.per or self.cooldown or self.cap_at)

    @property
    def remembers(self) -> bool:
        """Whether every value ever seen is kept, beside the tally: an all-time distinct count."""
        return self.kind == "distinct" and not (self.within or self.per)


class Tally:
    """One person's number: its *value* now, its *peak*, how often a repeatable goal was *won*, and where in the fold it stands.

    *before* is the value that the last step started from, within the same period where there is one. *seen* holds the values of an
    all-time distinct count, as far as they matter to the step; *fresh* those that it added.
    """

    __slots__ = ("before", "extra", "fresh", "last", "peak", "seen", "value", "wins")

    def __init__(
        self, value: float = 0, peak: float = 0, wins: int = 0, last: Position = START, extra: dict[str, Any] | None = None
    ) -> None:
        self.value, self.peak, self.wins, self.last, self.extra = value, peak, wins, last, extra or {}
        self.before: float = 0
        self.seen: set[str] = set()
        self.fresh: list[str] = []

    def late(self, item: Contribution) -> bool:
        """Whether *item* lies before something that is counted already."""
        return (item.time, item.id) < self.last

    def step(self, terms: Terms, item: Contribution) -> None:
        """Take one contribution."""
        position = (item.time, item.id)
        self.last = max(self.last, position)
        if (terms.cooldown or terms.cap_at) and not self._admits(terms, item):
            self.before = self.value
            return
        if terms.kind == "streak":
            self._streak(terms, item)
        elif terms.within:
            self._window(terms, item)
        elif terms.per:
            self._period(terms, item)
        else:
            self._total(terms, item)
        self.peak = max(self.peak, self.value)

    def value_at(self, terms: Terms, time: int, local: int) -> float:
        """The value as of a moment at or after the last step, moved by nothing: windows, periods and streaks end by themselves."""
        if terms.kind == "streak":
            number = periods.index(terms.period, local)
            chains = streaks.chains(self.extra.get("runs", []), terms.period, terms.freezes, terms.freeze_per)
            return next((streaks.length(chain) for chain in chains if chain[-1][1] == number), 0)
        if terms.within:
            return _measured(terms, [entry for entry in self.extra.get("window", []) if entry[0] > time - terms.within])
        if terms.per:
            number = periods.index(terms.per, local)
            if terms.kind == "distinct":
                return len(dict(self.extra.get("values", [])).get(number, ()))
            return float(dict(self.extra.get("totals", [])).get(number, {}).get("n", 0))
        return self.value

    def _admits(self, terms: Terms, item: Contribution) -> bool:
        counted = self.extra.get("counted")
        if terms.cooldown and counted is not None and item.time < counted + terms.cooldown:
            return False
        if terms.cap_at:
            used = _slot(self.extra.setdefault("caps", []), periods.index(terms.cap_per, item.local), {})
            if used.get(item.cap, 0) >= terms.cap_at:
                return False
            used[item.cap] = used.get(item.cap, 0) + 1
        if terms.cooldown:
            self.extra["counted"] = item.time
        return True

    def _total(self, terms: Terms, item: Contribution) -> None:
        self.before = self.value
        if terms.kind != "distinct":
            self.value += item.amount
            if item.amount < 0:
                self.extra["negative"] = True
            return
        for value in item.values:
            if value not in self.seen:
                self.seen.add(value)
                self.fresh.append(value)
                self.value += 1

    def _window(self, terms: Terms, item: Contribution) -> None:
        window: list[list[Any]] = self.extra.setdefault("window", [])
        window[:] = [entry for entry in window if entry[0] > item.time - terms.within]
        self.before = _measured(terms, window)
        window.append([item.time, list(item.values) if terms.kind == "distinct" else item.amount])
        self.value = _measured(terms, window)
        if terms.every and self.value >= terms.every:
            self.wins += 1
            window.clear()

    def _period(self, terms: Terms, item: Contribution) -> None:
        number = periods.index(terms.per, item.local)
        if terms.kind == "distinct":
            values: dict[str, int] = _slot(self.extra.setdefault("values", []), number, {})
            self.before = len(values)
            values.update(dict.fromkeys(item.values, 1))
            self.value = len(values)
            return
        total: dict[str, float] = _slot(self.extra.setdefault("totals", []), number, {})
        self.before = total.get("n", 0)
        self.value = total["n"] = self.before + item.amount

    def _streak(self, terms: Terms, item: Contribution) -> None:
        self.before = self.value
        runs: list[list[int]] = self.extra.setdefault("runs", [])
        number = periods.index(terms.period, item.local)
        if not streaks.add(runs, number) and self.extra["at"] == number:
            return
        self.extra["at"] = number
        chains = streaks.chains(runs, terms.period, terms.freezes, terms.freeze_per)
        self.value = next(streaks.length(chain, number) for chain in chains if chain[0][0] <= number <= chain[-1][1])
        if terms.every:
            self.wins = max(self.wins, int(sum(streaks.length(chain) // terms.every for chain in chains)))


def _measured(terms: Terms, window: list[list[Any]]) -> float:
    if terms.kind == "distinct":
        return len({value for _, values in window for value in values})
    return float(sum(amount for _, amount in window))


def _slot(slots: list[list[Any]], number: int, empty: dict[str, Any]) -> dict[str, Any]:
    """The slot of a period; the two newest are kept, since clocks that go back repeat an hour or a day."""
    for known, content in slots:
        if known == number:
            return content  # type: ignore[no-any-return]  # JSON
    slots.append([number, empty])
    slots.sort(key=lambda slot: -slot[0])
    del slots[2:]
    return empty
