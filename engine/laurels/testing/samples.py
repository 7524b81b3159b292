"""Events that nobody thought of: of any declared type, with fields that are empty or made up."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from ..event_type import DEFAULTS, EventType
from ..model import Account, Event, Place
from .chat import PLATFORM
from .clock import START

NAMES: Final = ("ana", "bob", "cleo", "dee")
DAYS: Final = 12  # over which a stream goes
EACH: Final = 24  # events of each type

_WORDS: Final = ("alpha", "beta", "gamma")


def empty(declared: EventType) -> dict[str, Any]:
    """Every field of the type, each as a rule sees it where an event leaves it out."""
    return {name: DEFAULTS[kind] for name, kind in declared.fields.items()}


def stream(types: Iterable[EventType], start: datetime = START) -> list[Event]:
    """Some events of each of *types* by a few people on a few days, the same at every call."""
    random, numbers = Random(7), count(1)  # noqa: S311 - nothing is secret here
    events = [event for declared in types for event in _of(declared, random, numbers, start)]
    return sorted(events, key=lambda event: (event.time, event.id))


def _of(declared: EventType, random: Random, numbers: Iterator[int], start: datetime) -> Iterator[Event]:
    for _ in range(EACH):
        number = next(numbers)
        actor = _account(random)
        time = start + timedelta(days=random.randrange(DAYS), minutes=random.randrange(600), seconds=number)
        data = {name: _value(kind, random) for name, kind in declared.fields.items()}
        channel = random.choice(_WORDS)
        yield Event(f"sample-{number:05}", PLATFORM, declared.name, time, actor, data, Place(PLATFORM, channel, name=channel))


def _account(random: Random) -> Account:
    name = random.choice(NAMES)
    return Account(PLATFORM, name, name=name.title())


def _value(kind: Any, random: Random) -> Any:
    if kind in _MAKERS:
        return _MAKERS[kind](random)
    item = kind.__args__[0]
    return [_value(item, random) for _ in range(random.randrange(3))]


_MAKERS: Final[dict[Any, Any]] = {
    str: lambda random: random.choice(_WORDS),
    int: lambda random: random.randrange(12),
    float: lambda random: random.randrange(120) / 10,
    bool: lambda random: random.random() < 0.5,
    Account: lambda random: _account(random).key,
}


def disorder(events: Sequence[Event]) -> list[Event]:
    """The same events in another order of arrival, some of them twice."""
    random = Random(11)  # noqa: S311
    mixed = [*events, *random.sample(list(events), len(events) // 3)]
    random.shuffle(mixed)
    return mixed
