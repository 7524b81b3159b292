"""Whoever turns tracking off is not in the journal from then on."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from laurels import Account, Actor, Badge, Count, Distinct, Event, Level
from laurels.app import App
from laurels.policy import SYSTEM
from laurels.privacy.door import Door
from laurels.records import SOMEBODY
from laurels.testing import Member, World
from laurels.testing.pack import gather
from laurels.testing.settings import settings

BADGES = [
    Badge(slug="talker", measure=Count("message.posted"), levels=tuple(Level(at=at) for at in (1, 2, 3, 4))),
    Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=1), Level(at=2)), bots=True),
    Badge(slug="thankful", measure=Count("thanks.given"), levels=(Level(at=1), Level(at=2), Level(at=3))),
    Badge(slug="generous", measure=Distinct("thanks.given", field="event.data.receiver"), levels=(Level(at=1), Level(at=2), Level(at=3))),
]


@pytest.fixture
def pack() -> list[Badge]:
    return BADGES


def by(member: Member) -> Actor:
    return Actor(member.account)


def journal(world: World) -> list[dict]:
    """What was done, as the database has it."""
    with closing(sqlite3.connect(world.app.store.db.path)) as database:
        rows = database.execute("SELECT id, type, body FROM journal WHERE type NOT LIKE 'laurels.%' ORDER BY seq")
        return [{"id": id_, "type": type_, **json.loads(body)} for id_, type_, body in rows]


async def test_what_they_do_is_dropped_before_the_journal_at_every_source(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    (outcome,) = await world.acts.privacy.set(by(ana), "tracking", "off")
    assert outcome.result == "SET"
    await ana.says("are you still counting?")
    await bob.says("no")
    early = Event("old-1", "backfill", "message.posted", world.now - timedelta(days=30), ana.account)
    await world.replay([early])
    assert [(row["actor"]["id"], row["type"]) for row in journal(world)] == [("ana", "message.posted"), ("bob", "message.posted")]
    assert world.awards(ana) == ["talker"]  # what was counted stays


async def test_it_can_be_turned_on_again_but_not_for_the_time_between(world: World, ana: Member) -> None:
    await world.acts.privacy.set(by(ana), "tracking", "off")
    (between,) = [Event("between", "backfill", "message.posted", world.now + timedelta(seconds=1), ana.account)]
    world.later(hours=1)
    await world.acts.privacy.set(by(ana), "tracking", "on")
    await ana.says("count me in")
    before = Event("before", "backfill", "message.posted", world.now - timedelta(days=30), ana.account)
    await world.replay([between, before])
    assert [row["id"] for row in journal(world)] == ["event-000001", "before"]
    assert world.awards(ana) == ["talker", "talker@2"]


async def test_what_others_do_counts_for_them_without_naming_who_is_not_tracked(world: World, ana: Member, bob: Member) -> None:
    dan = world.person("Dan")
    for who in (ana, dan):
        await world.acts.privacy.set(by(who), "tracking", "off")
    await bob.thanks(ana)
    await bob.thanks(dan)
    await bob.says("@Ana @Bob are here")
    assert [row["data"].get("receiver") or row["data"]["mentions"] for row in journal(world)] == [
        SOMEBODY.key, SOMEBODY.key, [SOMEBODY.key, bob.account.key],
    ]  # fmt: skip
    assert "ana" not in json.dumps(journal(world)[:2]).lower()
    assert {"thankful", "thankful@2", "generous"} <= set(world.awards(bob))
    assert "generous@2" not in world.awards(bob)  # whoever is left out is nobody in particular: there is nothing to farm
    assert {award.person for award in await world.app.store.awards(world.community)} == {"Bob"}
    assert await world.regraded() == []


async def test_commands_still_work_and_badges_can_be_given(world: World, ana: Member) -> None:
    await ana.says("hi")
    await world.acts.privacy.set(by(ana), "tracking", "off")
    assert (await world.acts.privacy.preferences(ana.account))["tracking"] == "off"
    await world.gives(ana, "thanked", ana, level=1)
    assert world.awards(ana) == ["talker", "thanked"]


async def test_all_accounts_of_a_person_are_meant_also_those_that_are_linked_later(world: World, ana: Member) -> None:
    other = world.person("Anna", platform="github")
    await ana.says("hi")
    await other.says("hi")
    await world.acts.privacy.set(by(ana), "tracking", "off")
    await other.says("counted")
    await world.links(ana, other)
    await other.says("not counted")
    assert [row["actor"]["id"] for row in journal(world)] == ["ana", "anna", "anna"]
    await world.acts.privacy.set(by(other), "tracking", "on")
    await ana.says("counted")
    assert len(journal(world)) == 4


async def test_what_was_on_its_way_when_the_door_was_shut_is_not_counted(world: World, ana: Member, bob: Member) -> None:
    """Another process may not have heard of it: what that one let in goes out again before it is counted."""
    await bob.says("hi")
    await world.acts.privacy.set(by(ana), "tracking", "off")
    closed, world.app.intake.door.shut = world.app.intake.door.shut, {}
    put = [
        world.app.intake.put(structs.replace(event, community=world.community))
        for event in (
            Event("late-1", "world", "message.posted", world.now, ana.account),
            Event("late-2", "world", "thanks.given", world.now, bob.account, {"receiver": ana.account.key}, others=(ana.account,)),
        )
    ]
    seqs = [await one for one in put]
    assert None not in seqs
    world.app.intake.door.shut = closed
    await world.rest()
    assert [(row["id"], row["data"].get("receiver")) for row in journal(world)] == [("event-000001", None), ("late-2", SOMEBODY.key)]
    assert world.awards(ana) == []
    assert world.awards(bob) == ["talker", "thankful", "generous"]


async def test_another_process_hears_of_it(world: World, ana: Member) -> None:
    async with App(world.app.config, world.app.inventory.packs) as other:
        await world.acts.privacy.set(by(ana), "tracking", "off")
        assert not other.intake.door.shut
        await other.look_at_door()
        assert await other.intake.put(Event("x", "world", "message.posted", world.now, ana.account, community=world.community)) is None


async def test_a_process_that_takes_over_hears_of_it(world: World, ana: Member) -> None:
    await ana.says("hi")
    async with App(world.app.config, world.app.inventory.packs) as other:
        await world.acts.privacy.set(by(ana), "tracking", "off")
        await other.take_charge()
        assert await other.intake.put(Event("x", "world", "message.posted", world.now, ana.account, community=world.community)) is None


async def test_a_decision_has_only_its_own_community_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    load = Door.load

    async def noted(door: Door, community: str) -> None:
        looked.append(community)
        await load(door, community)

    async with App(settings(tmp_path, "[communities.acme]\n[communities.umbrella]"), gather(BADGES)) as app:
        monkeypatch.setattr(Door, "load", noted)
        await app.acts("acme").steering.mode(SYSTEM, "quiet")
    assert set(looked) == {"acme"}


async def test_a_setting_that_there_is_not_is_refused(world: World, ana: Member) -> None:
    unknown = await world.acts.privacy.set(by(ana), "sound", "off")
    wrong = await world.acts.privacy.set(by(ana), "tracking", "a bit")
    assert [(o.result, o.detail, o.reason) for o in (*unknown, *wrong)] == [
        ("INVALID", "setting-unknown", "tracking, leaderboard, announce, locale"), ("INVALID", "setting-value", "on, off"),
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "result"), [("de", "SET"), ("pt-BR", "SET"), ("", "SET"), ("../de", "INVALID")])
async def test_a_language_is_one(world: World, ana: Member, value: str, result: str) -> None:
    (outcome,) = await world.acts.privacy.set(by(ana), "locale", value)
    assert outcome.result == result


async def test_what_a_platform_describes_is_covered_too(world: World, bob: Member) -> None:
    """Under ``github.*`` data is what the platform sent: there, somebody is an object with an id and a login."""
    ana = Account("github", "1024", name="ana-x")
    await world.acts.privacy.set(Actor(ana), "tracking", "off")
    said = {"issue": {"id": 7, "user": {"id": 1024, "login": "ana-x", "type": "User"}}, "label": {"id": 1024, "name": "bug"}}
    actor = Account("github", "5", name="bob-x")
    await world.replay([Event("raw", "github", "github.issues.pinned", world.now, actor, said)])
    (row,) = journal(world)
    user = {"id": SOMEBODY.id, "login": SOMEBODY.name, "type": "User"}
    assert {name: row["data"][name] for name in said} == {"issue": {"id": 7, "user": user}, "label": {"id": 1024, "name": "bug"}}


async def test_who_turns_it_on_is_counted_from_the_answer_on(world: World, ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    """However late the engine looks at who is shut out."""
    await ana.says("hi")
    await world.acts.privacy.set(by(ana), "tracking", "off")

    async def not_yet() -> None:
        return

    monkeypatch.setattr(world.app.engine, "_follow_closing", not_yet)
    await world.acts.privacy.set(by(ana), "tracking", "on")
    await world.app.put(Event("next", "test", "message.posted", world.now, ana.account, {}, community=world.community))
    assert "next" in {row["id"] for row in journal(world)}
