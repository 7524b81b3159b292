"""From announcements to messages: the text, and a card for each award. Pure."""

from collections.abc import Mapping
from typing import Final

import discord

from laurels import FADED, Announcement, Won, metal

from .prose import cut, plain

CARDS: Final = 5  # Discord shows ten; the text names every award

_CONTENT, _TITLE, _DESCRIPTION, _NAME = 2000, 256, 350, 100  # characters; all cards of a message share 6,000


def content(announcement: Announcement) -> str:
    """What is said, and what notifications show."""
    return plain(announcement.text, _CONTENT)


def cards(announcement: Announcement, pictures: Mapping[int, str], server: str = "") -> list[discord.Embed]:
    """A card for each award. *pictures* are the addresses of images, by award; *server* is named where nothing else says where it was."""
    linked: set[str] = set()  # Discord merges cards that lead to one place
    made = []
    for won in announcement.won[:CARDS]:
        made.append(_card(won, announcement, pictures.get(won.award, ""), "" if won.url in linked else won.url))
        linked.add(won.url)
    if made and server:
        made[-1].set_footer(text=cut(server, _NAME))
    return made


def _card(won: Won, announcement: Announcement, picture: str, url: str) -> discord.Embed:
    if announcement.withdrawn:
        return discord.Embed(title=f"~~{_title(won)}~~", colour=FADED.leaf)
    its = metal(won.level, won.level_name)
    embed = discord.Embed(title=_title(won), description=_description(won, announcement.text), colour=its.leaf, url=url or None)
    return embed.set_thumbnail(url=picture) if picture else embed


def _title(won: Won) -> str:
    level = won.level_name or (str(won.level) if won.level > 1 else "")
    parts = [level] if won.name.casefold() in level.casefold() else [won.name, level]
    return plain(f"{won.emoji} {' · '.join(filter(None, parts))}".strip(), _TITLE - 4)


def _description(won: Won, said: str) -> str | None:
    """What the badge is for, and the giver's words unless the text has them."""
    quoted = [f"> {plain(won.note, _DESCRIPTION)}"] if won.note and won.note not in said else []
    described = [plain(won.description, _DESCRIPTION)] if won.description else []
    return "\n".join([*described, *quoted]) or None
