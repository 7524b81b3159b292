"""However often and in whatever order things are delivered, they count once."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from laurels import Account, Badge, Count, Distinct, Event, Level, Sum
from small import NAME, small

START = datetime(2024, 6, 3, tzinfo=UTC)
PEOPLE = [Account("test", f"p{n}", name=f"P{n}") for n in range(40)]
BADGES = [
    Badge(slug="chatty", measure=Count("message.posted"), levels=tuple(Level(f"L{at}", at=at) for at in (50, 100, 200, 250))),
    Badge(slug="long", measure=Sum("message.posted", "event.data.length"), levels=(Level("Long", at=5_000), Level("Longer", at=12_000))),
    Badge(slug="roaming", measure=Distinct("message.posted", "event.place.channel"), levels=(Level("Roaming", at=3),)),
    Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level("Thanked", at=5),)),
]


def stream(count: int) -> list[Event]:
    rng = random.Random(7)
    events = []
    for n in range(count):
        actor, time = rng.choice(PEOPLE), START + timedelta(seconds=n * 37)
        if rng.random() < 0.1:
            receiver = rng.choice(PEOPLE)
            events.append(Event(f"t{n}", "test", "thanks.given", time, actor, {"receiver": receiver.key}, community=NAME))
        else:
            events.append(Event(f"m{n}", "test", "message.posted", time, actor, {"length": rng.randrange(100)}, community=NAME))
    return events


def expected(events: list[Event]) -> set[tuple[str, str, int, str]]:
    won = set()
    for person in PEOPLE:
        mine = [e for e in events if e.actor == person and e.type == "message.posted"]
        thanks = [e for e in events if e.type == "thanks.given" and e.data["receiver"] == person.key and e.actor != person]
        numbers = {"chatty": len(mine), "long": sum(e.data["length"] for e in mine), "roaming": 0, "thanked": len(thanks)}
        for badge in BADGES:
            won |= {(person.key, badge.slug, n, "") for n, level in enumerate(badge.levels, 1) if numbers[badge.slug] >= level.at}
    return won


async def test_ten_thousand_events_delivered_one_to_three_times_shuffled_count_once(tmp_path: Path):
    events = stream(10_000)
    rng = random.Random(8)
    deliveries = [event for event in events for _ in range(rng.randint(1, 3))]
    rng.shuffle(deliveries)
    async with small(tmp_path / "x.db", BADGES) as it:
        for start in range(0, len(deliveries), 500):
            await it.put(*deliveries[start : start + 500])
        await it.rest()
        assert await it.awards() == expected(events)
        assert (await it.store.counted()).journal == len(events)
