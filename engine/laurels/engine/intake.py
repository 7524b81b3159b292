"""The door: an event is looked at, stamped and kept; only then is the platform told."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import structs

from ..errors import InvalidEvent
from ..model import Account, Event
from ..periods import from_micros, local_date, local_hour, to_micros
from ..privacy.door import Door
from ..store import Store
from . import decisions

AHEAD: Final = timedelta(minutes=5)  # a clock may be this much wrong
LONGEST: Final = 512  # characters of an id
QUARTER: Final = 900_000_000  # microseconds; zones change at full quarters, and where one doesn't nothing is remembered
_UNKEEPABLE: Final = re.compile("[\\0\\ud800-\\udfff]").search  # NUL, and surrogates that stand alone


class Intake:
    """Takes events into the journal. *zones* and *texts* say, by community, in which zone a day is and whether texts are kept."""

    def __init__(self, store: Store, zones: Mapping[str, ZoneInfo], texts: Mapping[str, bool], clock: Callable[[], datetime]) -> None:
        self.store, self.zones, self.texts, self.clock = store, zones, texts, clock
        self.door = Door(store)
        self._clocks: dict[ZoneInfo, Hours] = {}

    async def put(self, event: Event) -> int | None:
        """Keep *event*; returns once it is durable: its seq, or None where it was there, or is not taken. Raises InvalidEvent."""
        validate(event)
        if self.door.shut and event.source != decisions.SOURCE:
            admitted = self.door.admit(event)
            if admitted is None:
                return None
            event = admitted
        now = self.clock()
        latest = now + AHEAD
        time = now if event.time > latest else event.time
        micros = to_micros(time)
        hour, date = self._hours(event.community).at(micros)
        data = {**event.data, "local_date": date}
        if "text" in data and not self.texts.get(event.community):
            del data["text"]
        revised = micros if event.revised is None else to_micros(min(event.revised, latest))
        return await self.store.accept(structs.replace(event, time=time, data=data), (micros, revised, to_micros(now), hour))

    def _hours(self, community: str) -> "Hours":
        zone = self.zones[community]
        return self._clocks.get(zone) or self._clocks.setdefault(zone, Hours(zone))


class Hours:
    """The local hours of one zone. The quarter of an hour that was asked for last is remembered: most events are of now."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._since = self._until = 0
        self._found = (0, "")

    def at(self, micros: int) -> tuple[int, str]:
        """The local hour and date of a moment."""
        if not self._since <= micros < self._until:
            self._look(micros)
        return self._found

    def _look(self, micros: int) -> None:
        hour = local_hour(from_micros(micros), self.zone)
        self._found = (hour, local_date(hour))
        since = micros - micros % QUARTER
        ends = (since, since + QUARTER - 1)
        same = all(local_hour(from_micros(end), self.zone) == hour for end in ends)
        self._since, self._until = (since, since + QUARTER) if same else (micros, micros + 1)


def validate(event: Event) -> None:
    """Raise InvalidEvent, naming the field and what it takes, for what can't be an event."""
    if not _keepable(event):
        _validate_texts(event)
    for name, moment in (("time", event.time), ("revised", event.revised or event.time)):
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            raise InvalidEvent(f"event {event.id!r}: {name} is {moment!r}: a datetime with a time zone is needed")
    if type(event.data) is not dict and not isinstance(event.data, Mapping):
        raise InvalidEvent(f"event {event.id!r}: data is {event.data!r}: a mapping of fields is needed")
    if event.actor is not None and not isinstance(event.actor, Account):
        raise InvalidEvent(f"event {event.id!r}: actor is {event.actor!r}: an Account is needed")
    if event.type.startswith(decisions.PREFIX) and event.source != decisions.SOURCE:
        raise InvalidEvent(f"event {event.id!r}: types that begin with {decisions.PREFIX} are the engine's own")


def _keepable(event: Event) -> bool:
    """Whether all its texts, looked at in one go, are what they should be. False may also mean that they are long together."""
    try:
        texts = "".join((event.id, event.source, event.type, event.thing))
    except TypeError:
        return False
    return bool(event.id and event.source and event.type) and len(texts) <= LONGEST and not _UNKEEPABLE(texts)


def _validate_texts(event: Event) -> None:
    for name in ("id", "source", "type"):
        value = getattr(event, name)
        if not isinstance(value, str) or not value or len(value) > LONGEST or _UNKEEPABLE(value):
            raise InvalidEvent(f"{name} is {value!r}: a text of 1 to {LONGEST} characters is needed")
    if not isinstance(event.thing, str) or len(event.thing) > LONGEST or _UNKEEPABLE(event.thing):
        raise InvalidEvent(f"event {event.id!r}: thing is {event.thing!r}: a text of up to {LONGEST} characters is needed")
