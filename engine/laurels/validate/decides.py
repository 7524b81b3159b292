"""Who decides that a badge is won: its measure, its code, other badges, or people."""

from ..badge import Badge, Level
from ..errors import nearest
from ..measures import Measure
from .catalog import Catalog
from .measures import types
from .report import Report


def check(report: Report, catalog: Catalog) -> None:
    """That exactly one of them does, and has what it needs."""
    if type(report.badge).award is Badge.award:
        _without_code(report)
    else:
        _code(report, catalog)


def _code(report: Report, catalog: Catalog) -> None:
    badge = report.badge
    if badge.measure is not None and has_thresholds(badge):
        report.wrong("award", "both the measure and award() decide", "leave out at=... of the levels, or award()")
    if badge.measure is not None and badge.deferred is True:
        report.wrong("deferred", "a measure is not deferred", "leave out measure; award() can read the history")
    if isinstance(badge.events, (list, tuple)) and all(isinstance(name, str) for name in badge.events):
        types(report, catalog, "events", tuple(badge.events))


def _without_code(report: Report) -> None:
    badge = report.badge
    slip = nearest(_like_award(badge), ("award",)) if _like_award(badge) else "write award(self, check)"
    if badge.events:
        report.wrong("events", "only award() is asked about events, and there is none", slip)
    if badge.deferred is True:
        report.wrong("deferred", "only award() can be deferred, and there is none", slip)
    if badge.measures:
        report.wrong("measures", "only award() looks at further measures, and there is none", slip)
    if isinstance(badge.measure, Measure):
        _measured(report)
        if badge.by_hand is True:
            report.wrong("by_hand", "its progress is counted", "leave out by_hand, or the measure")
    elif badge.by_hand is True:
        _by_hand(report)
    elif has_thresholds(badge):
        hint = "give a measure, or award() that answers Advance, or by_hand = True"
        report.wrong("levels", "thresholds, but nothing to reach them with", hint)
    elif badge.requires is not None and len(badge.levels) > 1:
        report.wrong("levels", f"a badge that only requires others has one level, not {len(badge.levels)}")


def _by_hand(report: Report) -> None:
    if not has_thresholds(report.badge):
        report.wrong("by_hand", "progress by hand, but no level with a threshold", "write levels = (Level('Bronze', at=10),)")
    if report.badge.requires is not None:
        report.wrong("requires", "a badge is won by progress or by what it requires, not both")


def _measured(report: Report) -> None:
    badge = report.badge
    if not has_thresholds(badge):
        report.wrong("levels", "a measure, but no level with a threshold", "write levels = (Level('Bronze', at=10),)")
    if badge.requires is not None:
        hint = "let one badge have the measure, and another require it"
        report.wrong("requires", "a badge is won by its measure or by what it requires, not both", hint)


def has_thresholds(badge: Badge) -> bool:
    """Whether any level says ``at``."""
    levels = badge.levels if isinstance(badge.levels, (list, tuple)) else ()
    return any(isinstance(level, Level) and level.at is not None for level in levels)


def _like_award(badge: Badge) -> str:
    """A public method of the author's whose name looks like ``award``."""
    own = [klass for klass in type(badge).__mro__ if klass not in Badge.__mro__]
    names = [name for klass in own for name, value in vars(klass).items() if callable(value) and not name.startswith("_")]
    return next((name for name in names if nearest(name, ("award",))), "")
