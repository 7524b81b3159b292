"""Measures: numbers that the engine keeps per person for a badge.

A measure only says what to count; it is checked when the registry is built, so that a wrong one costs its own badge and no other.
Two badges with equal measures share one counter.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Struct

Period = Literal["hour", "day", "week", "month", "year"]
Types: TypeAlias = str | tuple[str, ...]


class Cap(Struct, frozen=True):
    """At most *at* per local *per* count for one person: of their events with one ``actor``, or with one ``pair`` of actor and counterpart.

    By ``actor``, a person's own events are capped as a whole, and what others do to them is capped for each of these others. By ``pair``,
    a person's own events are capped for each account they were about.
    """

    per: Period = "day"
    by: Literal["actor", "pair"] = "actor"
    at: int = 1


class Measure(Struct, frozen=True, kw_only=True):
    """What all measures take beside their *types* (and, for some, a *field*).

    - *where*: a CEL condition on the event; only events for which it is true count.
    - *to*: whose number moves: ``event.actor``, or a field that holds an account or a list of them. Never the actor, unless the badge
      says ``allow_self``.
    - *within*: a duration such as ``"7d"``; the number is what happened in the half-open window (t - within, t].
    - *per*: a local period; the number starts again at each.
    - *cooldown*: a duration in which nothing counts after something did.
    - *cap*: a :class:`Cap`, or a mapping with its keys.

    *within* and *per* exclude each other. Durations are a number and one of s, m, h, d, w.
    """

    kind: ClassVar[str] = ""

    where: str = ""
    to: str = "event.actor"
    within: str | None = None
    per: Period | None = None
    cooldown: str | None = None
    cap: Cap | Mapping[str, Any] | None = None

    def __hash__(self) -> int:
        # Not of the cap, which may be a mapping.
        return hash((self.kind, self.names, self.where))

    @property
    def names(self) -> tuple[str, ...]:
        """The event types as a sorted tuple."""
        types: Types = getattr(self, "types", ())
        return (types,) if isinstance(types, str) else tuple(sorted(set(types)))

    @property
    def key(self) -> str:
        """The measure in one canonical form: equal keys count the same thing."""
        parts = {name: getattr(self, name) for name in self.__struct_fields__}
        parts |= {"kind": self.kind, "types": self.names}
        if self.cap is not None:
            parts["cap"] = msgspec.to_builtins(msgspec.convert(self.cap, Cap, from_attributes=True))
        return msgspec.json.encode({name: parts[name] for name in sorted(parts) if parts[name]}).decode()


class Count(Measure, frozen=True):
    """How many events: ``Count("review.submitted", where="event.data.state == 'approved'")``."""

    kind: ClassVar[str] = "count"
    types: Types


class Sum(Measure, frozen=True):
    """The sum of a number in the event: ``Sum("points.awarded", "event.data.points")``."""

    kind: ClassVar[str] = "sum"
    types: Types
    field: str


class Distinct(Measure, frozen=True):
    """How many different values of a field: ``Distinct("thanks.given", "event.actor", to="event.data.receiver")``.

    An empty value is no value and doesn't count.
    """

    kind: ClassVar[str] = "distinct"
    types: Types
    field: str


class Streak(Measure, frozen=True):
    """How many consecutive local periods had at least one event; weeks are ISO's, from Monday.

    Of the missing periods in a gap, *freezes* in each local *freeze_per* are forgiven (they don't add to the number); a gap that the
    freezes don't cover ends the streak. A missing period belongs to the *freeze_per* in which it begins.
    """

    kind: ClassVar[str] = "streak"
    types: Types
    period: Period = "day"
    freezes: int = 0
    freeze_per: Period = "month"
