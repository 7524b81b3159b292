"""Records: found by their fields, saved by their key."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from ...filed import Filed
from ..codec import encode
from .database import Database
from .journal import Journal

F = TypeVar("F", bound=Filed)


class Files(Journal):
    """The verbs for records of :mod:`laurels.filed`."""

    db: Database

    async def find(self, kind: type[F], community: str, *, order: str = "", limit: int | None = None, **where: Any) -> Sequence[F]:
        """Records whose fields are as *where* says; several values for a field are alternatives, None is nothing there."""
        sql, values = _finding(kind, order, where)
        rows = await self.db.hot(sql, (await self.community_id(community), *values, -1 if limit is None else limit))
        return [_record(kind, row) for row in rows]

    async def save(self, community: str, *records: Filed) -> None:
        """Keep records; those with the same key are replaced. Returns once durable."""
        community_id = await self.community_id(community)
        await self.db.writer.step(lambda connection: save(connection, community_id, records))

    async def drop(self, community: str, *records: Filed) -> None:
        """Forget records, by their key. Returns once durable."""
        community_id = await self.community_id(community)
        await self.db.writer.step(lambda connection: drop(connection, community_id, records))


def save(connection: sqlite3.Connection, community: int, records: Iterable[Filed]) -> None:
    """Write records in the transaction that is open."""
    for record in records:
        connection.execute(_saving(type(record)), (community, *map(_value, msgspec.structs.astuple(record))))


def drop(connection: sqlite3.Connection, community: int, records: Iterable[Filed]) -> None:
    """Delete records in the transaction that is open."""
    for record in records:
        connection.execute(_dropping(type(record)), (community, *(getattr(record, name) for name in record.key)))


@cache
def _saving(kind: type[Filed]) -> str:
    names = kind.__struct_fields__
    rest = [name for name in names if name not in kind.key]
    updates = ", ".join(f"{name} = excluded.{name}" for name in rest)
    then = f"DO UPDATE SET {updates}" if rest else "DO NOTHING"
    marks = ", ".join("?" * (len(names) + 1))
    keys = ", ".join(("community", *kind.key))
    return f"INSERT INTO {kind.table} (community, {', '.join(names)}) VALUES ({marks}) ON CONFLICT ({keys}) {then}"  # noqa: S608  # our own names


@cache
def _dropping(kind: type[Filed]) -> str:
    return f"DELETE FROM {kind.table} WHERE community = ? AND " + " AND ".join(f"{name} = ?" for name in kind.key)  # noqa: S608  # our own names


def _finding(kind: type[Filed], order: str, where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Written by hand: SQLAlchemy would put such a statement together anew for each database that is opened."""
    names = kind.__struct_fields__
    if unknown := {*where, *filter(None, [order.removeprefix("-")])} - set(names):
        raise KeyError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    conditions = ["community = ?", *(_condition(name, value) for name, value in where.items())]
    direction = " DESC" if order.startswith("-") else ""
    by = ", ".join(f"{name}{direction}" for name in filter(None, [order.removeprefix("-"), *kind.key]))
    sql = f"SELECT {', '.join(names)} FROM {kind.table} WHERE {' AND '.join(conditions)} ORDER BY {by} LIMIT ?"  # noqa: S608  # our own names
    several = (list, tuple, set, frozenset)
    values = [encode(sorted(value)) if isinstance(value, several) else value for value in where.values() if value is not None]
    return sql, values


def _condition(name: str, value: Any) -> str:
    if value is None:
        return f"{name} IS NULL"
    if isinstance(value, list | tuple | set | frozenset):
        return f"{name} IN (SELECT value FROM json_each(?))"  # noqa: S608  # our own names
    return f"{name} = ?"


def _value(value: Any) -> Any:
    return encode(value) if isinstance(value, tuple) else value


def _record(kind: type[F], row: Sequence[Any]) -> F:
    return kind(**{name: read(value) for (name, read), value in zip(_readers(kind), row, strict=True)})


@cache
def _readers(kind: type[Filed]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """By field, how SQLite's value becomes the record's."""
    hints = get_type_hints(kind)
    return tuple((name, _reader(hints[name])) for name in kind.__struct_fields__)


def _reader(hint: Any) -> Callable[[Any], Any]:
    if hint is bool:
        return bool
    return (lambda value: tuple(msgspec.json.decode(value))) if get_origin(hint) is tuple else (lambda value: value)
