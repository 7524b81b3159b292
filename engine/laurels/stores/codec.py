"""Between rows and structs: how an event lies in the journal."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from ..errors import InvalidEvent
from ..model import Account, Event, Place
from ..periods import from_micros
from ..records import Row

JOURNAL_COLUMNS = 'seq, source, id, type, time, revised, recorded, local, thing, "on", body'


class Body(Struct, omit_defaults=True):
    """What of an event has no column of its own."""

    actor: Account | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    others: tuple[Account, ...] = ()
    realm: str = ""


_encoder = msgspec.json.Encoder()
_body = msgspec.json.Decoder(Body)
_place = msgspec.json.Decoder(Place)


def encode_body(event: Event) -> str:
    """The journal's JSON of an event. Raises InvalidEvent for data that JSON can't hold."""
    body = Body(event.actor, event.data, event.place, event.others, event.realm)
    try:
        return _encoder.encode(body).decode()
    except (TypeError, ValueError, RecursionError, OverflowError) as exc:
        raise InvalidEvent(f"event {event.id!r}: its data can't be kept as JSON: {exc}") from exc


def decode_row(columns: tuple[Any, ...], community: str) -> Row:
    """The event of a journal row, read as JOURNAL_COLUMNS."""
    seq, source, id_, type_, time, revised, recorded, local, thing, on, text = columns
    body = _body.decode(text)
    event = Event(
        id_, source, type_, from_micros(time), body.actor, body.data, body.place, body.others, body.realm, community,
        thing or "", bool(on), from_micros(revised) if revised != time else None,
    )  # fmt: skip
    return Row(seq, event, time, revised, recorded, local)


def encode_place(place: Place | None) -> str | None:
    """A place as JSON."""
    return _encoder.encode(place).decode() if place is not None else None


def decode_place(text: str | None) -> Place | None:
    """What :func:`encode_place` wrote."""
    return _place.decode(text) if text else None


def encode(value: Any) -> str:
    """Any JSON value."""
    return _encoder.encode(value).decode()


def decode(text: str) -> Any:
    """What :func:`encode` wrote."""
    return msgspec.json.decode(text)
