"""Connections to one SQLite file: one that writes in groups, one that reads."""

import asyncio
import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any, Self

import aiosqlite
from sqlalchemy import Executable, event
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ...errors import StoreError
from .writer import Writer, in_thread

#: ``secure_delete``: what is deleted is overwritten, so that it is not in the file any more.
PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-20000", "secure_delete=ON")
FULL = 2  # what `PRAGMA synchronous` answers for FULL


class Database:
    """Three connections: one writes, one reads by statements written by hand, one reads through SQLAlchemy.

    A statement that is not read to its end holds its connection to the moment at which it began. SQLAlchemy makes several trips for one,
    and whatever else was asked on that connection meanwhile would miss what was just committed: a batch would be counted twice. So
    hand-written statements, each finished in its trip, have a connection of their own, and SQLAlchemy's take turns.
    """

    def __init__(self, url: str) -> None:
        self.path = url.removeprefix("sqlite:///")
        self.engine: AsyncEngine = create_async_engine("sqlite+aiosqlite:///" + self.path, isolation_level="AUTOCOMMIT")
        event.listen(self.engine.sync_engine, "connect", _pragmas)
        self._connections: list[AsyncConnection] = []
        self._asked: list[tuple[str, Sequence[Any], asyncio.Future[Sequence[Any]]]] = []
        self._trips: set[asyncio.Task[Any]] = set()
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        try:
            self.writer = Writer(await self._driver())
            self._reader = await self._driver()
            self._slow = await self._driver()
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

    @property
    def drivers(self) -> tuple[aiosqlite.Connection, ...]:
        """The driver's connections: the one that writes, and those that read."""
        return self.writer.connection, self._reader, self._slow

    async def hot(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a statement written by hand, on the reading connection. Those asked for together make one trip between threads."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Sequence[Any]] = loop.create_future()
        if not self._asked:
            loop.call_soon(self._ask)
        self._asked.append((sql, parameters, future))
        return await future

    def _ask(self) -> None:
        asked, self._asked = self._asked, []
        answers = in_thread(self._reader, partial(_answers, [(sql, parameters) for sql, parameters, _ in asked]))
        self._trips.add(trip := asyncio.create_task(answers))
        trip.add_done_callback(partial(self._answer, [future for _, _, future in asked]))

    def _answer(self, futures: Sequence[asyncio.Future[Sequence[Any]]], trip: "asyncio.Task[list[Sequence[Any] | Exception]]") -> None:
        self._trips.discard(trip)
        error = asyncio.CancelledError() if trip.cancelled() else trip.exception()
        answers = [error] * len(futures) if error is not None else trip.result()
        for future, answer in zip(futures, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, BaseException):
                future.set_exception(answer)
            else:
                future.set_result(answer)

    async def all(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a SQLAlchemy statement."""
        async with self._turn:
            return (await self._cold.execute(statement)).fetchall()


def _answers(asked: Sequence[tuple[str, Sequence[Any]]], connection: sqlite3.Connection) -> list[Sequence[Any] | Exception]:
    """The rows of each statement, or its error, which is nobody else's."""
    answers: list[Sequence[Any] | Exception] = []
    for sql, parameters in asked:
        try:
            answers.append(connection.execute(sql, parameters).fetchall())
        except Exception as error:
            answers.append(error)
    return answers


def _pragmas(connection: Any, _record: object) -> None:
    """Durable and concurrent, on every connection. See https://sqlite.org/wal.html and https://sqlite.org/pragma.html#pragma_synchronous."""
    script = ";".join(f"PRAGMA {pragma}" for pragma in PRAGMAS)
    connection.run_async(lambda driver: driver.executescript(script))  # one trip between threads for all of them
