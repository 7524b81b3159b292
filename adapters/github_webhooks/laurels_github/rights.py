"""What a GitHub App has to be allowed, and hears: no more than laurels uses."""

from collections.abc import Mapping
from typing import Final

from .translate import TABLE

#: Why each permission is needed; ``laurels github manifest`` asks for these, ``laurels check`` misses them.
PERMISSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "issues": ("write", "to hear of issues and comments, and to answer commands and react to them"),
    "pull_requests": ("write", "to hear of pull requests and reviews, and to answer commands there"),
    "contents": ("read", "to hear of pushes, forks and releases"),
    "discussions": ("read", "to hear of discussions"),
    "members": ("read", "to know organization owners and teams, and to hear of new members"),
    "metadata": ("read", "to hear of stars, and to know who may what at a repository"),
}

#: The webhooks that laurels makes something of.
EVENTS: Final = tuple(sorted({name.partition(".")[0] for name in TABLE}))

_RANKS: Final = ("", "read", "write", "admin")


def missing(given: Mapping[str, object]) -> list[str]:
    """The permissions that are not among those *given*, each with what it is needed for."""
    return [
        f"{name.replace('_', ' ')}: {level} ({why})"
        for name, (level, why) in PERMISSIONS.items()
        if _rank(given.get(name)) < _RANKS.index(level)
    ]


def _rank(level: object) -> int:
    return _RANKS.index(level) if level in _RANKS else 0
