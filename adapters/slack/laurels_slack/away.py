"""While laurels was away: when that was, what it missed, and that it is read once it is back."""

import asyncio
from asyncio import sleep
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from slack_sdk.errors import SlackApiError

from laurels import Later

from .archive import Archive
from .asking import Unlearnt
from .door import Door
from .workspaces import Workspace, said

KEY: Final = "seen"  # by workspace, when laurels was last connected
EVERY: Final = timedelta(minutes=1)  # at the most
MARGIN: Final = timedelta(minutes=5)  # a connection may have been dead for a while, unnoticed
AGAIN: Final = 60.0  # seconds until what could not be read is tried again

_log = structlog.get_logger(__name__)


class Absence:
    """Notes now and then, when something was heard, that laurels is there, and reads what people wrote while it was not."""

    def __init__(self, door: Door, archive: Archive, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.door, self.archive, self.clock = door, archive, clock
        self.seen: dict[str, datetime] | None = None
        self._there, self._in = False, set[str]()
        self._one, self._begun = asyncio.Lock(), set[asyncio.Task[None]]()
        self._due = datetime.min.replace(tzinfo=UTC)
        door.heard = self.heard

    def begin(self) -> None:
        """Have what was missed read, beside whatever else is done."""
        self._begun.add(asyncio.create_task(self.back()))

    async def close(self) -> None:
        """Ask Slack for nothing any more."""
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)
        await self.door.directory.close()

    async def back(self) -> None:
        """Laurels started, or is connected anew: read what was missed, until that was possible. Twice at once, the second waits."""
        self._there = False
        async with self._one:
            read = set[tuple[str, str]]()  # channels by workspace, which need not be read again for one that could not be
            begun = self.clock()
            while True:
                if await self._caught_up(read):
                    break
                await sleep(AGAIN)
            await self.note(begun)  # not the time that it is by now: the connection may have broken since then
            self._there = True

    async def heard(self, its: Workspace) -> None:
        """Something was heard: laurels is there. Slack is not asked for anything now, as it waits itself."""
        if self._there and (self.clock() >= self._due or its.realm not in self._in):
            self._in.add(its.realm)
            await self.note(self.clock())

    async def note(self, now: datetime) -> None:
        """Write down that laurels is there, in the workspaces that it is in."""
        self._due = now + EVERY
        self.seen = dict.fromkeys(sorted(self._in), now)
        await self.door.host.state.put(KEY, {realm: time.timestamp() for realm, time in self.seen.items()})

    async def _caught_up(self, read: set[tuple[str, str]]) -> bool:
        try:
            await self._remember()
            installed = await self.door.directory.workspaces.all()
            for its in installed:
                await self._return(its, read)
            self._in = {its.realm for its in installed}
            return True
        except (Unlearnt, Later) as refused:
            _log.warning("could not read what was missed; trying again", why=said(refused))
        except Exception:  # the database, for example; nobody else is there to try again
            _log.exception("could not read what was missed; trying again")
        return False

    async def _remember(self) -> None:
        if self.seen is None:
            kept = await self.door.host.state.get(KEY) or {}
            self.seen = {realm: datetime.fromtimestamp(time, UTC) for realm, time in kept.items()}

    async def _return(self, its: Workspace, read: set[tuple[str, str]]) -> None:
        """Back in a workspace, which for the first time has no reading."""
        seen, bound = (self.seen or {}).get(its.realm), self.door.settings.missed
        if seen is None or not bound:
            return
        try:
            for shelf in await self.archive.shelves(its):
                if (which := (its.realm, shelf.spot.channel)) in read:
                    continue
                async for found in self.archive.read(shelf, max(seen - MARGIN, self.clock() - bound)):
                    await self.door.put(shelf.told, found.events)
                read.add(which)
        except SlackApiError as refused:
            _log.warning("could not read what was missed", workspace=its.name, why=said(refused))
