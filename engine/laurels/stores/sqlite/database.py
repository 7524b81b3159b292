"""Connections to one SQLite file: one that writes in groups, one that reads."""

from collections.abc import Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy import Executable, event
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ...errors import StoreError
from .writer import Writer, in_thread

FULL = 2  # what `PRAGMA synchronous` answers for FULL


class Database:
    """The engine's two connections. Hot statements go to the driver as text, all others through SQLAlchemy."""

    def __init__(self, url: str) -> None:
        self.path = url.removeprefix("sqlite:///")
        self.engine: AsyncEngine = create_async_engine("sqlite+aiosqlite:///" + self.path, isolation_level="AUTOCOMMIT")
        event.listen(self.engine.sync_engine, "connect", _pragmas)
        self._connections: list[AsyncConnection] = []

    async def __aenter__(self) -> Self:
        try:
            self.writer = Writer(await self._driver())
            self._reader = await self._driver()
            self._cold = self._connections[-1]
            await self._assert_durable()
        except BaseException:
            await self._close()
            raise
        self.writer.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.writer.stop()
        await self._close()

    async def _close(self) -> None:
        for connection in reversed(self._connections):
            await connection.close()
        await self.engine.dispose()

    async def _driver(self) -> aiosqlite.Connection:
        connection = await self.engine.connect()
        self._connections.append(connection)
        driver = (await connection.get_raw_connection()).driver_connection
        if not isinstance(driver, aiosqlite.Connection):
            raise StoreError(f"expected aiosqlite's connection, got {driver!r}")
        return driver

    async def _assert_durable(self) -> None:
        for pragma, right in (("synchronous", FULL), ("journal_mode", "wal")):
            ((value,),) = await self.writer.connection.execute_fetchall(f"PRAGMA {pragma}")
            if value != right:
                raise StoreError(f"{self.path}: PRAGMA {pragma} is {value!r}, not {right!r}: what is accepted would not be durable")

    async def hot(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a statement written by hand, on the reading connection: one thread hop."""
        return await in_thread(self._reader, lambda connection: connection.execute(sql, parameters).fetchall())

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a SQLAlchemy statement, on the reading connection."""
        return (await self._cold.execute(statement)).fetchall()


def _pragmas(connection: Any, _record: object) -> None:
    """Durable and concurrent, on every connection. See https://sqlite.org/wal.html and https://sqlite.org/pragma.html#pragma_synchronous."""
    cursor = connection.cursor()
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-20000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
