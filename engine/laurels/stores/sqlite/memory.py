"""Small durable values, and realms that nobody named."""

from typing import Any

import aiosqlite
from sqlalchemy import select

from .. import schema
from ..codec import decode, encode
from .database import Database

_REMEMBER = "INSERT INTO memory (adapter, key, value) VALUES (?, ?, ?) ON CONFLICT (adapter, key) DO UPDATE SET value = excluded.value"
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

    async def stranger(self, platform: str, realm: str, now: int) -> None:
        """Count an event of a realm that no configuration names."""

        async def job(connection: aiosqlite.Connection) -> None:
            await connection.execute(_STRANGER, (platform, realm, now))

        await self.db.writer.submit(job)
