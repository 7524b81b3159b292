"""Random badges, streams and decisions, made so that awards do happen and that boundaries are met; everything shrinks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Literal

from hypothesis import strategies as st

from authors import AUTHORED, DONE, SAID, THANKED
from decision import Decision
from laurels import (
    CLOCK_DAY,
    Account,
    Badge,
    Cap,
    Count,
    Distinct,
    Event,
    EventType,
    Level,
    Measure,
    Place,
    Streak,
    Sum,
    all_of,
    any_of,
    at_least,
)
from laurels.badge import ATTRIBUTES
from laurels.requirements import leaves
from naive import naive

TYPES = (
    EventType(SAID, "Someone said something.", points=int, mentions=list[Account], label=str),
    EventType(THANKED, "Someone thanked someone.", receiver=Account, label=str),
    EventType(DONE, "Someone did something.", points=int, amount=float, label=str),
)
FIELDS = {type_.name: frozenset(type_.fields) for type_ in TYPES}

#: Conditions in CEL and the same in Python, where a missing field has its type's empty value; the first word after ``data.`` is the field.
CONDITIONS: Mapping[str, Callable[[Event], bool]] = {
    "event.data.points >= 2": lambda event: event.data.get("points", 0) >= 2,
    "event.data.points % 2 == 0": lambda event: event.data.get("points", 0) % 2 == 0,
    "event.data.label != 'x'": lambda event: event.data.get("label", "") != "x",
    "event.data.mentions.size() > 0": lambda event: bool(event.data.get("mentions")),
    "event.data.receiver != event.actor": lambda event: event.data.get("receiver", "") != event.actor.key,  # type: ignore[union-attr]
}

ANA, BEN, CEM = (Account("test", name) for name in ("ana", "ben", "cem"))
BOT = Account("test", "bot", bot=True)
PEOPLE = {account.key: account for account in (ANA, BEN, CEM, BOT)}

#: Zones with moments around which things happen: clock changes, some of them at midnight, and the turn of a year.
ZONES: Mapping[str, tuple[datetime, datetime]] = {
    "UTC": (datetime(2024, 12, 30, 0, tzinfo=UTC), datetime(2024, 2, 29, 0, tzinfo=UTC)),
    "Europe/Berlin": (datetime(2024, 3, 31, 1, tzinfo=UTC), datetime(2024, 10, 27, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2024, 3, 10, 7, tzinfo=UTC), datetime(2024, 11, 3, 6, tzinfo=UTC)),
    "America/Asuncion": (datetime(2024, 3, 24, 3, tzinfo=UTC), datetime(2024, 10, 6, 4, tzinfo=UTC)),
    "Africa/Cairo": (datetime(2024, 4, 25, 22, tzinfo=UTC), datetime(2024, 10, 31, 21, tzinfo=UTC)),
}
DURATIONS = ("30m", "2h", "1d", "3d", "7d")  # sums of the steps, so that a window's very end is met
STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (1440, 30, 2880, 60, 120, 1380, 1500, 4320, 1, 720, 10080, 5760, 44640)
)  # fmt: skip
CLOSE = tuple(timedelta(minutes=minutes) for minutes in (60, 1440, 30, 120, 720, 4320))
PERIODS = ("hour", "day", "week", "month", "year")


MEASURES: Mapping[str, type[Measure]] = {"count": Count, "distinct": Distinct, "streak": Streak, "sum": Sum}

Focus = Literal["all", "count", "distinct", "streak", "sum", "window", "code"]


@dataclass(frozen=True)
class Case:
    """Badges and what arrives, in order; *batches* are the sizes of the bites in which it is taken, over and over."""

    badges: tuple[Badge, ...]
    arrivals: tuple[Event | Decision, ...]
    zone: str
    batches: tuple[int, ...]

    def __repr__(self) -> str:
        lines = [f"zone {self.zone}, batches {self.batches}", *map(_badge, self.badges), *map(_row, self.arrivals)]
        return "\n  ".join(["Case:", *lines])


def cases(focus: Focus = "all") -> st.SearchStrategy[Case]:
    """Everything at random; with a *focus*, the badges that others build on are of that kind only."""
    return _cases(focus)


@st.composite
def _cases(draw: st.DrawFn, focus: Focus) -> Case:
    zone = draw(st.sampled_from(sorted(ZONES)))
    made = draw(badges(focus))
    whens = st.sampled_from(draw(moments(zone, CLOSE if focus == "window" else STEPS)))
    happened = draw(st.one_of(*(st.lists(things(whens), min_size=least, max_size=40) for least in (1, 12, 12, 20, 20))))
    rows = [row for number, of in enumerate(happened) for row in named(f"e{number}", of)]
    keys = sorted(naive(made, rows, zone, TYPES, CONDITIONS))
    entries: list[Event | Decision] = [*rows, *draw(decisions(made, keys, whens))]
    arrivals = [(when, entry) for entry in entries for when in _deliveries(draw(st.integers(0, 299)), isinstance(entry, Event))]
    batches = draw(st.lists(st.integers(1, 16), min_size=1, max_size=3))
    return Case(tuple(made), tuple(entry for _, entry in sorted(arrivals, key=lambda arrival: arrival[0])), zone, tuple(batches))


# -- streams -------------------------------------------------------------------------------------------------------------------


@st.composite
def moments(draw: st.DrawFn, zone: str, steps: tuple[timedelta, ...]) -> list[datetime]:
    """When things happen in one case: few moments, so that equal times and distances of exactly a window's length are common."""
    found = []
    for anchor in draw(st.sampled_from([ZONES[zone][:1], ZONES[zone][1:], ZONES[zone]])):
        when = anchor - draw(st.sampled_from((timedelta(1), timedelta(0), timedelta(minutes=30), timedelta(3))))
        for step in (timedelta(0), *draw(st.lists(st.sampled_from(steps), min_size=5, max_size=14))):
            when += step
            found.append(when)
    return found


