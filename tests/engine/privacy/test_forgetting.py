"""After somebody is forgotten nothing tells of them, and everybody else has what they had."""

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec import structs

from laurels import Account, Badge, Command, Event, Place
from laurels.filed import KINDS, Preference
from laurels.policy import SYSTEM
from laurels.records import Changes, Forgetting
from laurels.stores import open_store
from laurels.stores.kept import NOTHING, PLAIN, TABLES, TEXTS
from laurels.stores.tables import metadata
from laurels.testing import Member, World
from life import BADGES, HUB, TRACES, ZOE, Life, by

Rows = dict[str, list[dict[str, Any]]]


class Told(NamedTuple):
    """What there was before and after, by table; her export; what others held; and the files' bytes."""

    before: Rows
    after: Rows
    export: dict[str, Any]
    held: tuple[list[Any], list[Any], list[Any]]
    regraded: list[str]
    files: dict[str, bytes]


def dump(path: str) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in metadata.tables}


async def held(world: World) -> list[Any]:
    """What others hold, in any state; but for a badge that is made in this life, which nobody had time to win."""
    found = await world.app.store.awards(world.community, standing=False, hidden=True, now=0)
    theirs = [award for award in found if award.person in ("Bob", "Cleo", "Dan") and award.badge != "made"]
    return sorted((award.badge, award.level, award.occurrence, award.person, award.state, award.time) for award in theirs)


async def play(folder: Path) -> Told:
    async with World(folder, BADGES, strict=False) as world:
        life = Life(world)
        await life.happens()
        path = world.app.store.db.path
        before, holding = dump(path), await held(world)
        export = json.loads(json.dumps(await world.acts.privacy.export(by(ZOE))))
        (outcome,) = await world.acts.privacy.forget(by(ZOE))
        assert outcome.result == "FORGOTTEN"
        await world.rest()
        after, now = dump(path), await held(world)
        files = {file.name: file.read_bytes() for file in Path(path).parent.iterdir()}
        regraded = await world.regraded()
        await world.regrade()
        return Told(before, after, export, (holding, now, await held(world)), regraded, files)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return asyncio.run(play(tmp_path_factory.mktemp("life")))


OF_ACCOUNTS = {kind.table: kind.accounts for kind in KINDS}


def found_in(rows: list[dict[str, Any]]) -> list[str]:
    """The rows that tell of her, as text."""
    return [text for row in rows if traces(text := json.dumps(row, ensure_ascii=False))]


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_says_what_it_holds_of_somebody(table: str) -> None:
    """Whoever adds a table, or a text to one, has to say in `laurels.stores.kept` what becomes of it."""
    assert (table in TABLES) != (table in NOTHING)
    texts = {column.name for column in metadata.tables[table].columns if column.type.python_type is str}
    assert texts == {*TEXTS.get(table, ()), *PLAIN.get(table, ())}
    numbers = {column.name for column in metadata.tables[table].columns if column.type.python_type is int}
    people = {*OF_ACCOUNTS.get(table, ()), *numbers & {"person", "account", "recipient", "subject"}}
    theirs = TABLES[table].theirs if table in TABLES else ""
    assert table in ("account", "forgotten") or [name for name in people if f"{name} IN" not in theirs] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_life_has_something_in_every_table_and_the_export_has_it(table: str, told: Told) -> None:
    assert told.before[table]
    assert told.export[TABLES[table].what]


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_no_table_tells_of_them_any_more(table: str, told: Told) -> None:
    assert found_in(told.after[table]) == []


def test_the_life_left_traces_almost_everywhere(told: Told) -> None:
    assert {table for table in TEXTS if not found_in(told.before[table])} == {"asked", "outbox", "post", "setting", "undone"}


def test_nothing_stands_in_the_files_not_even_what_was_deleted(told: Told) -> None:
    assert {name: found for name, content in told.files.items() if (found := [one for one in TRACES if one.encode() in content])} == {}


def test_others_hold_what_they_held_and_counting_anew_gives_the_same(told: Told) -> None:
    before, after, regraded = told.held
    assert len(before) > 12
    assert after == before
    assert regraded == before
    assert [line for line in told.regraded if not line.startswith("made@")] == []


