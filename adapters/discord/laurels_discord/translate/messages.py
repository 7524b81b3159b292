"""What people write: posted, edited, deleted; and what Discord itself writes about people who come and boost."""

from datetime import datetime, timedelta
from typing import Any, Final

import discord
from discord import MessageReferenceType, MessageType

from laurels import Account, Event, Place

from . import members, thanks
from .places import at
from .source import SOURCE, account, micros

NEW: Final = timedelta(days=7)  # for so long somebody is a newcomer
BOOSTS: Final = (
    MessageType.premium_guild_subscription,
    MessageType.premium_guild_tier_1,
    MessageType.premium_guild_tier_2,
    MessageType.premium_guild_tier_3,
)  # the one that lifts the server to a tier is told as the tier alone


def message(said: discord.Message, where: Place, *, seeing: bool) -> list[Event]:
    """What a message comes to. *seeing*: the bot is shown what is written; without, only where it is mentioned."""
    if said.webhook_id is not None:
        return []
    if said.type is MessageType.default or said.type is MessageType.reply:
        here = at(where, said.id)
        posted = _posted(said, here, str(said.id), seeing)
        return [posted, *thanks.given(said, here)] if "<@" in said.content else [posted]
    if said.type is MessageType.new_member:
        return [members.welcomed(said, at(where, said.id))]
    if said.type in BOOSTS:
        return [members.thanked_for_boost(said, at(where, said.id))]
    return []


def edited(said: discord.Message, where: Place, *, seeing: bool, thanks_before: int) -> list[Event]:
    """An edited message in its new state; none where Discord only added a preview, a pin or a thread to it."""
    if said.edited_at is None or said.webhook_id is not None or said.type not in (MessageType.default, MessageType.reply):
        return []
    here = at(where, said.id)
    state = _posted(said, here, f"{said.id}:{micros(said.edited_at)}", seeing, said.edited_at)
    return [state, *(thanks.edited(said, here, thanks_before) if visible(said, seeing) else ())]


def deleted(message_id: int, where: Place, moment: datetime, thanks_before: int) -> list[Event]:
    """A message that is no more, and whom it thanked."""
    written = discord.utils.snowflake_time(message_id)
    id_ = f"{message_id}:deleted"
    gone = Event(
        id_,
        SOURCE,
        "message.posted",
        written,
        None,
        {},
        at(where, message_id),
        realm=where.realm,
        thing=str(message_id),
        on=False,
        revised=moment,
    )
    return [gone, *thanks.gone(message_id, where, moment, range(thanks_before))]


def visible(said: discord.Message, seeing: bool) -> bool:
    """Whether the bot was shown what is written. Nothing at all is what it is shown of what it may not see."""
    return seeing or bool(said.content or said.attachments)


def _posted(said: discord.Message, here: Place, id_: str, seeing: bool, revised: datetime | None = None) -> Event:
    written = said.created_at
    data, others = _facts(said, seeing)
    joined = getattr(said.author, "joined_at", None)  # a member is told with what they write, but not in history
    if joined is not None and written - joined < NEW:
        data["newcomer"] = True
    return Event(
        id_, SOURCE, "message.posted", written, account(said.author), data, here, others, here.realm,
        thing="" if revised is None else str(said.id), revised=revised,
    )  # fmt: skip


def _facts(said: discord.Message, seeing: bool) -> tuple[dict[str, Any], tuple[Account, ...]]:
    data: dict[str, Any] = {}
    others: tuple[Account, ...] = ()
    if visible(said, seeing):
        text = said.content
        data = {"length": len(text), "words": len(text.split()), "files": len(said.attachments), "text": text}
    if said.reference is not None and (answered := _answered(said)):
        data["answered"], others = answered.key, (answered,)
    if said.mentions:  # among them is whom it answers, unless they were spared the ping
        own = {str(said.author.id), *(person.id for person in others)}
        mentioned = [account(user) for user in said.mentions if str(user.id) not in own]
        data["mentions"], others = [person.key for person in mentioned], (*others, *mentioned)
    return data, others


def _answered(said: discord.Message) -> Account | None:
    """Who wrote what this replies to; a forward answers nobody."""
    reference = said.reference
    if reference is None or reference.type is not MessageReferenceType.default or not isinstance(reference.resolved, discord.Message):
        return None
    earlier = reference.resolved
    return None if earlier.webhook_id is not None or earlier.author.id == said.author.id else account(earlier.author)
