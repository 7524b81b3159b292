"""Which SQL the engine runs in a piece of work, and how SQLite goes about it."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from laurels.registry import Registry
from laurels.stores.sqlite import SqliteStore

from . import engine
from .workload import Workload

#: Tables that grow with use; a scan of one gets slower for ever. Those that hold only what waits don't count.
GROWING: Final = ("account", "award", "given", "journal", "outbox", "post", "seen", "tally", "trace")

_VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+\b|NULL")


async def run_in(path: Path, work: Workload, badges: Registry, limit: int) -> dict[str, str]:
    """Every statement of a short run: its shape, with one example."""
    found: dict[str, str] = {}

    def note(statement: str) -> None:
        found.setdefault(_VALUES.sub("?", " ".join(statement.split())), statement)

    async with SqliteStore(f"sqlite:///{path}") as store:
        for connection in store.db.drivers:
            await connection.set_trace_callback(note)
        await engine.run(store, work, badges, limit)
        for connection in store.db.drivers:
            await connection.set_trace_callback(None)
    return found


def scans(path: Path, statements: dict[str, str]) -> list[str]:
    """The shapes of those that go through a growing table from end to end."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        for shape, example in statements.items():
            if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", example, re.IGNORECASE):
                continue
            plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + example)]
            aliases = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN) (\w+) (?:AS )?(\w+)", shape)}
            if any(aliases.get(name, name) in GROWING for line in plan for name in re.findall(r"^SCAN (\w+)(?! USING)", line)):
                found.append(shape)
    return found


def compare(base: Path, long: Path, work: tuple[Workload, Workload], badges: Registry, limit: int = 600) -> tuple[set[str], list[str]]:
    """The statements that one of two runs has and the other hasn't; and those of both that scan."""
    first = asyncio.run(run_in(base, work[0], badges, limit))
    second = asyncio.run(run_in(long, work[1], badges, limit))
    return set(first) ^ set(second), scans(long, first | second)