@pytest.fixture
def pack() -> tuple[Badge, ...]:
    return BADGES[:4]


async def test_they_come_back_only_if_they_want_to_and_as_somebody_else(world: World, ana: Member, bob: Member) -> None:
    before = [Event(f"old-{n}", "world", "message.posted", world.now + timedelta(seconds=n), ana.account) for n in range(3)]
    await world.replay(before)
    assert world.awards(ana) == ["talker", "talker@2"]
    await bob.thanks(ana)
    await world.acts.privacy.forget(by(ana.account))
    await world.replay([*before, Event("older", "world", "message.posted", world.now - timedelta(days=9), ana.account)])
    await ana.says("do you know me?")
    assert await world.app.store.find_people(world.community, ana.account.key) == {}
    await world.acts.privacy.set(by(ana.account), "tracking", "on")
    await world.replay(before)
    assert world.awards(ana) == []
    await ana.says("here I am")
    assert world.awards(ana) == ["talker"]
    assert await world.regraded() == []


async def test_what_others_did_counts_once_however_often_it_is_delivered(world: World, bob: Member) -> None:
    """Its id told of somebody, and is another one now: the same delivery is still the same."""
    thanks = Event(
        "comment:5:thanks:zoe-zweig:created", "github", "thanks.given", world.now, bob.account, {"receiver": HUB.key}, others=(HUB,),
        thing="comment:5:thanks:zoe-zweig",
    )  # fmt: skip
    await world.replay([thanks])
    await world.acts.privacy.forget(by(HUB))
    await world.replay([thanks, structs.replace(thanks, id="comment:5:thanks:zoe-zweig:created")])
    assert world.awards(bob) == ["fair"]
    assert (await world.app.store.counted()).journal == 2
    await world.replay([structs.replace(thanks, id="comment:5:thanks:zoe-zweig:deleted", on=False, time=world.now)])
    assert world.awards(bob) == []


async def test_one_forgets_oneself_and_the_operator_anybody(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    (no,) = await world.acts.privacy.forget(by(bob.account), ana.account)
    assert (no.result, world.awards(ana)) == ("FORBIDDEN", ["talker"])
    (nobody,) = await world.acts.privacy.forget(SYSTEM)
    assert (nobody.result, nobody.detail) == ("INVALID", "forget-nobody")
    (done,) = await world.acts.privacy.forget(SYSTEM, ana.account)
    await world.rest()
    assert (done.result, world.awards(ana)) == ("FORGOTTEN", [])


async def test_what_waits_to_be_posted_about_them_is_not(world: World, ana: Member) -> None:
    adapters, world.app.announcer.routing.adapters = world.app.announcer.routing.adapters, {}
    await ana.says("hi")
    await world.acts.privacy.forget(by(ana.account))
    world.app.announcer.routing.adapters = adapters
    await world.rest()
    assert world.transcript == []


async def test_nothing_is_forgotten_in_another_community(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'two.db'}") as store:
        for community in ("one", "two"):
            known = (await store.know(community, [ZOE]))[ZOE.key]
            await store.save(community, Preference(account=known.account, name="locale", value="de", time=0))
        await store.remember("x", "y", {"who": ZOE.key})
        first = (await store.know("one", [ZOE]))[ZOE.key].account
        changes = Changes("one")
        changes.forgotten = Forgetting({first: (ZOE, Account("world", "forgotten-1"))}, [ZOE.name], [], await store.seal())
        await store.commit(changes)
        assert (await store.find(Preference, "one"), len(await store.find(Preference, "two"))) == ([], 1)
        assert await store.recall("x", "y") == {"who": ZOE.key}


@pytest.mark.parametrize(
    "asked", ["profile", "list", "list mine", "progress", "nominations", "settings", "recent", "recent @Ana", "leaderboard"]
)
async def test_who_only_looks_is_not_known_by_that(tmp_path: Path, asked: str) -> None:
    async with World(tmp_path, Badge(slug="kind"), strict=False) as world:
        ana = world.person("Ana").account
        command = Command("badges", tuple(asked.split()), ana, Place(ana.platform, "hall"))
        await world.app.commands(world.community).answer(command)
        assert await world.app.store.find_people(world.community, ana.key) == {}
