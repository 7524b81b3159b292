"""🏅: who may award a badge nominates for it, by reacting to a message."""

import hashlib
from typing import TYPE_CHECKING, Any, Final, cast

import discord
import structlog

from laurels import Account, Actor, Command, Host, Reply

from .. import render
from ..settings import Settings
from ..translate import SOURCE, account, place
from ..translate.reactions import is_among
from . import table, who

if TYPE_CHECKING:
    from ..client import Client

_DONE: Final = "✅"
_REASON: Final = 1500

_log = structlog.get_logger(__name__)


async def medal(client: discord.Client, host: Host, wanted: Settings, payload: discord.RawReactionActionEvent) -> None:
    """Nominate the author of a message for the badge that the emoji stands for, once, if who reacted may award it.

    The message gets a tick; why it was refused is told in a direct message, or to nobody.
    """
    badge = next((badge for emoji, badge in wanted.nominate.items() if is_among(payload.emoji, [emoji])), "")
    member, guild = payload.member, str(payload.guild_id or "")
    slug = badge.partition("@")[0]
    if not badge or member is None or member.bot or host.community(SOURCE, guild) is None:
        return
    if not host.may_award(Actor(account(member), _roles(member)), guild, slug):
        return
    once, key = cast("Client", client).presses.clerk.nominated, _key(payload, slug)
    if not await once.first(key):
        return
    try:
        reply = await host.ask(await _command(client, payload, member, badge))
        if not reply.ok:
            await once.forget(key)
        await _tell(client, payload, member, reply)
    except discord.HTTPException as error:
        _log.warning("a reaction could not nominate", message=payload.message_id, why=str(error))


async def _command(client: discord.Client, payload: discord.RawReactionActionEvent, member: discord.Member, badge: str) -> Command:
    """``/badges nominate``, with the message as the evidence."""
    author, (slug, _, level) = await _author(client, payload), badge.partition("@")
    link = who.link(payload.guild_id, payload.channel_id, payload.message_id)
    channel: Any = client.get_channel(payload.channel_id)
    words = table.EVERYONE["nominate"].typed({"badge": slug, "person": author.key, "level": level})
    return Command(
        table.NAME, ("nominate", *words), account(member), place(channel, link), str(payload.guild_id), _roles(member),
        message=link, people=(author,),
    )  # fmt: skip


async def _author(client: discord.Client, payload: discord.RawReactionActionEvent) -> Account:
    """Who wrote the message."""
    if payload.message_author_id is None:
        channel = client.get_partial_messageable(payload.channel_id)
        return account((await channel.fetch_message(payload.message_id)).author)
    guild = client.get_guild(payload.guild_id or 0)
    member = guild.get_member(payload.message_author_id) if guild else None
    return account(member or await client.fetch_user(payload.message_author_id))


async def _tell(client: discord.Client, payload: discord.RawReactionActionEvent, member: discord.Member, reply: Reply) -> None:
    try:
        if reply.ok:
            message = client.get_partial_messageable(payload.channel_id).get_partial_message(payload.message_id)
            await message.add_reaction(_DONE)
        else:
            link = who.link(payload.guild_id, payload.channel_id, payload.message_id)
            await member.send(f"{render.prose(reply.text, _REASON)}\n{link}")
    except discord.HTTPException as error:
        _log.info("nobody was told what a reaction did", message=payload.message_id, why=str(error))


def _key(payload: discord.RawReactionActionEvent, slug: str) -> str:
    """Names the reaction, and nobody to whoever reads it."""
    return hashlib.sha256(f"{payload.message_id}:{payload.user_id}:{slug}".encode()).hexdigest()[:32]


def _roles(member: discord.Member) -> tuple[str, ...]:
    return who.roles(member, member.guild_permissions)
