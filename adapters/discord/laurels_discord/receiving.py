"""What the gateway tells, put into the journal."""

from datetime import timedelta
from typing import Final

import discord

from laurels import Event, Host

from . import commands, translate
from .absence import Absence
from .door import Door
from .moments import Moments
from .recent import Reactions, Thanked
from .settings import Settings
from .voice import Voice

LAST_WORD: Final = timedelta(minutes=2)  # nothing comes after a deletion, however wrong this clock is beside Discord's, which dates edits


def rooms(client: discord.AutoShardedClient, host: Host, wanted: Settings) -> tuple[object, ...]:
    """All that listens so that what people do is counted."""
    door, moments = Door(client, host, wanted), Moments()
    receiver = Receiver(door, moments)
    voice = Voice(door)
    return receiver, voice, Absence(door, receiver, voice)


class Receiver:
    """Hears what people write, react, open, and that they come and go."""

    def __init__(self, door: Door, moments: Moments) -> None:
        self.door, self.settings, self.moments = door, door.settings, moments
        self.reactions, self.thanked = Reactions(), Thanked()

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote."""
        if events := self.read(message):
            self.thanked.note(message.id, len(events) - 1)
            await self.door.put(events)

    def read(self, message: discord.Message) -> list[Event]:
        """What a message comes to, here where it was written; nothing where nothing is read, and nothing of the bot's own."""
        where = self.door.place(message.channel)
        if where is None or message.author == self.door.client.user:
            return []
        return translate.messages.message(message, where, seeing=self.settings.message_content)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody wrote something else, or Discord added to it."""
        where = self.door.at(payload.guild_id, payload.channel_id)
        if where is None or payload.message.author == self.door.client.user:
            return
        before = self.thanked.by(payload.message_id)
        events = translate.messages.edited(payload.message, where, seeing=self.settings.message_content, thanks_before=before)
        if len(events) > 1:
            self.thanked.note(payload.message_id, sum(event.type == "thanks.given" and event.on for event in events))
        await self.door.put(events)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message is gone. Many at once are a moderator's and take nothing: nobody listens to those."""
        where = self.door.at(payload.guild_id, payload.channel_id)
        if where is not None:
            thanked = self.thanked.by(payload.message_id)
            await self.door.put(translate.messages.deleted(payload.message_id, where, self.moments.now() + LAST_WORD, thanked))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody reacted; with an emoji that nominates, the author is nominated too."""
        if await self._reaction(payload) and translate.reactions.is_among(payload.emoji, self.settings.nominate):
            await commands.medal(self.door.client, self.door.host, self.settings, payload)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """Somebody took a reaction back. All of a message at once are cleared by a moderator, which takes nothing."""
        await self._reaction(payload)

    async def _reaction(self, payload: discord.RawReactionActionEvent) -> bool:
        """Whether it was news, of a place that is read."""
        guild = self.door.client.get_guild(payload.guild_id or 0)
        where = self.door.at(payload.guild_id, payload.channel_id)
        if guild is None or where is None or payload.user_id == guild.me.id:
            return False
        if not self.reactions.changed(translate.reactions.thing(payload), payload.event_type == "REACTION_ADD"):
            return False
        await self.door.put(translate.reactions.reaction(payload, guild, where, self.moments.now(), self.settings.thanks))
        return True

    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Somebody opened a thread or a post."""
        if (where := self.door.place(thread)) and thread.owner_id != thread.guild.me.id:
            await self.door.put([translate.threads.started(thread, where)])

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread or post is gone."""
        where = self.door.place(payload.thread) or self.door.at(payload.guild_id, payload.parent_id)
        if where is not None:
            await self.door.put([translate.threads.deleted(payload.thread_id, where, self.moments.now() + LAST_WORD)])

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """A post may have been marked as solved, or no longer be."""
        was, is_ = (translate.threads.mark(thread, self.settings.solved) for thread in (before, after))
        if bool(was) != bool(is_) and (where := self.door.place(after)):
            await self.door.put([translate.threads.solved(after, where, is_, self.moments.now())])

    async def on_thread_join(self, thread: discord.Thread) -> None:
        """A post came out of the archive, perhaps with the mark of being solved."""
        tag = translate.threads.mark(thread, self.settings.solved)
        if tag and (where := self.door.place(thread)):
            await self.door.put([translate.threads.solved(thread, where, tag, None)])

    async def on_member_join(self, member: discord.Member) -> None:
        """Somebody came; heard with the members intent."""
        if self.door.known(member.guild.id):
            await self.door.put(translate.members.joined(member))

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Somebody left; heard with the members intent."""
        if self.door.known(payload.guild_id) and payload.user != self.door.client.user:
            await self.door.put([translate.members.left(payload.guild_id, payload.user, self.moments.now())])

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """Somebody boosts, or no more; heard with the members intent."""
        if self.door.known(after.guild.id):
            await self.door.put(translate.members.boosting(before, after, self.moments.now()))

    async def on_guild_channel_update(self, before: object, after: object) -> None:
        """A channel may have become private, or have another name."""
        self.door.forget()

    async def on_guild_role_update(self, before: object, after: object) -> None:
        """What everyone may see may have changed."""
        self.door.forget()
