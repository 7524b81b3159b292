"""What is to become of awards that nobody decided about. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..model import Account
from ..outbox import Fate, Lot, Open, Target
from .pace import DAY
from .routing import Routing, Winner

Home = tuple[str, int, Target | None]  # community, person, where to


class Sorted(NamedTuple):
    """Awards that get no announcement, by why; and the sets that get one."""

    fates: dict[int, Fate]
    lots: list[Lot]


def sort(opens: Sequence[Open], routing: Routing, now: int, people: Mapping[int, Sequence[Account]]) -> Sorted:
    """Make sets of what one person won for one place. *people* are the accounts of those who may be told alone."""
    sets: dict[Home, list[Open]] = {}
    for won in opens:
        targets = routing.targets(won.community, won.place, Winner(people.get(won.person, ()), won.wish))
        sets.setdefault((won.community, won.person, targets[0] if targets else None), []).append(won)
    result = Sorted({}, [])
    for home, its in sets.items():
        _decide(home, its, routing, now, result)
    return result


def _decide(home: Home, its: Sequence[Open], routing: Routing, now: int, result: Sorted) -> None:
    community, person, target = home
    mode = routing.mode(community, target.place if target else None)
    fate: Fate = ""
    if mode == "quiet" or its[0].wish == "quiet":
        fate = "quiet"
    elif target is None:
        fate = "nowhere"
    elif stale(max(won.time for won in its), now):
        fate = "stale"
    if fate or target is None:
        result.fates.update((won.award, fate) for won in its)
    else:
        result.lots.append(Lot(community, person, target, tuple(won.award for won in its), "shadow" if mode == "shadow" else ""))


def stale(newest: int, now: int) -> bool:
    """Whether a set whose newest award was won at *newest* is no news any more."""
    return newest < now - DAY
