"""The tables of :mod:`laurels.filed`, made from what the records say of themselves: nothing is said twice."""

from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, structs
from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, String, Table, Text, text

from ..filed import KINDS, Filed
from .schema import Id, metadata

_KINDS: Final[dict[Any, Any]] = {int: BigInteger, float: Float, bool: Boolean, str: Text}


def _table(kind: type[Filed]) -> Table:
    hints = get_type_hints(kind)
    columns = [_column(kind, field, hints[field.name]) for field in structs.fields(kind)]
    indexes = [Index(f"ix_{kind.table}_{'_'.join(names)}", "community", *names) for names in kind.indexes]
    community = Column("community", Id, ForeignKey("community.id"), primary_key=True, autoincrement=False)
    return Table(kind.table, metadata, community, *columns, *indexes, sqlite_with_rowid=False)


def _column(kind: type[Filed], field: structs.FieldInfo, hint: Any) -> Column[Any]:
    optional = get_origin(hint) is UnionType
    plain = next(part for part in get_args(hint) if part is not type(None)) if optional else hint
    key = field.name in kind.key
    column = String(512) if key and plain is str else _KINDS.get(plain, Text)
    default = None if key or optional or field.default is NODEFAULT else text(_literal(field.default))
    return Column(field.name, column, primary_key=key, autoincrement=False, nullable=optional, server_default=default)


def _literal(value: Any) -> str:
    if isinstance(value, tuple):
        return "'[]'"
    return f"'{value}'" if isinstance(value, str) else str(int(value))


#: The table of each kind of record.
TABLES: Final = {kind: _table(kind) for kind in KINDS}
