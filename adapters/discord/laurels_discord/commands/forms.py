"""Forms: what a command asks for where nothing was said, and what the menu on a message asks.

What a form is about is in its id, and it is read from what Discord sends: one that was opened before a restart can be handed in after it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import discord
import structlog
from discord import ui

from . import table, who
from .clerk import clerk
from .options import Option
from .texts import say

TYPED: Final = "form:"
_LONG: Final = {"reason": 500, "note": 500, "description": 500, "rule": 1000}  # characters of what takes several lines
_SHORT: Final = 200
_NEEDED: Final = {("create", "name")}

Given = Mapping[str, str]
Handler = Callable[[discord.Interaction, str, Given], Awaitable[None]]


_log = structlog.get_logger(__name__)


class Forms:
    """Hears what was handed in. *others* handle forms of other kinds, by how their ids begin."""

    def __init__(self, others: Mapping[str, Handler]) -> None:
        self._handlers: Mapping[str, Handler] = {TYPED: self._typed, **others}

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody did something; what is no form is somebody else's."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data
        for prefix, handler in self._handlers.items():
            if data["custom_id"].startswith(prefix) and clerk(interaction).first(interaction):
                try:
                    await handler(interaction, data["custom_id"].removeprefix(prefix), given(data["components"]))
                except Exception:  # whatever it is, who handed it in waits for words
                    _log.exception("a form was not taken", form=prefix)
                    await clerk(interaction).say(interaction, "failed")

    async def _typed(self, interaction: discord.Interaction, what: str, said: Given) -> None:
        """The command that asked, with what was said now."""
        its_clerk = clerk(interaction)
        meaning = await its_clerk.pocket.unpack(what)
        if meaning is None:
            await its_clerk.say(interaction, "old")
            return
        name, verb, *words = meaning
        its = table.TABLES[name][verb]
        more = [word for option in its.options if option.name in its.form for word in option.typed(said.get(option.name))]
        command = who.command(interaction, name, (verb, *words, *more), people=its_clerk.met(words))
        await its_clerk.serve(interaction, command)


async def ask(interaction: discord.Interaction, name: str, verb: str, words: Sequence[str]) -> None:
    """Ask for what the command *verb* wants to know besides its *words*."""
    its, locale = table.TABLES[name][verb], str(interaction.locale)
    fields = [_field(verb, option, locale) for option in its.options if option.name in its.form]
    id_ = await clerk(interaction).pocket.pack(TYPED, name, (verb, *words))
    await interaction.response.send_modal(form(say(locale, f"form.{verb}"), id_, fields))


def form(title: str, id_: str, fields: Sequence[ui.Label[Any]]) -> ui.Modal:
    """A form that discord.py need not watch over."""
    made = ui.Modal(title=title, custom_id=id_)
    for field in fields:
        made.add_item(field)
    made.stop()
    return made


def line(name: str, locale: str, *, needed: bool = False) -> ui.Label[Any]:
    """A field for text: several lines for what may be long."""
    style = discord.TextStyle.paragraph if name in _LONG else discord.TextStyle.short
    text = ui.TextInput[Any](custom_id=name, style=style, required=needed, max_length=_LONG.get(name, _SHORT))
    return ui.Label(text=say(locale, f"form.{name}"), component=text)


def given(components: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What was filled in, by the fields' names; of a select the one that was picked."""
    found: dict[str, str] = {}
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", ())
        found |= given(inner)
        if "custom_id" in component:
            found[component["custom_id"]] = str(component.get("value") or next(iter(component.get("values", ())), ""))
    return found


def _field(verb: str, option: Option, locale: str) -> ui.Label[Any]:
    return line(option.name, locale, needed=(verb, option.name) in _NEEDED)
