"""After somebody is forgotten nothing tells of them, and everybody else has what they had."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from laurels.filed import KINDS
from laurels.stores.kept import NOTHING, PLAIN, TABLES, TEXTS
from laurels.stores.tables import metadata
from laurels.testing import World
from life import BADGES, TRACES, ZOE, Life, by

Rows = dict[str, list[dict[str, Any]]]


class Told(NamedTuple):
    """What there was before and after, by table; her export; what others held; and the files' bytes."""

    before: Rows
    after: Rows
    export: dict[str, Any]
    held: tuple[list[Any], list[Any], list[Any]]
    regraded: list[str]
    files: dict[str, bytes]


def dump(path: str) -> Rows:
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return {name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")] for name in metadata.tables}


async def held(world: World) -> list[Any]:
    """What others hold, in any state; but for a badge that is made in this life, which nobody had time to win."""
    found = await world.app.store.awards(world.community, standing=False, hidden=True, now=0)
    return sorted((a.badge, a.level, a.occurrence, a.person, a.state, a.time) for a in found if a.person in ("Bob", "Cleo", "Dan") and a.badge != "made")


async def play(folder: Path) -> Told:
    async with World(folder, BADGES, strict=False) as world:
        life = Life(world)
        await life.happens()
        path = world.app.store.db.path
        before, holding = dump(path), await held(world)
        export = json.loads(json.dumps(await world.acts.privacy.export(by(ZOE))))
        (outcome,) = await world.acts.privacy.forget(by(ZOE))
        assert outcome.result == "FORGOTTEN"
        await world.rest()
        after, now = dump(path), await held(world)
        files = {file.name: file.read_bytes() for file in Path(path).parent.iterdir()}
        regraded = await world.regraded()
        await world.regrade()
        return Told(before, after, export, (holding, now, await held(world)), regraded, files)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return asyncio.run(play(tmp_path_factory.mktemp("life")))


OF_ACCOUNTS = {kind.table: kind.accounts for kind in KINDS}


def found_in(rows: list[dict[str, Any]]) -> list[str]:
    """The rows that tell of her, as text."""
    return [text for row in rows if traces(text := json.dumps(row, ensure_ascii=False))]


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_table_says_what_it_holds_of_somebody(table: str) -> None:
    """Whoever adds a table, or a text to one, has to say in `laurels.stores.kept` what becomes of it."""
    assert (table in TABLES) != (table in NOTHING)
    texts = {column.name for column in metadata.tables[table].columns if column.type.python_type is str}
    assert texts == {*TEXTS.get(table, ()), *PLAIN.get(table, ())}
    numbers = {column.name for column in metadata.tables[table].columns if column.type.python_type is int}
    people = {*OF_ACCOUNTS.get(table, ()), *numbers & {"person", "account", "recipient", "subject"}}
    theirs = TABLES[table].theirs if table in TABLES else ""
    assert table in ("account", "forgotten") or [name for name in people if f"{name} IN" not in theirs] == []


@pytest.mark.parametrize("table", sorted(TABLES))
def test_the_life_has_something_in_every_table_and_the_export_has_it(table: str, told: Told) -> None:
    assert told.before[table]
    assert told.export[TABLES[table].what]


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_no_table_tells_of_them_any_more(table: str, told: Told) -> None:
    assert found_in(told.after[table]) == []


def test_the_life_left_traces_almost_everywhere(told: Told) -> None:
    assert {table for table in TEXTS if not found_in(told.before[table])} == {"asked", "outbox", "post", "setting", "undone"}


def test_nothing_stands_in_the_files_not_even_what_was_deleted(told: Told) -> None:
    assert {name: [trace for trace in TRACES if trace.encode() in content] for name, content in told.files.items() if traces(content.decode("utf-8", "replace"))} == {}


def test_others_hold_what_they_held_and_counting_anew_gives_the_same(told: Told) -> None:
    before, after, regraded = told.held
    assert len(before) > 12
    assert after == before
    assert regraded == before
    assert told.regraded == []
