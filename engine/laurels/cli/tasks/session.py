"""A configuration with its badges and its database, open for looking."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path

from ...config import Config
from ...definition import Definition
from ...engine.community import Community
from ...engine.watchdog import Watchdog
from ...generation import Generation
from ...outbox import OutboxStore
from ...regrade import Looker
from ...store import Store
from ...stores import migrations, open_store
from ...workshop.made import Made, read
from ..errors import NotNow
from . import configured


class Session:
    """Looks, and writes nothing: what a badge's definition would be known by is made up where the database has none."""

    def __init__(self, config: Config, store: Store, outbox: OutboxStore, made: Mapping[str, Made]) -> None:
        self.config, self.store, self.outbox, self.made = config, store, outbox, made

    @cached_property
    def installed(self) -> configured.Installed:
        """Packs and adapters."""
        return configured.installed(self.config)

    @cached_property
    def generation(self) -> Generation:
        """The badges, by community."""
        return configured.generation(self.config, self.installed.packs, self.made)

    def community(self, name: str | None) -> str:
        """The community that is meant."""
        return configured.community(self.config, name)

    def definition(self, community: str, slug: str) -> Definition:
        """The badge that is meant."""
        return configured.definition(self.generation, community, slug)

    async def looker(self, community: str) -> Looker:
        """For looking at the fold."""
        known = await Community.look(community, self.generation.registries[community], self.store)
        return Looker(known, self.store, Watchdog(configured.quarantine(self.config)))


@asynccontextmanager
async def opened(path: Path | None) -> AsyncIterator[Session]:
    """The configuration and its database. Raises NotNow where there is no database yet: looking makes none."""
    config = configured.configuration(path)
    store = open_store(config.store.url)
    if migrations.current(config.store.url) is None:
        raise NotNow(f"{config.store.url}: there is no database yet; `laurels run` makes it")
    async with store:
        yield Session(config, store, store, await read(store, config.communities))
