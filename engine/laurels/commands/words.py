"""What was typed, taken apart: phrases in quotes, and options such as ``level=2``. Pure."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

from .errors import Wrong

_OPENING: Final = re.compile(r'^((?:[a-z_]+=|@|tag:)?)["“„](.*)$', re.DOTALL)
_CLOSING: Final = ('"', "”", "“")
_OPTION: Final = re.compile(r"^([a-z_]+)=(.*)$", re.DOTALL)
_CLOSE: Final = 0.7  # how like an option a word before "=" must look to be one that is misspelt


def phrases(words: Iterable[str]) -> list[str]:
    """The words, those between quotes as one; a quote that is left open is a letter. What an adapter joined before stays joined."""
    found, rest = list[str](), list(words)
    while rest:
        word = rest.pop(0)
        opened = _OPENING.match(word)
        length = next((n for n, part in enumerate([opened[2], *rest], 1) if part.endswith(_CLOSING)), 0) if opened else 0
        if opened and length:
            parts = [opened[2], *rest[: length - 1]]
            found.append(opened[1] + " ".join(parts)[:-1])
            rest = rest[length - 1 :]
        else:
            found.append(word)
    return found


def options(words: Iterable[str], names: Collection[str], *, every: bool = False) -> tuple[list[str], dict[str, str]]:
    """The plain words, and the options among them: those that are called one of *names*, or *every* that looks like one.

    Raises Wrong where one is nearly called so.
    """
    plain, found = list[str](), dict[str, str]()
    for word in words:
        option = _OPTION.match(word)
        if option and (every or option[1] in names):
            found[option[1]] = option[2]
        elif option and (near := get_close_matches(option[1], names, n=2, cutoff=_CLOSE)):
            raise Wrong("common.option_unknown", near, name=option[1])
        else:
            plain.append(word)
    return plain, found
