"""JSON Feed 1.1 (jsonfeed.org). Written by hand: the format is two structs, and no library for writing it is kept."""

from datetime import datetime

import msgspec
from msgspec import Struct

from .model import Entry, Feed

MEDIA_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


class _Author(Struct, omit_defaults=True):
    name: str
    url: str = ""


class _Item(Struct, omit_defaults=True):
    id: str
    title: str
    content_text: str
    date_published: datetime
    date_modified: datetime
    authors: tuple[_Author, ...]
    tags: tuple[str, ...]
    url: str = ""
    image: str = ""


class _Document(Struct, omit_defaults=True):
    version: str
    title: str
    feed_url: str
    home_page_url: str
    authors: tuple[_Author, ...]
    items: tuple[_Item, ...]
    next_url: str = ""
    language: str = ""


def json_feed(feed: Feed) -> bytes:
    """The page as a JSON Feed. Its text is ``content_text``, so that nothing people typed is ever taken for HTML."""
    authors = (_Author(feed.community, feed.home),)
    items = tuple(_item(entry) for entry in feed.entries)
    return msgspec.json.encode(_Document(VERSION, feed.title, feed.url, feed.home, authors, items, feed.next, feed.language))


def _item(entry: Entry) -> _Item:
    return _Item(
        id=entry.id,
        title=entry.title,
        content_text=entry.note or entry.title,
        date_published=entry.time,
        date_modified=entry.updated,
        authors=(_Author(entry.person, entry.person_url),),
        tags=(entry.badge,),
        url=entry.url,
        image=entry.image,
    )
