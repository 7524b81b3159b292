"""A new, changed or returning badge counts the whole journal; people win it at their next event, or by a regrade."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from laurels import Account, Badge, Check, Count, Event, Grant, Level, all_of
from small import NAME, Small, small

START = datetime(2024, 6, 3, tzinfo=UTC)
ANA, BOB = Account("test", "ana"), Account("test", "bob")
TALKER = Badge(slug="talker", measure=Count("message.posted"), levels=(Level("Talker", at=2),))
LOUD = Badge(slug="loud", measure=Count("message.posted"), levels=(Level("Loud", at=4),))
META = Badge(slug="meta", requires=all_of("talker"))


class Third(Badge):
    slug = "third"
    events = ("message.posted",)

    async def award(self, check: Check) -> Grant | None:
        return Grant() if await check.count("message.posted") == 3 else None


async def talk(it: Small, who: Account, *hours: int) -> None:
    for hour in hours:
        event = Event(f"{who.id}{hour}", "test", "message.posted", START + timedelta(hours=hour), who, community=NAME)
        await it.put(event)
        await it.rest()


async def slugs(it: Small) -> set[str]:
    return {f"{person.removeprefix('test:')} {badge}" for person, badge, _, _ in await it.awards()}


async def test_a_new_badge_is_won_at_the_next_event_for_what_lies_before_it(tmp_path: Path):
    async with small(tmp_path / "x.db", [TALKER]) as it:
        await talk(it, ANA, 1, 2, 3, 4, 5)
        await it.swap([TALKER, LOUD, Third(), META])
        await it.rest()
        assert await slugs(it) == {"ana talker"}, "a saved file awards nobody by itself"
        await talk(it, ANA, 6)
        assert await slugs(it) == {"ana talker", "ana loud", "ana third", "ana meta"}
        (loud,) = await it.store.awards(NAME, badge="loud")
        assert loud.time == START + timedelta(hours=4), "when the fourth message was, not when it was found out"


async def test_a_regrade_settles_everyone_at_once(tmp_path: Path):
    async with small(tmp_path / "x.db", [TALKER]) as it:
        await talk(it, ANA, 1, 2, 3, 4)
        await talk(it, BOB, 5)
        await it.swap([TALKER, LOUD, META])
        for slug in ("loud", "meta"):
            await it.desk.regrade(it.engine.communities[NAME].registry.definition(slug))
        await it.rest()
        assert await slugs(it) == {"ana talker", "ana loud", "ana meta"}


async def test_a_badge_that_was_away_counts_what_happened_meanwhile(tmp_path: Path):
    badges = [LOUD, Third()]
    async with small(tmp_path / "x.db", badges) as it:
        await talk(it, ANA, 1, 2)
        await it.swap([])
        await talk(it, ANA, 3)
        await it.swap(badges)
        await talk(it, ANA, 4)
        assert await slugs(it) == {"ana loud", "ana third"}


async def test_an_older_definitions_awards_are_facts_unless_the_badge_says_regrade(tmp_path: Path):
    harder = {"measure": Count("message.posted"), "levels": (Level(at=10),)}
    async with small(tmp_path / "x.db", [TALKER, LOUD]) as it:
        await talk(it, ANA, 1, 2, 3, 4)
        await it.swap([Badge(slug="talker", **harder), Badge(slug="loud", on_change="regrade", **harder)])
        before = it.engine.communities[NAME].changed
        for slug, cause in before.items():
            await it.desk.redefine(slug, cause, "now")
        await it.rest()
        assert await slugs(it) == {"ana talker"}
        await talk(it, ANA, *range(5, 11))
        assert await slugs(it) == {"ana talker", "ana loud"}
