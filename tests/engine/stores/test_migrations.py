"""The migrations give the schema, and nothing opens a database that is at another."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from laurels.errors import StoreError
from laurels.stores import migrations, open_store


def made(path: Path) -> dict[str, list[str]]:
    """What stands in a database: by name, the parts of the statement that made it, whose order doesn't matter."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: sorted(re.sub(r"[\s()]+", "", sql).lower().split(",")) for name, sql in rows}


def test_the_migrations_give_just_the_schema(tmp_path: Path):
    migrations.upgrade(f"sqlite:///{tmp_path / 'migrated.db'}")
    migrations.create(f"sqlite:///{tmp_path / 'made.db'}")
    assert made(tmp_path / "migrated.db") == made(tmp_path / "made.db")


def test_the_newest_migration_is_the_one_that_opening_looks_for():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD


async def test_an_empty_file_is_brought_to_the_schema(tmp_path: Path):
    (tmp_path / "x.db").touch()
    async with open_store(f"sqlite:///{tmp_path / 'x.db'}") as store:
        assert (await store.counted()).journal == 0


async def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as refused:
        async with open_store(f"sqlite:///{path}"):
            pass
    return str(refused.value).replace(str(path), "FILE")


async def test_another_version_is_refused_with_the_command_that_helps(tmp_path: Path):
    migrations.upgrade(f"sqlite:///{tmp_path / 'x.db'}")
    with closing(sqlite3.connect(tmp_path / "x.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    assert await refusal(tmp_path / "x.db") == (
        f"sqlite:///FILE is at schema 0000, this version needs {migrations.HEAD}: run `laurels db upgrade`, after a backup"
    )


async def test_what_is_no_database_or_somebody_elses_is_refused(tmp_path: Path):
    (tmp_path / "text.db").write_text("this is no database, but long enough to be looked at as if it were one" * 20)
    assert await refusal(tmp_path / "text.db") == "sqlite:///FILE: file is not a database"
    with closing(sqlite3.connect(tmp_path / "other.db")) as database, database:
        database.execute("CREATE TABLE songs (title TEXT)")
    assert await refusal(tmp_path / "other.db") == "sqlite:///FILE has tables, but they are not laurels'; give store.url a file of its own"


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    path = tmp_path / "nowhere" / "x.db"
    assert await refusal(path) == f"sqlite:///FILE: the folder {path.parent} is not there; make it, or change store.url"
