"""What people typed, made fit for every format; addresses that a reader may follow."""

import re
from datetime import UTC
from typing import Final
from urllib.parse import urlsplit

from msgspec import structs

from .model import Entry, Feed

#: What XML 1.0 can't hold (section 2.2: most controls, lone surrogates, U+FFFE and U+FFFF of each plane), the C1 controls that it
#: discourages, and what overrides the direction of text: a name that turns round must not turn the rest of the sentence with it.
_UNFIT: Final = re.compile(
    "[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
    "|[" + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)


def cleaned(feed: Feed) -> Feed:
    """The feed with every text fit for every format, every address one that can be followed, every time in UTC."""
    return structs.replace(
        feed,
        id=text(feed.id),
        title=line(feed.title),
        community=line(feed.community),
        updated=feed.updated.astimezone(UTC),
        entries=tuple(_entry(entry) for entry in feed.entries),
        **{name: address(getattr(feed, name)) for name in ("url", "home", "first", "previous", "next")},
    )


def text(typed: str) -> str:
    """*typed* without the characters that a feed can't hold."""
    return _UNFIT.sub("", typed)


def line(typed: str) -> str:
    """The same on one line, for names and titles."""
    return " ".join(text(typed).split())


def address(url: str) -> str:
    """The URL if it is one of the web's, else nothing: a feed reader may follow ``javascript:``."""
    url = text(url).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


def _entry(entry: Entry) -> Entry:
    return structs.replace(
        entry,
        id=text(entry.id),
        note=text(entry.note).strip(),
        time=entry.time.astimezone(UTC),
        updated=entry.updated.astimezone(UTC),
        **{name: line(getattr(entry, name)) for name in ("title", "person", "badge", "badge_name", "level_name")},
        **{name: address(getattr(entry, name)) for name in ("image", "url", "person_url")},
    )
