"""Who did it."""

from typing import Final

import discord

from laurels import Account

SOURCE: Final = "discord"


def account(user: discord.abc.User) -> Account:
    """Somebody on Discord, whose ids are the same in every server."""
    return Account(SOURCE, str(user.id), name=user.display_name, bot=user.bot)


def somebody(guild: discord.Guild, user_id: int) -> Account:
    """Somebody of whom the gateway told no more than the id: by name where discord.py has met them."""
    member = guild.get_member(user_id)
    return account(member) if member else Account(SOURCE, str(user_id))


def micros(moment: object) -> str:
    """A time as it stands in an id."""
    return f"{moment:%Y%m%d%H%M%S%f}"
