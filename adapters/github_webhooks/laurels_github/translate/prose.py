"""What a person wrote in Markdown: their own words, whom they mention, whom they thank.

Written by hand because anyone on the internet may write the text: a full Markdown parser takes more than a second for 60,000
brackets, while every step here is linear.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from laurels import Thanks

_LOGIN: Final = r"@([A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38})(?![\w/-])"
_MENTION: Final = re.compile(rf"(?<![\w/.@`-]){_LOGIN}")
_THANKS: Final = Thanks(_LOGIN)
_HIDDEN: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_QUOTE: Final = re.compile(r" {0,3}>")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_INDENTED: Final = re.compile(r" {4}|\t")
_TICKS: Final = re.compile(r"(`+)")
_COMMAND: Final = re.compile(r" {0,3}/badges(-admin)?(?!\S)", re.IGNORECASE)
_LONGEST: Final = 2000  # characters of a command
_MOST: Final = 20  # people thanked in one text: each is an event


class Prose(NamedTuple):
    """*own* is the text without quotes and hidden comments, *said* the same without code."""

    own: str
    said: str

    @property
    def mentions(self) -> tuple[str, ...]:
        """The logins mentioned, in lower case, each once."""
        return tuple(dict.fromkeys(login.lower() for login in _MENTION.findall(self.said)))

    @property
    def thanked(self) -> tuple[str, ...]:
        """The first logins thanked by ``thanks @login``, in lower case, each once."""
        return tuple(dict.fromkeys(login.lower() for login in _THANKS.named(self.said)))[:_MOST]


def read(markdown: object) -> Prose:
    """Read a comment's text; anything but a text is an empty one."""
    if not isinstance(markdown, str):
        return Prose("", "")
    lines = list(_lines(_HIDDEN.sub("", markdown)))
    asked = command(markdown)  # `/badges thanks @login` thanks by being answered, and mentions nobody
    said = "\n".join("" if code or (asked and line.strip()[:_LONGEST] == asked) else line for line, code in lines)
    return Prose("\n".join(line for line, _ in lines).strip(), "\n\n".join(_outside_ticks(block) for block in said.split("\n\n")))


def command(markdown: object) -> str:
    """The first line outside quotes where that is a command, ``/badges ...``; else nothing. Code is none, however it begins."""
    if not isinstance(markdown, str):
        return ""
    line, code = next(((line, code) for line, code in _lines(_HIDDEN.sub("", markdown)) if line.strip()), ("", False))
    return "" if code or not _COMMAND.match(line) else line.strip()[:_LONGEST]


def _lines(markdown: str) -> Iterator[tuple[str, bool]]:
    """Every line that is not quoted, and whether it is code. A quote goes on until a blank line, as it does on the page."""
    fence, quoted, blank = "", False, True
    for line in markdown.splitlines():
        if fence:
            closes = line.strip().startswith(fence) and not line.strip(f"{fence[0]} \t")
            fence = "" if closes else fence
            yield line, True
            continue
        quoted = bool(line.strip()) and (quoted or _QUOTE.match(line) is not None)
        if quoted:
            continue
        opened = _FENCE.match(line)
        fence = opened[1] if opened else ""
        indented = blank and _INDENTED.match(line) is not None
        blank = not line.strip() or indented
        yield line, bool(opened) or indented


def _outside_ticks(block: str) -> str:
    """The text outside `code`: a run of backticks closes at the next run of the same length, or opens nothing."""
    parts = _TICKS.split(block)
    runs: defaultdict[int, deque[int]] = defaultdict(deque)
    for place in range(1, len(parts), 2):
        runs[len(parts[place])].append(place)
    outside, place = [parts[0]], 1
    while place < len(parts):
        ahead = runs[len(parts[place])]
        while ahead and ahead[0] <= place:
            ahead.popleft()
        place = ahead[0] if ahead else place
        outside.append(parts[place + 1])
        place += 2
    return " ".join(outside)
