"""Buttons, which mean commands: pressing one is typing its words. What they mean is in their ids, so a restart changes nothing."""

from typing import TYPE_CHECKING, Any, Final, Self, cast

import discord
from discord.ui import DynamicItem

from laurels import Button, Command, Reply

from ..render import Page
from . import table
from .pocket import Pocket
from .texts import say

if TYPE_CHECKING:
    from ..client import Client

_MOST: Final = 25  # of a message; with pages, the last row is for turning them
_ROW: Final = 5
_LABEL: Final = 80
_STYLES: Final = {"primary": discord.ButtonStyle.primary, "danger": discord.ButtonStyle.danger}

Pressable = discord.ui.Button[discord.ui.View]


class Meaning(DynamicItem[Pressable], template=r"\w+:.+"):
    """A button of which its id says all."""

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> Self:
        """The button that was pressed."""
        return cls(item)


class Deed(Meaning, template=r"do:(?P<what>.+)"):
    """The same as typing what it means, for whoever presses it."""

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Do it."""
        client = cast("Client", interaction.client)
        await client.presses.pressed(interaction, self.custom_id.partition(":")[2])


class Turn(Meaning, template=r"turn:(?P<asker>\d+):(?P<page>\d+):(?P<what>.+)"):
    """Another page of the same, in its place, for who asked."""

    async def callback(self, interaction: discord.Interaction) -> Any:
        """Turn to it."""
        client = cast("Client", interaction.client)
        _, asker, page, what = self.custom_id.split(":", 3)
        await client.presses.turned(interaction, int(asker), int(page), what)


async def view(pocket: Pocket, reply: Reply, command: Command, page: Page) -> discord.ui.View | None:
    """The buttons of an answer to a command, and those that turn its pages; None where there are none."""
    room = _MOST - _ROW if page.of > 1 else _MOST
    made = [await _made(pocket, button, command) for button in reply.buttons[:room]]
    return together([*made, *(await _turns(pocket, command, page) if page.of > 1 else ())])


def together(items: list[DynamicItem[Pressable]]) -> discord.ui.View | None:
    """A view that discord.py need not watch over: it knows by their ids what its buttons mean."""
    if not items:
        return None
    made = discord.ui.View(timeout=None)
    for item in items:
        made.add_item(item)
    made.stop()
    return made


async def _made(pocket: Pocket, button: Button, command: Command) -> DynamicItem[Pressable]:
    """A deed; what shows more of the same turns to it."""
    style = _STYLES.get(button.style, discord.ButtonStyle.secondary)
    if button.words[:1] == command.words[:1] and button.name == command.name and table.reads(button.name, button.words):
        return Turn(Pressable(label=button.label[:_LABEL], custom_id=await pocket.pack(_turning(command, 0), button.name, button.words)))
    id_ = await pocket.pack("do:", button.name, button.words)
    return Deed(Pressable(label=button.label[:_LABEL], style=style, custom_id=id_))


async def _turns(pocket: Pocket, command: Command, page: Page) -> list[DynamicItem[Pressable]]:
    wanted = [("back", page.number - 1), ("next", page.number + 1)]
    return [
        Turn(Pressable(
            label=say(command.locale, f"said.{key}"), custom_id=await pocket.pack(_turning(command, number), command.name, command.words)
        ))
        for key, number in wanted if 0 <= number < page.of
    ]  # fmt: skip


def _turning(command: Command, number: int) -> str:
    """How the id of what turns to a page begins."""
    return f"turn:{command.actor.id}:{number}:"
