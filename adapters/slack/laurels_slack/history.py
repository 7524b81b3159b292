"""``laurels backfill``: what was written before laurels came."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime
from typing import Any, Final, NamedTuple

import structlog
from slack_sdk.errors import SlackApiError

from laurels import ConfigError, Host, Later, Page, Unreachable

from .archive import Archive, Shelf
from .asking import Unlearnt
from .directory import Directory
from .door import Door
from .faults import Faulty, understood
from .reading import Reader
from .settings import Settings
from .translate import SOURCE
from .workspaces import Workspace, Workspaces, itself, said

KEY: Final = "backfill"

_log = structlog.get_logger(__name__)


class Cursor(NamedTuple):
    """In channel *channel* of *realm* all that is newer than *latest* was read."""

    realm: str = ""
    channel: str = ""
    latest: str = ""


async def backfill(wanted: Settings, workspaces: Workspaces, since: datetime, host: Host) -> AsyncIterator[Page]:
    """The history of every channel that the app is in. Raises Unreachable where Slack refuses, and ConfigError for a token that is none."""
    await _assert_token(wanted)
    directory = Directory(wanted, workspaces)
    door = Door(host, wanted, directory)
    try:
        async with aclosing(_pages(Archive(door, Reader(door), wanted), since, host)) as found:
            async for page in found:
                yield page
    except (Unlearnt, Later, SlackApiError) as refused:
        raise Unreachable(f"Slack refuses: {said(refused)}; `laurels check` knows what is missing") from refused
    finally:
        await directory.close()


async def _assert_token(wanted: Settings) -> None:
    try:
        with understood(wanted):
            _ = wanted.bot_token and await itself(wanted, wanted.bot_token)
    except Faulty as fault:
        raise (ConfigError([fault]) if fault.place else Unreachable(f"{fault.what} ({fault.hint})")) from fault


async def _pages(archive: Archive, since: datetime, host: Host) -> AsyncGenerator[Page, None]:
    begun, shelves = await _begun(host, since), await _shelves(archive)
    met: set[str] = set()
    for done, shelf in enumerate(shelves):
        if shelf.key < (begun.realm, begun.channel):
            continue
        await _meet(archive, shelf.told.its, met)
        latest = begun.latest if shelf.key == (begun.realm, begun.channel) else ""
        async with aclosing(archive.read(shelf, since, latest)) as found:
            async for events, last in found:
                mark = {"since": since.isoformat(), "realm": shelf.told.realm, "channel": shelf.spot.channel, "latest": last}
                yield Page(tuple(events), KEY if last else "", mark if last else None, done, len(shelves), shelf.label)
    yield Page((), KEY, None, len(shelves), len(shelves))


async def _begun(host: Host, since: datetime) -> Cursor:
    """Where an interrupted run since the same time goes on; one since another time begins anew."""
    kept: Any = await host.state.get(KEY)
    return Cursor(kept["realm"], kept["channel"], kept["latest"]) if kept and kept["since"] == since.isoformat() else Cursor()


async def _shelves(archive: Archive) -> list[Shelf]:
    """All channels, in an order of their own, each once for a community that has it in several workspaces."""
    installed = await archive.directory.workspaces.all()
    found: dict[tuple[str | None, str, str], Shelf] = {}
    for its in installed:
        try:
            for shelf in await archive.shelves(its):
                found.setdefault((archive.door.host.community(SOURCE, shelf.told.realm), shelf.spot.home, shelf.spot.channel), shelf)
        except SlackApiError as refused:
            if len(installed) == 1:
                raise
            _log.warning("left out", workspace=its.name, why=said(refused))
    return sorted(found.values(), key=lambda shelf: shelf.key)


async def _meet(archive: Archive, its: Workspace, met: set[str]) -> None:
    """Learn the people of a workspace before the first of its channels is read."""
    if its.realm not in met:
        met.add(its.realm)
        await archive.meet(its)
