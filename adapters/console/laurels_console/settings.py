"""What ``[adapters.console]`` may say."""

from msgspec import Struct


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where lines without ``#channel`` are said, who says those without ``NAME:``, and what a terminal shows when it waits for one."""

    channel: str = "#general"
    name: str = "you"
    prompt: str = "> "
