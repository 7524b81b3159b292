"""What the journal has of what happened on a stage, whatever platform that plays."""

from typing import Any, Protocol

from sqlalchemy import text

from laurels import Event
from laurels.stores.codec import JOURNAL_COLUMNS, decode_row

_ROWS = text(f"SELECT {JOURNAL_COLUMNS} FROM journal WHERE type NOT LIKE 'laurels.%' AND type != 'clock.day' ORDER BY seq")  # a constant


class Stage(Protocol):
    """A laurels on a simulated platform."""

    app: Any
    community: str

    async def rest(self) -> None: ...


async def journal(stage: Stage, type_: str = "") -> list[Event]:
    """Every row, in the order of arrival."""
    await stage.rest()
    return [event for event in await kept(stage) if type_ in {"", event.type}]


async def kept(stage: Stage) -> list[Event]:
    """The same without waiting for anything."""
    return [decode_row(tuple(row), stage.community).event for row in await stage.app.store.db.all(_ROWS)]


async def counted(stage: Stage, type_: str = "") -> list[Event]:
    """What is in force: of every thing's states the newest, where that is on."""
    newest: dict[str, Event] = {}
    for event in await journal(stage, type_):
        thing = event.thing or event.id
        if thing not in newest or (newest[thing].revised or newest[thing].time) <= (event.revised or event.time):
            newest[thing] = event
    return sorted((event for event in newest.values() if event.on), key=lambda event: (event.time, event.id))


def facts(event: Event) -> dict[str, Any]:
    """What an event tells besides its day."""
    return {name: value for name, value in event.data.items() if name != "local_date"}
