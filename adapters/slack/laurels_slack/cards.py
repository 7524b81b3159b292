"""From announcements to messages: the text, and a card for each award, in Block Kit. Pure.

What people wrote stands where Slack reads nothing but text: in `rich_text`, in `plain_text`, or in `mrkdwn` if nothing in it is a sign.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from laurels import Announcement, Won

from .prose import cut, escaped, plain

CARDS: Final = 5  # the text names every award

_SAID, _TITLE, _WORDS, _SECTION = 3000, 250, 350, 3000  # characters
_OWN: Final = re.compile(r":([a-z0-9_+'-]{1,100}):")  # an emoji of the workspace's
#: What mrkdwn would read as more than text, but for what it has escapes for.
_SIGNS: Final = re.compile(r"[*_~`]|:[^\s:]+:|://|^\s*>", re.MULTILINE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>|]{1,1000}")

Block = dict[str, Any]


def text(announcement: Announcement) -> str:
    """What is said, and what notifications and screen readers tell."""
    return escaped(announcement.text, _SAID)


def blocks(announcement: Announcement, pictures: Mapping[int, Block], team: str = "") -> list[Block]:
    """The text and the cards. *pictures* by award; *team* is named where nothing else says where it was."""
    made = [_rich(_section(_text(cut(announcement.text, _SAID))))]
    for won in announcement.won[:CARDS]:
        made += [_gone(won)] if announcement.withdrawn else _card(won, announcement.text, pictures.get(won.award))
    if team:
        made.append({"type": "context", "elements": [plain(team, _TITLE)]})
    return made


def image(won: Won, source: Block) -> Block:
    """A picture, from a *source*, for a card."""
    return {"type": "image", **source, "alt_text": _title(won)}


def _card(won: Won, said: str, picture: Block | None) -> list[Block]:
    """The title, what the badge is for, and the giver's words unless the text has them."""
    described = cut(won.description, _WORDS)
    quoted = [_quote(won.note)] if won.note and won.note not in said else []
    if picture is None:
        return [_rich(_section(*_head(won), *([_text(f"\n{described}")] if described else [])), *quoted)]
    shown = {"type": "section", "text": _beside(won, described), "accessory": picture}
    return [shown, *([_rich(*quoted)] if quoted else [])]


def _beside(won: Won, described: str) -> Block:
    """Title and description, which can't be rich text beside a picture: bold only where nothing in them is a sign of mrkdwn's."""
    emoji, title = _emoji(won), _title(won)
    own = _OWN.fullmatch(emoji) is not None
    bold = _lines(f"{escaped(emoji, _TITLE)} *{_linked(won.url, escaped(title, _TITLE))}*", escaped(described, _WORDS))
    if not _SIGNS.search(_lines(title, described, "" if own else emoji)) and len(bold) <= _SECTION:
        return {"type": "mrkdwn", "text": bold, "verbatim": True}
    return {"type": "plain_text", "text": _lines(title if own else f"{emoji} {title}", described), "emoji": False}


def _linked(url: str, title: str) -> str:
    return f"<{url.replace('&', '&amp;')}|{title}>" if _ADDRESS.fullmatch(url) else title


def _lines(*words: str) -> str:
    return "\n".join(filter(None, map(str.strip, words)))


def _gone(won: Won) -> Block:
    return _rich(_section(_text(_title(won), strike=True)))


def _head(won: Won) -> list[Block]:
    """The badge's emoji, one of the workspace's own too, and its title, which leads to where it was won."""
    emoji = _emoji(won)
    own, space = _OWN.fullmatch(emoji), [_text(" ")] if emoji else []
    first = [{"type": "emoji", "name": own[1]}] if own else [_text(emoji)] if emoji else []
    title = _text(_title(won), bold=True)
    return [*first, *space, {**title, "type": "link", "url": won.url} if _ADDRESS.fullmatch(won.url) else title]


def _emoji(won: Won) -> str:
    """Without those that other platforms have of their own."""
    return "" if won.emoji.startswith("<") else won.emoji


def _title(won: Won) -> str:
    level = won.level_name or (str(won.level) if won.level > 1 else "")
    parts = [level] if won.name.casefold() in level.casefold() else [won.name, level]
    return cut(" · ".join(filter(None, parts)) or won.badge, _TITLE)


def _rich(*elements: Block) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def _section(*elements: Block) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def _quote(words: str) -> Block:
    return {"type": "rich_text_quote", "elements": [_text(cut(words, _WORDS))]}


def _text(words: str, **style: bool) -> Block:
    return {"type": "text", "text": words, **({"style": style} if style else {})}
