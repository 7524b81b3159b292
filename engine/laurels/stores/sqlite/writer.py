"""Group commit: whatever waits to be written goes into one transaction, without a timer."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeVar

import aiosqlite

from . import wide

T = TypeVar("T")
Job = Callable[[aiosqlite.Connection], Awaitable[Any]]
Step = Callable[[sqlite3.Connection], Any]

GROUP = 256  # events a transaction takes at most

_MAX_SEQ = "SELECT coalesce(max(seq), 0) FROM journal"
_INSERT = """
    INSERT INTO journal (community, source, id, type, time, revised, recorded, local, thing, "on", body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_QUEUE = "INSERT INTO work (seq) SELECT seq FROM journal WHERE seq > ?"
_NEWCOMER = "INSERT INTO account (community, key, name, bot) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_ACCEPTED = "SELECT seq, community, source, id FROM journal WHERE seq > ?"


#: An event on its way into the journal, and its actor where they are new, as parameters of the INSERTs.
Entry = tuple[tuple[Any, ...], tuple[Any, ...] | None, asyncio.Future[int | None]]


class Group(NamedTuple):
    """What goes into one transaction: events, then *steps*, which run on the connection's thread, then *jobs*, which await."""

    entries: list[Entry]
    steps: list[tuple[Step, asyncio.Future[Any]]]
    jobs: list[tuple[Job, asyncio.Future[Any]]]

    @property
    def futures(self) -> list[asyncio.Future[Any]]:
        """Whoever waits for it, in order."""
        return [*(f for _, _, f in self.entries), *(f for _, f in self.steps), *(f for _, f in self.jobs)]

    def singly(self) -> "list[Group]":
        """Its parts, each a group of its own."""
        return [
            *(Group([entry], [], []) for entry in self.entries), *(Group([], [step], []) for step in self.steps),
            *(Group([], [], [job]) for job in self.jobs),
        ]  # fmt: skip


class Writer:
    """The one connection that writes. Every durable step is a future that resolves after its transaction's sync."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self.connection = connection
        self._entries: deque[Entry] = deque()
        self._steps: deque[tuple[Step, asyncio.Future[Any]]] = deque()
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

    def accept(self, columns: tuple[Any, ...], newcomer: tuple[Any, ...] | None = None) -> asyncio.Future[int | None]:
        """Put an event into the journal and the work queue: its seq, or None where it was there. *newcomer* is its actor's account."""
        future: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._entries.append((columns, newcomer, future))
        self._wake.set()
        return future

    async def submit(self, job: Callable[[aiosqlite.Connection], Awaitable[T]]) -> T:
        """Run *job* inside the next transaction; its result, once that is durable."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.append((job, future))
        self._wake.set()
        return await future

    async def step(self, step: Callable[[sqlite3.Connection], T]) -> T:
        """Like :meth:`submit` for plain functions, which need no trip between threads for each statement."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._steps.append((step, future))
        self._wake.set()
        return await future

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            group = Group([self._entries.popleft() for _ in range(min(GROUP, len(self._entries)))], list(self._steps), list(self._jobs))
            self._steps.clear()
            self._jobs.clear()
            if not self._entries:
                self._wake.clear()
            try:
                results = await self._transaction(group)
            except Exception:
                await self._singly(group)
            else:
                _settle(group, results)

    async def _singly(self, group: Group) -> None:
        """One poisoned item must not sink the others: each gets a transaction of its own."""
        for one in group.singly():
            try:
                results = await self._transaction(one)
            except Exception as exc:
                if not one.futures[0].done():
                    one.futures[0].set_exception(exc)
            else:
                _settle(one, results)

    async def _transaction(self, group: Group) -> list[Any]:
        """What each part of the group resulted in."""
        if not group.jobs:
            return await in_thread(self.connection, partial(_whole, group))
        try:
            results = await in_thread(self.connection, partial(_begin, group))
            results += [await job(self.connection) for job, _ in group.jobs]
            await self.connection.execute("COMMIT")
        except BaseException:
            with suppress(Exception):
                await self.connection.execute("ROLLBACK")
            raise
        return results


async def in_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run *work* on the connection's own thread: one trip, however many statements. aiosqlite has it, though without a public name."""
    result: T = await connection._execute(work, connection._conn)  # type: ignore[no-untyped-call]
    return result


def _whole(group: Group, connection: sqlite3.Connection) -> list[Any]:
    try:
        results = _begin(group, connection)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(Exception):
            connection.execute("ROLLBACK")
        raise
    return results


def _begin(group: Group, connection: sqlite3.Connection) -> list[Any]:
    connection.execute("BEGIN IMMEDIATE")
    accepted = _accept(connection, group.entries) if group.entries else []
    return [*accepted, *(step(connection) for step, _ in group.steps)]


def _accept(connection: sqlite3.Connection, entries: Sequence[Entry]) -> list[int | None]:
    """The seqs of events that are new, None for those that were there."""
    ((last,),) = connection.execute(_MAX_SEQ)
    new = wide.execute(connection, _INSERT, [columns for columns, _, _ in entries])
    connection.execute(_QUEUE, (last,))
    if newcomers := [newcomer for _, newcomer, _ in entries if newcomer is not None]:
        connection.executemany(_NEWCOMER, newcomers)
    if new == len(entries):
        return list(range(last + 1, last + 1 + new))
    accepted = {(c, s, i): seq for seq, c, s, i in connection.execute(_ACCEPTED, (last,))}
    return [accepted.pop(columns[:3], None) for columns, _, _ in entries]


def _settle(group: Group, results: Sequence[Any]) -> None:
    for future, result in zip(group.futures, results, strict=True):
        if not future.done():
            future.set_result(result)


async def _nothing(_: aiosqlite.Connection) -> None:
    """A job to wait for."""
