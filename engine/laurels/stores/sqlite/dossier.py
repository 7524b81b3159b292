"""All that is kept of somebody: found, told, sifted out; and a community's, erased."""

import asyncio
import secrets
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from ...model import Account
from ...records import Row
from ..codec import decode, encode, encode_body
from ..kept import NOTHING, OF_COMMUNITY, TABLES
from ..shroud import Shroud
from ..tables import metadata
from .forgetting import REWRITE, entries, needles, of_community, rows
from .journal import Journal

LARGE: Final = 500_000_000  # bytes of a file that are written anew while others wait
TRIES: Final = 20  # at emptying the log, while somebody reads

_SEAL = "INSERT INTO memory (adapter, key, value) VALUES ('', 'seal', ?) ON CONFLICT DO NOTHING"
_SEALED = "SELECT value FROM memory WHERE adapter = '' AND key = 'seal'"
_MENTIONS = """
    SELECT seq, body FROM journal WHERE community = ? AND seq <= ? AND EXISTS (
        SELECT 1 FROM json_each(?) n WHERE instr(body, n.value) OR instr(id, n.value) OR instr(coalesce(thing, ''), n.value)
    ) ORDER BY seq
"""
_REWRITE_NEW = REWRITE.replace("UPDATE", "UPDATE OR IGNORE")


class Dossier(Journal):
    """The verbs about all that is kept of somebody."""

    async def seal(self) -> str:
        """The key of hashes: a random secret, made once per database."""
        new = encode(secrets.token_hex(32))

        def step(connection: sqlite3.Connection) -> str:
            connection.execute(_SEAL, (new,))
            ((found,),) = connection.execute(_SEALED)
            return str(decode(found))

        return await self.db.writer.step(step)

    async def mentions(self, community: str, accounts: Collection[Account], until: int) -> tuple[set[str], list[int]]:
        """What people called these accounts, and the entries of the journal up to *until* that may speak of them."""
        community_id = await self.community_id(community)
        shroud = Shroud({account.key: account for account in accounts}, (), str)
        names, before, seqs = {account.name for account in accounts} - {""}, None, set[int]()
        while names != before:
            before = set(names)
            found = await self.db.hot(_MENTIONS, (community_id, until, needles(accounts, names)))
            seqs |= {seq for seq, _ in found}
            names = names.union(*(shroud.called(decode(body)) for _, body in found))
        return names, sorted(seqs)

    async def about(self, community: str, accounts: Mapping[int, Account], seqs: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
        """All rows that tell of a person, by what they are; *seqs* are entries that may."""
        parameters = {"ids": encode(list(accounts)), "community": await self.community_id(community)}

        def read(connection: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
            found = {
                kept.what: rows(connection, f"SELECT * FROM {table} WHERE {kept.theirs}", parameters)  # noqa: S608  # constants
                for table, kept in TABLES.items()
            }  # fmt: skip
            shroud = Shroud({account.key: account for account in accounts.values()}, (), str)
            told = ({**row, "body": decode(row["body"])} for row in entries(connection, seqs))
            return {**found, TABLES["journal"].what: [entry for entry in told if shroud.body(entry["body"], entry["type"])[1]]}

        return await self.db.writer.step(read)

    async def sift(self, erased: Sequence[Row], changed: Sequence[Row]) -> Collection[int]:
        """Take entries that are not counted yet out of the journal; keep others as they are here, unless they are there already."""

        def step(connection: sqlite3.Connection) -> list[int]:
            gone = [row.seq for row in erased]
            for row in changed:
                values = (row.event.id, row.event.thing or None, encode_body(row.event), row.seq)
                if not connection.execute(_REWRITE_NEW, values).rowcount:
                    gone.append(row.seq)
            for table in ("work", "journal"):
                connection.execute(f"DELETE FROM {table} WHERE seq IN (SELECT value FROM json_each(?))", (encode(gone),))  # noqa: S608
            return gone

        gone = await self.db.writer.step(step)
        self.forget_events(row.seq for row in (*erased, *changed))
        return gone

    async def communities(self) -> Sequence[str]:
        """The names of the communities that there are."""
        return [name for (name,) in await self.db.hot("SELECT name FROM community ORDER BY name")]

    async def erase(self, community: str) -> bool:
        """Delete every row of a community. False where there is none of that name."""

        def step(connection: sqlite3.Connection) -> bool:
            found = connection.execute("SELECT id FROM community WHERE name = ?", (community,)).fetchone()
            if found is not None:
                _erase(connection, found[0], community)
            return found is not None

        erased = await self.db.writer.step(step)
        self._communities.pop(community, None)
        self.forget_people()
        return erased

    async def scrub(self, *, whatever_it_takes: bool = False) -> bool:
        """Write the file anew, unless it is large, and empty its log. False where it was too large, or others hold it up.

        To overwrite what is deleted is not enough: pages that are split keep parts of it.
        """
        try:
            return await asyncio.to_thread(_scrub, self.db.path, whatever_it_takes=whatever_it_takes)
        except sqlite3.OperationalError:
            return False


def _erase(connection: sqlite3.Connection, community: int, name: str) -> None:
    """All rows of one community: of those tables first that hang on others."""
    order = (*OF_COMMUNITY, *(table for table in TABLES if table not in OF_COMMUNITY), *NOTHING, "badge", "unit", "journal", "account")
    for table in dict.fromkeys(order):
        if table in OF_COMMUNITY or "community" in metadata.tables[table].columns:
            connection.execute(f"DELETE FROM {table} WHERE {of_community(table)}", {"community": community})  # noqa: S608  # constants
    connection.execute("DELETE FROM memory WHERE adapter = '' AND key = ?", (f"ranking:{name}",))
    connection.execute("DELETE FROM community WHERE id = ?", (community,))
    if not connection.execute("SELECT 1 FROM community").fetchone():
        connection.execute("DELETE FROM memory")
        connection.execute("DELETE FROM stranger")


def _scrub(path: str, *, whatever_it_takes: bool) -> bool:
    compact = whatever_it_takes or Path(path).stat().st_size <= LARGE
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        if compact:
            connection.execute("VACUUM")
        for _ in range(TRIES):
            ((busy, _, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not busy:
                return compact
            time.sleep(0.05)
    return False
