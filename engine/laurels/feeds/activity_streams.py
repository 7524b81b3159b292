"""W3C Activity Streams 2.0: a collection of activities.

An award is an ``Add``: the community (actor) has added the badge (object) to what the person (target) holds. Activity Streams 1.0 had
``give`` for just this, with the badge as object and the receiver as target; 2.0 has no such word, and ``Add`` keeps the roles. ``Offer`` is
only a proposal that somebody has yet to accept, while an award is done; ``Create`` would make the badge anew each time; ``Announce`` tells
of somebody else's deed. ``Remove`` and ``Undo`` can answer an ``Add``. A badge is an ``Achievement`` of Open Badges 3.0, which the context
maps for those who read linked data, and an ``Object`` for all others. The level is the activity's ``result``.

Written by hand, as Python's libraries for it are ActivityPub servers, or left alone for years.
"""

from datetime import datetime
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from .model import Entry, Feed

MEDIA_TYPE = "application/activity+json; charset=utf-8"
NAMESPACE = "https://www.w3.org/ns/activitystreams"
ACHIEVEMENT = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"


class _Thing(Struct, omit_defaults=True):
    """Whatever has a type and a name: who gave, what, and to whom."""

    type: str | tuple[str, ...]
    name: str
    url: str = ""
    image: str = ""


class _Activity(Struct, omit_defaults=True):
    type: str
    id: str
    name: str
    actor: _Thing
    object: _Thing
    target: _Thing
    published: datetime
    updated: datetime
    result: _Thing | None = None
    content: str = ""
    url: str = ""


class _Collection(Struct, omit_defaults=True, rename="camel"):
    type: str
    id: str
    name: str
    updated: datetime | None = None
    url: str = ""
    context: Any = msgspec.field(default=None, name="@context")
    total_items: int | None = None
    first: str = ""
    part_of: "_Collection | None" = None
    prev: str = ""
    next: str = ""
    ordered_items: tuple[_Activity, ...] | None = None


def activity_streams(feed: Feed) -> bytes:
    """The whole as an ``OrderedCollection``, or one of several pages as an ``OrderedCollectionPage`` that names the collection."""
    context: list[Any] = [NAMESPACE, {"Achievement": ACHIEVEMENT}]
    if feed.language:
        context.append({"@language": feed.language})
    items = tuple(_activity(entry, feed) for entry in feed.entries)
    whole = not (feed.previous or feed.next)
    collection = _Collection("OrderedCollection", feed.id, feed.title, total_items=len(items) if whole else feed.total)
    if whole:
        collection.url, document = feed.url, collection
    else:
        collection.first = feed.first
        document = _Collection("OrderedCollectionPage", feed.url, feed.title, part_of=collection, prev=feed.previous, next=feed.next)
    document.context, document.updated, document.ordered_items = context, feed.updated, items
    return msgspec.json.encode(document)


def _activity(entry: Entry, feed: Feed) -> _Activity:
    """*name* is plain text, *content* is HTML: so says the vocabulary."""
    return _Activity(
        type="Add",
        id=entry.id,
        name=entry.title,
        actor=_Thing("Group", feed.community, feed.home),
        object=_Thing(("Object", "Achievement"), entry.badge_name, image=entry.image),
        target=_Thing("Person", entry.person, entry.person_url),
        result=_Thing("Object", entry.level_name) if entry.level_name else None,
        content=f"<p>{escape(entry.note)}</p>" if entry.note else "",
        published=entry.time,
        updated=entry.updated,
        url=entry.url,
    )
