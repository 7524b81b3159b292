"""``laurels backfill``."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ...adapter import Adapter, Backfills, Host, Page
from ...app import App
from ...config import Config
from ...errors import ConfigError, Unreachable
from ..errors import NotNow, Wrong, unknown
from . import configured, logs, output
from .office import Office


async def read(path: Path | None, name: str, since: str) -> int:
    """Put what the adapter finds in its platform's history, and count it. What was interrupted goes on."""
    start = moment(since)
    config = configured.configuration(path)
    installed = configured.installed(config)
    key, adapter = _meant(config, installed, name)
    if not isinstance(adapter, Backfills):
        raise Wrong(f"the adapter {key} can't read history")
    logs.configure()
    async with App(config, installed.packs, {key: adapter}) as app:
        leads = await app.store.lead()
        if leads:
            app.watchdog.start()
        try:
            number = await _put(adapter, app.host(key), start, name)
        except Unreachable as error:
            raise NotNow(f"{key}: {error}; what was read is kept, and the same command goes on behind it") from error
        except asyncio.CancelledError:
            output.warn("stopped; what was read is kept, and the same command goes on behind it")
            raise
        output.say(f"read {output.counted(number, 'event')} since {output.moment(start)}")
        await Office(app, app.generation, leads=leads).rest()
    return 0


def moment(text: str) -> datetime:
    """A date, or a date and time; without a zone it is UTC. Raises Wrong where it is none, or still to come."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Wrong(f"--since {text!r} is no date; write it like 2026-01-31, or 2026-01-31T12:00:00Z") from None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found
    if found > datetime.now(UTC):
        raise Wrong(f"--since {text} is still to come")
    return found


def _meant(config: Config, installed: configured.Installed, name: str) -> tuple[str, Adapter]:
    """The adapter of the table [adapters.NAME], or the one that calls itself so. Raises Wrong."""
    for problem in installed.problems:
        output.warn(str(problem))
    if name in installed.adapters:
        return name, configured.made(config, installed.adapters[name])
    for key, plugin in installed.adapters.items():
        with suppress(ConfigError):  # of another adapter; of this one, under the name of its table
            adapter = configured.made(config, plugin)
            if adapter.name == name:
                return key, adapter
    raise Wrong(unknown("adapter", name, list(config.adapters)) + f"; configured are {', '.join(config.adapters) or 'none'}")


async def _put(adapter: Backfills, host: Host, since: datetime, name: str) -> int:
    number = 0
    with output.progress(name, 1) as bar:
        pages = adapter.backfill(since, host)
        try:
            async for page in pages:
                number += await _keep(host, page)
                bar(page.done, page.total, page.label or None)
        finally:
            if isinstance(pages, AsyncGenerator):
                await pages.aclose()
    return number


async def _keep(host: Host, page: Page) -> int:
    """The events first: a cursor that is ahead of them would lose them."""
    await asyncio.gather(*(host.put(event) for event in page.events))
    if page.key:
        await host.state.put(page.key, page.cursor)
    return len(page.events)
