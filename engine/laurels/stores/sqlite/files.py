"""Records: found by their fields, saved by their key."""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, select

from ...filed import Filed
from ..codec import encode
from ..filing import TABLES
from .database import Database
from .journal import Journal

F = TypeVar("F", bound=Filed)


class Files(Journal):
    """The verbs for records of :mod:`laurels.filed`."""

    db: Database

    async def find(self, kind: type[F], community: str, *, order: str = "", limit: int | None = None, **where: Any) -> Sequence[F]:
        """Records whose fields are as *where* says; several values for a field are alternatives, None is nothing there."""
        table = TABLES[kind]
        wanted = [table.c.community == await self.community_id(community)]
        wanted += [_is(table.c[name], value) for name, value in where.items()]
        by = [table.c[name.removeprefix("-")] for name in filter(None, [order, *kind.key])]
        ordered = [column.desc() if order.startswith("-") else column for column in by]
        rows = await self.db.all(select(*table.c).where(*wanted).order_by(*ordered).limit(limit))
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


def _is(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if value is None:
        return column.is_(None)
    return column.in_(list(value)) if isinstance(value, list | tuple | set | frozenset) else column == value


def _value(value: Any) -> Any:
    return encode(value) if isinstance(value, tuple) else value


def _record(kind: type[F], row: Any) -> F:
    fields = {name: _field(kind, name, getattr(row, name)) for name in kind.__struct_fields__}
    return msgspec.convert(fields, kind)


def _field(kind: type[Filed], name: str, value: Any) -> Any:
    is_list = "tuple" in str(kind.__annotations__[name])
    return msgspec.json.decode(value) if is_list else value
