"""Making the registry's units and badges known."""

import json
from collections.abc import Sequence

import aiosqlite

from ...records import BadgeRow, BadgeSpec, UnitRow
from ..codec import decode
from .commit import ENROLL, Commit

_UNIT = """
    INSERT INTO unit (community, key, since)
    SELECT ?1, ?2, coalesce((SELECT max(seq) FROM journal WHERE community = ?1), 0) WHERE true ON CONFLICT DO NOTHING
"""
_BADGE = """
    INSERT INTO badge (community, slug, cause, name, levels, settled) VALUES (?1, ?2, ?3, ?4, ?5,
        (SELECT NOT EXISTS (SELECT 1 FROM journal WHERE community = ?1)))
    ON CONFLICT (community, slug) DO UPDATE SET name = excluded.name, levels = excluded.levels,
        settled = settled AND cause = excluded.cause AND NOT retired, cause = excluded.cause, retired = 0
"""
_BEFORE = "SELECT slug, id, cause, retired FROM badge WHERE community = ?"
_RETIRE = "UPDATE badge SET retired = 1 WHERE community = ? AND slug NOT IN (SELECT value FROM json_each(?))"
_UNSETTLE = "DELETE FROM settled WHERE badge = ?"


class Define(Commit):
    """The verb that meets a new registry."""

    async def define(self, community: str, units: Sequence[str], badges: Sequence[BadgeSpec]) -> tuple[list[UnitRow], list[BadgeRow]]:
        """Units and badges as stored, new ones made."""
        community_id = await self.community_id(community)

        async def job(connection: aiosqlite.Connection) -> tuple[list[UnitRow], list[BadgeRow]]:
            before = {slug: rest for slug, *rest in await connection.execute_fetchall(_BEFORE, (community_id,))}
            await connection.executemany(_UNIT, [(community_id, key) for key in units])
            await connection.execute(_RETIRE, (community_id, json.dumps([spec.slug for spec in badges])))
            await connection.executemany(_BADGE, [(community_id, *spec) for spec in badges])
            known = {spec.slug: before[spec.slug] for spec in badges if spec.slug in before}
            changed = {spec.slug: known[spec.slug][1] for spec in badges if spec.slug in known and known[spec.slug][1] != spec.cause}
            missed = [(id_,) for slug, (id_, _, retired) in known.items() if retired or slug in changed]
            await connection.executemany(_UNSETTLE, missed)
            unit_rows = await connection.execute_fetchall("SELECT id, key, since, reads FROM unit WHERE community = ?", (community_id,))
            badge_rows = await connection.execute_fetchall(
                "SELECT id, slug, settled FROM badge WHERE community = ? AND NOT retired", (community_id,)
            )
            return (
                [UnitRow(id_, key, since, tuple(decode(reads))) for id_, key, since, reads in unit_rows],
                [BadgeRow(id_, slug, bool(settled), changed.get(slug, "")) for id_, slug, settled in badge_rows],
            )

        return await self.db.writer.submit(job)

    async def enroll(self, community: str, unit: int, *, silent: bool, whole: bool) -> int:
        """Make a unit due for everybody known; what is due already becomes at most more so."""
        community_id = await self.community_id(community)

        async def job(connection: aiosqlite.Connection) -> int:
            cursor = await connection.execute(ENROLL, (community_id, unit, whole, silent, None, None))
            return cursor.rowcount

        return await self.db.writer.submit(job)
