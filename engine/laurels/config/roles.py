"""Who is what, as the configuration names them: accounts, platforms' roles, everyone."""

from collections.abc import Iterable
from typing import Final

from msgspec import structs

from .decode import Source
from .grammar import RolesTable
from .model import Roles

EVERYONE: Final = "everyone"

#: What each platform's roles are called, as its adapter tells them.
KINDS: Final = {"discord": ("role",), "slack": ("group",), "github": ("permission", "team")}
_HINT: Final = "an account like 'github:ana', a role like 'discord:role:Moderators', or 'everyone'"


def roles(source: Source, place: tuple[str, ...], table: RolesTable) -> Roles:
    """The roles of a community."""
    return Roles(**{name: grantees(source, (*place, name), names) for name, names in structs.asdict(table).items()})


def grantees(source: Source, place: tuple[str, ...], names: Iterable[str]) -> frozenset[str]:
    """Accounts and roles; what can be neither is a fault."""
    found = frozenset(names)
    for name in sorted(found):
        if what := fault(name):
            source.wrong(place, *what)
    return found


def fault(name: str) -> tuple[str, str] | None:
    """Why nobody can be called that, and what would be right."""
    platform, colon, rest = name.partition(":")
    if name == EVERYONE:
        return None
    if not (platform and colon and rest) or any(part != part.strip() for part in name.split(":")):
        return f"{name!r} names nobody", _HINT
    if ":" in rest and platform in KINDS and rest.partition(":")[0] not in KINDS[platform]:
        kinds = " or ".join(f"{platform}:{kind}:..." for kind in KINDS[platform])
        return f"{name!r} is no role of {platform}", f"write {kinds}"
    return None
