"""What a command takes on Discord, and how that is typed elsewhere. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import discord

from ..translate import SOURCE, account

Kind: TypeAlias = Literal[
    "text", "words", "tag", "rule", "number", "yes", "choice", "person", "channel", "role",
    "badge", "made", "board", "cause", "nomination", "batch", "account", "setting", "command",  # these are completed
]  # fmt: skip

_QUOTES: Final = ('"', "“", "„")
_RULE: Final = re.compile(r"\s*([a-z_]+)\s*[=:\s]\s*(.*)", re.DOTALL)


class Option(NamedTuple):
    """One option. With a *key* it is typed ``key=value``; a ``yes`` is typed as its key. *before* are the words that go before it."""

    name: str
    kind: Kind = "text"
    required: bool = False
    key: str = ""
    choices: tuple[str, ...] = ()
    before: tuple[str, ...] = ()

    def typed(self, value: Any) -> list[str]:
        """The words that mean *value*; none where nothing was given."""
        text = plain(value)
        if not text:
            return []
        match self.kind:
            case "yes":
                return [self.key]
            case "words":
                return text.split()
            case "tag":
                return [f"tag:{text}"]
            case "rule":
                return [_assigned(*line) for line in rule(text)]
        return [*self.before, _assigned(self.key, text) if self.key else _whole(text)]


def words(options: Sequence[Option], given: Mapping[str, Any]) -> list[str]:
    """All words of what was given, in the order of the options."""
    return [word for option in options for word in option.typed(given.get(option.name))]


def plain(value: Any) -> str:
    """What was picked as a word: people and channels by their keys, roles as configurations name them."""
    if isinstance(value, discord.abc.User):
        return account(value).key
    if isinstance(value, discord.Role):
        return f"role:{value.name}"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str | int):
        return str(value).strip()
    return f"{SOURCE}:{value.id}" if value is not None else ""


def rule(text: str) -> list[tuple[str, str]]:
    """Keys and values, one a line; on a single line, between semicolons. Between both stands ``=``, ``:`` or a space."""
    lines = text.splitlines() if "\n" in text else text.split(";")
    return [(found[1], found[2].strip()) for line in lines if (found := _RULE.fullmatch(line))]


def _assigned(key: str, text: str) -> str:
    return f"{key}={_whole(text)}"


def _whole(text: str) -> str:
    """*text* as one word, also where it begins with a quote: laurels reads quotes as those around a word."""
    return f'"{text}"' if text.startswith(_QUOTES) else text
