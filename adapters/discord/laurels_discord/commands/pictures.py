"""What comes with an answer as files: the badge's picture, and what laurels made to be kept."""

from io import BytesIO
from pathlib import PurePath

import discord

from laurels import LAUREL, Reply, draw, picture_url


async def picture(reply: Reply) -> tuple[str, list[discord.File]]:
    """The address of the picture of an answer, and the file that it is where Discord can't fetch it."""
    if not reply.image or picture_url(reply.image):
        return picture_url(reply.image), []
    content, ending = await draw(reply.image, LAUREL)
    return f"attachment://badge{ending}", [discord.File(BytesIO(content), f"badge{ending}")]


def attached(reply: Reply) -> list[discord.File]:
    """The file of an answer."""
    if reply.file is None:
        return []
    return [discord.File(BytesIO(reply.file.content.encode()), PurePath(reply.file.name).name)]
