"""What an announcement looks like in a channel, as far as the bot may show it there."""

import io
import re

import discord
from msgspec import Struct

from laurels import Announcement, draw, metal, picture_url

from . import embeds


class Looks(Struct, frozen=True):
    """The parts of a message."""

    content: str
    embeds: list[discord.Embed]
    files: list[discord.File]


async def look(announcement: Announcement, may: discord.Permissions, server: str = "") -> Looks:
    """The text; cards where the bot may embed, with pictures of what is still held. *server* is named below."""
    content = embeds.content(announcement)
    if not may.embed_links:
        return Looks(content, [], [])
    shown, files = dict[int, str](), list[discord.File]()
    for number, won in enumerate(() if announcement.withdrawn else announcement.won[: embeds.CARDS]):
        name = f"{_mark(announcement.key)}-{number}"
        if url := picture_url(won.image):
            shown[won.award] = f"{url.partition('#')[0]}#{name}"
        elif may.attach_files:
            drawn, ending = await draw(won.image, metal(won.level, won.level_name))
            files.append(discord.File(io.BytesIO(drawn), f"{name}{ending}", description=won.name[:1000]))
            shown[won.award] = f"attachment://{name}{ending}"
    return Looks(content, embeds.cards(announcement, shown, server), files)


def marked(message: discord.Message, key: str) -> bool:
    """Whether a message is that of the announcement with *key*: its pictures are named by it."""
    pictures = [embed.thumbnail.url or "" for embed in message.embeds] + [file.filename for file in message.attachments]
    mark = re.compile(rf"(?:^|[/#]){re.escape(_mark(key))}-\d+(?!\d)")
    return any(mark.search(picture) for picture in pictures)


def _mark(key: str) -> str:
    """*key* as Discord leaves the names of files."""
    return re.sub(r"[^\w-]", "-", key, flags=re.ASCII)
