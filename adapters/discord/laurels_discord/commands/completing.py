"""Completions of what is being typed into an option."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import discord
import structlog
from discord.app_commands import Choice

from laurels import Suggestion

from . import who
from .clerk import clerk
from .options import Kind
from .table import ADMIN, NAME

PATIENCE: Final = 2.5  # seconds; Discord waits for three
_MOST: Final = 25
_ROOM: Final = 100

#: The words before the one that is completed, of commands of laurels' that take the same.
_ASKED: Final[Mapping[Kind, tuple[tuple[str, ...], ...]]] = {
    "badge": ((NAME, "show"),),
    "made": ((ADMIN, "history"),),
    "board": ((NAME, "leaderboard"), (NAME, "show")),
    "cause": ((ADMIN, "undo"),),
    "nomination": ((NAME, "nominations", "accept"),),
    "batch": ((ADMIN, "claims", "list"),),
    "account": ((NAME, "link", "unlink"),),
    "setting": ((NAME, "settings"),),
    "command": ((NAME, "help"),),
}

_log = structlog.get_logger(__name__)


def completed(kind: Kind) -> bool:
    """Whether there are completions for such an option."""
    return kind in _ASKED


async def complete(interaction: discord.Interaction, name: str, kind: Kind, begun: str) -> list[Choice[str]]:
    """What it can be, as far as laurels says in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            found = [each for asked in _ASKED[kind] for each in await _asked(interaction, name, asked, begun)]
    except Exception:  # late or broken: who is typing can do without
        _log.exception("no completions", command=name, kind=kind)
        return []
    known = {each.value: each.label or each.value for each in found if 0 < len(each.value) <= _ROOM}
    return [Choice(name=label[:_ROOM], value=value) for value, label in known.items()][:_MOST]


async def _asked(interaction: discord.Interaction, name: str, asked: tuple[str, ...], begun: str) -> list[Suggestion]:
    first, *words = asked
    picked: Any = interaction.namespace
    if words == ["settings"]:
        words.append(getattr(picked, "setting", None) or "")
    if words == ["help"]:
        first = name
    return list(await clerk(interaction).host.suggest(who.command(interaction, first, (*words, begun))))
