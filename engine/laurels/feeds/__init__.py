"""Feeds of awards as Atom, JSON Feed and Activity Streams: a :class:`Feed` in, bytes and their headers out. No store, no HTTP."""

from .model import Entry, Feed
from .render import FORMATS, Format, Rendered, render

__all__ = ["FORMATS", "Entry", "Feed", "Format", "Rendered", "render"]