def things(whens: st.SearchStrategy[datetime]) -> st.SearchStrategy[list[Event]]:
    """All states of one thing; their ids are endings."""
    return st.one_of(plain(whens), plain(whens), plain(whens), toggled(whens), edited(whens), ticks(whens))


def named(name: str, states: list[Event]) -> list[Event]:
    """The states under the thing's *name*."""
    return [_with(row, id=name + row.id, thing=name + row.thing if row.thing or row.id else "") for row in states]


def plain(whens: st.SearchStrategy[datetime]) -> st.SearchStrategy[list[Event]]:
    return happenings(whens).map(lambda event: [event])


@st.composite
def toggled(draw: st.DrawFn, whens: st.SearchStrategy[datetime]) -> list[Event]:
    """On and off and on, in any number: a reaction, a label, a pull request closed and reopened."""
    first = draw(happenings(whens))
    times = draw(st.lists(whens, unique=True, min_size=1, max_size=4))
    on = draw(st.sampled_from((True, True, False)))
    rows = []
    for number, time in enumerate(sorted(times)):
        same = first if draw(st.booleans()) else draw(happenings(whens, first.type))
        rows.append(_with(same, id=f"-{number}", thing="-thing", on=on, time=time))
        on = draw(st.sampled_from((not on, not on, on)))
    return rows


@st.composite
def edited(draw: st.DrawFn, whens: st.SearchStrategy[datetime]) -> list[Event]:
    """A message, its edits and its deletion, in any combination; the message itself may be missing."""
    first = draw(happenings(whens))
    later = draw(st.lists(st.integers(1, 100), unique=True, min_size=1, max_size=3).map(sorted))
    rows = [] if draw(st.integers(0, 5)) == 5 else [first]
    for number, halves in enumerate(later, 1):
        when = first.time + halves * timedelta(minutes=30)
        if draw(st.integers(0, 3)) == 3:
            rows.append(_with(first, id=f"-deleted{number}", thing="", on=False, time=when, data={}))
        else:
            other = draw(happenings(whens, first.type))
            rows.append(_with(other, id=f"-edit{number}", actor=first.actor, time=first.time, revised=when))
    return rows


def ticks(whens: st.SearchStrategy[datetime]) -> st.SearchStrategy[list[Event]]:
    """A day begins."""
    return whens.map(lambda when: [Event("", "test", CLOCK_DAY, when, data={"date": f"{when:%Y-%m-%d}"})])


@st.composite
def happenings(draw: st.DrawFn, whens: st.SearchStrategy[datetime], type_: str = "") -> Event:
    """One event without a name."""
    type_ = type_ or draw(st.sampled_from((SAID, SAID, THANKED, THANKED, DONE)))
    actor = draw(st.sampled_from((ANA, ANA, ANA, ANA, BEN, BEN, CEM, BOT)))
    data = draw(_DATA[type_])
    others = tuple(PEOPLE[key] for key in dict.fromkeys([*data.get("mentions", ()), *filter(None, [data.get("receiver")])]))
    place = draw(st.sampled_from((None, Place("test", "one"), Place("test", "two"))))
    return Event("", "test", type_, draw(whens), actor, data, place, others)


_POINTS = (None, 1, 2, 3, 4, 0, -1, -2)
_LABELS = (None, "x", "y", "z", "")
_MENTIONS = (None, [BEN.key], [ANA.key], [BEN.key, CEM.key], [BEN.key, BEN.key, ANA.key], [BOT.key, CEM.key])
_RECEIVERS = (BEN.key, ANA.key, CEM.key, BEN.key, BOT.key)
_AMOUNTS = (None, 0.5, 1.0, 2.25, -0.75)


