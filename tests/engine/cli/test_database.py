import sqlite3
from contextlib import closing

from laurels.stores import open_store
from laurels.stores.migrations import HEAD


def test_upgrading_tells_from_where_to_where(shell):
    assert shell("db", "upgrade") == f"sqlite:///laurels.db: from nothing to schema {HEAD}\n"
    assert shell("db", "upgrade") == f"sqlite:///laurels.db is at schema {HEAD}: nothing to do\n"
    assert shell("awards", "--json") == "[]\n"


def test_a_database_of_another_version_is_refused_by_name(shell):
    shell("db", "upgrade")
    with closing(sqlite3.connect("laurels.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "is at schema 9999, this version needs" in shell("awards", status=2)
    assert shell("db", "upgrade", status=1) == (
        "laurels: sqlite:///laurels.db is at schema 9999, which this version does not know: a newer laurels made it\n"
    )


async def _lead(url):
    store = open_store(url)
    assert await store.lead()
    return store


def test_a_database_in_use_is_not_touched(shell):
    import asyncio

    holder = asyncio.run(_lead("sqlite:///laurels.db"))
    assert shell("db", "upgrade", status=1) == "laurels: a laurels runs on sqlite:///laurels.db; stop it first\n"
    holder._lock.release()
