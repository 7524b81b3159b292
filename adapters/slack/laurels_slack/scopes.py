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
    Need("channels:history", "to hear what is written in public channels, and for `laurels backfill`"),
    Need("channels:read", "to know which channels there are, and what they are called"),
    Need("chat:write", "to announce awards and answer"),
    Need("commands", "for the slash commands and shortcuts"),
    Need("users:read", "to know what people are called, and who is an administrator"),
)

EVENTS: Final = (Heard("message.channels", "channels:history"),)


def asked(wanted: Settings) -> list[Need]:
    """The scopes that these settings need."""
    return [need for need in SCOPES if not need.setting or getattr(wanted, need.setting)]


def heard(wanted: Settings) -> list[Heard]:
    """The events that these settings need."""
    return [event for event in EVENTS if not event.setting or getattr(wanted, event.setting)]


def lacking(has: Sequence[str], wanted: Settings) -> list[Need]:
    """The scopes that a token with those it *has* lacks."""
    return [need for need in asked(wanted) if need.name not in has]
