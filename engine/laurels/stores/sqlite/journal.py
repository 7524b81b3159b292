"""Accepting events, and finding those that are states of one thing."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ...model import Account, Event
from ...records import Known, Row
from ..codec import JOURNAL_COLUMNS, decode_row, encode, encode_body
from .database import Database

CACHE = 20_000  # accepted events kept decoded until they are counted
NAME = 200  # characters kept of a name

# With each, whether it is the only state of its thing as yet: no thing, and nobody's.
_PENDING = """
    SELECT w.seq, j.thing IS NULL AND NOT EXISTS
        (SELECT 1 FROM journal s WHERE s.community = j.community AND s.source = j.source AND s.thing = j.id)
    FROM work w CROSS JOIN journal j ON j.seq = w.seq WHERE w.seq > 0 ORDER BY w.seq LIMIT ?
"""
_COLUMNS = ", ".join(f"j.{column.strip()}" for column in JOURNAL_COLUMNS.split(","))
_ROWS = f"SELECT {_COLUMNS}, c.name FROM journal j JOIN community c ON c.id = j.community WHERE j.seq IN (SELECT value FROM json_each(?))"  # noqa: S608
_THINGS = f"SELECT {JOURNAL_COLUMNS} FROM journal WHERE community = ? AND source = ? AND thing IN (SELECT value FROM json_each(?))"  # noqa: S608
_ORIGINALS = f"""
    SELECT {JOURNAL_COLUMNS} FROM journal
    WHERE community = ? AND source = ? AND id IN (SELECT value FROM json_each(?)) AND thing IS NULL
"""  # noqa: S608  # constants
_ACCOUNTS = "SELECT id, key, coalesce(person, id), name, bot FROM account WHERE community = ? AND key IN (SELECT value FROM json_each(?))"
_NEW_ACCOUNTS = """
    INSERT INTO account (community, key, name, bot)
    SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2) WHERE true
    ON CONFLICT (community, key) DO UPDATE SET
        name = CASE WHEN excluded.name = '' THEN name ELSE excluded.name END, bot = excluded.bot OR (excluded.name = '' AND bot)
