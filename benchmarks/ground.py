"""What both sides start from: the same badges, and a database of the project's own schema with the same rows in it."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from laurels import Account, Badge, Count, EventType, Level
from laurels.definition import Definition
from laurels.engine.community import Community
from laurels.periods import to_micros
from laurels.registry import Registry
from laurels.stores.sqlite import SqliteStore

from .workload import MESSAGE, Award, Rule, Workload, awards_before, messages_before, rules

COMMUNITY: Final = "bench"
START: Final = datetime(2024, 6, 7, 12, tzinfo=UTC)  # of the first event; each following one is a second later
BEFORE: Final = to_micros(START) - 86_400_000_000  # when all that is there before was won

_ACCOUNT = "INSERT INTO account (id, community, key, first_time) VALUES (?, 1, ?, ?)"
_TALLY = "INSERT INTO tally (unit, person, value, peak, wins, last_time, last_id) VALUES (?, ?, ?, ?, 0, ?, '')"
_OLD_BADGE = """
    INSERT INTO badge (community, slug, cause, name, levels, settled, retired) VALUES (1, ?, 'import:history', ?, '[]', 1, 1)
    ON CONFLICT DO NOTHING
"""
_AWARD = """
    INSERT INTO award (community, badge, person, level, occurrence, state, cause, time, event, recorded, name, level_name)
    VALUES (1, ?, ?, ?, ?, 'active', ?, ?, '', ?, ?, '')
"""


def account(user: int) -> Account:
    """The account of a user."""
    return Account("bench", f"u{user}")


def registry(work: Workload, idle: int = 0) -> Registry:
    """The badges of a workload, and *idle* more that listen to what never happens."""
    more = [Rule(f"idle-{k}", f"never-{k}", (20 + k,)) for k in range(idle)]
    its = [*rules(work), *more]
    types = {rule.listens: EventType(rule.listens) for rule in its}
    return Registry([Definition(_badge(rule), types) for rule in its], types)


def _badge(rule: Rule) -> Badge:
    levels = tuple(Level(f"Level {number}", at=at) for number, at in enumerate(rule.thresholds, 1))
    return Badge(slug=rule.slug, measure=Count(rule.listens), levels=levels)


async def lay(path: Path, work: Workload, badges: Registry) -> None:
    """Make the database: the schema, the badges, and what is there before the first event."""
    async with SqliteStore(f"sqlite:///{path}") as store:
        community = await Community.load(COMMUNITY, badges, store)
    if work.history == "none":
        return
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        _people(connection, work, _message_unit(community))
        _history(connection, awards_before(work), {slug: badge.id for slug, badge in community.badges.items()})
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _message_unit(community: Community) -> int:
    return next(community.units[meter.key].id for meter in community.registry.listeners(MESSAGE).meters)


def _people(connection: sqlite3.Connection, work: Workload, unit: int) -> None:
    users = range(1, work.users + 1)
    counts = {user: messages_before(work, user) for user in users}
    connection.executemany(_ACCOUNT, ((user, account(user).key, BEFORE) for user in users))
    connection.executemany(_TALLY, ((unit, user, count, count, BEFORE) for user, count in counts.items()))


def _history(connection: sqlite3.Connection, awards: Iterable[tuple[Award, str]], ids: Mapping[str, int]) -> None:
    its = list(awards)
    slugs = {slug for (_, slug, _), _ in its} - set(ids)
    connection.executemany(_OLD_BADGE, [(slug, slug) for slug in sorted(slugs)])
    known = dict(connection.execute("SELECT slug, id FROM badge"))
    causes = dict(connection.execute("SELECT slug, cause FROM badge"))
    connection.executemany(
        _AWARD,
        ((known[slug], user, level, occurrence, causes[slug], BEFORE, BEFORE, slug) for (user, slug, level), occurrence in its),
    )


def awards_since(path: Path) -> set[Award]:
    """The awards that the events gave."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("""
            SELECT a.person, c.key, b.slug, a.level FROM award a JOIN badge b ON b.id = a.badge JOIN account c ON c.id = a.person
            WHERE a.time > ? AND a.state = 'active'
        """, (BEFORE,))  # fmt: skip
        return {(int(key.rpartition("u")[2]), slug, level) for _, key, slug, level in rows}


def rows_of(path: Path) -> dict[str, int]:
    """How many rows each table has that both sides write."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("account", "journal", "trace", "tally", "award", "outbox", "work")
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
