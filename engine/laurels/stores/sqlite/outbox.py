"""The outbox: deciding, claiming and concluding posts, as sets."""

import json
import secrets
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from ...model import Account, Place, Receipt
from ...outbox import Fate, Line, Lot, Open, Post, Target, Trouble, Verdict
from ...periods import from_micros
from ..codec import decode_place, encode, encode_place
from .database import Database

STUBBORN: Final = 5  # failures after which a post no longer holds up those behind it
FREE: Final = 1  # the lease of a post that was claimed before and isn't now; 0 is one that still gathers

_INSTALL = "INSERT INTO memory (adapter, key, value) VALUES ('', 'installation', ?) ON CONFLICT DO NOTHING"
_INSTALLATION = "SELECT value FROM memory WHERE adapter = '' AND key = 'installation'"
_UNDECIDED = "fate = '' AND post IS NULL AND wanted"
_WISH = """
    SELECT w.value FROM account f JOIN preference w ON w.community = {0}.community AND w.account = f.id AND w.name = 'announce'
    WHERE f.id = {0}.person OR f.person = {0}.person ORDER BY w.time DESC, w.account DESC LIMIT 1
"""
# Without the hint SQLite takes the index on `post`, under which every award lies that was never to be posted.
_OPEN = f"""
    SELECT o.award, c.name, o.person, a.time, o.place, coalesce(({_WISH.format("o")}), '')
    FROM (SELECT DISTINCT community, person FROM outbox INDEXED BY ix_outbox_open WHERE {_UNDECIDED} LIMIT ?) p
    CROSS JOIN outbox o ON o.community = p.community AND o.person = p.person AND o.fate = '' AND o.post IS NULL AND o.wanted
    JOIN award a ON a.id = o.award JOIN community c ON c.id = o.community
    ORDER BY a.time, o.award
"""  # noqa: S608  # constants
_FATE = f"UPDATE outbox SET fate = ? WHERE award = ? AND {_UNDECIDED}"  # noqa: S608
_ATTACH = f"UPDATE outbox SET post = ?, fate = ? WHERE award = ? AND {_UNDECIDED}"  # noqa: S608
_GATHERING = """
    SELECT c.name, p.person, p.adapter, p.place, p.id FROM post p JOIN community c ON c.id = p.community
    WHERE p.due AND p.lease = 0 AND p.person IN (SELECT value FROM json_each(?))
"""
_LAST = "SELECT coalesce(max(id), 0) FROM post"
_POST = """
    INSERT INTO post (community, person, adapter, place, due, at, lease, attempts)
    SELECT c.id, l.value ->> 1, l.value ->> 2, l.value ->> 3, l.value ->> 4, ?1, 0, 0
    FROM json_each(?2) l CROSS JOIN community c ON c.name = l.value ->> 0
"""
_NEW = "SELECT c.name, p.person, p.adapter, p.place, p.id FROM post p JOIN community c ON c.id = p.community WHERE p.id > ?"
_READY = """
    SELECT adapter, place, min(CASE WHEN at <= ?1 OR (?2 AND lease = 0) THEN id END) AS pick,
        min(CASE WHEN at > ?1 AND NOT (?2 AND lease = 0) AND attempts < ?3 THEN id END) AS ahead
    FROM post WHERE due GROUP BY adapter, place
    HAVING pick IS NOT NULL AND max(lease) <= ?1 AND (ahead IS NULL OR pick < ahead) ORDER BY pick
"""
_CLAIM = "UPDATE post SET lease = ? WHERE id IN (SELECT value FROM json_each(?))"
_MAYBE = """
    UPDATE outbox SET shown = 'maybe'
    WHERE post IN (SELECT value FROM json_each(?)) AND wanted AND shown IN ('', 'withdrawn') AND (fate = '' OR shown <> '')
"""
_POSTS = f"""
    SELECT p.id, c.name, p.person, p.adapter, p.place, p.attempts, p.receipt, p.error, coalesce(({_WISH.format("p")}), '')
    FROM json_each(?) i CROSS JOIN post p ON p.id = i.value JOIN community c ON c.id = p.community
"""  # noqa: S608  # constants
_LINES = """
    SELECT o.post, o.award, b.slug, a.name, a.level, a.level_name, a.occurrence, a.giver, a.note, a.time, o.place, o.wanted, o.shown, o.fate
    FROM json_each(?) i CROSS JOIN outbox o ON o.post = i.value JOIN award a ON a.id = o.award JOIN badge b ON b.id = a.badge
    ORDER BY a.time, o.award
"""
_ACCOUNTS = """
    SELECT p.id, a.key, a.name, a.bot FROM json_each(?) i CROSS JOIN post p ON p.id = i.value
    JOIN account f ON f.id = p.person JOIN account a ON a.person = coalesce(f.person, f.id) OR a.id = coalesce(f.person, f.id)
    ORDER BY a.id
"""
_HELD = "SELECT 1 FROM post WHERE id = ? AND lease = ?"
_SHOW = "UPDATE outbox SET shown = ? WHERE award = ?"
_UNSAY = "UPDATE outbox SET shown = '' WHERE award = ? AND shown = 'maybe'"
_GIVE_UP = "UPDATE outbox SET fate = ? WHERE post = ? AND fate = '' AND shown IN ('', 'maybe')"
_CONCLUDE = f"""
    UPDATE post SET lease = {FREE}, attempts = ?2, error = ?3, at = coalesce(?4, at), receipt = coalesce(?5, receipt),
        adapter = coalesce(?6, adapter), place = coalesce(?7, place),
        due = ?4 IS NOT NULL OR (?8 AND EXISTS (
            SELECT 1 FROM outbox o WHERE o.post = ?1
            AND ((o.wanted AND o.shown <> 'won' AND o.fate = '') OR (NOT o.wanted AND o.shown IN ('won', 'maybe')))
        ))
    WHERE id = ?1
"""  # noqa: S608  # a constant
_SHADOWED = """
    SELECT DISTINCT o.post FROM outbox o JOIN community c ON c.id = o.community
    WHERE c.name = ? AND o.fate = 'shadow' AND o.wanted ORDER BY o.post DESC LIMIT ?
"""
_TROUBLES = """
    SELECT c.name, p.place, p.error, p.attempts, p.due, p.at, p.receipt IS NOT NULL FROM post p JOIN community c ON c.id = p.community
    WHERE p.error <> '' ORDER BY p.id DESC LIMIT ?
"""
_COUNTS = """
    SELECT CASE WHEN o.fate <> '' THEN o.fate ELSE 'waiting' END, count(*) FROM outbox o
    WHERE o.fate <> '' OR (o.wanted AND o.shown <> 'won') GROUP BY 1
"""

