"""From discord.py's objects to events. Pure: no request, no clock, no cache of its own."""

from . import members, messages, reactions, threads, voices
from .places import at, hidden, place
from .source import SOURCE, account

__all__ = ["SOURCE", "account", "at", "hidden", "members", "messages", "place", "reactions", "threads", "voices"]
