"""Migrations: how a database comes to the schema of this version, and whether it is there."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Final

from ...errors import StoreError

_VERSION: Final = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
HEAD: Final = "0002"  # the newest migration; known here so that opening a database need not load Alembic


def at_head(url: str) -> None:
    """Bring an empty database to the schema; raise StoreError where one is at another version than this program's."""
    version = current(url)
    if version is None:
        create(url)
    elif version != HEAD:
        raise StoreError(f"{url} is at schema {version}, this version needs {HEAD}: run `laurels db upgrade`, after a backup")


def current(url: str) -> str | None:
    """The schema version of a database, or None where it is empty. Raises StoreError where it holds something else."""
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(f"{url} has tables, but they are not laurels'; give store.url a file of its own")
        rows = list(connection.execute("SELECT version_num FROM alembic_version"))
    return rows[0][0] if rows else None


def create(url: str) -> None:
    """Make the schema in an empty database, at once and whole: what all migrations would give, without loading what runs them."""
    statements = _statements()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():  # another process may have been quicker
            for statement in (*statements, _VERSION):
                connection.execute(statement)
            connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
        connection.execute("COMMIT")


@cache
def _statements() -> tuple[str, ...]:
    """What makes every table and index."""
    from sqlalchemy.dialects.sqlite import dialect  # noqa: PLC0415  # once in a database's life
    from sqlalchemy.schema import CreateIndex, CreateTable  # noqa: PLC0415

    from ..tables import metadata  # noqa: PLC0415

    tables = [str(CreateTable(table).compile(dialect=dialect())) for table in metadata.sorted_tables]
    return (*tables, *(str(CreateIndex(index).compile(dialect=dialect())) for table in metadata.sorted_tables for index in table.indexes))


def upgrade(url: str) -> None:
    """Run every migration that the database lacks."""
    from alembic import command  # noqa: PLC0415  # only who migrates should pay for it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    command.upgrade(config, "head")
