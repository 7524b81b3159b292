"""``laurels run``: adapters, HTTP, clock, reload; until told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import structlog
from aiohttp import web

from ..activity.ranking import Ranking
from ..errors import LaurelsError
from ..periods import to_micros
from ..rules import watch
from . import feeds, metrics
from .app import App
from .daily import days
from .people import declare
from .routes import text

log = structlog.get_logger()

BODY_LIMIT: Final = 26 * 1024 * 1024  # bytes; GitHub sends up to 25 MB
SETTLE: Final = 0.05  # seconds without a new route after which they are mounted
RANK: Final = 60.0  # seconds between looks at what leaderboards have to take in
LEAD: Final = 2.0  # seconds between tries to become the one that drains


async def serve(app: App, *, ready: Callable[[str], None] | None = None) -> None:
    """Run an open app until cancelled. *ready* is called with the server's address once everything is up."""
    app.routes.get("/healthz", text(_alive))
    app.routes.get("/readyz", text(lambda: _ready(app)))
    app.routes.get("/metrics", text(lambda: metrics.page(app)))
    feeds.add_to(app.routes, app)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_drain(app))
        for name, adapter in app.adapters.items():
            tasks.create_task(_supervised(name, partial(adapter.run, app.host(name))))
        await _http(app, ready)


async def _drain(app: App) -> None:
    """Become the process that counts, as soon as no other is; then keep the clock and the rule files."""
    waited = False
    while not await app.store.lead():
        if not waited:
            log.info("another process counts on this database; this one only accepts until that one ends")
            waited = True
        await asyncio.sleep(LEAD)
        await app.refresh()
        await app.look_at_door()
    await app.take_charge()
    await declare(app)
    app.start()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(days(app.intake, app.zones, app.clock, app.engine.wake))
        tasks.create_task(_reload(app))
        tasks.create_task(_rank(app))


async def _reload(app: App) -> None:
    config = app.config
    known = watch.snapshot(config.folder, config.badges.files)
    async for _ in watch.changes(config.folder, config.badges.files, known):
        await app.reload()


async def _rank(app: App) -> None:
    """Keep leaderboards, so that who asks for one need not wait for a long time's changes."""
    while True:
        for name, config in app.config.communities.items():
            await Ranking(app.engine.communities[name], app.store, config.timezone).refresh(to_micros(app.clock()))
        await asyncio.sleep(RANK)


async def _supervised(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Run an adapter; one that fails is started again, after a while that grows."""
    wait = 1.0
    while True:
        try:
            await run()
        except LaurelsError as error:  # which it says in words that are enough
            log.error("adapter can't run; trying again", adapter=name, why=str(error), seconds=wait)
        except Exception:
            log.exception("adapter failed; starting it again", adapter=name, seconds=wait)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(wait * 2, 60.0)


async def _http(app: App, ready: Callable[[str], None] | None) -> None:
    """Serve the routes that there are; mount them anew when an adapter registers more, since aiohttp's router can't grow."""
    while True:
        await _settled(app)
        runner = await _listen(app)
        try:
            if ready is not None:
                ready(_address(runner))
                ready = None
            await app.routes.changed.wait()
        finally:
            await runner.cleanup()


async def _settled(app: App) -> None:
    """Return once no route was registered for a moment."""
    app.routes.changed.set()
    while app.routes.changed.is_set():
        app.routes.changed.clear()
        await asyncio.sleep(SETTLE)


async def _listen(app: App) -> web.AppRunner:
    runner = web.AppRunner(app.routes.application(BODY_LIMIT), access_log=None, auto_decompress=False)
    await runner.setup()
    await web.TCPSite(runner, app.config.http.listen.host, app.config.http.listen.port).start()
    return runner


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


async def _alive() -> tuple[int, str]:
    return 200, "ok\n"


async def _ready(app: App) -> tuple[int, str]:
    counted = await app.store.counted()
    return 200, f"ready; {counted.work} waiting\n"
