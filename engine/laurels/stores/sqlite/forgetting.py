"""Forgetting somebody: everything that tells of them goes, or stays under a pseudonym where others' numbers rest on it."""

import asyncio
import secrets
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from ...model import Account
from ...records import Forgetting, Row
from ..codec import decode, encode, encode_body
from ..kept import NOTHING, OF_COMMUNITY, TABLES, TEXTS
from ..tables import metadata
from ..veil import Shroud, digest
from .journal import Journal

CHUNK: Final = 500  # entries of the journal that are looked at together
LARGE: Final = 500_000_000  # bytes of a file that are written anew while others wait
TRIES: Final = 20  # at emptying the log, while somebody reads
JSON: Final = frozenset({"extra", "evidence", "place", "receipt", "state", "news", "content"})
JSON_VALUES: Final = frozenset({("memory", "value"), ("setting", "value")})

_SEAL = "INSERT INTO memory (adapter, key, value) VALUES ('', 'seal', ?) ON CONFLICT DO NOTHING"
_SEALED = "SELECT value FROM memory WHERE adapter = '' AND key = 'seal'"
_MENTIONS = """
    SELECT seq, body FROM journal WHERE community = ? AND seq <= ? AND EXISTS (
        SELECT 1 FROM json_each(?) n WHERE instr(body, n.value) OR instr(id, n.value) OR instr(coalesce(thing, ''), n.value)
    ) ORDER BY seq
"""
_ENTRIES = "SELECT seq, id, type, thing, body FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
_REWRITE = "UPDATE journal SET id = ?, thing = ?, body = ? WHERE seq = ?"
_REWRITE_NEW = _REWRITE.replace("UPDATE", "UPDATE OR IGNORE")
_ACCOUNT = "UPDATE account SET key = ?, name = '', first_time = NULL WHERE id = ?"
_ELSEWHERE = "SELECT 1 FROM account WHERE community <> ? AND key IN (SELECT value FROM json_each(?))"
_CALLS = "SELECT hook, verb, subject, news FROM hook_call WHERE community = ?"
#: What they said about others, beside the journal.
_SAID = (
    "UPDATE nomination SET reason = '', evidence = '[]', place = NULL WHERE nominator IN (SELECT value FROM json_each(:ids))",
    "UPDATE nomination SET closed_note = '' WHERE closer IN (SELECT value FROM json_each(:ids))",
    "UPDATE voice SET note = '' WHERE account IN (SELECT value FROM json_each(:ids))",
    "UPDATE claim SET note = '', evidence = '[]' WHERE maker IN (SELECT value FROM json_each(:ids))",
    "UPDATE claim SET note = '', evidence = '[]' WHERE bound IN (SELECT value FROM json_each(:ids))",
)
#: Causes of what they gave to others in their own words; and of what they had a hand in.
_WORDS = """
    SELECT 'command:' || value FROM json_each(:own)
    UNION SELECT 'claims:' || batch FROM claim WHERE maker IN (SELECT value FROM json_each(:ids))
    UNION SELECT 'nomination:' || id FROM nomination WHERE nominator IN (SELECT value FROM json_each(:ids))
"""
_HANDS = f"""
    {_WORDS} UNION SELECT 'nomination:' || nomination FROM voice WHERE account IN (SELECT value FROM json_each(:ids))
"""  # noqa: S608  # constants


