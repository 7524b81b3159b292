"""Reading what the fold needs, as sets."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ...model import Account
from ...records import EVERYONE, AwardChange, Due, Given, Held, Key, Pair, Row, Ruling
from ...tally import Position, Tally
from ..codec import JOURNAL_COLUMNS, decode, decode_row, encode
from .database import Database
from .journal import Journal

_TALLIES = """
    SELECT t.unit, t.person, t.value, t.peak, t.wins, t.last_time, t.last_id, t.extra
    FROM json_each(?) p CROSS JOIN tally t ON t.unit = p.value ->> 0 AND t.person = p.value ->> 1
"""
_SEEN = """
    SELECT s.unit, s.person, s.value FROM json_each(?) p
    CROSS JOIN seen s ON s.unit = p.value ->> 0 AND s.person = p.value ->> 1 AND s.value = p.value ->> 2
"""
_DUE_COLUMNS = "unit, person, whole, silent, at, attempts, failed, error, place, stamp"
_OWING = f"SELECT {_DUE_COLUMNS} FROM due WHERE person IN (SELECT value FROM json_each(?))"  # noqa: S608  # constants
_DUE = f"SELECT {_DUE_COLUMNS} FROM due WHERE at <= ? ORDER BY at LIMIT ?"  # noqa: S608  # constants
_HELD_COLUMNS = "a.id, a.badge, a.person, a.level, a.occurrence, a.state, a.cause, a.time, a.event"
_HOLDINGS = f"""
    SELECT {_HELD_COLUMNS} FROM json_each(?) p CROSS JOIN award a ON a.badge = p.value ->> 0 AND a.person = p.value ->> 1
    ORDER BY a.time, a.event
"""  # noqa: S608  # constants
_CAUSED = f"SELECT {_HELD_COLUMNS} FROM award a WHERE a.community = ? AND a.cause = ? ORDER BY a.time, a.event"  # noqa: S608  # constants
_RULING_COLUMNS = "r.seq, r.badge, p.value ->> 1, r.level, r.occurrence, r.kind, r.cause, r.time, r.event, r.giver, r.note, r.evidence"
_RULINGS = f"""
    SELECT {_RULING_COLUMNS} FROM json_each(?1) p CROSS JOIN account a ON a.id = p.value ->> 1 AND a.person IS NULL
    CROSS JOIN ruling r ON r.badge = p.value ->> 0 AND r.account = a.id
    UNION ALL
    SELECT {_RULING_COLUMNS} FROM json_each(?1) p CROSS JOIN account a ON a.person = p.value ->> 1
    CROSS JOIN ruling r ON r.badge = p.value ->> 0 AND r.account = a.id
    ORDER BY 1
"""  # noqa: S608  # constants
_UNDONE = "SELECT cause, time, event FROM undone WHERE community = ? ORDER BY time, event"
_COLUMNS = ", ".join(f"j.{column_.strip()}" for column_ in JOURNAL_COLUMNS.split(","))
_ACCOUNTS_OF = """
    SELECT id, key, name, bot FROM account WHERE id = ?1 AND person IS NULL
    UNION ALL SELECT id, key, name, bot FROM account WHERE person = ?1 ORDER BY id
"""
_MINE = "(SELECT id FROM account WHERE id = ?1 AND person IS NULL UNION ALL SELECT id FROM account WHERE person = ?1)"
# `github.*` takes in all types that begin so.
_TYPES = """(
    SELECT e.id FROM json_each(?2) p JOIN event_type e
    ON e.name = p.value OR (p.value LIKE '%*' AND substr(e.name, 1, length(p.value) - 1) = substr(p.value, 1, length(p.value) - 1))
)"""
_TRACED = f"SELECT DISTINCT {_COLUMNS}, c.name FROM trace t JOIN journal j ON j.seq = t.seq JOIN community c ON c.id = j.community"  # noqa: S608  # constants
_HISTORY = f"{_TRACED} WHERE t.account IN {_MINE} AND t.type IN {_TYPES} AND t.own >= ?3 ORDER BY j.time, j.id"
_EVERYONES = f"""
    {_TRACED} WHERE t.account = (SELECT id FROM account WHERE key = ?3 AND community = (SELECT community FROM account WHERE id = ?1))
    AND t.type IN {_TYPES} AND (j.time, j.id) >= (
        SELECT f.time, f.id FROM trace s JOIN journal f ON f.seq = s.seq WHERE s.account IN {_MINE} ORDER BY f.time, f.id LIMIT 1
    )
"""  # noqa: S608  # constants
_ENTRIES = f"""
    SELECT {_COLUMNS}, c.name FROM journal j JOIN community c ON c.id = j.community
    WHERE j.seq IN (SELECT value FROM json_each(?)) ORDER BY j.seq
