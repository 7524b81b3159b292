"""The public names as authors use them, for the type checker: nothing here runs. Every wrong use is marked and must be an error."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, assert_type

from msgspec import Struct

from laurels import (
    CONTRIBUTIONS,
    Account,
    Adapter,
    AdapterState,
    Advance,
    Announcement,
    Award,
    Backfills,
    Badge,
    Cap,
    Check,
    Checks,
    Command,
    Count,
    Distinct,
    Event,
    EventType,
    Grant,
    Host,
    Later,
    Level,
    Measure,
    Page,
    Person,
    Place,
    Problem,
    Receipt,
    Remembers,
    Reply,
    Streak,
    Suggestion,
    Sum,
    Tenant,
    Unreachable,
    Verdict,
    Won,
    all_of,
    any_of,
    at_least,
)

points_awarded = EventType("points.awarded", "Someone got points.", points=int, tags=list[str], giver=Account, ratio=float, late=bool)


class Counted(Badge):
    """Measured, with everything that a measure takes."""

    slug = "counted"
    measure = Count(
        ("review.submitted", "push"), where="event.actor != ''", per="week", cooldown="60s", cap=Cap(per="day", by="pair", at=2)
    )
    levels = (Level("Bronze", at=10), Level("Silver", at=50.5, description="Half a hundred", image="silver.svg"))
    tags = ("code",)
    expires = "365d"


class Named(Badge):
    """Levels by name alone, and a plain ``award``."""

    slug = "named"
    levels = ("Bronze", "Silver")
    events = ("points.awarded",)

    def award(self, check: Check) -> Verdict:
        """Read all that a check shows."""
        assert_type(check.event, Event)
        assert_type(check.event.data, Mapping[str, Any])
        assert_type(check.event.actor, Account | None)
        assert_type(check.event.place, Place | None)
        assert_type(check.person, Person)
        assert_type(check.held, Mapping[str, int])
        assert_type(check.value, float)
        assert_type(check.state, Mapping[str, Any])
        if check.held.get(self.slug, 0) >= 2:
            return None
        return Grant(level=2, to=("github:1", Account("github", "2")), note="Well done.", evidence=("https://example.org",))


class Several(Badge):
    """Several measures, several verdicts."""

    slug = "several"
    talk: ClassVar = Count("message.posted")
    people: ClassVar[Measure] = Distinct("thanks.given", "event.actor", to="event.data.receiver")
    measures = (talk, people, Sum("push", "event.data.commits", within="7d"), Streak(CONTRIBUTIONS, period="week", freezes=1))
    events = ("message.posted",)

    def award(self, check: Check) -> Iterator[Grant | Advance]:
        """Yield verdicts."""
        if check[self.talk] > 10 and check[self.people] > 3:
            yield Grant()
        yield Advance(by=1)


class Late(Badge):
    """Deferred and asynchronous."""

    slug = "late"
    events = ("message.posted",)
    deferred = True
    deterministic = False

    def freeze(self, check: Check) -> Mapping[str, Any]:
        """Keep the day."""
        return {"day": check.event.data["local_date"]}

    async def award(self, check: Check) -> Verdict:
        """Read history."""
        assert_type(await check.count(("push", "message.posted"), last=30), int)
        assert_type(await check.distinct("push", "event.data.repository", since="2026-01-01", until=check.state["day"]), int)
        assert_type(await check.sum("push", "event.data.commits"), float)
        return [Grant(), Advance(to=3)] if await check.distinct_days("message.posted") == 30 else None


class Meta(Badge):
    """Follows from others."""

    slug = "meta"
    requires = all_of("counted@2", any_of("named", "late"), at_least(2, of=("several", "counted", "named")))


made = Badge(slug="made", measure=Count("push"), levels=(Level(at=1),))
assert_type(made.replace(name="Made", hidden=True), Badge)
assert_type(Counted().replace(name="Otherwise"), Counted)


class FeedSettings(Struct, frozen=True):
    """Settings of the adapter below."""

    token: str


class Feed:
    """An adapter with all optional methods."""

    Settings = FeedSettings
    name = "feed"

    def __init__(self, settings: FeedSettings) -> None:
        self.settings = settings

    async def run(self, host: Host) -> None:
        """Use all that a host offers."""
        assert_type(host.community("feed", ""), str | None)
        await host.put(Event(id="1", source=self.name, type="push", time=datetime.now(UTC), actor=Account("feed", "ana"), on=True))
        assert_type(await host.ask(Command("badges", ("list",), Account("feed", "ana"), Place("feed", "1"))), Reply)
        assert_type(await host.suggest(Command("badges", ("sh",), Account("feed", "ana"), Place("feed", "1"))), Sequence[Suggestion])
        await host.state.put("cursor", 7)
        assert_type(await host.state.all("cur"), Mapping[str, Any])
        assert_type(await host.state.take("cursor"), Any)
        host.routes.post("/feed", host.state.get)
        await host.rest()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post it."""
        assert_type(announcement.won, tuple[Won, ...])
        if announcement.withdrawn and earlier is None:
            raise Unreachable("there is nothing to edit")
        if not announcement.text:
            raise Later(2.5)
        return earlier or Receipt("1", announcement.place, url="https://example.org/1")

    def remember(self, state: AdapterState) -> None:
        """Take what is known."""
        self.state = state

    async def check(self, tenants: Sequence[Tenant]) -> Sequence[Problem]:
        """Find nothing."""
        return ()

    async def backfill(self, since: datetime, host: Host) -> AsyncIterator[Page]:
        """Give one old event."""
        if await host.state.get("read") is None:
            yield Page((Event("0", self.name, "push", since),), key="read", cursor=1)


adapter: Adapter = Feed(FeedSettings("token"))
checks: Checks = Feed(FeedSettings("token"))
remembers: Remembers = Feed(FeedSettings("token"))
backfills: Backfills = Feed(FeedSettings("token"))


def reads(award: Award) -> tuple[str, int, str]:
    """Read a record."""
    return award.badge, award.level, award.state


# What is wrong must be seen. mypy's warn_unused_ignores makes each of these lines an error as soon as it is none.
Grant(level="gold")  # type: ignore[arg-type]
Advance(by="3")  # type: ignore[arg-type]
Count("push", per="fortnight")  # type: ignore[arg-type]
Distinct("push")  # type: ignore[call-arg]
Streak("push", freeze="week")  # type: ignore[call-arg]
Level(name="Gold", threshold=3)  # type: ignore[call-arg]
EventType("x.y", "A field that is no type.", points=3)  # type: ignore[arg-type]
unfit: Adapter = Counted()  # type: ignore[assignment]


class Wrong(Badge):
    """Attributes and a verdict of the wrong type."""

    slug = 7  # type: ignore[assignment]
    repeatable = "yes"  # type: ignore[assignment]
    levels = ("Bronze", 2)  # type: ignore[assignment]

    def award(self, check: Check) -> bool:  # type: ignore[override]
        """Answer what is no verdict."""
        return check.event.id == ""
