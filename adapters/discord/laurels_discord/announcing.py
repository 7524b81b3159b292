"""Posting and editing announcements."""

import discord

from laurels import Announcement, Receipt


async def announce(client: discord.Client, announcement: Announcement, earlier: Receipt | None) -> Receipt:
    """Post it, or edit what was posted."""
    channel = client.get_partial_messageable(int(announcement.place.channel))
    posted = await channel.send(announcement.text)
    return Receipt(str(posted.id), announcement.place, posted.jump_url)
