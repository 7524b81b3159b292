"""Acme's lines as events. Pure: no I/O, no clock, no client."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from laurels import Account, Event, Place

SOURCE: Final = "acme_feed"
PLATFORM: Final = "acme"

Named = Annotated[str, Meta(min_length=1, max_length=200)]


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the feed: *what* somebody did, or what they *ask*."""

    id: Named
    at: Annotated[datetime, Meta(tz=True)]
    who: Named
    what: str = ""
    ask: str = ""
    data: Mapping[str, Any] = {}


class BadLine(ValueError):
    """Line *number* of the body can't be read."""

    def __init__(self, number: int, why: str) -> None:
        self.number = number
        super().__init__(f"line {number}: {why}")


def lines(body: bytes) -> list[Line]:
    """Read all lines of a body; empty ones are skipped. Raises BadLine for the first that can't be read."""
    return [_line(number, text) for number, text in enumerate(body.splitlines(), 1) if text.strip()]


def event(line: Line) -> Event:
    """Say what happened in *line*. The id is Acme's own, so the same line sent twice is the same event."""
    return Event(id=line.id, source=SOURCE, type=line.what, time=line.at, actor=account(line), data=line.data, place=place())


def account(line: Line) -> Account:
    """Who the line is about."""
    return Account(PLATFORM, line.who, name=line.who)


def place() -> Place:
    """Where it happened: the feed is one place."""
    return Place(PLATFORM, "feed", name="feed")


def _line(number: int, text: bytes) -> Line:
    try:
        line = msgspec.json.decode(text, type=Line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadLine(number, str(error)) from error
    if bool(line.what) == bool(line.ask):
        raise BadLine(number, "say either what happened or what is asked")
    return line
