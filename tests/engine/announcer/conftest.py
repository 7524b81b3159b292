"""A real store, a clock that stands still, and an adapter that remembers what a platform would show."""

import asyncio
import shutil
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from laurels import Account, Announcement, Place, Receipt, Unreachable
from laurels.announcer import Announcer, Described, Pace
from laurels.config import CommunityConfig
from laurels.periods import to_micros
from laurels.records import AwardChange, BadgeSpec, Changes, Key
from laurels.stores.codec import encode_place
from laurels.stores.migrations import upgrade
from laurels.stores.sqlite import SqliteStore

START = datetime(2026, 5, 4, 12, tzinfo=UTC)
HALL = Place("chat", "hall", name="hall")


class Died(BaseException):
    """The process ends; what ends a process is no Exception."""


class Platform:
    """An adapter whose platform keeps messages.

    What it does next is *script*ed: raise an error, "hang", "lose" the receipt after posting, "die" before posting or "post and die".
    """

    seconds_between_posts = 0.0
    announces_in_place = True

    def __init__(self, name: str = "chat") -> None:
        self.name = name
        self.script: deque[Any] = deque()
        self.calls: list[tuple[Announcement, Receipt | None]] = []
        self.messages: dict[str, list[Announcement]] = {}  # every version of each, by the key of whoever posted it
        self.at_once = self.most_at_once = 0
        self.before: Callable[[Announcement], Any] | None = None

    async def run(self, host: Any) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        self.calls.append((announcement, earlier))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self._announce(announcement, earlier)
        finally:
            self.at_once -= 1

    async def _announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        await asyncio.sleep(0)
        if self.before is not None:
            await self.before(announcement)
        act = self.script.popleft() if self.script else None
        if isinstance(act, Exception):
            raise act
        if act == "hang":
            await asyncio.Event().wait()
        if act == "die":
            raise Died
        if earlier is None and announcement.withdrawn and announcement.key not in self.messages:
            raise Unreachable("nothing was posted")
        self.messages.setdefault(earlier.id if earlier else announcement.key, []).append(announcement)
        if act == "lose":
            raise ConnectionResetError("the line broke")
        if act == "post and die":
            raise Died
        return Receipt(earlier.id if earlier else announcement.key, announcement.place)

    @property
    def texts(self) -> list[str]:
        """What every message says now, in the order in which they were posted."""
        return [versions[-1].text for versions in self.messages.values()]


class Scene:
    """People winning and losing badges in one community."""

    def __init__(self, store: SqliteStore, url: str) -> None:
        self.store, self.url = store, url
        self.now = START
        self.chat, self.forge = Platform("chat"), Platform("forge")
        self.adapters: dict[str, Any] = {"chat": self.chat, "forge": self.forge}
        self.communities: dict[str, CommunityConfig] = {"acme": CommunityConfig("acme")}
        self.described: dict[str, Described] = {}
        self.templates: dict[str, str] = {}
        self.pace = Pace(gather=0.0, patience=5.0, poll=0.01)
        self.badges: dict[str, int] = {}
        self.awards: dict[tuple[str, str, int, str], AwardChange] = {}

    def settle(self, **settings: Any) -> None:
        """Configure the community."""
        self.communities["acme"] = CommunityConfig("acme", **settings)

    def announcer(self, store: SqliteStore | None = None) -> Announcer:
        return Announcer(
            store or self.store, self.adapters, self.communities, lambda: self.now, templates=self.templates, pace=self.pace,
            describe=lambda community, slug, level: self.described.get(f"{slug}@{level}") or self.described.get(slug),
        )  # fmt: skip

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def dies(self, announcer: Announcer) -> None:
        """Let a process announce until it ends."""
        try:
            await announcer.announce_some()
        except BaseExceptionGroup as group:
            if group.split(Died)[1] is not None:
                raise

    async def badge(self, slug: str) -> int:
        if slug not in self.badges:
            specs = [BadgeSpec(known, "cause", _title(known), "[]") for known in [*self.badges, slug]]
            _, rows = await self.store.define("acme", [], specs)
            self.badges = {row.slug: row.id for row in rows}
        return self.badges[slug]

    async def person(self, name: str, *more: Account) -> int:
        own = Account("chat", name.lower(), name=name)
        known = await self.store.know("acme", [own, *more])
        person = known[own.key].person
        links = [(known[account.key].account, person) for account in more]
        if links:
            await self.store.commit(Changes("acme", links=links))
        return person

    async def wins(self, who: str, slug: str, **more: Any) -> None:
        """An award, in a transaction of its own."""
        await self.win_together([{"who": who, "slug": slug, **more}])

    async def win_together(self, wins: list[Mapping[str, Any]]) -> None:
        """Awards in one transaction; *ago* is in hours."""
        changes = Changes("acme", now=to_micros(self.now))
        for win in wins:
            changes.awards.append(await self._change(**win))
        for change in await self.store.commit(changes):
            slug = next(slug for slug, id_ in self.badges.items() if id_ == change.badge)
            self.awards[change.evidence[0], slug, change.key.level, change.key.occurrence] = change

    async def _change(
        self, who: str, slug: str, level: int = 1, occurrence: str = "", place: Place | None = HALL, ago: float = 0, level_name: str = "",
        giver: str = "", note: str = "", silent: bool = False,
    ) -> AwardChange:  # fmt: skip
        badge, person, time = await self.badge(slug), await self.person(who), to_micros(self.now - timedelta(hours=ago))
        return AwardChange(
            badge, person, Key(level, occurrence), "active", "cause", (time, "event"), _title(slug), level_name, giver, note, (who,),
            encode_place(place), silent,
        )  # fmt: skip

    async def loses(self, who: str, slug: str, level: int = 1, occurrence: str = "", state: str = "withdrawn") -> None:
        change = self.awards[who, slug, level, occurrence]
        change.state = state
        await self.store.commit(Changes("acme", now=to_micros(self.now), awards=[change]))

    async def regains(self, who: str, slug: str, level: int = 1, occurrence: str = "") -> None:
        await self.loses(who, slug, level, occurrence, "active")

    async def until(self, happened: Callable[[], Any]) -> None:
        """Return once *happened* says so; for what goes on in the background."""
        for _ in range(1_000):
            if happened():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it did not happen")

    async def fates(self) -> dict[str, str]:
        """By badge, why its award is not announced."""
        rows = await self.store.db.hot(
            "SELECT b.slug, o.fate FROM outbox o JOIN award a ON a.id = o.award JOIN badge b ON b.id = a.badge ORDER BY o.award"
        )
        return dict(rows)

    async def rows(self) -> list[tuple[Any, ...]]:
        """Every award in the outbox: wanted, shown, fate."""
        return [tuple(row) for row in await self.store.db.hot("SELECT wanted, shown, fate FROM outbox ORDER BY award")]


def _title(slug: str) -> str:
    return slug.replace("-", " ").title()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("announcer") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
async def scene(empty_database: Path, tmp_path: Path) -> AsyncIterator[Scene]:
    path = tmp_path / "laurels.db"
    shutil.copy(empty_database, path)
    async with SqliteStore(f"sqlite:///{path}") as store:
        yield Scene(store, f"sqlite:///{path}")
