"""The menus: *Award for this message*, where the message is the evidence; and *Show badges* of a person."""

from typing import Any, Final

import discord
from discord import app_commands, ui
from msgspec import structs

from laurels import Account, Suggestion

from ..translate import SOURCE, account
from . import forms, table, who
from .clerk import clerk
from .texts import say, shown

PREFIX: Final = "menu:"
_MOST: Final = 25  # of a select
_ROOM: Final = 100  # characters of what can be picked


async def award(interaction: discord.Interaction, message: discord.Message) -> None:
    """Ask which badge its author shall have: who may award none nominates."""
    found = await _badges(interaction)
    if not found:
        await clerk(interaction).say(interaction, "no_badges")
        return
    author = account(message.author)
    clerk(interaction).meet(structs.replace(author, bot=author.bot or message.webhook_id is not None))
    may = any(_may(interaction, each.value) for each in found)
    await interaction.response.send_modal(_form(str(interaction.locale), message, found, may=may))


async def show(interaction: discord.Interaction, user: discord.abc.User) -> None:
    """Show what somebody holds to who asks."""
    whom = account(user)
    command = who.command(interaction, table.NAME, ("profile", whom.key), people=[whom])
    await clerk(interaction).serve(interaction, command, alone=True)


async def submitted(interaction: discord.Interaction, what: str, said: forms.Given) -> None:
    """Award, where they may award this badge; else nominate."""
    channel, message, author = what.split("/")
    whom = Account(SOURCE, author).key
    badge = await _named(interaction, said["other"]) if said.get("other") else said.get("badge", "")
    if not badge:
        await clerk(interaction).say(interaction, "which")
        return
    name, verb, why = (table.ADMIN, "award", "note") if _may(interaction, badge) else (table.NAME, "nominate", "reason")
    typed = table.TABLES[name][verb].typed({"badge": badge, "person": whom, "level": said.get("level"), why: said.get("reason")})
    people, evidence = clerk(interaction).met([whom]), who.link(interaction.guild_id, channel, message)
    await clerk(interaction).serve(interaction, who.command(interaction, name, (verb, *typed), people=people, message=evidence))


def _may(interaction: discord.Interaction, badge: str) -> bool:
    return clerk(interaction).host.may_award(who.actor(interaction), str(interaction.guild_id or ""), badge)


async def _badges(interaction: discord.Interaction, begun: str = "") -> list[Suggestion]:
    found = await clerk(interaction).host.suggest(who.command(interaction, table.NAME, ("show", begun)))
    return [each for each in found if len(each.value) <= _ROOM][:_MOST]


async def _named(interaction: discord.Interaction, text: str) -> str:
    """The slug of the badge that is called so, if one is."""
    text = text.strip()
    found = await _badges(interaction, text)
    return next((each.value for each in found if text.casefold() in (each.value, each.label.casefold())), text)


def plant(tree: app_commands.CommandTree[Any]) -> None:
    """Put the menus where discord.py finds them."""

    async def message(interaction: discord.Interaction, message: discord.Message) -> None:
        if clerk(interaction).first(interaction):
            await award(interaction, message)

    async def person(interaction: discord.Interaction, user: discord.Member | discord.User) -> None:
        if clerk(interaction).first(interaction):
            await show(interaction, user)

    for name, callback in (("message", message), ("person", person)):
        menu = app_commands.ContextMenu(name=shown(f"menu.{name}"), callback=callback)
        tree.add_command(app_commands.guild_only(menu))


def _form(locale: str, message: discord.Message, found: list[Suggestion], *, may: bool) -> ui.Modal:
    """Which badge, at which level, and why. What has no room in the list can be named."""
    all_of_them = len(found) < _MOST
    options = [discord.SelectOption(label=each.label[:_ROOM] or each.value, value=each.value) for each in found]
    select = ui.Select[Any](custom_id="badge", options=options, required=all_of_them)
    fields = [ui.Label[Any](text=say(locale, "form.badge"), component=select)]
    fields += [] if all_of_them else [forms.line("other", locale)]
    fields += [forms.line("level", locale), forms.line("reason", locale)]
    id_ = f"{PREFIX}{message.channel.id}/{message.id}/{message.author.id}"
    return forms.form(say(locale, "form.menu_award" if may else "form.menu_nominate"), id_, fields)
