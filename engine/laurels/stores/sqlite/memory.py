"""Small durable values, and realms that nobody named."""

from collections.abc import Mapping
from typing import Any, Final

import aiosqlite
from sqlalchemy import select

from .. import schema
from ..codec import decode, encode
from .database import Database

_REMEMBER = "INSERT INTO memory (adapter, key, value) VALUES (?, ?, ?) ON CONFLICT (adapter, key) DO UPDATE SET value = excluded.value"
_TAKE = "DELETE FROM memory WHERE adapter = ? AND key = ? RETURNING value"
_LAST: Final = "\U0010ffff"  # behind every other character
_STRANGER = """
    INSERT INTO stranger (platform, realm, events, last) VALUES (?, ?, 1, ?)
    ON CONFLICT (platform, realm) DO UPDATE SET events = events + 1, last = excluded.last
"""


class Memory:
    """What adapters remember."""

    db: Database

    async def recall(self, adapter: str, key: str) -> Any:
        """The value last remembered under *key*, or None."""
        m = schema.memory.c
        rows = await self.db.all(select(m.value).where(m.adapter == adapter, m.key == key))
        return decode(rows[0].value) if rows else None

    async def remember(self, adapter: str, key: str, value: Any) -> None:
        """Keep a JSON value; None forgets the key. Returns once durable."""

        async def job(connection: aiosqlite.Connection) -> None:
            if value is None:
                await connection.execute("DELETE FROM memory WHERE adapter = ? AND key = ?", (adapter, key))
            else:
                await connection.execute(_REMEMBER, (adapter, key, encode(value)))

        await self.db.writer.submit(job)

    async def recall_all(self, adapter: str, prefix: str) -> Mapping[str, Any]:
        """The values of all keys that begin with *prefix*, by key."""
        m = schema.memory.c
        rows = await self.db.all(
            select(m.key, m.value).where(m.adapter == adapter, m.key >= prefix, m.key < prefix + _LAST).order_by(m.key)
        )
        return {row.key: decode(row.value) for row in rows}

    async def take(self, adapter: str, key: str) -> Any:
        """The value under *key*, which is forgotten in the same step, or None."""
        found = await self.db.writer.step(lambda connection: connection.execute(_TAKE, (adapter, key)).fetchone())
        return decode(found[0]) if found else None

    async def stranger(self, platform: str, realm: str, now: int) -> None:
        """Count an event of a realm that no configuration names."""

        async def job(connection: aiosqlite.Connection) -> None:
            await connection.execute(_STRANGER, (platform, realm, now))

        await self.db.writer.submit(job)
