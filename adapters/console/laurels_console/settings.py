"""What ``[adapters.console]`` may say."""

from msgspec import Struct


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where lines without ``#channel`` are said, and who says those without ``NAME:``."""

    channel: str = "#general"
    name: str = "you"
