"""What people's badges may not be, beyond what no badge may: endless, invisible, or pictures from anywhere."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from ..badge import Badge, Level
from ..config.decode import Source
from ..config.roles import grantees
from ..rules.kinds import fault
from .made import AWARDERS

LARGEST: Final = 16_000  # bytes of a table as JSON
LONGEST: Final = {"name": 100, "description": 1_000, "message": 1_000, "image": 500, "emoji": 80}  # characters
MOST: Final = {"tags": 20, "levels": 50, AWARDERS: 50}
TAG: Final = 40  # characters

#: What laurels says in its own voice and what a badge is worth to everybody: for those who look after all badges.
RESERVED: Final = ("message", "points")

_EMOJI: Final = re.compile(r":[\w+-]{1,60}:|<a?:\w{2,32}:\d{1,20}>|[^\sa-zA-Z]{1,16}")
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they turn the text around them


def of_table(content: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the keys that only people's tables have, and with those that they don't have."""
    if "version" in content:
        yield "version: no such key (laurels counts: a rule that is edited is the next version)"
    awarders = content.get(AWARDERS, [])
    if what := fault(awarders, tuple[str, ...]):
        yield f"{AWARDERS}: {what}"
        return
    source = Source(None, {})
    grantees(source, (AWARDERS,), awarders)
    yield from (f"{AWARDERS}: {problem.what} ({problem.hint})" for problem in source.problems)
    yield from _several(AWARDERS, len(awarders))


def of_badge(badge: Badge) -> Iterator[str]:
    """What is wrong with the texts and pictures of a badge that is otherwise well."""
    if not badge.name.strip():
        yield "name: is missing"
    for name, longest in LONGEST.items():
        yield from _text(name, getattr(badge, name), longest)
    if badge.emoji and not _EMOJI.fullmatch(badge.emoji):
        yield f"emoji: {badge.emoji!r} is no emoji (one character, or :name:)"
    yield from _image("image", badge.image)
    yield from (f"tags: a tag of {len(tag)} characters; at most {TAG}" for tag in badge.tags if len(tag) > TAG)
    yield from _several("tags", len(badge.tags))
    yield from _levels([level if isinstance(level, Level) else Level(level) for level in badge.levels])


def _levels(levels: list[Level]) -> Iterator[str]:
    yield from _several("levels", len(levels))
    for number, level in enumerate(levels, 1):
        for name in ("name", "description", "image"):
            yield from _text(f"levels: level {number}: {name}", getattr(level, name), LONGEST[name])
        yield from _image(f"levels: level {number}: image", level.image)


def _several(key: str, number: int) -> Iterator[str]:
    if number > MOST[key]:
        yield f"{key}: {number} are too many; at most {MOST[key]}"


def _text(key: str, text: str, longest: int) -> Iterator[str]:
    if len(text) > longest:
        yield f"{key}: {len(text)} characters; at most {longest}"
    if any(_unseen(character, lines=key.endswith("description")) for character in text):
        yield f"{key}: has characters that can't be seen"


def _unseen(character: str, *, lines: bool) -> bool:
    if lines and character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTIONS


def _image(key: str, url: str) -> Iterator[str]:
    if url and not _is_web(url):
        yield f"{key}: {url[:60]!r} is no picture in the web (an address that begins with https://, or set an emoji)"


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and not re.search(r"[\s<>\"'\\]", url)
