"""What the tests of the two seed systems' cases and decisions share."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from laurels import ADMIN, Command, Outcome, Place, Reply
from laurels.testing import Member, World

HERE = Place("world", "general", name="general")


def results(outcomes: Iterable[Outcome]) -> list[str]:
    """What came of it, word by word."""
    return [outcome.result for outcome in outcomes]


def rows(world: World, sql: str, *values: object) -> list[Any]:
    """What the database file itself says, or lets be done to it."""
    path = Path(world.app.config.store.url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        return file.execute(sql, values).fetchall()


async def asks(world: World, person: Member, *words: str) -> Reply:
    """The answer to ``/badges words``."""
    return await world.app.commands(world.community).answer(Command("badges", words, person.account, HERE))


async def asks_as_admin(world: World, person: Member, *words: str) -> Reply:
    """The answer to ``/badges-admin words``, of somebody whom the platform counts among the administrators."""
    reply = await world.app.commands(world.community).answer(Command("badges-admin", words, person.account, HERE, roles=(ADMIN,)))
    await world.rest()
    return reply
