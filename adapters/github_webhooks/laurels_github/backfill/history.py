"""History as pages of events, in an order that an interrupted run goes on with."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import structlog
from msgspec import Struct

from laurels import Host, Page, Unreachable

from ..access import Access
from ..refusals import Denied
from ..reviewers import Reviewers
from ..settings import Settings
from ..translate import Malformed, translate
from .memory import Memory
from .reader import Reader
from .repositories import repositories
from .stages import GONE, STAGES, Shelf, Stage

KEY: Final = "backfill"

_log = structlog.get_logger(__name__)


class Cursor(Struct, frozen=True, order=True):
    """How far a run has come: to thing *skip* of the page at *url* of a repository's stage."""

    repository: int = 0
    stage: int = 0
    url: str = ""
    skip: int = 0


async def history(settings: Settings, access: Access, since: datetime, host: Host) -> AsyncGenerator[Page, None]:
    """Everything that happened *since* then at every repository. Raises Unreachable where GitHub refuses."""
    if not access.given:
        raise Unreachable("history is read with a GitHub App or a token, and there is neither; see docs/github.md")
    async with access.session() as session:
        reader = Reader(settings.api_url, access, session)
        found = await repositories(reader, access, host)
        begun = await _begun(host, since)
        total = len(found) * len(STAGES)
        for place, repository in enumerate(found):
            telling = _Telling(Memory(host, since), since, place * len(STAGES), total)
            async with aclosing(telling.repository(Shelf(reader, repository, _written(since)), begun)) as pages:
                async for page in pages:
                    yield page
    yield Page((), KEY, None, total, total)


async def _begun(host: Host, since: datetime) -> Cursor:
    """Where an interrupted run since the same time goes on; one since another time begins anew."""
    kept: Any = await host.state.get(KEY)
    return msgspec.convert(kept["cursor"], Cursor) if kept and kept["since"] == since.isoformat() else Cursor()


def _written(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


class _Telling:
    """Tells a repository's history; *done* is how many stages of the *total* came before it."""

    def __init__(self, memory: Memory, since: datetime, done: int, total: int) -> None:
        self._memory, self._since, self._done, self._total = memory, since, done, total
        self._reviewers = Reviewers(memory)

    async def repository(self, shelf: Shelf, begun: Cursor) -> AsyncGenerator[Page, None]:
        """Its stages, from where a run had *begun* on."""
        id_ = int(shelf.repository["id"])
        for number, stage in enumerate(STAGES):
            here = Cursor(id_, number)
            if (id_, number) < (begun.repository, begun.stage):
                continue
            start = begun if (id_, number) == (begun.repository, begun.stage) else here
            async with aclosing(self._stage(shelf, stage, start)) as pages:
                async for page in pages:
                    yield page

    async def _stage(self, shelf: Shelf, stage: Stage, at: Cursor) -> AsyncGenerator[Page, None]:
        """A list of GitHub's, page by page, and thing by thing where each takes requests of its own."""
        url, skip = at.url or stage.first(shelf), at.skip
        while url:
            items, after = await self._listed(shelf, stage, url)
            for number, item in enumerate(items[skip:], skip + 1):
                await self._tell(shelf, stage, item)
                if number == len(items):
                    break
                if stage.dear:
                    async for page in self._kept(shelf, stage, Cursor(at.repository, at.stage, url, number)):
                        yield page
            url, skip = after, 0
            async for page in self._kept(shelf, stage, Cursor(at.repository, at.stage + (not url), url)):
                yield page

    async def _listed(self, shelf: Shelf, stage: Stage, url: str) -> tuple[list[Any], str]:
        """A page's things, and where the next page is. None where the repository has no such list."""
        try:
            items, after = await shelf.reader.page(url, shelf.owner, stage.accept)
        except Denied as denied:
            if denied.status in GONE:
                return [], ""
            raise Unreachable(f"{stage.name} of {shelf.name} can't be read: {denied}; `laurels check` knows what is missing") from denied
        return (items if isinstance(items, list) else []), after

    async def _tell(self, shelf: Shelf, stage: Stage, item: Any) -> None:
        try:
            async for webhook in stage.item(shelf, item):
                for event in translate(webhook.name, webhook.payload, datetime.now(UTC)):
                    if not event.type.startswith("github."):  # raw, whose id is a webhook's own
                        await self._reviewers.put(event)
        except Malformed as exc:
            _log.warning("left out", repository=shelf.name, what=stage.name, why=str(exc))

    async def _kept(self, shelf: Shelf, stage: Stage, cursor: Cursor) -> AsyncGenerator[Page, None]:
        """First the events; once these are kept, what is remembered of them, and only then how far that was."""
        done, label = self._done + cursor.stage, f"{shelf.name}: {stage.name}"
        yield Page(self._memory.taken(), done=done, total=self._total, label=label)
        await self._memory.write()
        mark = {"since": self._since.isoformat(), "cursor": msgspec.to_builtins(cursor)}
        yield Page((), KEY, mark, done, self._total, label)
