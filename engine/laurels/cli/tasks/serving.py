"""``laurels run``."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

from ...adapter import Adapter
from ...app import App, serve
from ...config import Config
from ...errors import ConfigError, Problem
from ..errors import NotNow
from . import configured, logs, output
from .badges import once


async def serve_until_told(path: Path | None) -> None:
    """Run until SIGTERM or Ctrl-C; both end it well."""
    config = configured.configuration(path)
    installed = configured.installed(config)
    adapters = _adapters(config, installed)
    logs.configure()
    told = _told()
    serving = asyncio.create_task(_serve(App(config, installed.packs, adapters), installed.problems))
    await asyncio.wait({told, serving}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if not serving.done():
        serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


def _told() -> asyncio.Task[bool]:
    """Done once somebody says that this should end."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows, where Ctrl-C cancels what runs
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return asyncio.create_task(stop.wait())


def _adapters(config: Config, installed: configured.Installed) -> dict[str, Adapter]:
    """All adapters that are configured and can be loaded. Raises ConfigError where the settings of any of them are wrong."""
    found: dict[str, Adapter] = {}
    problems: list[Problem] = list(configured.unknown(config))
    for name, plugin in installed.adapters.items():
        try:
            found[name] = configured.made(config, plugin)
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return found


async def _serve(app: App, problems: tuple[Problem, ...]) -> None:
    async with app:
        for problem in once((*problems, *app.problems)):
            output.warn(f"left out: {problem}")
        try:
            await serve(app, ready=lambda address: _ready(app, address))
        except* OSError as errors:
            listen = app.config.http.listen
            raise NotNow(f"can't listen at {listen.host}:{listen.port}: {_first(errors)}; see [http].listen") from errors


def _ready(app: App, address: str) -> None:
    badges = output.counted(sum(len(registry.definitions) for registry in app.generation.registries.values()), "badge")
    output.say(f"laurels runs at {address} with {badges}; adapters: {', '.join(app.adapters) or 'none, see [adapters.NAME]'}")


def _first(errors: BaseExceptionGroup[OSError]) -> str:
    first: BaseException = errors
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return str(first)
