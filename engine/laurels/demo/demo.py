"""The demo: a script goes through laurels as it is, and then it is yours."""

import asyncio
import logging
import secrets
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog

from ..app import App, serve
from ..errors import LaurelsError
from ..plugins import load_packs
from . import stage
from .clock import Clock
from .github import github
from .play import Play, named, standing
from .screen import Screen

COMMUNITY: Final = "orchard"
GREETING: Final = (
    "Now it is yours: type what people say, and press Ctrl-D to leave.",
    "  eli: thanks @dan    eli > dan: me too        eli + dan: 🎉",
    "  ana: /badges        dan: /badges progress    eli: /badges why helper ana",
)


def run(interactive: bool | None = None) -> int:
    """Play the demo; returns the exit status. *interactive*: take lines from the keyboard afterwards; None where there is one."""
    errors = structlog.PrintLoggerFactory(sys.stderr)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), logger_factory=errors)
    keyboard = sys.stdin.isatty() and sys.stdout.isatty() if interactive is None else interactive
    screen = Screen()
    try:
        with TemporaryDirectory(prefix="laurels-demo-") as folder:
            asyncio.run(_perform(Path(folder), screen, keyboard=keyboard))
    except KeyboardInterrupt:
        screen.line()
        return 130
    except LaurelsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


async def _perform(folder: Path, screen: Screen, *, keyboard: bool) -> None:
    secret, clock = secrets.token_hex(20), Clock()
    config = stage.configure(folder, secret)
    webhooks, console = stage.adapters(config)
    console.write, console.clock = screen.says, clock
    curtain = stage.Curtain(console)
    async with App(config, load_packs(config.badges.packs), {webhooks.name: webhooks, console.name: curtain}, clock) as app:
        address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        async with asyncio.TaskGroup() as tasks:
            server = tasks.create_task(serve(app, ready=address.set_result))
            screen.line(f"laurels runs at {await address} with SQLite in {folder} and the starter pack.")
            async with github(await address, secret) as hub:
                await Play(app, screen, curtain, hub, clock).through()
            screen.heading("Awards")
            for award in await standing(app, COMMUNITY):
                screen.award(award.person, named(award))
            if keyboard:
                await _hand_over(curtain, screen)
            server.cancel()


async def _hand_over(curtain: stage.Curtain, screen: Screen) -> None:
    screen.heading(GREETING[0])
    for line in GREETING[1:]:
        screen.line(line)
    curtain.opened.set()
    await curtain.left.wait()
