"""Leaderboards: the rows of those whose awards changed, made again from their awards."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from .database import Database
from .journal import Journal

CHUNK: Final = 200  # persons of one transaction

_DUE = "SELECT account FROM board_due WHERE community = ? LIMIT ?"
_AWARDS = """
    SELECT b.slug, a.occurrence, a.time FROM award a JOIN badge b ON b.id = a.badge
    WHERE a.person = ? AND a.community = ? AND a.state = 'active' AND NOT a.hidden AND (a.expires IS NULL OR a.expires > ?) ORDER BY a.time
"""
_MARK = "INSERT INTO board_due (community, account) VALUES (?, ?) ON CONFLICT DO NOTHING"
_MARK_ALL = """
    INSERT INTO board_due (community, account) SELECT DISTINCT community, person FROM award WHERE community = ? ON CONFLICT DO NOTHING
"""
_MARK_EXPIRED = """
    INSERT INTO board_due (community, account)
    SELECT DISTINCT community, person FROM award WHERE community = ? AND expires > ? AND expires <= ? ON CONFLICT DO NOTHING
"""
_BOARD = "SELECT account, value FROM board_row WHERE community = ? AND board = ? AND period = ? ORDER BY value DESC, account"
_ROW = "INSERT INTO board_row (community, board, period, account, value) VALUES (?, ?, ?, ?, ?)"


class Boards(Journal):
    """The verbs of leaderboards."""

    db: Database

    async def rank(self, community: str, points: Mapping[str, float], periods: Callable[[int], Iterable[str]], now: int) -> int:
        """Make the rows of those again whose awards changed. *points* are per badge; *periods* names those that a moment lies in."""
        community_id = await self.community_id(community)

        def step(connection: sqlite3.Connection) -> int:
            due = [account for (account,) in connection.execute(_DUE, (community_id, CHUNK))]
            for person in due:
                rows = connection.execute(_AWARDS, (person, community_id, now)).fetchall()
                connection.execute("DELETE FROM board_row WHERE community = ? AND account = ?", (community_id, person))
                found = _summed(rows, points, periods)
                connection.executemany(_ROW, [(community_id, *key, person, value) for key, value in found.items() if value])
                connection.execute("DELETE FROM board_due WHERE community = ? AND account = ?", (community_id, person))
            return len(due)

        return await self.db.writer.step(step)

    async def board(self, community: str, board: str, period: str) -> Sequence[tuple[int, float]]:
        """A leaderboard, the highest first."""
        rows = await self.db.hot(_BOARD, (await self.community_id(community), board, period))
        return [(person, value) for person, value in rows]

    async def unrank(self, community: str, since: int | None = None, until: int = 0) -> None:
        """Make everybody's rows due again; or of those alone of whom an award expired between *since* and *until*."""
        community_id = await self.community_id(community)
        sql, values = (_MARK_ALL, (community_id,)) if since is None else (_MARK_EXPIRED, (community_id, since, until))
        await self.db.writer.step(lambda connection: connection.execute(sql, values).rowcount)


def mark(connection: sqlite3.Connection, community: int, persons: Iterable[int]) -> None:
    """Note, in the transaction that is open, that awards of these persons change."""
    connection.executemany(_MARK, [(community, person) for person in persons])


def _summed(
    awards: Sequence[tuple[str, str, int]], points: Mapping[str, float], periods: Callable[[int], Iterable[str]]
) -> dict[tuple[str, str], float]:
    """By board and period: the levels of a badge are one badge, won with the first of them; each level is worth the badge's points."""
    found: dict[tuple[str, str], float] = defaultdict(float)
    seen: set[tuple[str, str]] = set()
    for slug, occurrence, time in awards:
        for period in ("all", *periods(time)):
            found["badges", period] += (slug, occurrence) not in seen
            found["points", period] += points.get(slug, 0)
        seen.add((slug, occurrence))
    return found
