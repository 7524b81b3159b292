"""Reading what the fold needs, as sets."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from ...model import Account
from ...store import EVERYONE, Due, Given, Held, Key, Pair, Row, Ruling
from ...tally import Position, Tally
from .. import schema
from ..codec import JOURNAL_COLUMNS, decode, decode_row
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
_OWING = """
    SELECT unit, person, whole, silent, at, attempts, failed, error, place, stamp FROM due WHERE person IN (SELECT value FROM json_each(?))
"""
_COLUMNS = ", ".join(f"j.{column_.strip()}" for column_ in JOURNAL_COLUMNS.split(","))
_HISTORY = f"""
    SELECT DISTINCT {_COLUMNS} FROM trace t JOIN journal j ON j.seq = t.seq
    WHERE t.account IN (SELECT value FROM json_each(?)) AND t.type IN (SELECT value FROM json_each(?)) AND t.own >= ?
    ORDER BY j.time, j.id
"""  # noqa: S608  # constants


class Fold(Journal):
    """The verbs that read for the fold."""

    db: Database

    def __init__(self) -> None:
        super().__init__()
        self._types: dict[str, int] = {}

    async def tallies(self, pairs: Collection[Pair]) -> dict[Pair, Tally]:
        """The tallies that exist."""
        rows = await self.db.hot(_TALLIES, (json.dumps(list(pairs)),)) if pairs else []
        return {
            Pair(unit, person): Tally(value, peak, wins, (time, id_), decode(extra) if extra else None)
            for unit, person, value, peak, wins, time, id_, extra in rows
        }

    async def remembered(self, values: Collection[tuple[int, int, str]]) -> Collection[tuple[int, int, str]]:
        """Those that were seen."""
        return {tuple(row) for row in await self.db.hot(_SEEN, (json.dumps(list(values)),))} if values else ()

    async def owing(self, persons: Collection[int]) -> Mapping[Pair, Due]:
        """What is due of these persons."""
        dues = map(_due, await self.db.hot(_OWING, (json.dumps(list(persons)),)))
        return {due.pair: due for due in dues}

    async def accounts_of(self, person: int) -> Sequence[tuple[int, Account]]:
        """A person's accounts."""
        a = schema.account.c
        rows = await self.db.all(select(a.id, a.key, a.name, a.bot).where(or_(and_(a.id == person, a.person.is_(None)), a.person == person)))
        return [(row.id, Account.parse(row.key, row.name, row.bot)) for row in rows]

    async def history(self, person: int, types: Collection[str], *, own: bool, everyone: bool = False) -> Sequence[Row]:
        """Effective events with the person in them."""
        accounts = [id_ for id_, _ in await self.accounts_of(person)]
        known = await self._type_ids(types)
        community = await self._community_of(person)
        rows = await self.db.hot(_HISTORY, (json.dumps(accounts), json.dumps(list(known.values())), int(own)))
        found = [decode_row(row, community) for row in rows]
        if everyone:
            daily = await self._everyones(community, accounts, known)
            found = sorted((*found, *daily), key=lambda row: row.position)
        return found

    async def _everyones(self, community: str, accounts: Sequence[int], types: Mapping[str, int]) -> list[Row]:
        a = schema.account.c
        ((first,),) = await self.db.all(select(func.min(a.first_time)).where(a.id.in_(accounts)))
        nobody = (await self.know(community, [EVERYONE]))[EVERYONE.key]
        rows = await self.db.hot(_HISTORY, (json.dumps([nobody.account]), json.dumps(list(types.values())), 0))
        return [row for row in (decode_row(columns, community) for columns in rows) if first is not None and row.time >= first]

    async def _community_of(self, person: int) -> str:
        a, c = schema.account.c, schema.community.c
        ((name,),) = await self.db.all(select(c.name).join(schema.account, a.community == c.id).where(a.id == person))
        return str(name)

    async def _type_ids(self, types: Collection[str]) -> dict[str, int]:
        """The ids of the types that were ever traced; ``github.*`` takes in all that begin so."""
        rows = await self.db.all(select(schema.event_type.c.id, schema.event_type.c.name))
        self._types.update((row.name, row.id) for row in rows)
        return {
            name: id_ for name, id_ in self._types.items()
            if any(name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1])) for pattern in types)
        }  # fmt: skip

    async def holdings(self, pairs: Collection[Pair]) -> Sequence[Held]:
        """Awards of (badge, person) pairs."""
        a = schema.award.c
        return await self._held(tuple_(a.badge, a.person).in_(list(map(tuple, pairs)))) if pairs else []

    async def caused(self, community: str, cause: str) -> Sequence[Held]:
        """The awards that a cause gave."""
        a = schema.award.c
        return await self._held(and_(a.community == await self.community_id(community), a.cause == cause))

    async def _held(self, condition: ColumnElement[bool]) -> Sequence[Held]:
        a = schema.award.c
        columns = (a.id, a.badge, a.person, a.level, a.occurrence, a.state, a.cause, a.time, a.event)
        rows = await self.db.all(select(*columns).where(condition).order_by(a.time, a.event))
        return [Held(r.id, r.badge, r.person, Key(r.level, r.occurrence), r.state, r.cause, (r.time, r.event)) for r in rows]

    async def rulings(self, pairs: Collection[Pair]) -> Sequence[Ruling]:
        """People's decisions."""
        if not pairs:
            return []
        r, a = schema.ruling.c, schema.account.c
        person = func.coalesce(a.person, a.id)
        statement = (
            select(*r, person.label("person")).join(schema.account, a.id == r.account)
            .where(tuple_(r.badge, person).in_(list(map(tuple, pairs)))).order_by(r.seq)
        )  # fmt: skip
        return [
            Ruling(
                row.seq, row.badge, row.person, Key(row.level, row.occurrence), row.kind, (row.time, row.event), row.giver, row.note,
                tuple(decode(row.evidence)),
            )
            for row in await self.db.all(statement)
        ]  # fmt: skip

    async def granted(self, unit: int, *, recipients: Collection[int] = (), subjects: Collection[int] = ()) -> Sequence[Given]:
        """What a badge's code gave."""
        g = schema.given.c
        statement = select(schema.given).where(g.unit == unit, or_(g.recipient.in_(list(recipients)), g.subject.in_(list(subjects))))
        return [
            Given(
                r.unit, r.recipient, r.subject, Key(r.level, r.occurrence), (r.time, r.event), r.seq, r.note, tuple(decode(r.evidence)),
            )
            for r in await self.db.all(statement)
        ]  # fmt: skip

    async def undone(self, community: str) -> Mapping[str, Position]:
        """By undone cause, up to where."""
        u = schema.undone.c
        rows = await self.db.all(
            select(u.cause, u.time, u.event).where(u.community == await self.community_id(community)).order_by(u.time, u.event)
        )
        return {row.cause: (row.time, row.event) for row in rows}

    async def evaluated(self, pairs: Collection[Pair]) -> Collection[Pair]:
        """Pairs whose past was taken in."""
        s = schema.settled.c
        rows = await self.db.all(select(s.badge, s.person).where(tuple_(s.badge, s.person).in_(list(map(tuple, pairs))))) if pairs else ()
        return {Pair(row.badge, row.person) for row in rows}

    async def frozen(self, pair: Pair) -> Mapping[int, Any]:
        """What a deferred badge froze, by seq."""
        f = schema.frozen.c
        rows = await self.db.all(select(f.seq, f.state).where(f.unit == pair.unit, f.person == pair.person))
        return {row.seq: decode(row.state) for row in rows}

    async def parked(self, pair: Pair) -> Collection[int]:
        """The seqs that are passed over."""
        p = schema.parked.c
        return {row.seq for row in await self.db.all(select(p.seq).where(p.unit == pair.unit, p.person == pair.person))}

    async def due(self, now: int, limit: int) -> Sequence[Due]:
        """What is to be settled by *now*."""
        d = schema.due
        columns = (d.c.unit, d.c.person, d.c.whole, d.c.silent, d.c.at, d.c.attempts, d.c.failed, d.c.error, d.c.place, d.c.stamp)
        return [_due(row) for row in await self.db.all(select(*columns).where(d.c.at <= now).order_by(d.c.at).limit(limit))]

    async def next_due(self) -> int | None:
        """When the next due comes up."""
        ((at,),) = await self.db.all(select(func.min(schema.due.c.at)))
        return at if at is None else int(at)


def _due(row: Any) -> Due:
    unit, person, whole, silent, at, attempts, failed, error, place, stamp = row
    return Due(Pair(unit, person), bool(whole), bool(silent), at, attempts, failed, error, place, stamp)
