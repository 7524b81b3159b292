"""What was deleted stands nowhere in the database's files."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laurels import Account, Actor, Event
from laurels.stores import open_store
from laurels.stores.sqlite import SqliteStore, dossier
from laurels.testing import Member, World
from laurels.testing.store_suite.base import NOON


def unused(path: Path) -> int:
    """How many pages of the file hold nothing any more."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA freelist_count").fetchone()[0])


def size(path: Path) -> int:
    return path.stat().st_size


async def filled(store: SqliteStore) -> None:
    events = [Event(f"e{n}", "world", "message.posted", NOON, Account("world", "zoe"), {"n": n}, community="here") for n in range(600)]
    await asyncio.gather(*(store.accept(event, (n, n, n, n)) for n, event in enumerate(events)))


async def test_the_file_is_written_anew_and_the_log_emptied(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    async with open_store(f"sqlite:///{path}") as store:
        await filled(store)
        assert await store.communities() == ["here"]
        assert await store.erase("here")
        assert not await store.erase("here")
        assert unused(path) > 5
        assert await store.scrub()
        assert (unused(path), size(Path(f"{path}-wal"))) == (0, 0)
        await filled(store)  # and it can be gone on with
        assert (await store.counted()).journal == 600


async def test_a_large_file_is_left_to_the_operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier, "LARGE", 1000)
    path = tmp_path / "x.db"
    async with open_store(f"sqlite:///{path}") as store:
        await filled(store)
        await store.erase("here")
        assert not await store.scrub()
        assert unused(path) > 5
        assert await store.scrub(whatever_it_takes=True)
        assert unused(path) == 0


async def test_where_it_can_not_be_written_anew_counting_goes_on(world: World, ana: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(dossier, "_scrub", full)
    await ana.says("hi")
    (outcome,) = await world.acts.privacy.forget(Actor(ana.account))
    await world.person("Bob").says("hi")
    assert outcome.result == "FORGOTTEN"
    assert (await world.app.store.counted()).work == 0
