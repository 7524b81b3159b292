"""What is said to the app itself: a command, wherever it stands."""

import re


def addressed(text: str, bot: str) -> str | None:
    """What is said to the app behind its name; None where that is not what the text begins with, so somebody speaks about it."""
    found = re.match(rf"\s*<@{re.escape(bot)}(?:\|[^<>]*)?>[\s:,]*", text) if bot else None
    return text[found.end() :] if found else None
