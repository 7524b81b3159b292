"""The fixtures of the plugin."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from ..adapter import Adapter
from ..model import Event
from .pack import gather
from .people import Member
from .running import Running
from .world import World


@pytest.fixture
def pack() -> Any:
    """The badges of the world: override it with a module, a badge or its class, the path of a rule file, or several of these."""
    return ()


@pytest.fixture
def configuration() -> str:
    """What ``laurels.toml`` says in the world; override it for a time zone, texts that are kept, a template."""
    return ""


@pytest.fixture
def adapter() -> Adapter:
    """Override it with the adapter under test."""
    raise LookupError("which adapter? define a fixture `adapter` that returns it")


@pytest_asyncio.fixture
async def world(tmp_path: Path, pack: Any, configuration: str, request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A whole laurels on a database of its own, with the badges of ``pack``."""
    folder = tmp_path / "world"
    folder.mkdir()
    async with World(folder, gather(pack, request.path.parent), configuration=configuration) as made:
        yield made


@pytest_asyncio.fixture
async def running(
    tmp_path: Path, adapter: Adapter, pack: Any, configuration: str, request: pytest.FixtureRequest
) -> AsyncIterator[Running]:
    """``adapter`` in a whole laurels that serves real HTTP."""
    folder = tmp_path / "running"
    folder.mkdir()
    async with Running(adapter, folder, gather(pack, request.path.parent), configuration=configuration) as made:
        yield made


@pytest.fixture
def replay(world: World) -> Callable[[Iterable[Event]], Awaitable[None]]:
    """Puts a stream of events as it comes: see :meth:`World.replay`."""
    return world.replay


@pytest.fixture
def ana(world: World) -> Member:
    """Somebody."""
    return world.person("Ana")


@pytest.fixture
def bob(world: World) -> Member:
    """Somebody else."""
    return world.person("Bob")


@pytest.fixture
def cleo(world: World) -> Member:
    """A third."""
    return world.person("Cleo")
