"""Places as they are written in the configuration and in chat: ``platform:channel``, or one of two that depend on what was won. Pure."""

from typing import Final

ORIGIN: Final = "@place"  # where it happened
WINNER: Final = "@winner"  # a direct message to whoever won it

HINT: Final = "platform:channel, like 'discord:#badges'"


def fault(text: str, *, news: bool = False) -> str:
    """What is wrong with a place, or nothing. *news* may also go to :data:`ORIGIN` and :data:`WINNER`."""
    platform, colon, channel = text.partition(":")
    if not (platform and colon and channel):
        return f"{text!r} is no place"
    if channel.startswith("@") and not (news and channel in (ORIGIN, WINNER)):
        return f"{text!r} is nobody's place" + (f"; there are {platform}:{ORIGIN} and {platform}:{WINNER}" if news else "")
    return ""