def _combined(**fields: Iterable[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Every combination of the fields' values, where None leaves the field out."""
    combinations = [dict(zip(fields, values, strict=True)) for values in product(*fields.values())]
    return st.sampled_from([{name: value for name, value in one.items() if value is not None} for one in combinations])


_DATA: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    SAID: _combined(points=_POINTS, mentions=_MENTIONS, label=_LABELS),
    THANKED: _combined(receiver=_RECEIVERS, label=_LABELS),
    DONE: _combined(points=_POINTS, amount=_AMOUNTS, label=_LABELS),
}


def _deliveries(number: int, repeats: bool) -> list[int]:
    """When a row arrives, and arrives again."""
    return [(number + 37 * again) % 100 for again in range(1 + number // 100 if repeats else 1)]


@st.composite
def decisions(
    draw: st.DrawFn, made: list[Badge], keys: list[tuple[str, str, int, str, str]], whens: st.SearchStrategy[datetime]
) -> list[Decision]:
    """People's decisions, mostly about what is held; each at a moment of its own."""
    told: list[Decision] = []
    for number in range(draw(st.integers(0, 5))):
        verb = draw(st.sampled_from(("revoked", "revoked", "reinstated", "awarded", "undone")))
        id_, when = f"d{number}", draw(whens) + timedelta(seconds=7 + number)
        about = [(slug, who, level, occurrence) for who, slug, level, occurrence, _ in keys] + [(d.badge, *d.key) for d in told if d.person]
        if verb == "awarded" or not about:
            badge, who = draw(st.sampled_from(made)), draw(st.sampled_from((ANA.key, BEN.key)))
            level = draw(st.integers(1, max(1, len(badge.levels))))
            told.append(Decision(id_, when, "awarded", badge.slug, who, level, id_ if badge.repeatable else ""))
        elif verb == "undone":
            told.append(Decision(id_, when, "undone", draw(st.sampled_from(made)).slug))
        else:
            told.append(Decision(id_, when, verb, *draw(st.sampled_from(about))))
    return told


# -- badges --------------------------------------------------------------------------------------------------------------------


_KINDS = {"all": ("count", "distinct", "streak", "sum", "code", "code"), "window": ("count", "sum", "count", "distinct")}


@st.composite
def badges(draw: st.DrawFn, focus: Focus) -> list[Badge]:
    """A few badges, then some that require them, in any order of registration."""
    made: list[Badge] = []
    for _ in range(draw(st.sampled_from((3, 4, 2, 1)))):
        kind = draw(st.sampled_from(_KINDS.get(focus, (focus,))))
        slug = f"b{len(made)}"
        made.append(draw(authored(slug, []) if kind == "code" else measured(slug, MEASURES[kind], window=focus == "window")))
    for _ in range(draw(st.sampled_from((1, 2, 0)))):
        made.append(draw(st.one_of(metas(f"b{len(made)}", made), authored(f"b{len(made)}", made))))
    return draw(st.permutations(made))


@st.composite
def measured(draw: st.DrawFn, slug: str, kind: type[Measure], *, window: bool) -> Badge:
    measure = draw(measures(kind, window=window))
    repeatable = draw(st.sampled_from((False, False, True)))
    steps = (
        (draw(st.sampled_from((2, 3) if window else (1, 2, 3))),)
        if repeatable
        else draw(st.sampled_from((range(1, 9), (1,), (2, 3, 5), (1, 4, 6))))
    )
    levels = tuple(Level(at=at) for at in steps)  # many levels show a number exactly
    return Badge(slug=slug, measure=measure, levels=levels, repeatable=repeatable, **draw(flags()))


@st.composite
def authored(draw: st.DrawFn, slug: str, made: list[Badge]) -> Badge:
    kind = draw(st.sampled_from(AUTHORED))
    requires = draw(requirements(made)) if made else None
    policy = draw(st.sampled_from(("highest", "exact", "fill")))
    return kind(slug=slug, requires=requires, level_policy=policy, **draw(flags()))


@st.composite
def metas(draw: st.DrawFn, slug: str, made: list[Badge]) -> Badge:
    return Badge(slug=slug, requires=draw(requirements(made)), **draw(flags()))


def flags() -> st.SearchStrategy[dict[str, Any]]:
    """Attributes that any badge may have."""
    rarely = st.sampled_from((*(False,) * 7, True))
    expires = st.sampled_from((*(None,) * 4, "1d", "5d"))
    return st.fixed_dictionaries({"bots": rarely, "allow_self": st.booleans(), "permanent": rarely, "expires": expires})


def requirements(made: list[Badge]) -> st.SearchStrategy[Any]:
    """Badges of *made*, at any of their levels, in any nesting."""
    names = [f"{badge.slug}@{level}" for badge in made for level in range(1, len(badge.levels) + 1)] + [badge.slug for badge in made]
    return st.recursive(
        st.sampled_from(names),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda of: all_of(*of)),
            st.lists(inner, min_size=1, max_size=3).map(lambda of: any_of(*of)),
            st.lists(inner, min_size=2, max_size=4).map(lambda of: at_least(2, of=tuple(of))),
        ),
        max_leaves=4,
    )


@st.composite
def measures(draw: st.DrawFn, kind: type[Measure], *, window: bool) -> Measure:
    """A measure that validates: what it names is a field of each of its types. With a *window*, it has one and little else."""
    several = ((SAID,), (DONE,), (SAID, DONE), (THANKED,), (THANKED,), (SAID, THANKED), (SAID, THANKED, DONE))
    types = draw(st.sampled_from(several[:3] if kind is Sum else several))
    shared = frozenset.intersection(*(FIELDS[name] for name in types))
    conditions = [text for text in CONDITIONS if text.split(".")[2].split()[0] in shared]
    terms: dict[str, Any] = {"types": types if len(types) > 1 or draw(st.booleans()) else types[0]}
    terms["where"] = draw(st.sampled_from([*[""] * 6, *conditions]))
    terms["to"] = draw(st.sampled_from(["event.actor", *(f"event.data.{name}" for name in sorted(shared & {"mentions", "receiver"}))]))
    if kind is Streak:
        terms["period"] = draw(st.sampled_from(("day", "day", "week", "month", "hour")))
        terms |= {"freezes": draw(st.integers(0, 2)), "freeze_per": draw(st.sampled_from(("month", "week", "year", "day")))}
    else:
        terms |= draw(_terms("within" if window else draw(st.sampled_from(("", "within", "per")))))
    if kind in (Sum, Distinct):
        terms["field"] = draw(st.sampled_from(_fields(kind, shared)))
    if window:
        return kind(**terms)
    terms["cooldown"] = draw(st.sampled_from((*(None,) * 9, *DURATIONS)))
    if draw(st.sampled_from((False, False, True))):
        pair = terms["to"] != "event.actor" or types == (THANKED,)
        by = draw(st.sampled_from(("actor", "pair") if pair else ("actor",)))
        terms["cap"] = Cap(per=draw(st.sampled_from(PERIODS)), by=by, at=draw(st.integers(1, 2)))
    return kind(**terms)


def _terms(name: str) -> st.SearchStrategy[dict[str, str]]:
    values = {"within": st.sampled_from(DURATIONS), "per": st.sampled_from(PERIODS)}
    return st.fixed_dictionaries({name: values[name]} if name else {})


def _fields(kind: type, shared: frozenset[str]) -> list[str]:
    if kind is Sum:
        return [f"event.data.{name}" for name in sorted(shared & {"points", "amount"})]
    return ["event.actor", "event.place.channel", *(f"event.data.{name}" for name in sorted(shared - {"amount"}))]


def needed(made: tuple[Badge, ...], slug: str) -> set[str]:
    """The badge and all that it requires, however far down."""
    by_slug = {badge.slug: badge for badge in made}
    requires = by_slug[slug].requires
    return {slug}.union(*(needed(made, leaf.slug) for leaf in (leaves(requires) if requires is not None else ())))


# -- how a failing case is shown -----------------------------------------------------------------------------------------------


def _with(event: Event, **changes: Any) -> Event:
    names = {name: getattr(event, name) for name in event.__struct_fields__}
    return Event(**names | changes)


def _badge(badge: Badge) -> str:
    own = {name: getattr(badge, name) for name in sorted(ATTRIBUTES) if getattr(badge, name) != getattr(Badge, name) and name != "slug"}
    return f"{badge.slug}: {type(badge).__name__} " + ", ".join(f"{name}={value!r}" for name, value in own.items())


def _row(entry: Event | Decision) -> str:
    if isinstance(entry, Decision):
        return f"{entry.time:%m-%d %H:%M:%S} {entry.id} {entry.verb} {entry.badge} {entry.key}"
    state = "" if entry.on else " OFF"
    revised = f" revised {entry.revised:%m-%d %H:%M}" if entry.revised else ""
    thing = f" thing {entry.thing}" if entry.thing else ""
    who = entry.actor.id if entry.actor else "nobody"
    return f"{entry.time:%m-%d %H:%M} {entry.id}{thing}{state}{revised} {entry.type} by {who} {dict(entry.data)}"
