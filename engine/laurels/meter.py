"""A measure made ready: from an event to what it adds to whose tally."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

import msgspec

from . import durations
from .badge import Badge
from .event_type import EventType
from .measures import Cap, Measure, Streak
from .model import Event
from .rules.conditions import Condition, Scope, compile_condition
from .rules.fields import getter
from .tally import Contribution, Terms

LARGEST: Final = 1e300  # what a number may be; NaN is not less
Getter = Callable[[Event], Any]


class Reading(NamedTuple):
    """How a measure reads events of one type."""

    condition: Condition | None
    to: Getter | None
    field: Getter | None
    counterpart: Getter | None


class Meter:
    """One counter: what it counts, for whom, and the terms of its fold. Equal *key*, same counter."""

    def __init__(self, measure: Measure, badge: Badge, catalog: Mapping[str, EventType], *, text_kept: bool) -> None:
        self.measure, self.bots, self.allow_self = measure, badge.bots, badge.allow_self
        self.types = measure.names
        self.cap = msgspec.convert(measure.cap, Cap, from_attributes=True) if measure.cap is not None else None
        self.terms = _terms(measure, self.cap, badge)
        self.to_others = measure.to != "event.actor" and not badge.allow_self
        self.key = f"{measure.key}|{int(badge.bots)}{int(badge.allow_self)}|{self.terms.every:g}"
        self._catalog, self._text_kept = catalog, text_kept
        self._readings: dict[str, Reading] = {}

    def contributions(self, event: Event, time: int, local: int, scope: Scope) -> Sequence[tuple[str, Contribution]]:
        """By account key, what *event* adds; nothing where it doesn't count."""
        actor = event.actor
        if actor is None or (actor.bot and not self.bots):
            return ()
        reading = self._readings.get(event.type) or self._read(event.type)
        if reading.condition is not None and not reading.condition.matches(scope):
            return ()
        amount, values = self._amount(event, reading) if reading.field is not None else (1, ())
        if amount is None:
            return ()
        recipients = (actor.key,) if reading.to is None else self._recipients(event, reading.to)
        if self.cap is None:
            item = Contribution(time, event.id, local, amount, values)
            return [(recipient, item) for recipient in recipients]
        return [(to, Contribution(time, event.id, local, amount, values, self._cap_key(event, to, reading))) for to in recipients]

    def selfish(self, event: Event, recipient: str, accounts: Collection[str]) -> bool:
        """Whether *recipient* is the actor under another of their *accounts*: what is done to others isn't done to oneself."""
        actor = event.actor
        return self.to_others and actor is not None and actor.key != recipient and actor.key in accounts

    def _amount(self, event: Event, reading: Reading) -> tuple[float | None, tuple[str, ...]]:
        if reading.field is None:
            return 1, ()
        found = reading.field(event)
        if self.terms.kind == "sum":
            number = isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < LARGEST
            return (found if number else None), ()
        items = found if isinstance(found, list | tuple) else (found,)
        values = tuple(dict.fromkeys(str(item)[:512] for item in items if item is not None and item != ""))
        return (1 if values else None), values

    def _recipients(self, event: Event, to: Getter) -> Iterator[str]:
        found = to(event)
        bots = {account.key for account in event.others if account.bot} if event.others and not self.bots else ()
        actor = event.actor.key if event.actor else ""
        for key in dict.fromkeys(found if isinstance(found, list | tuple) else (found,)):
            if key and isinstance(key, str) and key not in bots and (key != actor or self.allow_self):
                yield key

    def _cap_key(self, event: Event, recipient: str, reading: Reading) -> str:
        if self.cap is None or event.actor is None:
            return ""
        if self.cap.by == "actor":
            return event.actor.key
        other = recipient if recipient != event.actor.key else (reading.counterpart(event) if reading.counterpart else "")
        return f"{event.actor.key} {other}"

    def _read(self, name: str) -> Reading:
        kind = self._catalog.get(name) or EventType(name)
        field = getattr(self.measure, "field", "")
        self._readings[name] = reading = Reading(
            condition=compile_condition(self.measure.where, kind, text_kept=self._text_kept) if self.measure.where else None,
            to=None if self.measure.to == "event.actor" else getter(self.measure.to, kind),
            field=_given(field, kind) if field else None,
            counterpart=getter(f"event.data.{kind.counterpart}", kind) if kind.counterpart else None,
        )
        return reading


def _given(field: str, kind: EventType) -> Getter:
    """What the event itself says: a missing field is None here, where a rule would see its type's empty value."""
    read, name = getter(field, kind), field.removeprefix("event.data.")
    if name == field or kind.dynamic or "." in name:
        return read
    return lambda event: event.data.get(name)


def _terms(measure: Measure, cap: Cap | None, badge: Badge) -> Terms:
    streak = measure if isinstance(measure, Streak) else None
    spends = badge.repeatable and badge.measure == measure and (streak is not None or measure.within is not None)
    return Terms(
        kind=measure.kind,
        within=_micros(measure.within),
        per=measure.per or "",
        cooldown=_micros(measure.cooldown),
        cap_per=cap.per if cap else "",
        cap_at=cap.at if cap else 0,
        period=streak.period if streak else "",
        freezes=streak.freezes if streak else 0,
        freeze_per=streak.freeze_per if streak else "",
        every=(getattr(badge.levels[0], "at", None) or 0) if spends and badge.levels else 0,
    )


def _micros(duration: str | None) -> int:
    return durations.parse(duration) // timedelta(microseconds=1) if duration else 0
