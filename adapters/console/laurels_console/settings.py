"""What ``[adapters.console]`` may say."""

from msgspec import Struct


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where lines without ``#channel`` are said, who says those without ``NAME:``, and who are administrators: by default only they."""

    channel: str = "#general"
    name: str = "you"
    admins: tuple[str, ...] | None = None
