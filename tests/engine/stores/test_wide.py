"""Many rows in one statement do what they do one by one."""

import sqlite3
from contextlib import closing

import pytest

from laurels.stores.sqlite import wide


@pytest.mark.parametrize("count", [0, 1, 15, 16, 255, 256, 257, 700])
def test_every_row_is_written_in_order_and_only_new_ones_count(count):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a UNIQUE, b)")
        insert = "INSERT INTO t (a, b) VALUES (?, 1) ON CONFLICT DO NOTHING"
        assert wide.execute(database, insert, [(n,) for n in range(count)]) == count
        assert wide.execute(database, insert, [(n,) for n in range(count + 3)]) == 3
        rows = database.execute("SELECT id, a, b FROM t ORDER BY id").fetchall()
    assert rows[:count] == [(n + 1, n, 1) for n in range(count)]
    assert len(rows) == count + 3


def test_what_is_no_insert_of_plain_rows_runs_row_by_row():
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (a PRIMARY KEY, b)")
        wide.execute(database, "INSERT INTO t (b, a) VALUES (?2, ?1)", [(n, 2 * n) for n in range(300)])
        assert wide.execute(database, "UPDATE t SET b = ? WHERE a = ?", [(0, n) for n in range(300)]) == 300
        assert database.execute("SELECT count(*), sum(a), sum(b) FROM t").fetchone() == (300, sum(range(300)), 0)
