"""laurels with the app as it is run, and what tests of that look at."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from laurels import Badge
from laurels.app import App, serve
from laurels.config import load
from laurels.loaded import Loaded, Sourced
from laurels_slack import Settings, SlackAdapter

PATIENCE = 20.0  # seconds
CONFIG = """
[store]
url = "sqlite:///{folder}/x.db"
[http]
listen = "127.0.0.1:{port}"
[badges]
packs = []
files = ["*.rules.toml"]
[adapters.slack]
bot_token = "env:SLACK_BOT_TOKEN"
{transport}
api_url = "{api}"
[communities.acme]
slack.teams = ["*"]
mode = "live"
announce = {announce}
"""
RULES = """
[talker]
name = "Talker"
on = "message.posted"
at = 1
"""


def configured(folder: Path, api: str, transport: str, *, port: int = 0, announce: str = "[]") -> Path:
    """A configuration; *transport* is the line of the adapter's settings that says how Slack reaches it."""
    path = folder / "laurels.toml"
    path.write_text(CONFIG.format(folder=folder, api=api, port=port, announce=announce, transport=transport))
    return path


@asynccontextmanager
async def running(path: Path, *badges: Badge, **options: Any) -> AsyncIterator[App]:
    """The app, in this process; *options* are those of the adapter's settings."""
    packs = Loaded(tuple(Sourced(badge, "test") for badge in badges))
    async with App(load(path), packs, {"slack": SlackAdapter(Settings(**options))}) as app:
        task = asyncio.create_task(serve(app))
        yield app
        task.cancel()
        await asyncio.wait([task])


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


async def held(app: App, state: str = "active") -> list[str]:
    """``person badge@level`` of the awards in a state."""
    awards = await app.store.awards("acme", standing=False)
    return sorted(f"{award.person} {award.badge}@{award.level}" for award in awards if award.state == state)


async def messages(app: App) -> int:
    """How many messages the journal has."""
    return int((await app.store.db.all(text("SELECT count(*) FROM journal WHERE type = 'message.posted'")))[0][0])


async def holding(app: App, *expected: str, state: str = "active") -> None:
    """Return once that is what people hold, and it is announced."""
    async with asyncio.timeout(PATIENCE):
        while await held(app, state) != list(expected):
            await asyncio.sleep(0.02)
    await app.rest()


async def shell(path: Path, *words: str, **environment: str) -> asyncio.subprocess.Process:
    """The program, as an operator starts it, with a badge for the first message."""
    (path.parent / "x.rules.toml").write_text(RULES)
    command = [sys.executable, "-c", "from laurels.cli import main; main()", *words, "--config", str(path)]
    return await asyncio.create_subprocess_exec(
        *command, cwd=path.parent, env={**os.environ, **environment}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )


async def line(process: asyncio.subprocess.Process, having: str) -> str:
    """The next line of what it prints that has some words in it."""
    assert process.stdout is not None
    read: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while not (read and having in read[-1]):
            text = (await process.stdout.readline()).decode()
            assert text, read
            read.append(text)
    return read[-1]
