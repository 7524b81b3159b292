"""Telling Discord which commands there are: only when they changed, as Discord bounds how often that may be."""

import hashlib
from typing import Any, Final

import msgspec
import structlog
from discord import DiscordException
from discord.app_commands import CommandTree

from laurels import AdapterState

from .texts import Translator

_KEY: Final = "commands"

_log = structlog.get_logger(__name__)


async def sync(tree: CommandTree[Any], state: AdapterState | None = None) -> bool:
    """Tell Discord the commands, unless by *state* it knows them. False where it could not be told: those that it knew still work."""
    if tree.translator is None:
        await tree.set_translator(Translator())
    digest = await _digest(tree)
    if state is not None and await state.get(_KEY) == digest:
        return True
    try:
        await tree.sync()
    except DiscordException as error:
        _log.warning("Discord was not told of the commands", why=str(error))
        return False
    if state is not None:
        await state.put(_KEY, digest)
    return True


async def _digest(tree: CommandTree[Any]) -> str:
    """What tells one state of the commands of one bot from another."""
    translator = tree.translator
    assert translator is not None
    payload = [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
    return hashlib.sha256(msgspec.json.encode([tree.client.application_id, payload], order="deterministic")).hexdigest()
