"""Forgetting somebody: everything that tells of them goes, or stays under a pseudonym where others' numbers rest on it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from ...model import Account
from ...records import Forgetting
from ..codec import decode, encode
from ..kept import OF_COMMUNITY, TABLES, TEXTS
from ..shroud import Shroud
from ..tables import metadata
from ..veil import digest

CHUNK: Final = 500  # entries of the journal that are looked at together
JSON: Final = frozenset({"extra", "evidence", "place", "receipt", "state", "news", "content"})
JSON_VALUES: Final = frozenset({("memory", "value"), ("setting", "value")})
REWRITE: Final = "UPDATE journal SET id = ?, thing = ?, body = ? WHERE seq = ?"

_ENTRIES = "SELECT seq, id, type, thing, body FROM journal WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
_ACCOUNT = "UPDATE account SET key = ?, name = '', first_time = NULL WHERE id = ?"
_ELSEWHERE = "SELECT 1 FROM account WHERE community <> ? AND key IN (SELECT value FROM json_each(?))"
_CALLS = "SELECT hook, verb, subject, news FROM hook_call WHERE community = ?"
#: What they said about others, and what was said about nominations of them.
_SAID = (
    """
    UPDATE journal SET body = json_set(body, '$.data.note', '')
    WHERE community = :community AND type IN ('laurels.approved', 'laurels.rejected') AND json_extract(body, '$.data.nomination') IN
        (SELECT id FROM nomination WHERE nominee IN (SELECT value FROM json_each(:ids)))
    """,
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


def forget(connection: sqlite3.Connection, community: int, it: Forgetting) -> None:
    """Forget somebody, in the transaction that is open."""
    shroud = Shroud({before.key: after for before, after in it.accounts.values()}, it.names, partial(digest, it.secret))
    own = _rename(connection, shroud, it.seqs)
    for row in entries(connection, it.seqs):
        _rewrite(connection, shroud, row)
    parameters = {
        "ids": encode(list(it.accounts)), "own": encode(own), "community": community,
        "needles": needles([before for before, _ in it.accounts.values()], it.names),
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


def needles(accounts: Iterable[Account], names: Iterable[str]) -> str:
    """What an entry that speaks of them has in it somewhere, as JSON has it."""
    texts = {text for account in accounts for text in (account.id, account.key)}.union(*({name, name.lower()} for name in names))
    return encode([encode(text)[1:-1] for text in texts])


def _rename(connection: sqlite3.Connection, shroud: Shroud, seqs: Sequence[int]) -> list[int]:
    """Find other ids for entries and things that speak of them. Returns what they decided."""
    own = []
    for row in entries(connection, seqs):
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
        connection.execute(REWRITE, (*after, row["seq"]))


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
    where = f"{of_community(table)} AND EXISTS (SELECT 1 FROM json_each(:needles) n WHERE {named})"  # noqa: S608  # constants
    return f"SELECT {', '.join((*keys, *columns))} FROM {table} WHERE {where}"  # noqa: S608  # constants


def _covered(shroud: Shroud, table: str, column: str, text: str | None) -> str | None:
    if not text:
        return text
    return encode(shroud.over(decode(text))) if column in JSON or (table, column) in JSON_VALUES else shroud.text(text)


def _each(columns: Sequence[str], between: str) -> str:
    return between.join(f"{column} = ?" for column in columns)


def of_community(table: str) -> str:
    """The condition on which a table's rows are those of one community."""
    if table == "memory":
        return "adapter <> ''"
    return OF_COMMUNITY.get(table, "community = :community")


def entries(connection: sqlite3.Connection, seqs: Sequence[int]) -> Iterator[dict[str, Any]]:
    """These entries, as they lie there; some at a time, as there may be many."""
    for start in range(0, len(seqs), CHUNK):
        yield from rows(connection, _ENTRIES, (encode(seqs[start : start + CHUNK]),))


def rows(connection: sqlite3.Connection, sql: str, parameters: Any) -> list[dict[str, Any]]:
    """Rows, by the names of their columns."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
