"""The attributes of a badge: their names, their types, the values that stand alone."""

import math
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, Final, get_type_hints

from .. import durations
from ..badge import ATTRIBUTES, Badge
from ..measures import Count, Distinct, Sum
from ..rules import templates
from ..rules.kinds import fault
from .report import Report

SLUG: Final = re.compile(r"([a-z0-9][a-z0-9._-]*:)?[a-z0-9][a-z0-9-]*")

#: Attributes with a module of their own.
_ELSEWHERE: Final = ("slug", "levels", "measure", "measures", "requires")
_KINDS: Final = {name: kind for name, kind in get_type_hints(Badge).items() if name in ATTRIBUTES and name not in _ELSEWHERE}
_NEAR = 0.8  # how alike an unknown name is to a known one to be taken for a slip


def check(report: Report) -> None:
    """Names, types and values of the plain attributes."""
    badge = report.badge
    if not isinstance(badge.slug, str) or not SLUG.fullmatch(badge.slug):
        report.wrong("slug", f"{badge.slug!r} is no slug", "small letters, digits and hyphens, like 'first-merge'")
    for name in _misspelt(badge):
        report.wrong(name, "no attribute of a badge", f"did you mean {get_close_matches(name, ATTRIBUTES, 1, _NEAR)[0]!r}?")
    fitting = [name for name, kind in _KINDS.items() if _fits(report, name, kind)]
    for name in fitting:
        if name in _VALUES:
            _VALUES[name](report, getattr(badge, name))


def _fits(report: Report, name: str, kind: Any) -> bool:
    value = getattr(report.badge, name)
    what = fault(value, kind)
    if what:
        hint = f"write {name} = ({value!r},)" if name in ("events", "tags") and isinstance(value, str) else ""
        report.wrong(name, what, hint)
    return not what


def _misspelt(badge: Badge) -> Iterable[str]:
    """Public values on the badge or its class that look like an attribute's name but aren't one; others are the author's own."""
    own = [klass for klass in type(badge).__mro__ if klass not in Badge.__mro__]
    values = {name: value for part in (*own, badge) for name, value in vars(part).items()}
    for name, value in values.items():
        method = callable(value) or isinstance(value, (property, classmethod, staticmethod))
        if not name.startswith("_") and name not in ATTRIBUTES and not method and get_close_matches(name, ATTRIBUTES, 1, _NEAR):
            yield name


def _version(report: Report, value: int) -> None:
    if value < 1:
        report.wrong("version", f"{value} is no version", "versions count from 1")


def _timeout(report: Report, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        report.wrong("timeout", f"{value} is no time", "seconds, more than 0")


def _expires(report: Report, value: str | None) -> None:
    if value is not None:
        duration(report, "expires", value)


def duration(report: Report, place: str, value: str) -> None:
    """Note where *value* is no duration."""
    try:
        durations.parse(value)
    except ValueError as error:
        report.wrong(place, str(error))


def image(report: Report, place: str, value: str) -> None:
    """Note where an image in the pack isn't there; a URL isn't looked up."""
    folder = report.sourced.folder
    if not value or "://" in value or folder is None:
        return
    file = folder / value
    if not file.resolve().is_relative_to(folder.resolve()):
        report.wrong(place, f"{value!r} is outside the pack", "images stand beside the badges, or are URLs")
    elif not file.is_file():
        report.wrong(place, f"no file {value!r} in {folder}")


def _message(report: Report, value: str) -> None:
    what = templates.fault(value)
    if what:
        report.wrong("message", what)


def _image(report: Report, value: str) -> None:
    image(report, "image", value)


def _milestones(report: Report, value: tuple[float, ...]) -> None:
    for share in value:
        if not 0 < share < 1:
            report.wrong("milestones", f"{share:g} is no share of the way", "numbers between 0 and 1, like (0.5, 0.75)")
    if value and report.badge.repeatable is True:
        report.wrong("milestones", "a repeatable badge has none", "leave out milestones, or repeatable")


def _boards(report: Report, value: tuple[str, ...]) -> None:
    measure = report.badge.measure
    if value and (not isinstance(measure, Count | Sum | Distinct) or measure.within or measure.per):
        report.wrong(
            "boards", "only what is counted over all time can be counted by periods too", "a Count, Sum or Distinct without within or per"
        )


_VALUES: Final[dict[str, Callable[[Report, Any], None]]] = {
    "version": _version,
    "timeout": _timeout,
    "expires": _expires,
    "message": _message,
    "image": _image,
    "milestones": _milestones,
    "boards": _boards,
}
