"""Group commit: whatever waits to be written goes into one transaction, without a timer."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import aiosqlite

T = TypeVar("T")
Job = Callable[[aiosqlite.Connection], Awaitable[Any]]

GROUP = 256  # events a transaction takes at most

_MAX_SEQ = "SELECT coalesce(max(seq), 0) FROM journal"
_INSERT = """
    INSERT INTO journal (community, source, id, type, time, revised, recorded, local, thing, "on", body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_QUEUE = "INSERT INTO work (seq) SELECT seq FROM journal WHERE seq > ?"
_ACCEPTED = "SELECT seq, community, source, id FROM journal WHERE seq > ?"


class Entry(NamedTuple):
    """An event on its way into the journal, as parameters of the INSERT."""

    columns: tuple[Any, ...]
    future: asyncio.Future[int | None]

    @property
    def identity(self) -> tuple[int, str, str]:
        """What is unique about it: community, source, id."""
        community, source, id_ = self.columns[:3]
        return community, source, id_


class Writer:
    """The one connection that writes. Every durable step is a future that resolves after its transaction's sync."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self.connection = connection
        self._entries: deque[Entry] = deque()
        self._jobs: deque[tuple[Job, asyncio.Future[Any]]] = deque()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="laurels writer")

    async def stop(self) -> None:
        """Write what waits, then stop."""
        if self._task is not None:
            await self.submit(_nothing)
            while self._entries:
                await self.submit(_nothing)
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def accept(self, columns: tuple[Any, ...]) -> asyncio.Future[int | None]:
        """Put an event into the journal and the work queue: its seq, or None where it was there."""
        future: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._entries.append(Entry(columns, future))
        self._wake.set()
        return future

    async def submit(self, job: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        """Run *job* inside the next transaction; its result, once that is durable."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.append((job, future))
        self._wake.set()
        return await future

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            entries = [self._entries.popleft() for _ in range(min(GROUP, len(self._entries)))]
            jobs = list(self._jobs)
            self._jobs.clear()
            if not self._entries:
                self._wake.clear()
            try:
                settle = await self._transaction(entries, jobs)
            except Exception:
                await self._singly(entries, jobs)
            else:
                settle()

    async def _singly(self, entries: list[Entry], jobs: list[tuple[Job, asyncio.Future[Any]]]) -> None:
        """One poisoned item must not sink the others: each gets a transaction of its own."""
        for one_entry, one_job in [([entry], []) for entry in entries] + [([], [job]) for job in jobs]:
            future: asyncio.Future[Any] = one_entry[0].future if one_entry else one_job[0][1]
            try:
                settle = await self._transaction(one_entry, one_job)
            except Exception as exc:
                if not future.done():
                    future.set_exception(exc)
            else:
                settle()

    async def _transaction(self, entries: list[Entry], jobs: list[tuple[Job, asyncio.Future[Any]]]) -> Callable[[], None]:
        await self.connection.execute("BEGIN IMMEDIATE")
        try:
            accepted = await self._accept(entries) if entries else {}
            results = [await job(self.connection) for job, _ in jobs]
            await self.connection.execute("COMMIT")
        except BaseException:
            with suppress(Exception):
                await self.connection.execute("ROLLBACK")
            raise

        def settle() -> None:
            for entry in entries:
                if not entry.future.done():
                    entry.future.set_result(accepted.pop(entry.identity, None))
            for (_, future), result in zip(jobs, results, strict=True):
                if not future.done():
                    future.set_result(result)

        return settle

    async def _accept(self, entries: list[Entry]) -> dict[tuple[int, str, str], int]:
        ((last,),) = await self.connection.execute_fetchall(_MAX_SEQ)
        await self.connection.executemany(_INSERT, [entry.columns for entry in entries])
        await self.connection.execute(_QUEUE, (last,))
        return {(c, s, i): seq for seq, c, s, i in await self.connection.execute_fetchall(_ACCEPTED, (last,))}


async def _nothing(_: aiosqlite.Connection) -> None:
    """A job to wait for."""
