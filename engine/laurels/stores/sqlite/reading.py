"""Reads for people: lists of awards, who is who, how things stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from ...model import Account, Award, State
from ...periods import from_micros, to_micros
from ...records import BadgeInfo, BadgeRow, CauseInfo, Counted, ParkedEvent, UnitRow
from .. import schema
from ..codec import decode, encode
from .database import Database
from .journal import Journal

_PERSON = func.coalesce(schema.account.c.person, schema.account.c.id)


class Reading(Journal):
    """The verbs that only look."""

    db: Database

    async def awards(
        self,
        community: str | None = None,
        *,
        person: int | None = None,
        badge: str | None = None,
        standing: bool = True,
        hidden: bool = False,
        limit: int | None = None,
        now: int | None = None,
    ) -> Sequence[Award]:
        """Awards, newest first; what its holder hides only where *hidden*."""
        now = to_micros(datetime.now(UTC)) if now is None else now
        a, b, c = schema.award.c, schema.badge.c, schema.community.c
        wanted: list[ColumnElement[bool]] = [c.name == community] if community is not None else []
        wanted += [a.person == person] if person is not None else []
        wanted += [b.slug == badge] if badge is not None else []
        wanted += [] if hidden else [~a.hidden]
        wanted += [a.state == "active", or_(a.expires.is_(None), a.expires > now)] if standing else []
        rows = await self.db.all(
            select(*a, b.slug, c.name.label("community_name"), _PERSON.label("owner"))
            .join(schema.badge, b.id == a.badge).join(schema.community, c.id == a.community)
            .join(schema.account, schema.account.c.id == a.person)  # what was merged is, by name, who they are now
            .where(*wanted).order_by(a.time.desc(), a.id.desc()).limit(limit)
        )  # fmt: skip
        people = await self.people({row.owner for row in rows})
        return [_award(row, people.get(row.owner, []), now) for row in rows]

    async def people(self, persons: Collection[int]) -> Mapping[int, Sequence[Account]]:
        """By person, their accounts; who has none is left out."""
        a = schema.account.c
        found: dict[int, list[Account]] = defaultdict(list)
        ids = sorted(persons)
        for start in range(0, len(ids), 500):
            rows = await self.db.all(
                select(a.key, a.name, a.bot, _PERSON.label("owner"))
                .where(_PERSON.in_(ids[start : start + 500]))
                .order_by(a.person.is_not(None), a.id)  # the account that the person is known by comes first
            )
            for row in rows:
                found[row.owner].append(Account.parse(row.key, row.name, row.bot))
        return found

    async def accounts(self, ids: Collection[int]) -> Mapping[int, Account]:
        """Accounts by id."""
        a = schema.account.c
        rows = await self.db.all(select(a.id, a.key, a.name, a.bot).where(a.id.in_(sorted(ids)))) if ids else ()
        return {row.id: Account.parse(row.key, row.name, row.bot) for row in rows}

    async def find_people(self, community: str, text: str) -> Mapping[int, Sequence[Account]]:
        """Persons with an account whose key or name is *text*, case aside; with all their accounts."""
        a = schema.account.c
        matches = or_(a.key == text, func.lower(a.name) == text.lower(), a.key.endswith(f":{text}", autoescape=True))
        found = select(_PERSON.label("owner")).where(a.community == await self.community_id(community), matches)
        rows = await self.db.all(found.distinct())
        return await self.people({row.owner for row in rows})

    async def names(self, community: str, limit: int = 10_000) -> Sequence[str]:
        """What people are called, for nearest-name hints."""
        a = schema.account.c
        rows = await self.db.all(select(a.name).where(a.community == await self.community_id(community), a.name != "").limit(limit))
        return [row.name for row in rows]

    async def persons(self, community: str) -> Sequence[int]:
        """Everybody ever seen in a community."""
        a = schema.account.c
        own = a.key.startswith("laurels:")  # who stands for everyone, and the operator
        seen = select(_PERSON.label("owner")).where(a.community == await self.community_id(community), a.first_time.is_not(None), ~own)
        return [row.owner for row in await self.db.all(seen.distinct().order_by("owner"))]

    async def defined(self, community: str) -> tuple[Sequence[UnitRow], Sequence[BadgeRow]]:
        """The units and badges that are known."""
        u, b = schema.unit.c, schema.badge.c
        id_ = await self.community_id(community)
        units = await self.db.all(select(u.id, u.key, u.since, u.reads).where(u.community == id_))
        badges = await self.db.all(select(b.id, b.slug, b.settled).where(b.community == id_))
        return (
            [UnitRow(row.id, row.key, row.since, tuple(decode(row.reads))) for row in units],
            [BadgeRow(row.id, row.slug, bool(row.settled), "") for row in badges],
        )

    async def causes(self, community: str) -> Sequence[CauseInfo]:
        """What gave awards, newest first."""
        a = schema.award.c
        rows = await self.db.all(
            select(a.cause, func.sum(case((a.state == "active", 1), else_=0)).label("standing"), func.count().label("awards"))
            .where(a.community == await self.community_id(community)).group_by(a.cause).order_by(func.max(a.id).desc())
        )  # fmt: skip
        return [CauseInfo(row.cause, row.standing, row.awards) for row in rows]

    async def announced(self, awards: Collection[int]) -> int:
        """How many of these awards people were told of."""
        told = "SELECT count(*) FROM outbox WHERE award IN (SELECT value FROM json_each(?)) AND shown IN ('won', 'maybe')"
        ((count,),) = await self.db.hot(told, (encode(list(awards)),))
        return int(count)

    async def badge_infos(self, community: str) -> Sequence[BadgeInfo]:
        """Every badge ever defined, with how many people hold it."""
        a, b = schema.award.c, schema.badge.c
        rows = await self.db.all(
            select(b.slug, b.name, b.levels, b.cause, b.retired, b.settled, func.count(a.person.distinct()).label("holders"))
            .outerjoin(schema.award, and_(a.badge == b.id, a.state == "active"))
            .where(b.community == await self.community_id(community)).group_by(b.id).order_by(b.id)
        )  # fmt: skip
        return [
            BadgeInfo(row.slug, row.name, row.cause, bool(row.retired), bool(row.settled), row.holders, row.levels) for row in rows
        ]  # fmt: skip

    async def counted(self) -> Counted:
        """How much there is of everything."""
        totals = {}
        for name in ("journal", "work", "due", "parked", "award", "account"):
            ((totals[name],),) = await self.db.all(select(func.count()).select_from(schema.metadata.tables[name]))
        return Counted(**totals)

    async def due_of(self, unit: int, by: int | None = None) -> int:
        """How many persons are still to be settled for a unit."""
        d = schema.due.c
        wanted = [d.unit == unit] + ([] if by is None else [d.at <= by])
        ((count,),) = await self.db.all(select(func.count()).where(*wanted))
        return int(count)

    async def waiting(self, seqs: Collection[int]) -> int:
        """How many of these journal entries are not counted yet."""
        ((count,),) = await self.db.hot("SELECT count(*) FROM work WHERE seq IN (SELECT value FROM json_each(?))", (encode(list(seqs)),))
        return int(count)

    async def parked_events(self, limit: int = 50) -> Sequence[ParkedEvent]:
        """What could not be decided, newest first."""
        p, u, j = schema.parked.c, schema.unit.c, schema.journal.c
        rows = await self.db.all(
            select(u.key, p.person, p.error, p.time, j.id, j.type).outerjoin(schema.unit, u.id == p.unit)
            .outerjoin(schema.journal, j.seq == p.seq).order_by(p.time.desc()).limit(limit)
        )  # fmt: skip
        return [ParkedEvent(row.key or "", row.person, row.id or "", row.type or "", row.error, from_micros(row.time)) for row in rows]

    async def failing_dues(self, limit: int = 50) -> Sequence[ParkedEvent]:
        """What failed and will be tried again."""
        d, u, j = schema.due.c, schema.unit.c, schema.journal.c
        rows = await self.db.all(
            select(u.key, d.person, d.error, d.at, j.id, j.type).join(schema.unit, u.id == d.unit)
            .outerjoin(schema.journal, j.seq == d.failed).where(d.attempts > 0).order_by(d.at).limit(limit)
        )  # fmt: skip
        return [ParkedEvent(row.key, row.person, row.id or "", row.type or "", row.error, from_micros(row.at)) for row in rows]

    async def strangers(self) -> Sequence[tuple[str, str, int]]:
        """Realms that no configuration names: platform, realm, events seen."""
        s = schema.stranger.c
        return [(row.platform, row.realm, row.events) for row in await self.db.all(select(schema.stranger).order_by(s.events.desc()))]


def _award(row: Any, accounts: Sequence[Account], now: int) -> Award:
    name = next((account.name for account in accounts if account.name), accounts[0].id if accounts else "")
    return Award(
        row.id, row.community_name, row.slug, row.level, row.occurrence, name, tuple(account.key for account in accounts),
        from_micros(row.time), from_micros(row.recorded), _state(row, now), row.cause, row.name, row.level_name, row.giver, row.note,
        tuple(decode(row.evidence)), row.event, bool(row.hidden),
    )  # fmt: skip


def _state(row: Any, now: int) -> State:
    """The state as people see it: an active award may have expired."""
    expired = row.state == "active" and row.expires is not None and row.expires <= now
    return "expired" if expired else row.state
