"""A folder with a configuration, a rule file and a database, and a shell in it."""

import asyncio
import importlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from typer.testing import CliRunner

from laurels import Account, Event, Place
from laurels.app import App
from laurels.cli import app
from laurels.config import load
from laurels.plugins import load_packs

CONFIGURATION = """
[badges]
packs = []

[http]
listen = "127.0.0.1:0"

[communities.acme]
realms = { console = ["*"] }
mode = "live"
"""

RULES = """\
[chatterbox]
on = "message.posted"
levels = { 2 = "Bronze", 4 = "Silver" }

[helper]
on = "thanks.given"
to = "event.data.receiver"
count = { distinct = "event.actor" }
at = 2

[chatty-helper]
requires = { all = ["chatterbox@2", "helper"] }

[kindness]
name = "Kindness"

[thumbs-up]
repeatable = true
"""

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
PLACE = Place("console", "general")


class Shell:
    """Runs commands, and puts events into the journal as an adapter would."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.events = folder, 0
        self.rules = folder / "badges" / "rules.toml"

    def __call__(self, *args: str, status: int = 0, input: str | None = None) -> str:
        """What a command prints; for one that fails (*status*), what it complains."""
        result = CliRunner().invoke(app, args, input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, result.output
        self.stdout, self.stderr = result.stdout, result.stderr
        return result.stderr if status else result.stdout

    def lines(self, *args: str) -> list[list[str]]:
        """The cells of what a command prints."""
        return [line.split("\t") for line in self(*args).splitlines()]

    def event(self, type_: str, actor: str, days: float, **data: Any) -> Event:
        self.events += 1
        who = Account("console", actor, name=actor)
        return Event(f"e{self.events}", "console", type_, START + timedelta(days=days), who, data, PLACE, community="acme")

    def put(self, *events: Event, count: bool = True) -> None:
        asyncio.run(self._put(events, count))

    async def _put(self, events: Sequence[Event], count: bool) -> None:
        config = load(self.folder / "laurels.toml")
        async with App(config, load_packs(config.badges.packs)) as one:
            for event in events:
                await one.intake.put(event)
            if count:
                one.start(announce=False)
                await one.engine.rest()

    def busy(self) -> None:
        """Ana talks and helps, Bob talks a little; Ana ends with four awards."""
        self.put(
            *(self.event("message.posted", "ana", day) for day in range(5)), self.event("message.posted", "bob", 1),
            *(self.event("thanks.given", who, 2, receiver="console:ana") for who in ("bob", "cem")),
        )  # fmt: skip

    def cause(self, slug: str) -> str:
        """The cause of what a badge gives now."""
        return next(row[-1] for row in self.lines("awards", "--badge", slug) if row[-1].startswith("badge:"))

    def dump(self) -> list[str]:
        """Everything that is in the database."""
        with closing(sqlite3.connect(self.folder / "laurels.db")) as database:
            return list(database.iterdump())

    def edit(self, before: str, after: str) -> None:
        """Change the rule file."""
        text = self.rules.read_text()
        assert before in text
        self.rules.write_text(text.replace(before, after))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    (tmp_path / "badges").mkdir()
    (tmp_path / "laurels.toml").write_text(CONFIGURATION)
    (tmp_path / "badges" / "rules.toml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Put a real distribution on the path: its metadata with entry points, and a module."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), *filter(None, sys.path)]))
    names = []

    def put(name: str, group: str, entry_point: str, source: str) -> None:
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[laurels.{group}]\n{entry_point}\n")
        (site / f"{name}.py").write_text(dedent(source))
        importlib.invalidate_caches()
        names.append(name)

    yield put
    for name in names:
        sys.modules.pop(name, None)
