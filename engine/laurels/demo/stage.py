"""Everything that the demo runs on, made anew in a folder of its own; nothing comes from the environment."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any, Protocol, cast

from ..adapter import Adapter, Host
from ..config import Config, adapter_settings, load
from ..errors import ConfigError, Problem
from ..model import Announcement, Receipt
from ..plugins import load_adapters


class Console(Protocol):
    """What the demo asks of the console adapter."""

    name: str
    write: Callable[..., Any]
    clock: Callable[[], datetime]

    async def run(self, host: Host) -> None:
        """Take lines from the keyboard until there are no more."""
        ...

    async def take(self, text: str, host: Host) -> None:
        """Take one line; returns when all that follows from it was shown."""
        ...

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Print it."""
        ...


class Curtain:
    """The console adapter, whose keyboard is looked at only once the script is through.

    What is announced is said when what it follows from was shown: the *floor* is held until then.
    """

    def __init__(self, console: Console) -> None:
        self.name, self.console, self.floor = console.name, console, asyncio.Lock()
        self.opened, self.left = asyncio.Event(), asyncio.Event()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Have the console print it."""
        async with self.floor:
            return await self.console.announce(announcement, earlier)

    async def run(self, host: Host) -> None:
        """Wait for the script, then take lines until there are no more."""
        await self.opened.wait()
        await self.console.run(host)
        self.left.set()


def configure(folder: Path, secret: str) -> Config:
    """Write the demo's configuration into *folder* and read it as ``laurels run`` would."""
    path = folder / "laurels.toml"
    text = files(__package__).joinpath("laurels.toml").read_text("utf-8")
    path.write_text(Template(text).substitute(folder=folder.as_posix(), secret=secret), "utf-8")
    return load(path, required=True)


def adapters(config: Config) -> tuple[Adapter, Console]:
    """The GitHub adapter and the console, as they are installed. Raises ConfigError where they aren't."""
    found, problems = load_adapters(frozenset(config.adapters))
    if found.keys() != config.adapters.keys():
        raise ConfigError(problems or [Problem("laurels.adapters", "", "the adapters are not installed", "pip install laurels")])
    made = {name: plugin.factory(adapter_settings(config, plugin)) for name, plugin in found.items()}
    return made["github_webhooks"], cast(Console, made["console"])
