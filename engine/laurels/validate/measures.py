"""The measures of a badge: what they count, of whom, and when."""

from collections.abc import Mapping
from typing import Any, Final, get_type_hints

from ..errors import ConditionError, nearest
from ..event_type import EventType
from ..measures import Cap, Count, Distinct, Measure, Streak, Sum
from ..model import Account
from ..rules import fields
from ..rules.conditions import compile_condition
from ..rules.kinds import fault, show
from .attributes import duration
from .catalog import Catalog
from .report import Report

_NUMBERS: Final = (int, float)
_PEOPLE: Final = (Account, list[Account])
_SHAPE: Final = "one of Count, Sum, Distinct and Streak"


def check(report: Report, catalog: Catalog) -> None:
    """The main measure and the further ones."""
    badge = report.badge
    if badge.measure is not None:
        _measure(report, catalog, "measure", badge.measure)
    if not isinstance(badge.measures, (list, tuple)):
        report.wrong("measures", f"expected measures, got {show(badge.measures)}", "write measures = (Count('message.posted'),)")
        return
    for number, measure in enumerate(badge.measures):
        _measure(report, catalog, f"measures[{number}]", measure)


def _measure(report: Report, catalog: Catalog, place: str, measure: Any) -> None:
    if not isinstance(measure, (Count, Sum, Distinct, Streak)):
        report.wrong(place, f"{show(measure)} is no measure", _SHAPE)
        return
    if not _kinds_fit(report, place, measure):
        return
    _times(report, place, measure)
    if measure.cap is not None:
        _cap(report, place, measure.cap)
    for type in types(report, catalog, f"{place}.types", measure.names):
        _of_type(report, place, measure, type, text_kept=catalog.texts_kept)


def types(report: Report, catalog: Catalog, place: str, names: tuple[str, ...]) -> list[EventType]:
    """The event types called *names*; those that nothing declares are noted."""
    found = []
    if not names:
        report.wrong(place, "no event type", "name at least one, like 'message.posted'")
    for name in names:
        try:
            found.append(catalog.type(name))
        except ValueError as error:
            report.wrong(place, *split(error))
    return found


def split(error: ValueError) -> tuple[str, str]:
    """The fault and the hint of an error that says ``fault; hint``."""
    what, _, hint = str(error).partition("; ")
    return what, hint


def _kinds_fit(report: Report, place: str, measure: Measure) -> bool:
    before = len(report.problems)
    for name, kind in get_type_hints(type(measure)).items():
        if name not in ("kind", "cap"):
            what = fault(getattr(measure, name), kind)
            if what:
                report.wrong(f"{place}.{name}", what)
    return len(report.problems) == before


def _times(report: Report, place: str, measure: Measure) -> None:
    for name in ("within", "cooldown"):
        value = getattr(measure, name)
        if value is not None:
            duration(report, f"{place}.{name}", value)
    if measure.within is not None and measure.per is not None:
        report.wrong(f"{place}.within", "within and per exclude each other", "a moving window: within; one that starts again: per")
    if isinstance(measure, Streak):
        if measure.within is not None or measure.per is not None:
            report.wrong(f"{place}.{'per' if measure.per else 'within'}", "a streak takes neither within nor per", "its period is its own")
        if measure.freezes < 0:
            report.wrong(f"{place}.freezes", f"{measure.freezes} is no number of freezes", "0 or more")


def _cap(report: Report, place: str, cap: Cap | Mapping[str, Any]) -> None:
    kinds = get_type_hints(Cap)
    content: Mapping[str, Any] = cap if isinstance(cap, Mapping) else {name: getattr(cap, name, None) for name in kinds}
    for name, value in content.items():
        if name not in kinds:
            report.wrong(f"{place}.cap.{name}", "no such key", nearest(str(name), tuple(kinds)) or f"known are {', '.join(kinds)}")
            continue
        what = fault(value, kinds[name])
        if what or (name == "at" and value < 1):
            report.wrong(f"{place}.cap.{name}", what or f"{value} is no cap", "" if what else "1 or more")


def _of_type(report: Report, place: str, measure: Measure, type: EventType, *, text_kept: bool) -> None:
    if measure.where:
        try:
            compile_condition(measure.where, type, text_kept=text_kept)
        except ConditionError as error:
            report.wrong(f"{place}.where", str(error), error.hint)
    if isinstance(measure, (Sum, Distinct)):
        _field(report, f"{place}.field", measure, type, text_kept=text_kept)
    _recipient(report, f"{place}.to", measure, type)
    cap = measure.cap
    by = cap.get("by") if isinstance(cap, Mapping) else getattr(cap, "by", "")
    if by == "pair" and measure.to == "event.actor" and not type.counterpart:
        report.wrong(f"{place}.cap", f"{type.name} names no other person to make a pair with", "by = 'actor'")


def _field(report: Report, place: str, measure: Sum | Distinct, type: EventType, *, text_kept: bool) -> None:
    try:
        kind = fields.kind_of(measure.field, type)
    except ValueError as error:
        report.wrong(place, *split(error))
        return
    if measure.field not in fields.kinds(type, text_kept=text_kept) and not type.dynamic:
        report.wrong(place, f"{measure.field!r} is not kept", fields.UNKEPT)
    elif isinstance(measure, Sum) and kind is not None and kind not in _NUMBERS:
        numbers = [path for path, other in fields.kinds(type).items() if other in _NUMBERS]
        report.wrong(place, f"{measure.field!r} of {type.name} is no number", f"numbers are {', '.join(numbers)}" if numbers else "")


def _recipient(report: Report, place: str, measure: Measure, type: EventType) -> None:
    people = fields.naming_people(type)
    if measure.to in people:
        return
    try:
        fields.kind_of(measure.to, type)
    except ValueError as error:
        report.wrong(place, *split(error))
    else:
        report.wrong(place, f"{measure.to!r} of {type.name} is no account", f"accounts are {', '.join(people)}")
