"""Rewards: the accounts whose platform is to be told what they hold, marked as awards come and go."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ...filed import RewardDue
from .database import Database
from .journal import Journal

#: Where it is remembered which platforms reward, by name; the rest of the value is the rewarder's.
REWARDED: Final = "rewarded"

_WRITE = """
    ON CONFLICT DO UPDATE SET stamp = stamp + 1, at = CASE WHEN attempts > 0 THEN at ELSE 0 END
"""
_INTO = """
    INSERT INTO reward_due (community, account, at, attempts, error, stamp) SELECT a.community, a.key, 0, 0, '', 0 FROM account a WHERE
"""
_PLATFORM = "substr(a.key, 1, instr(a.key, ':') - 1)"
_REWARDING = f"(SELECT p.key FROM memory m, json_each(m.value) p WHERE m.adapter = '' AND m.key = '{REWARDED}')"  # noqa: S608  # constants
_MARK = f"""
    {_INTO} (a.id IN (SELECT value FROM json_each(?1)) OR a.person IN (SELECT value FROM json_each(?1)))
    AND {_PLATFORM} IN {_REWARDING} {_WRITE}
"""  # noqa: S608  # constants
_MARK_ALL = f"""
    {_INTO} a.community = ? AND {_PLATFORM} = ? AND EXISTS (SELECT 1 FROM award w WHERE w.person = coalesce(a.person, a.id)) {_WRITE}
"""  # noqa: S608  # constants
_DUE = f"""
    SELECT a.account, a.at, a.attempts, a.error, a.stamp FROM reward_due a
    WHERE a.community = ? AND {_PLATFORM.replace("key", "account")} = ? AND a.at <= ? ORDER BY a.at, a.account LIMIT ?
"""  # noqa: S608  # constants
_ACCOUNT = "SELECT coalesce(person, id) FROM account WHERE community = ? AND key = ?"
_EXPIRED = "SELECT DISTINCT person FROM award WHERE community = ? AND expires > ? AND expires <= ?"
_SHOWN = """
    SELECT b.slug, max(w.level) FROM account a JOIN award w ON w.person = coalesce(a.person, a.id) JOIN badge b ON b.id = w.badge
    WHERE a.community = ? AND a.key = ? AND w.state = 'active' AND NOT w.hidden AND (w.expires IS NULL OR w.expires > ?) GROUP BY b.slug
"""
_SETTLE = "DELETE FROM reward_due WHERE community = ? AND account = ? AND stamp = ?"
_AGAIN = "UPDATE reward_due SET at = ?, attempts = ?, error = ? WHERE community = ? AND account = ?"


class Rewarding(Journal):
    """The verbs of rewards."""

    db: Database

    async def owe_rewards(self, community: str, platform: str) -> None:
        """Mark everybody who ever won something."""
        community_id = await self.community_id(community)
        await self.db.writer.step(lambda connection: connection.execute(_MARK_ALL, (community_id, platform)).rowcount)

    async def owe_reward(self, community: str, account: str) -> None:
        """Mark somebody who is known."""
        community_id = await self.community_id(community)

        def step(connection: sqlite3.Connection) -> None:
            mark(connection, [id_ for (id_,) in connection.execute(_ACCOUNT, (community_id, account))])

        await self.db.writer.step(step)

    async def owe_expired(self, community: str, since: int, until: int) -> None:
        """Mark those of whom an award expired."""
        community_id = await self.community_id(community)

        def step(connection: sqlite3.Connection) -> None:
            mark(connection, [person for (person,) in connection.execute(_EXPIRED, (community_id, since, until))])

        await self.db.writer.step(step)

    async def rewards_due(self, community: str, platform: str, now: int, limit: int) -> Sequence[RewardDue]:
        """Who is to be told of now."""
        rows = await self.db.hot(_DUE, (await self.community_id(community), platform, now, limit))
        return [
            RewardDue(account=account, at=at, attempts=attempts, error=error, stamp=stamp) for account, at, attempts, error, stamp in rows
        ]

    async def shown(self, community: str, account: str, now: int) -> Mapping[str, int]:
        """The highest level by badge."""
        return dict(await self.db.hot(_SHOWN, (await self.community_id(community), account, now)))

    async def settle_reward(self, community: str, due: RewardDue, again: RewardDue | None = None) -> None:
        """Take a mark away, or have it tried again."""
        community_id = await self.community_id(community)
        sql, values = _SETTLE, list[Any]([community_id, due.account, due.stamp])
        if again is not None:
            sql, values = _AGAIN, [again.at, again.attempts, again.error, community_id, due.account]
        await self.db.writer.step(lambda connection: connection.execute(sql, values).rowcount)


def mark(connection: sqlite3.Connection, accounts: Iterable[int]) -> None:
    """Note, in the transaction that is open, that awards change of whom these accounts belong to."""
    ids = json.dumps(sorted(accounts))
    if ids != "[]":
        connection.execute(_MARK, (ids,))