_receipts = msgspec.json.Decoder(Receipt)
Home = tuple[str, int, str, str]  # what a post may be shared by: community, person, adapter, place


class Outbox:
    """The verbs of :class:`laurels.outbox.OutboxStore`."""

    db: Database

    async def installation(self) -> str:
        """A short random text of this database."""
        new = encode(secrets.token_hex(3))

        def step(connection: sqlite3.Connection) -> str:
            connection.execute(_INSTALL, (new,))
            ((found,),) = connection.execute(_INSTALLATION)
            return str(json.loads(found))

        return await self.db.writer.step(step)

    async def open_awards(self, persons: int) -> Sequence[Open]:
        """What is undecided of some people."""
        rows = await self.db.hot(_OPEN, (persons,))
        return [Open(award, community, person, time, decode_place(place), wish) for award, community, person, time, place, wish in rows]

    async def sort(self, fates: Mapping[int, Fate], lots: Sequence[Lot], at: int) -> None:
        """Give awards their fate or a post."""

        def step(connection: sqlite3.Connection) -> None:
            connection.executemany(_FATE, [(fate, award) for award, fate in fates.items()])
            homes = _homes(connection, lots, at)
            connection.executemany(_ATTACH, [(homes[_home(lot)], lot.fate, award) for lot in lots for award in lot.awards])

        await self.db.writer.step(step)

    async def claim(
        self, now: int, lease: int, room: Mapping[str, int], resting: Collection[Target], *, flush: bool = False
    ) -> Sequence[Post]:
        """Claim the next post of each place."""
        if not _chosen(await self.db.hot(_READY, (now, flush, STUBBORN)), room, resting):
            return []

        def step(connection: sqlite3.Connection) -> list[Post]:
            ids = json.dumps(_chosen(connection.execute(_READY, (now, flush, STUBBORN)), room, resting))
            posts = _posts(connection, ids, lease)
            connection.execute(_CLAIM, (lease, ids))
            connection.execute(_MAYBE, (ids,))
            return posts

        return await self.db.writer.step(step)

    async def conclude(self, verdict: Verdict) -> bool:
        """Write what became of a claim."""
        post = verdict.post

        def step(connection: sqlite3.Connection) -> bool:
            if connection.execute(_HELD, (post.id, post.lease)).fetchone() is None:
                return False
            connection.executemany(_SHOW, [("won", award) for award in verdict.won])
            connection.executemany(_SHOW, [("withdrawn", award) for award in verdict.withdrawn])
            connection.executemany(_UNSAY, [(award,) for award in verdict.unsaid])
            if verdict.fate:
                connection.execute(_GIVE_UP, (verdict.fate, post.id))
            connection.execute(_CONCLUDE, _concluding(verdict))
            return True

        return await self.db.writer.step(step)

    async def take_over(self) -> int:
        """End every claim."""

        def step(connection: sqlite3.Connection) -> int:
            return connection.execute("UPDATE post SET lease = ? WHERE due AND lease > ?", (FREE, FREE)).rowcount

        return await self.db.writer.step(step)

    async def shadowed(self, community: str, limit: int) -> Sequence[Post]:
        """What would have been posted in shadow mode."""
        ids = [id_ for (id_,) in await self.db.hot(_SHADOWED, (community, limit))]
        return await self.db.writer.step(lambda connection: _posts(connection, json.dumps(ids), 0, "shadow"))

    async def troubles(self, limit: int = 50) -> Sequence[Trouble]:
        """Posts that failed or keep failing."""
        return [
            Trouble(community, _place(place), error, attempts, from_micros(at) if due else None, bool(said))
            for community, place, error, attempts, due, at, said in await self.db.hot(_TROUBLES, (limit,))
        ]

    async def announcements(self) -> Mapping[str, int]:
        """How many awards wait, and how many have each fate."""
        return {"waiting": 0, **dict(await self.db.hot(_COUNTS))}