"""  # noqa: S608  # constants
_ACTED = """
    SELECT DISTINCT w.value FROM json_each(?1) w CROSS JOIN account mine ON mine.id = w.value
    JOIN account a ON a.id = coalesce(mine.person, mine.id) OR a.person = coalesce(mine.person, mine.id)
    WHERE EXISTS (SELECT 1 FROM trace t WHERE t.account = a.id AND t.own)
"""
_GRANTED = """
    SELECT g.unit, coalesce(a.person, a.id), g.subject, g.level, g.occurrence, g.time, g.event, g.seq, g.note, g.evidence,
        CASE WHEN a.person IS NULL THEN 0 ELSE a.id END
    FROM given g JOIN account a ON a.id = g.recipient
"""
_GRANTED_TO = f"""
    {_GRANTED} WHERE g.unit = ?1 AND g.recipient IN (
        SELECT id FROM account WHERE id IN (SELECT value FROM json_each(?2)) AND person IS NULL
        UNION ALL SELECT id FROM account WHERE person IN (SELECT value FROM json_each(?2))
    )
"""  # noqa: S608  # constants
_GRANTED_UPON = f"{_GRANTED} WHERE g.unit = ?1 AND g.subject IN (SELECT value FROM json_each(?2))"  # noqa: S608  # constants
_SETTLED = """
    SELECT s.badge, s.person FROM json_each(?) p CROSS JOIN settled s ON s.badge = p.value ->> 0 AND s.person = p.value ->> 1
"""
_OF_PERSON = _MINE.replace("?1", "?2")
_FROZEN = f"SELECT seq, state FROM frozen WHERE unit = ?1 AND person IN {_OF_PERSON} ORDER BY person = ?2"  # noqa: S608  # constants
_PARKED = f"SELECT DISTINCT seq FROM parked WHERE unit = ?1 AND person IN {_OF_PERSON}"  # noqa: S608  # constants
_AWARD_ROWS = """
    SELECT badge, person, level, occurrence, state, cause, time, event, name, level_name, giver, note, evidence, id, expires, hidden
    FROM award WHERE person IN (SELECT value FROM json_each(?)) ORDER BY id
"""
_CONCERNED = """
    SELECT j.id, t.account FROM json_each(?1) a CROSS JOIN event_type e CROSS JOIN json_each(?2) p
    CROSS JOIN trace t ON t.account = a.value AND t.type = e.id AND t.time = p.value ->> 0
    JOIN journal j ON j.seq = t.seq AND j.id = p.value ->> 1 ORDER BY t.own, t.account DESC
