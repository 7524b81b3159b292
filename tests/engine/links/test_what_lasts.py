"""Awards that stand whatever the journal says: they follow the account that they belong to. And links while something is folded."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from driver import at_rest
from laurels import Account, Badge, Check, Count, Event, Grant, Level
from small import NAME, Small, small

START = datetime(2024, 6, 3, tzinfo=UTC)
ANA, HUB, BOB = Account("test", "ana"), Account("hub", "ana"), Account("test", "bob")
SAID = "message.posted"


def talker(at: int, **more: object) -> Badge:
    return Badge(slug="talker", measure=Count(SAID), levels=(Level("Talker", at=at),), **more)


async def talk(it: Small, who: Account, *hours: int) -> None:
    for hour in hours:
        await it.put(Event(f"{who.key}{hour}", "test", SAID, START + timedelta(hours=hour), who, community=NAME))
        await it.rest()


async def link(it: Small, one: Account, other: Account) -> None:
    await it.desk.link(one, other)
    await it.rest()


async def unlink(it: Small, account: Account) -> None:
    await it.desk.unlink(account)
    await it.rest()


async def standing(it: Small) -> list[str]:
    """Accounts, badge, and the hour in which it was won."""
    found = await it.store.awards(NAME)
    return sorted(f"{'+'.join(sorted(a.accounts))} {a.badge} {(a.time - START) // timedelta(hours=1)}" for a in found)


async def test_awards_of_an_earlier_rule_come_along_and_go_back(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await it.swap([talker(5)])
        before = await standing(it)
        assert before == ["hub:ana talker 1", "test:ana talker 2"]
        await link(it, ANA, HUB)
        assert await standing(it) == ["hub:ana+test:ana talker 1"], "the earliest stays"
        await unlink(it, HUB)
        assert await standing(it) == before
        await link(it, HUB, ANA)
        await unlink(it, ANA)
        assert await standing(it) == before


async def test_a_rule_that_changes_while_accounts_are_linked_leaves_each_what_it_had(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await link(it, ANA, HUB)
        await it.swap([talker(5)])
        await talk(it, ANA, 3)
        assert await standing(it) == ["hub:ana+test:ana talker 1"]
        await unlink(it, HUB)
        assert await standing(it) == ["hub:ana talker 1", "test:ana talker 2"]


async def test_a_lasting_award_won_while_linked_goes_with_the_account_whose_event_won_it(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(3, permanent=True)]) as it:
        await talk(it, ANA, 1)
        await link(it, ANA, HUB)
        await talk(it, HUB, 2, 3)
        assert await standing(it) == ["hub:ana+test:ana talker 3"]
        await unlink(it, ANA)
        assert await standing(it) == ["hub:ana talker 3"]


async def test_awards_of_a_badge_that_is_away_come_along_and_go_back(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await talk(it, BOB, 4)
        await it.swap([])
        before = await standing(it)
        await link(it, BOB, HUB)
        assert await standing(it) == ["hub:ana+test:bob talker 1", "test:ana talker 2"]
        await unlink(it, HUB)
        assert await standing(it) == before
        await it.swap([talker(1)])
        await talk(it, HUB, 5)
        assert await standing(it) == before


async def test_undoing_what_gave_both_twins_takes_both(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await link(it, ANA, HUB)
        await it.desk.undo(it.engine.communities[NAME].registry.definition("talker").cause)
        await it.rest()
        assert await standing(it) == []
        await unlink(it, HUB)
        assert await standing(it) == []


class Slow(Badge):
    """Waits while it is asked."""

    slug, events = "slow", (SAID,)
    waits: asyncio.Event
    asked: asyncio.Event

    async def award(self, check: Check) -> Grant:
        Slow.asked.set()
        await Slow.waits.wait()
        return Grant()


@asynccontextmanager
async def slowly(path: Path) -> AsyncIterator[tuple[Small, Callable[[], Awaitable[None]]]]:
    """Both have won what Slow gives; the settler folds Hub's anew, and waits in the badge's code until it is told to go on."""
    Slow.waits, Slow.asked = asyncio.Event(), asyncio.Event()
    Slow.waits.set()
    async with small(path, [Slow()], run=False) as it:
        for who in (ANA, HUB):
            await it.intake.put(Event(who.key, "test", SAID, START, who, community=NAME))
        await it.engine.count_some()
        await it.intake.put(Event("late", "test", SAID, START - timedelta(hours=1), HUB, community=NAME))
        await it.engine.count_some()
        Slow.waits.clear()
        Slow.asked.clear()
        settling = asyncio.create_task(it.engine.settle_some())
        await Slow.asked.wait()

        async def go_on() -> None:
            Slow.waits.set()
            await settling
            await at_rest(it)

        yield it, go_on


async def test_a_link_while_somebody_is_folded_has_them_folded_again(tmp_path: Path) -> None:
    """What the settler had begun rests on who was who then."""
    async with slowly(tmp_path / "x.db") as (it, go_on):
        await it.desk.link(ANA, HUB)
        await it.engine.count_some()
        await go_on()
        assert await standing(it) == ["hub:ana+test:ana slow -1"]
        assert sorted(award.state for award in await it.store.awards(NAME, standing=False)) == ["active", "merged"]


async def test_a_link_that_is_taken_back_while_somebody_is_folded_leaves_nothing(tmp_path: Path) -> None:
    async with slowly(tmp_path / "x.db") as (it, go_on):
        for decide in (it.desk.link(ANA, HUB), it.desk.unlink(HUB)):
            await decide
            await it.engine.count_some()
        await go_on()
        assert await standing(it) == ["hub:ana slow -1", "test:ana slow 0"]


async def test_what_is_due_of_somebody_who_is_part_of_another_is_dropped(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1), Badge(slug="meta", requires="talker")], run=False) as it:
        for who in (ANA, HUB):
            await it.intake.put(Event(who.key, "test", SAID, START, who, community=NAME))
        await it.engine.count_some()
        for definition in it.engine.communities[NAME].registry.definitions.values():
            await it.desk.regrade(definition)
        await it.engine.count_some()
        await it.desk.link(ANA, HUB)
        await at_rest(it)
        assert (await it.store.counted()).due == 0
        assert await standing(it) == ["hub:ana+test:ana meta 0", "hub:ana+test:ana talker 0"]
        states = sorted(f"{award.badge} {award.state}" for award in await it.store.awards(NAME, standing=False))
        assert states == ["meta active", "meta merged", "talker active", "talker merged"]
