"""What the people of the world decide about each other's awards."""

from abc import ABC, abstractmethod

from ..acts import Acts
from ..app import App
from ..desk import Desk
from ..model import Place
from ..registry import Registry
from .chat import PLATFORM
from .clock import TICK, Clock
from .people import Member


class Deciding(ABC):
    """The verbs of the world that are people's decisions. Each returns the cause of what it does, once that is done."""

    app: App
    clock: Clock
    community: str

    @property
    def registry(self) -> Registry:
        """The badges that can be used."""
        return self.app.generation.registries[self.community]

    @property
    def _desk(self) -> Desk:
        return self.app.desk(self.community)

    @property
    def acts(self) -> Acts:
        """What people may do, through the policy: each verb answers what came of it."""
        return self.app.acts(self.community)

    @abstractmethod
    async def rest(self) -> None:
        """Return once everything has been counted and announced."""

    async def gives(self, giver: Member, slug: str, person: Member, *, level: int | None = None, note: str = "") -> str:
        """Award a badge by hand. Returns the cause, for :meth:`undoes`."""
        definition, place = self.registry.definition(slug), Place(PLATFORM, "general", name="general")
        return await self._decided(
            await self._desk.award(definition, person.account, level=level, giver=giver.account, note=note, place=place)
        )

    async def revokes(self, giver: Member, slug: str, person: Member, *, level: int = 1, occurrence: str = "") -> str:
        """Take an award back, until it is reinstated."""
        definition = self.registry.definition(slug)
        return await self._decided(await self._desk.revoke(definition, person.account, level, occurrence, giver=giver.account))

    async def reinstates(self, giver: Member, slug: str, person: Member, *, level: int = 1, occurrence: str = "") -> str:
        """Let a revoked award stand again."""
        definition = self.registry.definition(slug)
        return await self._decided(await self._desk.reinstate(definition, person.account, level, occurrence, giver=giver.account))

    async def undoes(self, giver: Member, cause: str) -> str:
        """Withdraw all that a cause gave up to now."""
        return await self._decided(await self._desk.undo(cause, giver=giver.account))

    async def links(self, person: Member, account: Member) -> None:
        """Make the accounts of two one person's."""
        await self._decided(await self._desk.link(person.account, account.account))

    async def unlinks(self, account: Member) -> None:
        """Make the account of somebody a person of its own again."""
        await self._decided(await self._desk.unlink(account.account))

    async def regrade(self, slug: str | None = None) -> None:
        """Fold a badge, or all, anew for everybody."""
        for definition in [self.registry.definition(slug)] if slug else list(self.registry.definitions.values()):
            await self._decided(await self._desk.regrade(definition))

    async def _decided(self, seq: int | None) -> str:
        self.clock.forward(TICK)
        await self.rest()
        return f"command:{seq}"
