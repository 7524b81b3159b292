"""The configuration as the program uses it: everything parsed, nothing left to go wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct

from ..model import Account, Mode

#: The community that there is when none is configured: it takes every realm.
DEFAULT: Final = "default"

#: Stands for every realm of a platform that no other community names.
EVERY: Final = "*"


class Listen(NamedTuple):
    """Where the HTTP server listens."""

    host: str
    port: int


class Store(Struct, frozen=True):
    """Where everything is kept."""

    url: str


class Http(Struct, frozen=True):
    """The HTTP server; *public_url* is how the world reaches it, without a slash at the end."""

    listen: Listen
    public_url: str


class Badges(Struct, frozen=True):
    """Which entry points are loaded, and which rule files, relative to the configuration."""

    packs: tuple[str, ...]
    files: tuple[str, ...]


class Announcer(Struct, frozen=True):
    """The operators' own texts, as Jinja2 templates by the name of the text; missing ones are laurels' own."""

    templates: Mapping[str, str]


class Override(Struct, frozen=True):
    """What a community changes about one badge; None leaves it as it is. *levels* are the thresholds, one for each level.

    *creator* looks after the badge as if they had made it; *awarders* may award it.
    """

    name: str | None = None
    description: str | None = None
    message: str | None = None
    emoji: str | None = None
    image: str | None = None
    points: int | None = None
    hidden: bool | None = None
    levels: tuple[float, ...] | None = None
    creator: str | None = None
    awarders: tuple[str, ...] | None = None
    enabled: bool = True


class Roles(Struct, frozen=True):
    """Who is what in a community: accounts (``github:ana``), platforms' roles (``discord:role:Moderators``), or ``everyone``.

    *admins* may do everything; *badge_admins* make, change and award badges; *awarders* award any badge; *creators* may make badges of
    their own. Whom a platform counts among its administrators is an admin without being named.
    """

    admins: frozenset[str] = frozenset()
    badge_admins: frozenset[str] = frozenset()
    awarders: frozenset[str] = frozenset()
    creators: frozenset[str] = frozenset()


class CommunityConfig(Struct, frozen=True):
    """One community. *realms* are what it consists of, by platform; *mode* is None where the platform's default holds."""

    name: str
    realms: Mapping[str, tuple[str, ...]] = {}
    timezone: ZoneInfo = ZoneInfo("UTC")
    mode: Mode | None = None
    announce: tuple[str, ...] = ()
    language: str = "en"
    keep_text: bool = False
    overrides: Mapping[str, Override] = {}
    disabled: frozenset[str] = frozenset()
    people: Mapping[str, tuple[Account, ...]] = {}
    roles: Roles = Roles()
    feeds: bool = False
    ignored: frozenset[str] = frozenset()


class Config(Struct, frozen=True):
    """All of it.

    *adapters* and *packs* are as they were written, as their settings types are not known here; *lines* says where each key stands.
    """

    path: Path | None
    language: str
    store: Store
    http: Http
    badges: Badges
    announcer: Announcer
    communities: Mapping[str, CommunityConfig]
    adapters: Mapping[str, Mapping[str, Any]] = {}
    packs: Mapping[str, Mapping[str, Any]] = {}
    lines: Mapping[tuple[str, ...], int] = {}

    @property
    def folder(self) -> Path:
        """What relative file names are relative to: where the configuration is, or the working directory."""
        return self.path.parent if self.path else Path()

    def where(self, *place: str) -> str:
        """The file, and the line of a key in it; of the nearest table around a key that has no line of its own."""
        line = next((self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines), 0)
        return f"{self.path or 'configuration'}{f':{line}' if line else ''}"

    def community_of(self, platform: str, realm: str) -> str | None:
        """The community that *realm* belongs to, or None where the configuration names it nowhere. Case doesn't matter."""
        every = None
        for community in self.communities.values():
            realms = {name.casefold() for name in community.realms.get(platform, ())}
            if realm.casefold() in realms:
                return community.name
            if EVERY in realms or EVERY in community.realms:
                every = community.name
        return every
