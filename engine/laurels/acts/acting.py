"""What all acts rest on."""

from collections.abc import Iterable, Mapping, Sequence

from ..definition import Definition
from ..desk import Desk
from ..engine.community import Community
from ..errors import UnknownBadge
from ..model import Account, Actor, Outcome, Place
from ..policy import Deed, Policy
from ..store import Store


class Acting:
    """One community, where acts go in, and who may do them."""

    def __init__(self, desk: Desk, policy: Policy, community: Community) -> None:
        self.desk, self.policy, self.community = desk, policy, community

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.desk.store

    @property
    def name(self) -> str:
        """The community's name."""
        return self.desk.community

    def definition(self, slug: str) -> Definition:
        """The badge of this slug. Raises UnknownBadge with the nearest ones."""
        found = self.community.registry.definitions.get(slug)
        if found is None:
            raise UnknownBadge(slug, list(self.community.registry.definitions))
        return found

    def forbidden(self, by: Actor, deed: Deed, badge: str, accounts: Iterable[Account] = ()) -> list[Outcome]:
        """The outcomes of what somebody may not do, saying who may; empty where they may."""
        if self.policy.may(by, deed, badge):
            return []
        who = ", ".join(self.policy.roles(deed, badge))
        return [Outcome("FORBIDDEN", key, badge, detail="only", reason=who) for key in [a.key for a in accounts] or [""]]

    async def done(self, type_: str, data: Mapping[str, object], by: Actor, place: Place | None = None) -> Sequence[Outcome]:
        """Write it into the journal as a wish, and wait for what comes of it."""
        return await self.desk.done(type_, {**data, "strict": True}, by.account, place)
