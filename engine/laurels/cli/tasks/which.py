"""Which badges a regrade is about."""

from collections.abc import Sequence

from msgspec import Struct

from ...definition import Definition
from ...generation import Generation
from ..errors import Wrong
from . import configured


class Which(Struct, frozen=True):
    """One badge of a community, or *everything*."""

    community: str | None
    badge: str | None
    everything: bool

    def definitions(self, generation: Generation, community: str) -> Sequence[Definition]:
        """The badges that are meant. Raises Wrong where that is not clear."""
        if self.everything == (self.badge is not None):
            raise Wrong("name one badge, or say --all")
        if self.badge is None:
            return list(generation.registries[community].definitions.values())
        return [configured.definition(generation, community, self.badge)]
