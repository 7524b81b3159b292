"""Durations as people write them: ``60s``, ``12h``, ``7d``."""

import re
from datetime import timedelta
from typing import Final

UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

#: Longer than anything that is meant, and short enough for every calendar computation.
LONGEST: Final = timedelta(days=36_525)

_WRITTEN = re.compile(r"([0-9]{1,12})([smhdw])")


def parse(text: str) -> timedelta:
    """Read a whole number and one of s, m, h, d, w. Raises ValueError where *text* is none, or is nothing, or over a hundred years."""
    found = _WRITTEN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no duration: write a whole number and one of s, m, h, d, w, like '7d'")
    try:
        duration = timedelta(**{UNITS[found[2]]: int(found[1])})
    except OverflowError:
        duration = timedelta.max
    if not timedelta(0) < duration <= LONGEST:
        raise ValueError(f"{text!r} is no usable duration: it should be more than nothing and at most a hundred years")
    return duration
