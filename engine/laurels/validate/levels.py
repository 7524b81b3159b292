"""The levels of a badge: names, and thresholds that rise."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import get_type_hints

from ..badge import Level
from ..errors import Problem
from ..rules.kinds import fault, show
from .attributes import image
from .report import Report


def check(report: Report) -> None:
    """Each level, then all of them together."""
    levels = report.badge.levels
    if not isinstance(levels, (list, tuple)):
        report.wrong("levels", f"expected names or levels, got {show(levels)}", "write levels = ('Bronze', 'Silver')")
        return
    found = [_problem for number, level in enumerate(levels, 1) for _problem in _level(report, number, level)]
    if not found:
        _names(report, levels)
        _thresholds(report, [level.at if isinstance(level, Level) else None for level in levels])
    if report.badge.repeatable is True and len(levels) > 1:
        report.wrong("levels", f"a repeatable badge has one level, not {len(levels)}")


def _level(report: Report, number: int, level: object) -> list[Problem]:
    before = len(report.problems)
    if not isinstance(level, (Level, str)):
        report.wrong("levels", f"level {number} is {show(level)}", "a level is a name or Level('Bronze', at=10)")
    elif isinstance(level, Level):
        for name, kind in get_type_hints(Level).items():
            what = fault(getattr(level, name), kind)
            if what:
                report.wrong("levels", f"level {number}: {name}: {what}")
        if len(report.problems) == before:
            image(report, "levels", level.image)
            _at(report, number, level.at)
    return report.problems[before:]


def _at(report: Report, number: int, at: float | None) -> None:
    if at is not None and not (math.isfinite(at) and at > 0):
        report.wrong("levels", f"level {number}: {at:g} is no threshold", "a number above 0")


def _names(report: Report, levels: Sequence[Level | str]) -> None:
    names = Counter(level if isinstance(level, str) else level.name for level in levels)
    for name, times in names.items():
        if name and times > 1:
            report.wrong("levels", f"{times} levels are called {name!r}")


def _thresholds(report: Report, thresholds: list[float | None]) -> None:
    given = [at for at in thresholds if at is not None]
    if len(given) not in (0, len(thresholds)):
        report.wrong("levels", "some levels have a threshold and some have none", "give all of them at=..., or none")
        return
    for number, (lower, higher) in enumerate(pairwise(given), 1):
        if lower == higher:
            report.wrong("levels", f"levels {number} and {number + 1} have one threshold, {lower:g}", "each level needs a higher one")
        elif lower > higher:
            report.wrong("levels", f"level {number + 1} is at {higher:g}, below level {number} at {lower:g}", "thresholds rise")
