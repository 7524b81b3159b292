"""Names and texts that come from people, made so that no platform reads more than text in them."""

import re
import unicodedata
from typing import Final

NAME: Final = 100  # characters of a name that are shown
NOTE: Final = 500  # characters of a note or description

_JOINT: Final = "\u200b"  # zero-width space: breaks what a platform would read as a mention, and nobody sees it
_OPENING: Final = re.compile(rf"([@<])(?!{_JOINT})")
_MENTION: Final = re.compile(rf"(@|<(?=!))(?!{_JOINT})")
#: Characters that turn the direction of all the text around them.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def words(text: str, limit: int = NAME) -> str:
    """What somebody wrote, on one line, that can neither mention nor link."""
    kept = "".join(char if unicodedata.category(char) != "Cc" else " " for char in text if char not in _TURNING)
    line = " ".join(kept.split())
    return _OPENING.sub(rf"\1{_JOINT}", line if len(line) <= limit else line[: limit - 1].rstrip() + "…")


def message(text: str) -> str:
    """A whole text that mentions nobody: ``@everyone``, ``<@1>`` and ``<!here>`` are shown, not obeyed. Emoji like ``<:hi:1>`` stay."""
    return _MENTION.sub(rf"\1{_JOINT}", text)
