"""Who asks, where, and with which roles: from an interaction to a command of laurels'. Pure."""

from collections.abc import Sequence

import discord

from laurels import ADMIN, Account, Actor, Command, Place

from ..translate import SOURCE, account, place


def command(
    interaction: discord.Interaction, name: str, words: Sequence[str], *, people: Sequence[Account] = (), message: str = ""
) -> Command:
    """``/name words`` as whoever did something with a command, button or form. *message* is the link to what they pointed at."""
    return Command(
        name, tuple(words), account(interaction.user), where(interaction), str(interaction.guild_id or ""),
        _roles(interaction), str(interaction.locale), message=message, people=tuple(people),
    )  # fmt: skip


def actor(interaction: discord.Interaction) -> Actor:
    """Who asks, with their roles."""
    return Actor(account(interaction.user), _roles(interaction))


def roles(member: discord.Member, permissions: discord.Permissions) -> tuple[str, ...]:
    """The roles of a member of a server, and whether they manage it."""
    named = tuple(f"role:{role.name}" for role in member.roles if not role.is_default())
    return (*named, ADMIN) if permissions.manage_guild else named


def _roles(interaction: discord.Interaction) -> tuple[str, ...]:
    user = interaction.user
    return roles(user, interaction.permissions) if isinstance(user, discord.Member) else ()


def where(interaction: discord.Interaction) -> Place:
    """The channel, as far as Discord tells; one that it tells nothing of counts as private."""
    channel, guild = interaction.channel, interaction.guild
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread) and guild and guild.default_role:
        return place(channel)
    return Place(SOURCE, str(interaction.channel_id or ""), realm=str(interaction.guild_id or ""), private=True)


def link(guild: int | None, channel: int | str, message: int | str) -> str:
    """The address of a message."""
    return f"https://discord.com/channels/{guild or '@me'}/{channel}/{message}"
