"""What waits to be counted, while others take it out again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from laurels import Account, Event
from small import NAME, small

START = datetime(2024, 6, 3, tzinfo=UTC)


async def test_what_goes_out_while_it_is_looked_up_is_not_there_and_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with small(tmp_path / "x.db", [], run=False) as it:
        await it.put(*(Event(f"m{n}", "test", "message.posted", START, Account("test", "ana"), community=NAME) for n in range(2)))
        first, second = await it.store.pending(2)
        it.store.forget_events([first.seq, second.seq])
        hot, left = it.store.db.hot, [first.seq]

        async def out(connection: aiosqlite.Connection) -> None:
            seq = left.pop()
            await connection.execute("DELETE FROM work WHERE seq = ?", (seq,))
            await connection.execute("DELETE FROM journal WHERE seq = ?", (seq,))

        async def late(sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
            if "JOIN community" in sql and left:
                await it.store.db.writer.submit(out)
            return await hot(sql, parameters)

        monkeypatch.setattr(it.store.db, "hot", late)
        assert [row.seq for row in await it.store.pending(1)] == [second.seq]
