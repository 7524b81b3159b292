"""Many rows in one statement: SQLite works through all of them without asking for Python's lock in between, as it does row by row."""

import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final

SIZES: Final = (256, 64, 16)  # few, so that each is prepared once and stays so

_ROW = re.compile(r"(?<=VALUES )\((?:\?|\d+)(?:, (?:\?|\d+))*\)")


def execute(connection: sqlite3.Connection, sql: str, rows: Sequence[Sequence[Any]]) -> int:
    """Like ``executemany``, with an INSERT's rows put together. Returns how many rows there were to change."""
    done = changed = 0
    for size in SIZES:
        while len(rows) - done >= size and (wide := _wide(sql, size)):
            changed += connection.execute(wide, list(chain.from_iterable(rows[done : done + size]))).rowcount
            done += size
    return changed + (connection.executemany(sql, rows[done:]).rowcount if done < len(rows) else 0)


@lru_cache(maxsize=128)
def _wide(sql: str, size: int) -> str | None:
    """The INSERT for so many rows; None where it is no such INSERT."""
    row = _ROW.search(sql)
    return sql[: row.start()] + ", ".join([row[0]] * size) + sql[row.end() :] if row else None
