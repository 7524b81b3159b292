"""From an announcement to the Markdown of a comment, without any I/O."""

import re
from typing import Final
from urllib.parse import quote

from laurels import Announcement

from .translate import MARKER

#: Everything that Markdown or GitHub could read as more than text: names come from people.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+|~!&])")
#: What GitHub would turn into a ping or a link to another issue, and how it is broken: by a joiner that nobody sees.
_REFERENCE: Final = re.compile(r"(@|\bGH-|:(?=//)|\bwww(?=\.))", re.IGNORECASE)
_JOINER: Final = "\u2060"


def comment(announcement: Announcement) -> str:
    """The comment's body: the text, which pings nobody, and the hidden marker that finds it again."""
    return f"{plain(announcement.text)}\n\n{marker(announcement.key)}"


def marker(key: str) -> str:
    """The hidden comment that carries *key*; it can't end early, whatever the key."""
    return f"{MARKER}{quote(key, safe=':').replace('-', '%2D')} -->"


def plain(text: str) -> str:
    """*text* as Markdown that shows just these characters."""
    return _SPECIAL.sub(r"\\\1", _REFERENCE.sub(rf"\1{_JOINER}", text))
