"""laurels' commands as Discord's: two groups, made from the table."""

import inspect
from contextlib import suppress
from typing import Any, Final

import discord
import structlog
from discord import app_commands
from discord.app_commands import Choice

from . import completing, forms
from .clerk import clerk
from .options import Option
from .table import ADMIN, TABLES, Verb
from .texts import shown

_TYPES: Final[dict[str, Any]] = {
    "person": discord.User,
    "role": discord.Role,
    "channel": app_commands.AppCommandChannel,
    "number": app_commands.Range[int, 1, 100_000],
    "yes": bool,
}

_log = structlog.get_logger(__name__)


def plant(tree: app_commands.CommandTree[Any]) -> None:
    """Put the commands where discord.py finds them."""
    for name, verbs in TABLES.items():
        allowed = discord.Permissions(manage_guild=True) if name == ADMIN else None
        group = app_commands.Group(name=name, description=shown(f"group.{name}"), guild_only=True, default_permissions=allowed)
        for verb, its in verbs.items():
            group.add_command(command(name, verb, its))
        tree.add_command(group)

    async def failed(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        _log.error("a command failed", command=getattr(interaction.command, "qualified_name", ""), exc_info=error)
        with suppress(discord.HTTPException):
            await clerk(interaction).say(interaction, "failed")

    tree.error(failed)


def command(name: str, verb: str, its: Verb) -> app_commands.Command[Any, ..., None]:
    """One command, with the options of the table."""

    async def answer(interaction: discord.Interaction, **given: Any) -> None:
        its_clerk = clerk(interaction)
        if not its_clerk.first(interaction):
            return
        words = its.typed(given)
        its_clerk.meet(*(value for value in given.values() if isinstance(value, discord.abc.User)))
        if its.asks(given):
            await forms.ask(interaction, name, verb, words)
        else:
            await its_clerk.typed(interaction, name, (verb, *words))

    answer.__signature__ = _signature(its)  # type: ignore[attr-defined]  # what discord.py reads options from; typeshed has no such attribute
    described = app_commands.describe(**{option.name: shown(f"option.{option.name}") for option in its.options})(answer)
    chosen = {option.name: [Choice(name=each, value=each) for each in option.choices] for option in its.options if option.choices}
    made: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=verb, description=shown(f"about.{verb}"), callback=app_commands.choices(**chosen)(described)
    )
    for option in its.options:
        if completing.completed(option.kind):
            made.autocomplete(option.name)(_completion(name, option))
    return made


def _signature(its: Verb) -> inspect.Signature:
    """What discord.py reads the options from."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    options = [
        inspect.Parameter(option.name, kind, annotation=_TYPES.get(option.kind, str))
        if option.required
        else inspect.Parameter(option.name, kind, default=None, annotation=_TYPES.get(option.kind, str) | None)
        for option in sorted(its.options, key=lambda option: not option.required)
    ]
    return inspect.Signature([inspect.Parameter("interaction", kind, annotation=discord.Interaction), *options])


def _completion(name: str, option: Option) -> Any:
    async def complete(interaction: discord.Interaction, begun: str) -> list[Choice[str]]:
        return await completing.complete(interaction, name, option.kind, begun)

    return complete
