"""Streaks over a set of local periods, kept as sorted runs ``[first, last]`` of consecutive ones."""

from bisect import bisect_right

from . import periods

Run = list[int]


def add(runs: list[Run], number: int) -> bool:
    """Put *number* into the set. False if it was there."""
    at = bisect_right(runs, number, key=lambda run: run[0])
    if at and runs[at - 1][1] >= number:
        return False
    joins_left = at > 0 and runs[at - 1][1] == number - 1
    joins_right = at < len(runs) and runs[at][0] == number + 1
    if joins_left and joins_right:
        runs[at - 1][1] = runs[at][1]
        del runs[at]
    elif joins_left:
        runs[at - 1][1] = number
    elif joins_right:
        runs[at][0] = number
    else:
        runs.insert(at, [number, number])
    return True


def chains(runs: list[Run], period: str, freezes: int, freeze_per: str) -> list[list[Run]]:
    """The runs, joined where freezes forgive every missing period between them; in order of date."""
    joined: list[list[Run]] = []
    used: dict[int, int] = {}
    for run in runs:
        spent = _forgiven(joined[-1][-1][1], run[0], (period, freezes, freeze_per), used) if joined and freezes else None
        if spent is None:
            joined.append([run])
        else:
            joined[-1].append(run)
            used = spent
    return joined


def length(chain: list[Run], until: int | None = None) -> int:
    """How many periods of the chain had an event, up to *until*."""
    return sum((last if until is None else min(last, until)) - first + 1 for first, last in chain if until is None or first <= until)


def _forgiven(last: int, following: int, terms: tuple[str, int, str], used: dict[int, int]) -> dict[int, int] | None:
    """The freezes used up once the gap between *last* and *following* is bridged; None where they don't suffice."""
    period, freezes, freeze_per = terms
    spent = dict(used)
    for missing in range(last + 1, following):
        slot = periods.index(freeze_per, periods.first_hour(period, missing))
        spent[slot] = spent.get(slot, 0) + 1
        if spent[slot] > freezes:
            return None
    return spent
