"""One call for all formats."""

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from . import activity_streams, atom, json_feed
from .caching import etag, http_date, unchanged
from .cleaning import cleaned
from .model import Feed

Format = Literal["atom", "json", "as2.json"]

#: The formats by the ending of their address, each with its media type and its writer.
FORMATS: Final[Mapping[Format, tuple[str, Callable[[Feed], bytes]]]] = {
    "atom": (atom.MEDIA_TYPE, atom.atom),
    "json": (json_feed.MEDIA_TYPE, json_feed.json_feed),
    "as2.json": (activity_streams.MEDIA_TYPE, activity_streams.activity_streams),
}


class Rendered(NamedTuple):
    """What is sent: *content_type*, *etag* and *last_modified* are headers' values."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str

    def unchanged(self, *, if_none_match: str | None = None, if_modified_since: str | None = None) -> bool:
        """Whether the asker has this already, and is answered 304: the arguments are the request's headers of these names."""
        return unchanged(self.etag, self.last_modified, if_none_match=if_none_match, if_modified_since=if_modified_since)


def render(feed: Feed, form: Format) -> Rendered:
    """The feed as *form*. The same feed gives the same bytes."""
    media_type, write = FORMATS[form]
    body = write(cleaned(feed))
    return Rendered(body, media_type, etag(body), http_date(feed.updated))
