"""Threads and forum posts: opened, deleted, solved."""

from collections.abc import Collection
from datetime import datetime

import discord

from laurels import Event, Place

from .source import SOURCE, micros, somebody


def started(thread: discord.Thread, where: Place) -> Event:
    """Somebody opened it. A thread has the id of the message that it hangs on, which is another thing."""
    its, time = f"thread:{thread.id}", discord.utils.snowflake_time(thread.id)
    return Event(
        its, SOURCE, "thread.started", time, somebody(thread.guild, thread.owner_id), {"title": thread.name}, where, realm=where.realm
    )


def deleted(thread_id: int, where: Place, moment: datetime) -> Event:
    """It is no more; what was written in it stays counted, since nothing tells of those messages one by one."""
    its, time = f"thread:{thread_id}", discord.utils.snowflake_time(thread_id)
    return Event(f"{its}:deleted", SOURCE, "thread.started", time, None, {}, where, realm=where.realm, thing=its, on=False, revised=moment)


def solved(thread: discord.Thread, where: Place, tag: str, moment: datetime | None) -> Event:
    """A post that has the mark of being solved, or (without *tag*) has it no more: its owner asked, and nobody says who put the mark there.

    Where Discord doesn't say since when (*moment* is None: history, or a post that was in the archive), the post's own time stands for it,
    so that everything that was heard as it happened is newer.
    """
    its = f"thread:{thread.id}:solved"
    time = moment or discord.utils.snowflake_time(thread.id)
    id_ = f"{its}:{micros(moment)}" if moment else its
    data = {"title": thread.name, "tag": tag}
    return Event(
        id_, SOURCE, "thread.solved", time, somebody(thread.guild, thread.owner_id), data, where, realm=where.realm, thing=its, on=bool(tag)
    )


def mark(thread: discord.Thread, tags: Collection[str], parent: discord.ForumChannel | None = None) -> str:
    """The first of a post's tags that says that it is solved, or nothing. *parent* is its forum, where discord.py does not know it."""
    forum = parent or thread.parent
    if not isinstance(forum, discord.ForumChannel):
        return ""
    wanted, put = {tag.casefold() for tag in tags}, set(thread._applied_tags)  # `applied_tags` needs the parent to be cached
    return next((tag.name for tag in forum.available_tags if tag.id in put and tag.name.casefold() in wanted), "")
