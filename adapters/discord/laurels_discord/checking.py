"""``laurels check``: what Discord says of the set-up. Asked over HTTP; the gateway is left alone."""

from collections.abc import Iterator, Sequence
from typing import Final

import discord

from laurels import Note, Problem, Tenant

from . import commands, servers
from .client import Client
from .faults import PORTAL, WHERE, Faulty, login, understood
from .permissions import INTENTS, SWITCHES, UNSEEN, invite
from .settings import Settings

_EVERY: Final = "*"


async def check(wanted: Settings, tenants: Sequence[Tenant]) -> list[Problem]:
    """What is wrong, and how the bot gets into a server, in plain words."""
    try:
        with understood(wanted):
            async with Client(wanted) as client:
                application = await login(client, wanted)
                told = await commands.publish(client)
                about = [*_application(application, wanted, tenants), _invitation(application, wanted), *_commands(told)]
                return about + await servers.problems(client, wanted, tenants)
    except Faulty as fault:
        return [fault]


def _commands(told: bool) -> Iterator[Problem]:
    if not told:
        yield Problem(WHERE, "", "Discord did not take the commands", "try again; those that it knew before still work")


def _invitation(application: discord.AppInfo, wanted: Settings) -> Note:
    return Note(WHERE, "", f"{application.name} is let into a server by {invite(application.id, wanted)}")


def _application(application: discord.AppInfo, wanted: Settings, tenants: Sequence[Tenant]) -> Iterator[Problem]:
    """What the switches of its page in Discord's portal keep from working."""
    yield from _switches(application.flags, wanted)
    if application.interactions_endpoint_url:
        what = f"commands and buttons go to {application.interactions_endpoint_url} and never reach the bot"
        yield Problem(WHERE, "", what, f"{PORTAL}: General Information, empty Interactions Endpoint URL")
    takes_all = [tenant.name for tenant in tenants if _EVERY in tenant.realms]
    if application.bot_public and takes_all:
        what = f"anybody can let the bot into their server, and {takes_all[0]} takes in whatever server there is"
        yield Note(WHERE, "", what, f"{PORTAL}: Bot, switch off Public Bot; or name the servers in discord.guilds")


def _switches(flags: discord.ApplicationFlags, wanted: Settings) -> Iterator[Problem]:
    for need in INTENTS:
        if not need.setting:
            continue
        on = getattr(flags, f"gateway_{_FLAGS[need.setting]}") or getattr(flags, f"gateway_{_FLAGS[need.setting]}_limited")
        if not getattr(wanted, need.setting):
            yield Note(WHERE, need.setting, f"is off: {UNSEEN[need.setting]}", f"{need.setting} = true {need.why}")
        elif not on:
            what = f"needs {SWITCHES[need.setting]}, which is off: Discord will not let the bot in"
            yield Problem(WHERE, need.setting, what, f"{PORTAL}: choose the application, Bot, switch on {SWITCHES[need.setting]}")


_FLAGS: Final = {"members": "guild_members", "message_content": "message_content"}
