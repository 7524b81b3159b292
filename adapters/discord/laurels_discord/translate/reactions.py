"""Reactions, given and taken back, and the emojis that say thanks."""

from collections.abc import Collection
from datetime import datetime

import discord

from laurels import Event, Place

from .places import at
from .source import SOURCE, account, micros, somebody


def thing(payload: discord.RawReactionActionEvent) -> str:
    """What is on or off: one emoji of one person at one message."""
    emoji = payload.emoji
    return f"{payload.message_id}:reaction:{emoji.id or emoji.name}:{payload.user_id}"


def reaction(
    payload: discord.RawReactionActionEvent, guild: discord.Guild, where: Place, moment: datetime, thanking: Collection[str]
) -> list[Event]:
    """A reaction in its new state. Discord doesn't say when, so *moment* is when it was heard: never the same twice."""
    who = account(payload.member) if payload.member else somebody(guild, payload.user_id)
    author = somebody(guild, payload.message_author_id) if payload.message_author_id else None
    others = (author,) if author else ()
    here, on, message = at(where, payload.message_id), payload.event_type == "REACTION_ADD", str(payload.message_id)

    def state(its: str, type_: str, receiver: str, data: dict[str, str]) -> Event:
        if author:
            data[receiver] = author.key
        return Event(f"{its}:{micros(moment)}", SOURCE, type_, moment, who, data, here, others, here.realm, thing=its, on=on)

    its = thing(payload)
    events = [state(its, "reaction.added", "author", {"emoji": payload.emoji.name or "", "message": message})]
    if is_among(payload.emoji, thanking) and not (on and (author is None or author.id == who.id)):
        events.append(state(f"{its}:thanks", "thanks.given", "receiver", {"message": message}))
    return events


def is_among(emoji: discord.PartialEmoji, listed: Collection[str]) -> bool:
    """Whether settings name an emoji: as the character, as ``name`` or ``:name:`` of a custom one, or as Discord writes it in a text."""
    names = {_plain(emoji.name or ""), f":{emoji.name}:", str(emoji)}
    return any(_plain(written) in names for written in listed)


def _plain(written: str) -> str:
    """A character without the mark that asks for its coloured form, which comes and goes."""
    return written.replace("\N{VARIATION SELECTOR-16}", "")
