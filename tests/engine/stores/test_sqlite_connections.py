"""What the connections of the SQLite store may and may not see of each other."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from laurels import Account, Event
from laurels.stores import open_store


async def test_a_read_that_is_not_finished_holds_no_other_read_to_its_moment(tmp_path: Path):
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        await store.community_id("first")
        await store.community_id("second")
        async with store.db.drivers[-1].execute("SELECT name FROM community") as begun:
            assert await begun.fetchone()
            await store.community_id("third")
            assert ("third",) in await store.db.hot("SELECT name FROM community")


async def test_statements_asked_for_together_fail_alone(tmp_path: Path):
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        good, bad, typed = await asyncio.gather(
            store.db.hot("SELECT 1"), store.db.hot("SELECT nonsense"), store.db.hot("SELECT ?", (object(),)), return_exceptions=True
        )
    assert good == [(1,)]
    assert isinstance(bad, Exception) and isinstance(typed, Exception)


async def test_events_accepted_together_get_their_own_seq_and_those_that_were_there_none(tmp_path: Path):
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as store:
        ids = [f"e{n % 700}" for n in range(1000)]
        seqs = await asyncio.gather(*(store.accept(event(id_), (0, 0, 0, 0)) for id_ in ids))
        rows = {row.seq: row.event.id for row in await store.pending(2000)}
    assert {seq: id_ for seq, id_ in zip(seqs, ids, strict=True) if seq is not None} == rows
    assert len(rows) == 700


def event(id_: str) -> Event:
    return Event(id_, "test", "message.posted", datetime(2024, 1, 1, tzinfo=UTC), Account("test", "ana"), community="c")
