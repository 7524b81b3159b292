"""Which badges there are: of packs, of files, and of people; and how admins steer their communities."""

import asyncio
from collections.abc import Mapping

import structlog
from msgspec import structs

from ..config import Config
from ..desk import Desk
from ..engine.community import Community
from ..engine.watchdog import Quarantine
from ..filed import Setting
from ..generation import Generation, build
from ..loaded import Loaded
from ..policy import Policy
from ..steering.steered import steered
from ..store import Store
from ..workshop.made import PEOPLE, Made, read

log = structlog.get_logger()


class Inventory:
    """The present generation, made anew when any of it changes. *config* is the one that was written, as admins have steered it since."""

    def __init__(self, config: Config, packs: Loaded, store: Store, quarantine: Quarantine) -> None:
        self._written, self._steered = config.communities, dict(config.communities)
        self.config = structs.replace(config, communities=self._steered)
        self.packs, self.store, self.quarantine = packs, store, quarantine
        self.generation: Generation
        self.made: dict[str, Made] = {}
        self._grounds: object = None  # what people had made and set when the generation was built

    async def begin(self) -> None:
        """Make the first generation."""
        await self._steer()
        self.made = await read(self.store, self.config.communities)
        self.generation, self._grounds = self._build(self.made), self._as_set(self.made)

    async def reload(self) -> bool:
        """Read the files again; where they have faults that they hadn't, keep what is there and say why."""
        fresh = await asyncio.to_thread(self._build, self.made)
        known = {str(problem) for problem in self.generation.problems}
        worse = [problem for problem in fresh.problems if str(problem) not in known and problem.where != PEOPLE]
        if worse:
            log.error("badges not reloaded; the ones before stay", problems=[str(problem) for problem in worse])
            return False
        self.generation = fresh
        return True

    async def follow(self) -> None:
        """Take in what people made and set since, here or in another process."""
        await self._steer()
        made = await read(self.store, self.config.communities)
        grounds = self._as_set(made)
        if grounds != self._grounds:
            self.generation = await asyncio.to_thread(self._build, made, self.generation.files)
        self.made, self._grounds = made, grounds  # only now: a change that could not be built is to be seen again

    def _as_set(self, made: Mapping[str, Made]) -> object:
        """What, of all that people say, badges are built from."""
        return {name: (its.editions, self.config.communities[name].disabled) for name, its in made.items()}

    def _build(self, made: Mapping[str, Made], files: Loaded | None = None) -> Generation:
        return build(self.config, self.packs, made, files=files, quarantined=self.quarantine.causes())

    async def _steer(self) -> None:
        """Take in what admins set."""
        for name, community in self._written.items():
            self._steered[name] = steered(community, await self.store.find(Setting, name))

    def policy(self, community: str) -> Policy:
        """Who may do what in a community."""
        return Policy(self.config.communities[community], self.made[community].stewards)

    def tell(self, communities: Mapping[str, Community]) -> None:
        """Tell the engine's communities who may do what now."""
        for name, community in communities.items():
            community.may = self.policy(name).may

    async def communities(self, desks: Mapping[str, Desk]) -> dict[str, Community]:
        """The generation's communities, known to the store; changed definitions are noted in the journal."""
        found = {name: await Community.load(name, registry, self.store) for name, registry in self.generation.registries.items()}
        self.tell(found)
        for name, community in found.items():
            for slug, before in community.changed.items():
                await desks[name].redefine(slug, before, community.registry.definitions[slug].cause)
        return found

    async def looked(self) -> dict[str, Community]:
        """The generation's communities while another process leads, whose badges may be others."""
        found = {name: await Community.look(name, registry, self.store) for name, registry in self.generation.registries.items()}
        self.tell(found)
        return found