class Forget(Journal):
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
            found = await self.db.hot(_MENTIONS, (community_id, until, _needles(accounts, names)))
            seqs |= {seq for seq, _ in found}
            names = names.union(*(shroud.called(decode(body)) for _, body in found))
        return names, sorted(seqs)

    async def about(self, community: str, accounts: Mapping[int, Account], seqs: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
        """All rows that tell of a person, by what they are; *seqs* are entries that may."""
        parameters = {"ids": encode(list(accounts)), "community": await self.community_id(community)}

        def read(connection: sqlite3.Connection) -> dict[str, list[dict[str, Any]]]:
            found = {
                kept.what: _rows(connection, f"SELECT * FROM {table} WHERE {kept.theirs}", parameters)  # noqa: S608  # constants
                for table, kept in TABLES.items()
            }  # fmt: skip
            shroud = Shroud({account.key: account for account in accounts.values()}, (), str)
            entries = ({**row, "body": decode(row["body"])} for row in _journal(connection, seqs))
            return {**found, TABLES["journal"].what: [entry for entry in entries if shroud.body(entry["body"], entry["type"])[1]]}

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
        """Write the file anew and empty its log, unless it is large. Overwriting what is deleted is not enough: pages that are split keep some.

        False where it was too large, or others hold it up.
        """
        large = Path(self.db.path).stat().st_size > LARGE
        try:
            return await asyncio.to_thread(_scrub, self.db.path, compact=whatever_it_takes or not large)
        except sqlite3.OperationalError:
            return False


def forget(connection: sqlite3.Connection, community: int, it: Forgetting) -> None:
    """Forget somebody, in the transaction that is open."""
    shroud = Shroud({before.key: after for before, after in it.accounts.values()}, it.names, partial(digest, it.secret))
    own = _rename(connection, shroud, it.seqs)
    for row in _journal(connection, it.seqs):
        _rewrite(connection, shroud, row)
    parameters = {
        "ids": encode(list(it.accounts)), "own": encode(own), "community": community,
        "needles": _needles([before for before, _ in it.accounts.values()], it.names),
    }  # fmt: skip
    _disown(connection, shroud, parameters)
    for statement in _SAID:
        connection.execute(statement, parameters)
    for table, kept in TABLES.items():
        if kept.gone:
            connection.execute(f"DELETE FROM {table} WHERE {kept.gone}", parameters)  # noqa: S608  # constants
    _hooks(connection, shroud, community)
    for table in TEXTS:
        if table != "memory" or not connection.execute(_ELSEWHERE, (community, encode(list(shroud.accounts)))).fetchone():
            _veil(connection, shroud, table, parameters)
    connection.executemany(_ACCOUNT, [(after.key, id_) for id_, (_, after) in it.accounts.items()])


def _needles(accounts: Iterable[Account], names: Iterable[str]) -> str:
    """What an entry that speaks of them has in it somewhere, as JSON has it."""
    texts = {text for account in accounts for text in (account.id, account.key)}.union(*({name, name.lower()} for name in names))
    return encode([encode(text)[1:-1] for text in texts])


def _rename(connection: sqlite3.Connection, shroud: Shroud, seqs: Sequence[int]) -> list[int]:
    """Find other ids for entries and things that speak of them. Returns what they decided."""
    own = []
    for row in _journal(connection, seqs):
        body = decode(row["body"])
        if shroud.body(body, row["type"])[1]:
            for text in filter(None, (row["id"], row["thing"])):
                shroud.rename(text)
        if row["type"].startswith("laurels.") and shroud.owns(body):
            own.append(row["seq"])
    return own


def _rewrite(connection: sqlite3.Connection, shroud: Shroud, row: Mapping[str, Any]) -> None:
    body, _ = shroud.body(decode(row["body"]), row["type"])
    id_, thing = (shroud.renamed.get(text, text) for text in (row["id"], row["thing"]))
    after = (id_, thing, encode(body))
    if after != (row["id"], row["thing"], row["body"]):
        connection.execute(_REWRITE, (*after, row["seq"]))


def _disown(connection: sqlite3.Connection, shroud: Shroud, parameters: Mapping[str, Any]) -> None:
    """Take their name and their words from what they gave to others."""
    called = {*shroud.names, *shroud.accounts}
    for table in ("award", "ruling", "held_award"):
        connection.execute(f"UPDATE {table} SET note = '', evidence = '[]' WHERE cause IN ({_WORDS})", parameters)  # noqa: S608  # constants
        givers = connection.execute(f"SELECT DISTINCT giver FROM {table} WHERE cause IN ({_HANDS})", parameters)  # noqa: S608  # constants
        for (giver,) in givers.fetchall():
            others = ", ".join(name for name in giver.split(", ") if name not in called)
            sql = f"UPDATE {table} SET giver = :others WHERE giver = :giver AND cause IN ({_HANDS})"  # noqa: S608  # constants
            connection.execute(sql, {**parameters, "giver": giver, "others": others})
        connection.execute(  # by whom what was given has been revoked, and why
            "UPDATE ruling SET giver = '', note = '', evidence = '[]' WHERE seq IN (SELECT value FROM json_each(:own))", parameters
        )  # fmt: skip


def _hooks(connection: sqlite3.Connection, shroud: Shroud, community: int) -> None:
    """Tell hooks nothing more about them, nor that it was them."""
    for hook, verb, subject, text in connection.execute(_CALLS, (community,)).fetchall():
        key, news = (community, hook, verb, subject), decode(text)
        if not shroud.accounts.keys().isdisjoint((*news.get("accounts", ()), news.get("nominee_account", ""))):
            connection.execute("DELETE FROM hook_call WHERE community = ? AND hook = ? AND verb = ? AND subject = ?", key)
        elif (covered := {name: "" if value in [*shroud.names] else value for name, value in news.items()}) != news:
            said = encode({**covered, "note": ""})
            connection.execute("UPDATE hook_call SET news = ? WHERE community = ? AND hook = ? AND verb = ? AND subject = ?", (said, *key))


def _veil(connection: sqlite3.Connection, shroud: Shroud, table: str, parameters: Mapping[str, Any]) -> None:
    """Cover them in one table's texts."""
    columns, keys = TEXTS[table], [column.name for column in metadata.tables[table].primary_key.columns]
    update = f"UPDATE OR REPLACE {table} SET {_each(columns, ', ')} WHERE {_each(keys, ' AND ')}"  # noqa: S608  # constants
    units = dict(connection.execute("SELECT id, key FROM unit WHERE community = :community", parameters))
    for row in connection.execute(_speaking(table, keys, columns), parameters).fetchall():
        key, texts = row[: len(keys)], row[len(keys) :]
        its = shroud.measuring(units[row[0]]) if table in ("tally", "seen") else shroud
        covered = [_covered(its, table, column, text) for column, text in zip(columns, texts, strict=True)]
        if covered != list(texts):
            connection.execute(update, (*covered, *key))


def _speaking(table: str, keys: Sequence[str], columns: Sequence[str]) -> str:
    """The rows of a table that may speak of them."""
    named = " OR ".join(f"instr(coalesce({column}, ''), n.value)" for column in columns)
    where = f"{_of_community(table)} AND EXISTS (SELECT 1 FROM json_each(:needles) n WHERE {named})"  # noqa: S608  # constants
    return f"SELECT {', '.join((*keys, *columns))} FROM {table} WHERE {where}"  # noqa: S608  # constants


def _covered(shroud: Shroud, table: str, column: str, text: str | None) -> str | None:
    if not text:
        return text
    return encode(shroud.over(decode(text))) if column in JSON or (table, column) in JSON_VALUES else shroud.text(text)


def _each(columns: Sequence[str], between: str) -> str:
    return between.join(f"{column} = ?" for column in columns)


def _of_community(table: str) -> str:
    if table == "memory":
        return "adapter <> ''"
    return OF_COMMUNITY.get(table, "community = :community")


def _journal(connection: sqlite3.Connection, seqs: Sequence[int]) -> Iterator[dict[str, Any]]:
    """These entries, as they lie there; some at a time, as there may be many."""
    for start in range(0, len(seqs), CHUNK):
        yield from _rows(connection, _ENTRIES, (encode(seqs[start : start + CHUNK]),))


def _rows(connection: sqlite3.Connection, sql: str, parameters: Any) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _erase(connection: sqlite3.Connection, community: int, name: str) -> None:
    """All rows of one community: of those tables first that hang on others."""
    order = (*OF_COMMUNITY, *(table for table in TABLES if table not in OF_COMMUNITY), *NOTHING, "badge", "unit", "journal", "account")
    for table in dict.fromkeys(order):
        if table in OF_COMMUNITY or "community" in metadata.tables[table].columns:
            connection.execute(f"DELETE FROM {table} WHERE {_of_community(table)}", {"community": community})  # noqa: S608  # constants
    connection.execute("DELETE FROM memory WHERE adapter = '' AND key = ?", (f"ranking:{name}",))
    connection.execute("DELETE FROM community WHERE id = ?", (community,))
    if not connection.execute("SELECT 1 FROM community").fetchone():
        connection.execute("DELETE FROM memory")
        connection.execute("DELETE FROM stranger")


def _scrub(path: str, *, compact: bool) -> bool:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        if compact:
            connection.execute("VACUUM")
        for _ in range(TRIES):
            ((busy, _, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if not busy:
                return compact
            time.sleep(0.05)
    return False
