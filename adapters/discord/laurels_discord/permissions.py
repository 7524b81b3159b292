"""What the bot asks of Discord, and what for. Whatever asks, checks or explains reads it from here. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import discord
from discord.utils import oauth_url

from .settings import Settings

SCOPES: Final = ("bot", "applications.commands")


class Need(NamedTuple):
    """A permission or an intent: *name* is discord.py's, *called* what Discord shows people; *why*, what it is used for.

    *setting*: only asked for where this setting says so.
    """

    name: str
    called: str
    why: str
    setting: str = ""


PERMISSIONS: Final = (
    Need("view_channel", "View Channels", "to hear what is said, and to find the channels that announcements go to"),
    Need("send_messages", "Send Messages", "to announce awards"),
    Need("send_messages_in_threads", "Send Messages in Threads", "to announce in the thread where it was won"),
    Need("embed_links", "Embed Links", "announcements are embeds"),
    Need("attach_files", "Attach Files", "to show the badge's picture"),
    Need("read_message_history", "Read Message History", "to count what was posted while the bot was away, and for `laurels backfill`"),
    Need("add_reactions", "Add Reactions", "to answer an emoji that nominates, such as 🏅", "nominate"),
    Need("manage_roles", "Manage Roles", "to give and take the roles that go with badges", "roles"),
)

INTENTS: Final = (
    Need("guilds", "Guilds", "to know servers, channels, threads and roles"),
    Need(
        "guild_messages",
        "Guild Messages",
        "to hear that somebody wrote, edited or deleted a message: who, where, when, and whom it answers",
    ),
    Need("guild_reactions", "Guild Message Reactions", "to count reactions, thanks and nominations by emoji"),
    Need("voice_states", "Guild Voice States", "to count the minutes that people talk"),
    Need("guild_scheduled_events", "Guild Scheduled Events", "to know who comes to an event"),
    Need("members", "Server Members", "to hear who joins, leaves, boosts and stops boosting", "members"),
    Need("message_content", "Message Content", "to see how long a message is, whom it thanks, and what it says", "message_content"),
)

#: What the privileged intents are called in Discord's portal, by their settings.
SWITCHES: Final = {"members": "Server Members Intent", "message_content": "Message Content Intent"}

#: What stays unseen without a privileged intent, by its setting.
UNSEEN: Final = {
    "members": "who leaves or stops boosting is not seen; who joins or boosts, only where Discord's own messages about it are on",
    "message_content": "messages count, but nobody sees how long they are, whom they thank, what they say, or that files come with them",
}


def asked(needs: Sequence[Need], wanted: Settings) -> list[Need]:
    """Those that these settings need."""
    return [need for need in needs if not need.setting or getattr(wanted, need.setting)]


def permissions(wanted: Settings) -> discord.Permissions:
    """What the bot must be allowed: what is used, and no more."""
    return discord.Permissions(**{need.name: True for need in asked(PERMISSIONS, wanted)})


def intents(wanted: Settings) -> discord.Intents:
    """What is asked of the gateway: what is used, and no more."""
    found = discord.Intents.none()
    for need in asked(INTENTS, wanted):
        setattr(found, need.name, True)
    return found


def invite(application: int, wanted: Settings) -> str:
    """The link by which somebody who manages a server lets the bot in."""
    return oauth_url(application, permissions=permissions(wanted), scopes=SCOPES)


def lacking(has: discord.Permissions, needs: Sequence[Need]) -> list[Need]:
    """Those of *needs* that somebody with these permissions lacks."""
    return [need for need in needs if not getattr(has, need.name)]
