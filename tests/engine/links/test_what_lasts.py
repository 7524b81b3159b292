"""Awards that stand whatever the journal says: they follow the account that they belong to. And links while something is folded."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


async def standing(it: Small) -> set[str]:
    """Accounts, badge, and the hour in which it was won."""
    found = await it.store.awards(NAME)
    return {f"{'+'.join(sorted(a.accounts))} {a.badge} {(a.time - START) // timedelta(hours=1)}" for a in found}


async def test_awards_of_an_earlier_rule_come_along_and_go_back(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await it.swap([talker(5)])
        before = await standing(it)
        assert before == {"hub:ana talker 1", "test:ana talker 2"}
        await link(it, ANA, HUB)
        assert await standing(it) == {"hub:ana+test:ana talker 1"}, "the earliest stays"
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
        assert await standing(it) == {"hub:ana+test:ana talker 1"}
        await unlink(it, HUB)
        assert await standing(it) == {"hub:ana talker 1", "test:ana talker 2"}


async def test_a_lasting_award_won_while_linked_goes_with_the_account_whose_event_won_it(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(3, permanent=True)]) as it:
        await talk(it, ANA, 1)
        await link(it, ANA, HUB)
        await talk(it, HUB, 2, 3)
        assert await standing(it) == {"hub:ana+test:ana talker 3"}
        await unlink(it, ANA)
        assert await standing(it) == {"hub:ana talker 3"}


async def test_awards_of_a_badge_that_is_away_come_along_and_go_back(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1)]) as it:
        await talk(it, ANA, 2)
        await talk(it, HUB, 1)
        await talk(it, BOB, 4)
        await it.swap([])
        before = await standing(it)
        await link(it, BOB, HUB)
        assert await standing(it) == {"hub:ana+test:bob talker 1", "test:ana talker 2"}
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
        assert await standing(it) == set()
        await unlink(it, HUB)
        assert await standing(it) == set()


class Slow(Badge):
    """Waits while it is asked."""

    slug, events = "slow", (SAID,)
    waits: asyncio.Event
    asked: asyncio.Event

    async def award(self, check: Check) -> Grant:
        Slow.asked.set()
        await Slow.waits.wait()
        return Grant()


async def test_a_link_while_somebody_is_folded_has_them_folded_again(tmp_path: Path) -> None:
    """What the settler had begun rests on who was who; it is thrown away, also where the accounts are parted again meanwhile."""
    Slow.waits, Slow.asked = asyncio.Event(), asyncio.Event()
    Slow.waits.set()
    async with small(tmp_path / "x.db", [Slow()], run=False) as it:
        await it.intake.put(Event("a", "test", SAID, START, ANA, community=NAME))
        await it.intake.put(Event("h", "test", SAID, START, HUB, community=NAME))
        await it.engine.count_some()
        for parted in (False, True):
            Slow.waits.clear()
            Slow.asked.clear()
            await it.desk.regrade(it.engine.communities[NAME].registry.definition("slow"))
            await it.engine.count_some()
            settling = asyncio.create_task(it.engine.settle_some())
            await Slow.asked.wait()
            await it.desk.link(ANA, HUB)
            await it.engine.count_some()
            if parted:
                await it.desk.unlink(HUB)
                await it.engine.count_some()
            Slow.waits.set()
            await settling
            while await it.engine.settle_some():
                pass
            both = {"test:ana slow 0", "hub:ana slow 0"}
            assert await standing(it) == (both if parted else {"hub:ana+test:ana slow 0"})
            await it.desk.unlink(HUB)
            while await it.engine.count_some() or await it.engine.settle_some():
                pass
            assert await standing(it) == both


async def test_what_is_due_of_somebody_who_is_part_of_another_is_dropped(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", [talker(1), Slow()], run=False) as it:
        Slow.waits, Slow.asked = asyncio.Event(), asyncio.Event()
        Slow.waits.set()
        for who in (ANA, HUB):
            await it.intake.put(Event(who.key, "test", SAID, START, who, community=NAME))
        await it.engine.count_some()
        for definition in it.engine.communities[NAME].registry.definitions.values():
            await it.desk.regrade(definition)
        await it.engine.count_some()
        await it.desk.link(ANA, HUB)
        while await it.engine.count_some() or await it.engine.settle_some():
            pass
        assert (await it.store.counted()).due == 0
        assert await standing(it) == {"hub:ana+test:ana slow 0", "hub:ana+test:ana talker 0"}
