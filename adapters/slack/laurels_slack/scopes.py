"""What the app asks of Slack, and what for. Whatever asks, checks or explains reads it from here. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from .settings import Settings


class Need(NamedTuple):
    """A scope of the bot's token, and *why* it is asked for. *setting*: only where this setting says so."""

    name: str
    why: str
    setting: str = ""


class Heard(NamedTuple):
    """An event that Slack shall tell of, and the *scope* that this takes."""

    name: str
    scope: str = ""
    setting: str = ""


SCOPES: Final = (
    Need("app_mentions:read", "to answer who speaks to the bot, as in threads, where slash commands don't work"),
    Need("channels:history", "to hear what is written in public channels, and for `laurels backfill`"),
    Need("channels:read", "to know which channels there are, and what they are called"),
    Need("chat:write", "to announce awards and answer"),
    Need("commands", "for the slash commands and shortcuts"),
    Need("files:read", "to see whether Slack has worked through the pictures of badges"),
    Need("files:write", "to show the pictures of badges, which are uploaded once each"),
    Need("groups:history", "the same in private channels, where `private_channels` lets them be read", "private_channels"),
    Need("groups:read", "to know what private channels are called", "private_channels"),
    Need("im:history", "to answer what is written to the bot alone"),
    Need("im:write", "to tell people alone who wish for that"),
    Need("reactions:read", "to count reactions, and thanks given by emoji"),
    Need("reactions:write", "to answer an emoji that nominates, such as 🏅", "nominate"),
    Need("usergroups:read", "to know who is in which user group, as roles can be given to those"),
    Need("users:read", "to know what people are called, and who is an administrator"),
)

EVENTS: Final = (
    Heard("app_home_opened"),
    Heard("app_mention", "app_mentions:read"),
    Heard("app_uninstalled"),
    Heard("channel_created", "channels:read"),
    Heard("channel_rename", "channels:read"),
    Heard("channel_shared", "channels:read"),
    Heard("channel_unshared", "channels:read"),
    Heard("group_rename", "groups:read", "private_channels"),
    Heard("member_joined_channel", "channels:read"),
    Heard("member_left_channel", "channels:read"),
    Heard("message.channels", "channels:history"),
    Heard("message.groups", "groups:history", "private_channels"),
    Heard("message.im", "im:history"),
    Heard("reaction_added", "reactions:read"),
    Heard("reaction_removed", "reactions:read"),
    Heard("team_join", "users:read"),
    Heard("tokens_revoked"),
    Heard("user_change", "users:read"),
)


def asked(wanted: Settings) -> list[Need]:
    """The scopes that these settings need."""
    return [need for need in SCOPES if not need.setting or getattr(wanted, need.setting)]


def heard(wanted: Settings) -> list[Heard]:
    """The events that these settings need."""
    return [event for event in EVENTS if not event.setting or getattr(wanted, event.setting)]


def lacking(has: Sequence[str], wanted: Settings) -> list[Need]:
    """The scopes that a token with those it *has* lacks."""
    return [need for need in asked(wanted) if need.name not in has]
