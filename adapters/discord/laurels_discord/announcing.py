"""Posting and editing announcements: once each, whatever happens between a try and the next."""

import hashlib
from typing import Final

import discord
import structlog
from msgspec import structs

from laurels import Announcement, Place, Receipt, Unreachable

from .looks import Looks, look, marked
from .refusals import understood
from .where import Channel, Owner, allowed, find, may_write

log = structlog.get_logger(__name__)

LOOK_BACK: Final = 200  # messages in which a lost try is looked for

_NOBODY: Final = discord.AllowedMentions.none()
_LONGEST_NONCE: Final = 25  # characters
_MALFORMED: Final = 50035  # "Invalid Form Body"


async def announce(client: discord.Client, owner: Owner, announcement: Announcement, earlier: Receipt | None) -> Receipt:
    """Post it; or edit the *earlier* message, or one that a lost try left behind.

    Discord drops a second message with the same nonce within a few minutes; a try that was lost longer ago is looked for by the names of
    its pictures. So a double remains possible where more than a few minutes passed, and the bot may not read the history, or more than
    200 messages were written since, or there are no pictures.
    """
    with understood():
        place = earlier.place if earlier else announcement.place
        channel = await find(client, place, announcement.community, owner)
        posted = int(earlier.id) if earlier else await _lost(client, channel, announcement) if announcement.retry else None
        if posted is None and announcement.withdrawn:
            raise Unreachable("nothing was posted that could be withdrawn")
        looks = await look(announcement, allowed(channel), _server(client, place))
        message = await _said(channel, announcement.key, posted, looks)
        return Receipt(str(message.id), _there(place, message), message.jump_url)


async def _said(channel: Channel, key: str, posted: int | None, looks: Looks) -> discord.Message:
    """With its cards; without, where Discord does not like one, for an address that it can't use, say."""
    try:
        return await (_post(channel, key, looks) if posted is None else _edit(channel, posted, looks))
    except discord.HTTPException as exc:
        if exc.code != _MALFORMED or not looks.embeds:
            raise
        log.warning("Discord does not take a card; its text is posted without", key=key, error=exc.text)
        return await _said(channel, key, posted, Looks(looks.content, [], []))


async def _post(channel: Channel, key: str, looks: Looks) -> discord.Message:
    may_write(channel)
    nonce = key if len(key) <= _LONGEST_NONCE else hashlib.sha256(key.encode()).hexdigest()[:_LONGEST_NONCE]
    return await channel.send(looks.content, embeds=looks.embeds, files=looks.files, nonce=nonce, allowed_mentions=_NOBODY)


async def _edit(channel: Channel, posted: int, looks: Looks) -> discord.Message:
    """All of it anew: a picture that stays attached but is in no embed would be shown below."""
    message = channel.get_partial_message(posted)
    return await message.edit(content=looks.content, embeds=looks.embeds, attachments=looks.files, allowed_mentions=_NOBODY)


async def _lost(client: discord.Client, channel: Channel, announcement: Announcement) -> int | None:
    """The message that a try left behind which nobody knows to have got through."""
    if not allowed(channel).read_message_history:
        return None
    async for message in channel.history(limit=LOOK_BACK):
        if client.user is not None and message.author.id == client.user.id and marked(message, announcement.key):
            return message.id
    return None


def _server(client: discord.Client, place: Place) -> str:
    """What to name in a direct message, which is in no server."""
    guild = client.get_guild(int(place.realm)) if place.channel.startswith("@") and place.realm.isdecimal() else None
    return guild.name if guild else ""


def _there(place: Place, message: discord.Message) -> Place:
    """The place by its id, whatever its name will be."""
    return place if place.thread or place.private else structs.replace(place, channel=str(message.channel.id))
