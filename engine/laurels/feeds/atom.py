"""Atom (RFC 4287), with the links between pages of RFC 5005."""

from datetime import datetime
from html import escape
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed

from .model import Entry, Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_PAGES = ("first", "previous", "next")


class _Paged(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    """The library's feed, with links to the other pages, and the time of its last change even where it has no entries."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(feed.title, feed.home, "", feed.language or None, author_name=feed.community, feed_url=feed.url, feed_guid=feed.id)
        self.page = feed

    def latest_post_date(self) -> datetime:
        return self.page.updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel in _PAGES:
            if href := getattr(self.page, rel):
                handler.addQuickElement("link", "", {"rel": rel, "href": href})


def atom(feed: Feed) -> bytes:
    """The page as an Atom document. The author of an entry is who earned it, the feed's the community."""
    document = _Paged(feed)
    for entry in feed.entries:
        document.add_item(
            entry.title,
            entry.url or feed.home,
            None,
            author_name=entry.person,
            author_link=entry.person_url or None,
            pubdate=entry.time,
            updateddate=entry.updated,
            unique_id=entry.id,
            categories=(entry.badge,),
            content=_html(entry),
        )
    out = StringIO()
    document.write(out, "utf-8")
    return out.getvalue().encode()


def _html(entry: Entry) -> str:
    """The content as HTML. It is escaped here as HTML, and once more, by the library, as XML."""
    image = f'<p><img src="{escape(entry.image)}" alt="{escape(entry.badge_name)}"></p>' if entry.image else ""
    return f"{image}<p>{escape(entry.note or entry.title)}</p>"
