"""How fast, how long, how often."""

import math
from typing import Final

from msgspec import Struct

SECOND: Final = 1_000_000  # microseconds, as all times in the store
DAY: Final = 86_400 * SECOND

_LONGEST: Final = 300.0  # seconds between two tries
_SOONEST: Final = 0.1  # seconds; a platform that asks to wait for nothing still gets a breath
#: Failures in a row that take a day: 1, 2, 4 ... 256 seconds, then 300 each.
_TRIES: Final = 9 + math.ceil((86_400 - 511) / _LONGEST)


class Pace(Struct, frozen=True):
    """In seconds: what is won within *gather* of the first goes into one message; one call of an adapter may take *patience*.

    Its claim holds for *lease*, which has to be longer; another process's awards are noticed after *poll*. *lanes* are the places that
    one adapter posts to at a time, *people* those that are decided about in one step.
    """

    gather: float = 1.0
    patience: float = 30.0
    lease: float = 60.0
    poll: float = 0.5
    lanes: int = 16
    people: int = 200


def back_off(failures: int) -> float | None:
    """Seconds until the next try after this many failures, or None after a day of them."""
    return min(2.0 ** (failures - 1), _LONGEST) if failures <= _TRIES else None


def asked(seconds: float) -> float:
    """The wait that a platform asks for, within reason: at most a day, after which it would be no news."""
    return min(max(seconds, _SOONEST), 86_400.0) if math.isfinite(seconds) else _LONGEST


def micros(seconds: float) -> int:
    """Seconds as microseconds."""
    return round(seconds * SECOND)