"""


class Fold(Journal):
    """The verbs that read for the fold."""

    db: Database

    async def tallies(self, pairs: Collection[Pair]) -> dict[Pair, Tally]:
        """The tallies that exist."""
        rows = await self.db.hot(_TALLIES, (encode(list(pairs)),)) if pairs else []
        return {
            Pair(unit, person): Tally(value, peak, wins, (time, id_), decode(extra) if extra else None)
            for unit, person, value, peak, wins, time, id_, extra in rows
        }

    async def numbers(self, unit: int) -> Mapping[int, Tally]:
        """Everybody's tally of a unit."""
        rows = await self.db.hot("SELECT person, value, peak, wins, last_time, last_id, extra FROM tally WHERE unit = ?", (unit,))
        return {
            person: Tally(value, peak, wins, (time, id_), decode(extra) if extra else None)
            for person, value, peak, wins, time, id_, extra in rows
        }

    async def remembered(self, values: Collection[tuple[int, int, str]]) -> Collection[tuple[int, int, str]]:
        """Those that were seen."""
        return {tuple(row) for row in await self.db.hot(_SEEN, (encode(list(values)),))} if values else ()

    async def owing(self, persons: Collection[int]) -> Mapping[Pair, Due]:
        """What is due of these persons."""
        dues = map(_due, await self.db.hot(_OWING, (encode(list(persons)),)) if persons else ())
        return {due.pair: due for due in dues}

    async def accounts_of(self, person: int) -> Sequence[tuple[int, Account]]:
        """A person's accounts."""
        rows = await self.db.hot(_ACCOUNTS_OF, (person,))
        return [(id_, Account.parse(key, name, bool(bot))) for id_, key, name, bot in rows]

    async def history(self, person: int, types: Collection[str], *, own: bool, everyone: bool = False) -> Sequence[Row]:
        """Effective events with the person in them."""
        asked = [self.db.hot(_HISTORY, (person, encode(list(types)), int(own)))]
        asked += [self.db.hot(_EVERYONES, (person, encode(list(types)), EVERYONE.key))] if everyone else []
        found = [decode_row(row[:-1], row[-1]) for rows in await asyncio.gather(*asked) for row in rows]
        return sorted(found, key=lambda row: row.position) if everyone else found

    async def entries(self, seqs: Collection[int]) -> Sequence[Row]:
        """Rows of the journal."""
        rows = await self.db.hot(_ENTRIES, (encode(list(seqs)),)) if seqs else ()
        return [decode_row(row[:-1], row[-1]) for row in rows]

    async def holdings(self, pairs: Collection[Pair]) -> Sequence[Held]:
        """Awards of (badge, person) pairs."""
        return list(map(_held, await self.db.hot(_HOLDINGS, (encode(list(pairs)),)))) if pairs else []

    async def caused(self, community: str, cause: str) -> Sequence[Held]:
        """The awards that a cause gave."""
        return list(map(_held, await self.db.hot(_CAUSED, (await self.community_id(community), cause))))

    async def rulings(self, pairs: Collection[Pair]) -> Sequence[Ruling]:
        """People's decisions."""
        return [
            Ruling(seq, badge, person, Key(level, occurrence), kind, (time, event), cause, giver, note, tuple(decode(evidence)))
            for seq, badge, person, level, occurrence, kind, cause, time, event, giver, note, evidence
            in (await self.db.hot(_RULINGS, (encode(list(pairs)),)) if pairs else ())
        ]  # fmt: skip

    async def granted(self, unit: int, *, recipients: Collection[int] = (), subjects: Collection[int] = ()) -> Sequence[Given]:
        """What a badge's code gave."""
        to = await self.db.hot(_GRANTED_TO, (unit, encode(list(recipients)))) if recipients else ()
        upon = await self.db.hot(_GRANTED_UPON, (unit, encode(list(subjects)))) if subjects else ()
        return [
            Given(unit, recipient, subject, Key(level, occurrence), (time, event), seq, note, tuple(decode(evidence)), account)
            for unit, recipient, subject, level, occurrence, time, event, seq, note, evidence, account in dict.fromkeys((*to, *upon))
        ]

    async def award_rows(self, persons: Collection[int]) -> Sequence[AwardChange]:
        """Every award of some persons."""
        return [
            AwardChange(
                badge, person, Key(level, occurrence), state, cause, (time, event), name, level_name, giver, note, tuple(decode(evidence)),
                None, True, id_, expires, bool(hidden),
            )
            for badge, person, level, occurrence, state, cause, time, event, name, level_name, giver, note, evidence, id_, expires, hidden
            in (await self.db.hot(_AWARD_ROWS, (encode(list(persons)),)) if persons else ())
        ]  # fmt: skip

    async def concerned(self, accounts: Collection[int], positions: Collection[Position]) -> Mapping[str, int]:
        """Whose events these were."""
        rows = await self.db.hot(_CONCERNED, (encode(list(accounts)), encode(list(positions)))) if positions else ()
        return dict(rows)

    async def acted(self, accounts: Collection[int]) -> Collection[int]:
        """Those whose person was seen doing something."""
        return {id_ for (id_,) in await self.db.hot(_ACTED, (encode(list(accounts)),))} if accounts else set()

    async def undone(self, community: str) -> Mapping[str, Position]:
        """By undone cause, up to where."""
        return {cause: (time, event) for cause, time, event in await self.db.hot(_UNDONE, (await self.community_id(community),))}

    async def evaluated(self, pairs: Collection[Pair]) -> Collection[Pair]:
        """Pairs whose past was taken in."""
        return {Pair(*row) for row in await self.db.hot(_SETTLED, (encode(list(pairs)),))} if pairs else ()

    async def frozen(self, pair: Pair) -> Mapping[int, Any]:
        """What a deferred badge froze, by seq."""
        return {seq: decode(state) for seq, state in await self.db.hot(_FROZEN, pair)}

    async def parked(self, pair: Pair) -> Collection[int]:
        """The seqs that are passed over."""
        return {seq for (seq,) in await self.db.hot(_PARKED, pair)}

    async def due(self, now: int, limit: int) -> Sequence[Due]:
        """What is to be settled by *now*."""
        return list(map(_due, await self.db.hot(_DUE, (now, limit))))

    async def next_due(self) -> int | None:
        """When the next due comes up."""
        ((at,),) = await self.db.hot("SELECT min(at) FROM due")
        return at if at is None else int(at)


def _held(row: Any) -> Held:
    id_, badge, person, level, occurrence, state, cause, time, event = row
    return Held(id_, badge, person, Key(level, occurrence), state, cause, (time, event))


def _due(row: Any) -> Due:
    unit, person, whole, silent, at, attempts, failed, error, place, stamp = row
    return Due(Pair(unit, person), bool(whole), bool(silent), at, attempts, failed, error, place, stamp)
