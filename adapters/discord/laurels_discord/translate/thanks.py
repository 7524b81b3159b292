"""Thanks in words: ``thanks @person``, outside quotes and code."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import discord

from laurels import Account, Event, Place, Thanks

from .source import SOURCE, account, micros

MOST: Final = 5  # people thanked in one message: each is an event, and one to take back

_THANKS: Final = Thanks(r"<@!?([0-9]{1,20})>")
_CITED: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,4000}`|^>>> .*|^> [^\n]*", re.DOTALL | re.MULTILINE)


def receivers(said: discord.Message) -> list[Account]:
    """The first people whom a message thanks, each once; never its author."""
    named = _THANKS.named(_CITED.sub(" ", said.content))
    people = {str(user.id): user for user in said.mentions if user.id != said.author.id}
    return [account(people[id_]) for id_ in named if id_ in people][:MOST]


def given(said: discord.Message, here: Place, revised: datetime | None = None) -> list[Event]:
    """The thanks of a message. Each is a thing of its own, by its place among them, so that an edit can change it."""
    return [_thank(said, here, number, receiver, revised) for number, receiver in enumerate(receivers(said))]


def edited(said: discord.Message, here: Place, before: int) -> list[Event]:
    """The thanks of an edited message, which had so many *before*: what it has now is on, what it has no more is off."""
    if said.edited_at is None:
        return []
    now = given(said, here, said.edited_at)
    return [*now, *gone(said.id, here, said.edited_at, range(len(now), before))]


def gone(message_id: int, here: Place, moment: datetime, numbers: Iterable[int]) -> list[Event]:
    """Thanks that are taken back, by their place in the message."""
    written = discord.utils.snowflake_time(message_id)
    return [
        Event(
            f"{message_id}:thanks:{number}:{micros(moment)}", SOURCE, "thanks.given", written, None, {}, here, realm=here.realm,
            thing=f"{message_id}:thanks:{number}", on=False, revised=moment,
        )
        for number in numbers
    ]  # fmt: skip


def _thank(said: discord.Message, here: Place, number: int, receiver: Account, revised: datetime | None) -> Event:
    thing = f"{said.id}:thanks:{number}"
    id_, data = f"{thing}:{micros(revised)}" if revised else thing, {"receiver": receiver.key, "message": str(said.id)}
    return Event(
        id_, SOURCE, "thanks.given", said.created_at, account(said.author), data, here, (receiver,), here.realm,
        thing=thing, revised=revised,
    )  # fmt: skip
