"""On what terms people can be nominated, and how a nomination looks at a given time. Pure."""

from datetime import timedelta

from msgspec import structs

from .. import durations
from ..badge import Badge, Nominations
from ..filed import Nomination


def terms(badge: Badge) -> Nominations | None:
    """The badge's terms; None where nobody can be nominated for it."""
    if isinstance(badge.nominations, Nominations):
        return badge.nominations
    return Nominations() if badge.nominations else None


def micros(duration: str) -> int:
    """A duration in microseconds."""
    return durations.parse(duration) // timedelta(microseconds=1)


def as_of(nomination: Nomination, now: int) -> Nomination:
    """The nomination as it is at *now*: an open one behind its time has lapsed, though nobody wrote that down."""
    if nomination.state == "open" and nomination.expires is not None and nomination.expires <= now:
        return structs.replace(nomination, state="lapsed", closed=nomination.expires)
    return nomination
