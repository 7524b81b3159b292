"""From answers to what Discord shows, within its limits. Pure."""

import re
from typing import Final, NamedTuple

import discord

from laurels import LAUREL, Reply

from .prose import cut, plain

ROWS: Final = 12  # of one page of several

_CONTENT: Final = 2000  # characters, as Discord counts them
_HEAD, _ROW, _PAGE, _EMBED = 1500, 700, 3600, 4096
_ALL: Final = 60  # rows of a page that is the only one
_JUMP: Final = re.compile(r"(https://discord\.com/channels/\d+/\d+(?:/\d+)?)")


class Page(NamedTuple):
    """What is shown of an answer: a line of text, or a card; it is page *number*, from 0, *of* so many."""

    content: str | None
    embed: discord.Embed | None
    number: int = 0
    of: int = 1


def page(reply: Reply, number: int = 0, *, picture: str = "", footer: str = "", more: str = "") -> Page:
    """A page of an answer, the nearest that there is. *picture* is an address.

    *footer* is told where there are several pages; where there can't be, *more* says how many rows are left out.
    """
    head = prose(reply.text, _HEAD if reply.fields else _EMBED)
    if not reply.fields and not picture and len(head) <= _CONTENT:
        return Page(head, None)
    pages = _pages([_row(*field) for field in reply.fields], _ALL if more else ROWS)
    if more and len(pages) > 1:
        pages = [[*pages[0], more.format(count=len(reply.fields) - len(pages[0]))]]
    number = max(0, min(number, len(pages) - 1))
    embed = discord.Embed(description=cut("\n".join([head, *pages[number]]), _EMBED), colour=LAUREL.leaf)
    if picture:
        embed.set_thumbnail(url=picture)
    if len(pages) > 1:
        embed.set_footer(text=footer.format(page=number + 1, pages=len(pages)))
    return Page(None, embed, number, len(pages))


def prose(text: str, limit: int) -> str:
    """*text* as just these characters, at most *limit*; what stands between backticks as code, links to messages as links."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or any("\n" in part for part in parts[1::2]):
        return _told(text, limit)
    spoken = ((f"`{part}`" if part else "") if number % 2 else _told(part, limit) for number, part in enumerate(parts))
    return cut("".join(spoken), limit)


def added(embeds: list[discord.Embed], content: str, line: str) -> Page:
    """A message with one more *line* under what it says."""
    said = prose(line, _ROW)
    if not embeds:
        return Page(cut(f"{content}\n{said}", _CONTENT), None)
    embed = embeds[0].copy()
    embed.description = cut(f"{embed.description or ''}\n{said}", _EMBED)
    return Page(content or None, embed)


def _told(text: str, limit: int) -> str:
    return "".join(part if number % 2 else plain(part, limit) for number, part in enumerate(_JUMP.split(text)))


def _row(name: str, value: str) -> str:
    bold = f"**{told}**" if (told := prose(name, _ROW).replace("\n", " ")) else ""
    return cut(": ".join(filter(None, (bold, prose(value, _ROW)))), _ROW)


def _pages(rows: list[str], most: int) -> list[list[str]]:
    """Rows, a page's worth at a time."""
    pages: list[list[str]] = [[]]
    for row in rows:
        if len(pages[-1]) >= most or sum(map(len, pages[-1])) + len(pages[-1]) + len(row) > _PAGE - _HEAD:
            pages.append([])
        pages[-1].append(row)
    return pages
