"""Texts as Discord shows them: just these characters, as people name themselves what they like. Pure."""

import re
from typing import Final

_EMOJI: Final = re.compile(r"(<a?:\w{2,32}:\d{15,22}>)")
#: Whatever Discord could read as more than text; some of it only where a line begins.
_SPECIAL: Final = re.compile(r"([\\*_~|`\[\]<]|^(?=#{1,3} |-# |[-+*] |>|\d+\. ))", re.MULTILINE)
_LINK: Final = re.compile(r":(?=//)")
_JOINER: Final = "\u2060"


def plain(text: str, limit: int) -> str:
    """*text* without Markdown and links, at most *limit* characters of it; emoji of servers stay."""
    parts = _EMOJI.split(text[: limit + 1])  # what is left of it can only be longer
    escaped = [part if number % 2 else _LINK.sub(f":{_JOINER}", _SPECIAL.sub(_escaped, part)) for number, part in enumerate(parts)]
    return cut("".join(escaped), limit)


def _escaped(found: re.Match[str]) -> str:
    """Behind a backslash; a number that would begin a list, behind a joiner, as Discord shows backslashes before digits."""
    return f"\\{found[0]}" if found[0] or not found.string[found.end() : found.end() + 1].isdigit() else _JOINER


def cut(text: str, limit: int) -> str:
    """*text*, or as much of it as there is room for."""
    return text if len(text) <= limit else text[: limit - 1].rstrip("\\ ") + "…"
