"""Badges made while several processes share a database: the one that counts goes on with them at once, the others soon."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from laurels import Account, Actor, Badge, Count, Event, Level
from laurels.app import App
from laurels.config import load
from laurels.filed import MadeBadge
from laurels.policy import SYSTEM
from laurels.testing.pack import gather

ANA, BOB = Account("test", "ana"), Account("test", "bob")
START = datetime(2026, 6, 1, tzinfo=UTC)


def app(folder: Path) -> App:
    (folder / "laurels.toml").write_text(
        f'[store]\nurl = "sqlite:///{folder / "laurels.db"}"\n[communities.acme]\nrealms = {{ test = ["*"] }}\nmode = "live"\n'
    )
    return App(load(folder / "laurels.toml"), gather([Badge(slug="hello", measure=Count("member.joined"), levels=(Level(at=1),))]))


def event(number: int, who: Account = ANA) -> Event:
    return Event(f"e{number}", "test", "message.posted", START + timedelta(minutes=number), who, community="acme")


@pytest_asyncio.fixture
async def leader(tmp_path: Path) -> AsyncIterator[App]:
    async with app(tmp_path) as one:
        one.start(announce=False)
        yield one


@pytest_asyncio.fixture
async def other(tmp_path: Path, leader: App) -> AsyncIterator[App]:
    async with app(tmp_path) as one:
        assert (leader.leads, one.leads) == (True, False)
        yield one


async def test_what_is_made_in_another_process_counts_at_once_where_it_is_counted(leader: App, other: App) -> None:
    (outcome,) = await other.acts("acme").workshop.create(SYSTEM, "talker", {"name": "Talker", "on": "message.posted", "at": 2})
    assert outcome.result == "CREATED"
    for number in (1, 2):
        await other.intake.put(event(number))
    leader.engine.wake()
    await leader.rest()
    assert [award.badge for award in await leader.store.awards("acme")] == ["talker"]
    assert [award.badge for award in await other.store.awards("acme")] == ["talker"]
    gift = await other.acts("acme").awards.give(SYSTEM, "talker", [ANA], level=1)
    assert [outcome.result for outcome in gift] == ["ALREADY_HELD"]


async def test_what_is_made_where_it_is_counted_is_known_elsewhere_once_they_look(leader: App, other: App) -> None:
    await leader.acts("acme").workshop.create(SYSTEM, "kind", {"name": "Kind"})
    assert "kind" not in other.generation.registries["acme"].definitions
    await other.refresh()
    assert "kind" in other.generation.registries["acme"].definitions
    assert all(badge.id > 0 for badge in other.engine.communities["acme"].badges.values())
    creator = Actor(BOB)
    await leader.acts("acme").workshop.create(Actor(BOB, ("admin",)), "mine", {"name": "Mine"})
    assert [o.result for o in await leader.acts("acme").awards.give(creator, "mine", [ANA])] == ["HELD_FOR"]
    await other.refresh()
    assert [o.result for o in await other.acts("acme").awards.give(creator, "mine", [ANA])] == ["ALREADY_HELD"]


@pytest.mark.parametrize("failing", ["build", "Community.look"])
async def test_where_it_can_not_be_taken_in_it_is_the_next_time(
    leader: App, other: App, failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError("disk is full")

    await other.refresh()
    await leader.acts("acme").workshop.create(SYSTEM, "kind", {"name": "Kind"})
    await leader.acts("acme").steering.disable(SYSTEM, "hello")
    with monkeypatch.context() as patch:
        patch.setattr(f"laurels.app.inventory.{failing}", fails)
        for _ in range(2):
            with pytest.raises(OSError, match="disk is full"):
                await other.refresh()
        assert set(other.engine.communities["acme"].registry.definitions) == {"hello"}
    await other.refresh()
    assert set(other.engine.communities["acme"].registry.definitions) == {"kind"}


async def test_what_comes_right_behind_it_in_the_journal_counts_for_it(tmp_path: Path) -> None:
    """All of it waits in one batch: the badge, somebody who is given it, and events that win another."""
    async with app(tmp_path) as one:
        intake, desk = one.intake, one.desk("acme")
        made = ("kind", {"name": "Kind"}), ("talker", {"name": "Talker", "on": "message.posted", "at": 2})
        entries = [("badge_made", {"badge": slug, "content": content}) for slug, content in made]
        entries.append(("awarded", {"badge": "kind", "accounts": [("test:ana", "")], "level": 1, "occurrence": "", "strict": True}))
        for number, (type_, data) in enumerate(entries):
            await intake.put(Event(f"d{number}", "laurels", f"laurels.{type_}", START, SYSTEM.account, data, community="acme"))
        for number in (1, 2):
            await intake.put(event(number))
        assert await one.engine.count_some() == 5
        while await one.engine.settle_some():
            pass
        assert {award.badge for award in await desk.store.awards("acme")} == {"kind", "talker"}


async def test_a_process_that_starts_has_what_was_made_before(tmp_path: Path) -> None:
    async with app(tmp_path) as one:
        await one.acts("acme").workshop.create(SYSTEM, "kind", {"name": "Kind"})
    async with app(tmp_path) as one:
        assert set(one.generation.registries["acme"].definitions) == {"kind", "hello"}


@pytest.mark.parametrize("round_", range(20))
async def test_two_edits_and_a_retirement_at_once_come_out_as_one_of_the_serial_orders(leader: App, other: App, round_: int) -> None:
    await leader.acts("acme").workshop.create(SYSTEM, "kind", {"name": "Kind"})
    await other.refresh()
    first, second, third = await asyncio.gather(
        leader.acts("acme").workshop.edit(SYSTEM, "kind", {"description": "a"}),
        other.acts("acme").workshop.edit(SYSTEM, "kind", {"tags": ["b"]}),
        other.acts("acme").workshop.retire(SYSTEM, "kind"),
    )
    results = [outcome.result for (outcome,) in (first, second)]
    assert third[0].result == "RETIRED"
    editions = await leader.store.find(MadeBadge, "acme", slug="kind")
    assert [edition.edition for edition in editions] == list(range(1, len(editions) + 1))
    assert (len(editions), editions[-1].state) == (2 + results.count("EDITED"), "retired")
    assert {"description", "tags"} & set(editions[-1].content.split('"')) == {
        key for key, result in zip(("description", "tags"), results, strict=True) if result == "EDITED"
    }  # fmt: skip
