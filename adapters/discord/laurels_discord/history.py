"""Reading history."""

from collections.abc import AsyncIterator
from datetime import datetime

from laurels import Host, Page

from .settings import Settings


async def backfill(wanted: Settings, since: datetime, host: Host) -> AsyncIterator[Page]:
    """The history of every channel that the bot may read."""
    yield Page(())
