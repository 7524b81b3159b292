"""What may be written in ``laurels.toml``: one struct for each table, one field for each key."""

from typing import Any, Final, Literal

from msgspec import Struct, field

#: How each platform calls its realms; other platforms' go under ``realms``.
REALMS: Final = {"discord": "guilds", "slack": "teams", "github": "owners"}

Names = tuple[str | int, ...]


class StoreTable(Struct):
    """``[store]``."""

    url: str = "sqlite:///laurels.db"


class HttpTable(Struct):
    """``[http]``."""

    listen: str = "127.0.0.1:8080"
    public_url: str = ""


class BadgesTable(Struct):
    """``[badges]``."""

    packs: tuple[str, ...] = ("*",)
    files: tuple[str, ...] = ("badges/*.toml",)


class AnnouncerTable(Struct):
    """``[announcer]``."""

    templates: dict[str, str] = field(default_factory=dict)


class DiscordRealms(Struct):
    """``discord`` in a community."""

    guilds: Names = ()


class SlackRealms(Struct):
    """``slack`` in a community."""

    teams: Names = ()


class GitHubRealms(Struct):
    """``github`` in a community."""

    owners: Names = ()


class OverrideTable(Struct):
    """``[communities.NAME.badges.SLUG]``."""

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


class RolesTable(Struct):
    """``[communities.NAME.roles]``."""

    admins: tuple[str, ...] = ()
    badge_admins: tuple[str, ...] = ()
    awarders: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()


class CommunityTable(Struct):
    """``[communities.NAME]``."""

    discord: DiscordRealms = field(default_factory=DiscordRealms)
    slack: SlackRealms = field(default_factory=SlackRealms)
    github: GitHubRealms = field(default_factory=GitHubRealms)
    realms: dict[str, Names] = field(default_factory=dict)
    timezone: str = "UTC"
    mode: Literal["shadow", "quiet", "live"] | None = None
    announce: tuple[str, ...] = ()
    language: str | None = None
    keep_text: bool = False
    disabled: tuple[str, ...] = ()
    people: dict[str, tuple[str, ...]] = field(default_factory=dict)
    feeds: bool = False
    ignored: tuple[str, ...] = ()
    roles: RolesTable = field(default_factory=RolesTable)
    badges: dict[str, OverrideTable] = field(default_factory=dict)


class Document(Struct):
    """The whole file."""

    language: str = "en"
    store: StoreTable = field(default_factory=StoreTable)
    http: HttpTable = field(default_factory=HttpTable)
    badges: BadgesTable = field(default_factory=BadgesTable)
    announcer: AnnouncerTable = field(default_factory=AnnouncerTable)
    communities: dict[str, CommunityTable] = field(default_factory=dict)
    adapters: dict[str, dict[str, Any]] = field(default_factory=dict)
    packs: dict[str, dict[str, Any]] = field(default_factory=dict)