def _homes(connection: sqlite3.Connection, lots: Sequence[Lot], at: int) -> dict[Home, int]:
    """The posts that lots belong in, made where none gathers."""
    persons = json.dumps([lot.person for lot in lots if not lot.fate])
    gathering = {tuple(home): id_ for *home, id_ in connection.execute(_GATHERING, (persons,))}
    new = [(*_home(lot), not lot.fate) for lot in lots if lot.fate or _home(lot) not in gathering]
    ((last,),) = connection.execute(_LAST)
    connection.execute(_POST, (at, json.dumps(new)))
    made = {tuple(home): id_ for *home, id_ in connection.execute(_NEW, (last,))}
    return {_home(lot): (made.get(_home(lot)) or gathering[_home(lot)]) for lot in lots}


def _home(lot: Lot) -> Home:
    return lot.community, lot.person, lot.target.adapter, encode_place(lot.target.place) or ""


def _chosen(ready: Iterable[Any], room: Mapping[str, int], resting: Collection[Target]) -> list[int]:
    """The posts to claim among those that are next at their places."""
    left, closed = dict(room), {(target.adapter, encode_place(target.place)) for target in resting}
    chosen = []
    for adapter, place, pick, _ in ready:
        if left.get(adapter, 0) > 0 and (adapter, place) not in closed:
            left[adapter] -= 1
            chosen.append(pick)
    return chosen


def _posts(connection: sqlite3.Connection, ids: str, lease: int, fate: Fate = "") -> list[Post]:
    lines: dict[int, list[Line]] = defaultdict(list)
    for post, *columns, origin, wanted, shown, its in connection.execute(_LINES, (ids,)):
        if its == fate or shown:
            lines[post].append(Line(*(*columns, decode_place(origin), bool(wanted), shown)))
    accounts: dict[int, list[Account]] = defaultdict(list)
    for post, key, name, bot in connection.execute(_ACCOUNTS, (ids,)):
        accounts[post].append(Account.parse(key, name, bool(bot)))
    return [
        Post(
            id_, community, person, Target(adapter, _place(place)), attempts, lease, _receipts.decode(receipt) if receipt else None, error,
            tuple(accounts[id_]), tuple(lines[id_]), wish,
        )
        for id_, community, person, adapter, place, attempts, receipt, error, wish in connection.execute(_POSTS, (ids,))
    ]  # fmt: skip


def _concluding(verdict: Verdict) -> tuple[Any, ...]:
    receipt = encode(verdict.receipt) if verdict.receipt is not None else None
    target = verdict.target
    given_up = verdict.again is None and verdict.receipt is None and bool(verdict.error)
    return (
        verdict.post.id, verdict.attempts, verdict.error, verdict.again, receipt,
        target.adapter if target else None, encode_place(target.place) if target else None, not given_up,
    )  # fmt: skip


def _place(text: str) -> Place:
    return msgspec.json.decode(text, type=Place)