"""

#: An account that was met: its ids, its name, and whether it is a bot.
Met: TypeAlias = tuple[Known, str, bool]


class Journal:
    """The verbs about events and accounts."""

    db: Database

    def __init__(self) -> None:
        self._communities: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._accepted: dict[int, Row] = {}
        self._lone: set[int] = set()
        self._known: dict[tuple[str, str], Met] = {}
        self._generation = 0  # of what is cached about accounts
        self._met: set[tuple[int, str]] = set()
        self._follows = False  # whether another process leads, and links accounts without telling

    async def community_id(self, name: str) -> int:
        """The id of a community, made known if it is new."""
        if name not in self._communities:

            def step(connection: sqlite3.Connection) -> int:
                connection.execute("INSERT INTO community (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
                ((found,),) = connection.execute("SELECT id FROM community WHERE name = ?", (name,))
                return int(found)

            self._communities[name] = await self.db.writer.step(step)
        return self._communities[name]

    async def accept(self, event: Event, row: tuple[int, int, int, int]) -> int | None:
        """Keep the event; see :class:`laurels.store.Store`."""
        time, revised, recorded, local = row
        community = self._communities.get(event.community) or await self.community_id(event.community)
        columns = (
            community, event.source, event.id, event.type, time, revised, recorded, local, event.thing or None, int(event.on),
            encode_body(event),
        )  # fmt: skip
        seq = await self.db.writer.accept(columns, self._newcomer(event, community))
        if seq is not None and len(self._accepted) < CACHE:
            self._accepted[seq] = Row(seq, event, *row)
        return seq

    def _newcomer(self, event: Event, community: int) -> tuple[int, str, str, bool] | None:
        """The row of an actor who was not met before: made with the event, it needs no transaction of its own once the event counts."""
        actor = event.actor
        if actor is None or not event.on or (met := (community, actor.key)) in self._met:
            return None
        self._met.add(met)
        return (*met, actor.name[:NAME], actor.bot)

    async def pending(self, limit: int) -> Sequence[Row]:
        """The oldest events not counted yet."""
        found = await self.db.hot(_PENDING, (limit,))
        self._lone = {seq for seq, lone in found if lone}
        rows = {seq: self._accepted[seq] for seq, _ in found if seq in self._accepted}
        missing = [seq for seq, _ in found if seq not in rows]
        if missing:
            for *columns, community in await self.db.hot(_ROWS, (encode(missing),)):
                rows[columns[0]] = decode_row(tuple(columns), community)
        there = [rows[seq] for seq, _ in found if seq in rows]  # who shuts their door takes out again what had come in
        return there or (await self.pending(limit) if found else [])

    def forget_events(self, seqs: Iterable[int]) -> None:
        """Drop what is cached about events that are counted now."""
        for seq in seqs:
            self._accepted.pop(seq, None)

    async def states(self, community: str, rows: Sequence[Row]) -> Mapping[tuple[str, str], list[Row]]:
        """Every row of the things with more than one. A state that is accepted only now is seen when it is counted itself."""
        rows = [row for row in rows if row.seq not in self._lone]
        if not rows:
            return {}
        community_id = await self.community_id(community)
        by_source: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_source[row.event.source].append(row)
        found: dict[tuple[str, str], dict[int, Row]] = defaultdict(dict)
        for source, its in by_source.items():
            things = encode([row.thing for row in its])
            stated = await self.db.hot(_THINGS, (community_id, source, things))
            explicit = encode([row.event.thing for row in its if row.event.thing])
            originals = await self.db.hot(_ORIGINALS, (community_id, source, explicit)) if explicit != "[]" else []
            for columns in (*stated, *originals):
                row = decode_row(columns, community)
                found[source, row.thing][row.seq] = row
            for row in its:
                if (source, row.thing) in found:
                    found[source, row.thing][row.seq] = row
        return {thing: list(states.values()) for thing, states in found.items() if len(states) > 1}

    async def know(self, community: str, accounts: Iterable[Account]) -> Mapping[str, Known]:
        """The ids of accounts by key, created where new."""
        wanted, generation = {account.key: account for account in accounts}, self._generation
        found: dict[str, Met] = {}
        if not self._follows:
            found = {key: met for key in wanted if (met := self._known.get((community, key))) is not None}
        if unknown := [key for key in wanted if key not in found]:
            rows = await self.db.hot(_ACCOUNTS, (await self.community_id(community), encode(unknown)))
            found |= self._keep(community, rows, generation)
        if stale := [account for key, account in wanted.items() if self._stale(account, found.get(key))]:
            found |= await self._learn(community, stale, generation)
        return {key: found[key][0] for key in wanted}

    def _stale(self, account: Account, met: Met | None) -> bool:
        return met is None or bool(account.name and met[1:] != (account.name[:NAME], account.bot))

    async def _learn(self, community: str, accounts: list[Account], generation: int) -> dict[str, Met]:
        community_id = await self.community_id(community)
        new = encode([[account.key, account.name[:NAME], account.bot] for account in accounts])
        keys = encode([account.key for account in accounts])

        def step(connection: sqlite3.Connection) -> list[tuple[int, str, int, str, int]]:
            connection.execute(_NEW_ACCOUNTS, (community_id, new))
            return connection.execute(_ACCOUNTS, (community_id, keys)).fetchall()

        return self._keep(community, await self.db.writer.step(step), generation)

    def _keep(self, community: str, rows: Iterable[tuple[int, str, int, str, int]], generation: int) -> dict[str, Met]:
        """Remember accounts, unless some were linked since they were looked up."""
        found: dict[str, Met] = {key: (Known(id_, person), name, bool(bot)) for id_, key, person, name, bot in rows}
        if generation == self._generation:
            self._known.update({(community, key): met for key, met in found.items()})
        return found

    def forget_people(self) -> None:
        """Drop what is cached about accounts: links changed."""
        self._generation += 1
        self._known.clear()
