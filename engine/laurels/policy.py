"""Who may do what: decided here and nowhere else, by roles from the configuration and what the platform says of somebody."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct, field

from .config import CommunityConfig
from .errors import Refused
from .model import ADMIN, Account, Actor

#: Who acts where no person does: the operator at the command line, or laurels itself. Never None.
OPERATOR: Final = Account("laurels", "operator", name="operator")
SYSTEM: Final = Actor(OPERATOR)

Deed: TypeAlias = Literal[
    "award", "revoke", "reinstate", "move", "approve", "reject", "claims",  # about a badge: who may award it
    "edit", "retire",  # about a badge: who made it, and badge admins
    "create",  # as the community allows
    "undo", "configure", "status",  # admins
]  # fmt: skip

#: Who may do each deed, from the widest power down; the first that is named is what a refusal says.
_MAY: Final[Mapping[Deed, tuple[str, ...]]] = {
    **dict.fromkeys(("award", "revoke", "reinstate", "move", "approve", "reject", "claims"),
                    ("admins", "badge_admins", "awarders", "delegates", "creator")),
    **dict.fromkeys(("edit", "retire"), ("admins", "badge_admins", "creator")),
    "create": ("admins", "badge_admins", "creators"),
    **dict.fromkeys(("undo", "configure", "status"), ("admins",)),
}  # type: ignore[dict-item, unused-ignore]  # fmt: skip


class Steward(Struct, frozen=True):
    """Who looks after one badge: its *creator*, and *delegates* who may award it; accounts and roles as the configuration names them.

    *accounts* are those that are linked to the creator's.
    """

    creator: str = ""
    delegates: frozenset[str] = field(default_factory=frozenset)
    accounts: frozenset[str] = field(default_factory=frozenset)


class Policy:
    """The policy of one community. *stewards* are those of badges made by people; the configuration's own are added."""

    def __init__(self, community: CommunityConfig, stewards: Mapping[str, Steward] | None = None) -> None:
        self.community, self.stewards = community, dict(stewards or {})

    def may(self, actor: Actor, deed: Deed, badge: str = "") -> bool:
        """Whether *actor* may do *deed*, about a *badge* where it is about one."""
        return any(self._is(actor, role, badge) for role in _MAY[deed])

    def demand(self, actor: Actor, deed: Deed, badge: str = "") -> None:
        """Raise Refused, saying who may, where :meth:`may` says no."""
        if not self.may(actor, deed, badge):
            raise Refused(f"that is for {self.who(deed, badge)}")

    def who(self, deed: Deed, badge: str = "") -> str:
        """Who may do it, in words: roles that somebody has."""
        return " and ".join(self.roles(deed, badge))

    def roles(self, deed: Deed, badge: str = "") -> tuple[str, ...]:
        """Who may do it: names of roles for the catalogue, those that nobody has left out."""
        return tuple(role for role in _MAY[deed] if role == "admins" or self._named(role, badge))

    def _is(self, actor: Actor, role: str, badge: str) -> bool:
        if actor.account == OPERATOR:
            return True
        if role == "admins" and ADMIN in actor.roles:
            return True
        named = self._named(role, badge)
        return "everyone" in named or not named.isdisjoint(actor.names)

    def _named(self, role: str, badge: str) -> frozenset[str]:
        roles = self.community.roles
        override, steward = self.community.overrides.get(badge), self.stewards.get(badge, Steward())
        match role:
            case "admins":
                return roles.admins
            case "badge_admins":
                return roles.badge_admins
            case "awarders":
                return roles.awarders
            case "creators":
                return roles.creators
            case "creator":
                named = override.creator if override else None
                return frozenset(filter(None, [named or steward.creator])) | (frozenset() if named else steward.accounts)
            case _:
                return frozenset((override.awarders if override else None) or ()) | steward.delegates
