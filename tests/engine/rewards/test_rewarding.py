"""What people hold is told to who shows it: after each change, all of it, until it is taken in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from laurels import Account, Actor, Badge, Count, Event, Holder, Later, Level, Receipt, Unreachable
from laurels.app import App
from laurels.filed import RewardDue
from laurels.policy import SYSTEM
from laurels.testing.pack import gather
from laurels.testing.settings import settings

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=2)))
BRIEF = Badge(slug="brief", name="Brief", measure=Count("message.posted"), levels=(Level("", at=1),), expires="1h")


class Shower:
    """An adapter that shows what people hold; what it does next is *script*ed."""

    name = "chat"

    def __init__(self, rewarded: str = "medals") -> None:
        self.rewarded = rewarded
        self.shown: dict[str, dict[str, int]] = {}
        self.told: list[Holder] = []
        self.script: list[Exception] = []
        self.meanwhile: Any = None

    async def run(self, host: Any) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Any, earlier: Receipt | None) -> Receipt:
        return Receipt(announcement.key, announcement.place)

    async def reward(self, holder: Holder) -> None:
        self.told.append(holder)
        if self.script:
            raise self.script.pop(0)
        if self.meanwhile is not None:
            act, self.meanwhile = self.meanwhile, None
            await act()
        self.shown[holder.account.key] = dict(holder.held)


class Scene:
    """An app with one who shows; time stands still."""

    def __init__(self, app: App, shower: Shower) -> None:
        self.app, self.shower, self.count = app, shower, 0

    async def says(self, who: str = "ana", times: int = 1) -> Account:
        account = Account("chat", who, name=who)
        for _ in range(times):
            self.count += 1
            await self.app.put(Event(f"m{self.count}", "chat", "message.posted", self.app.clock(), account, community="default"))
        await self.app.rest()
        return account

    async def due(self) -> list[RewardDue]:
        return list(await self.app.store.find(RewardDue, "default"))


class Clock:
    def __init__(self, now: Any) -> None:
        self.now = now

    def __call__(self) -> Any:
        return self.now


def app(folder: Path, shower: Shower, clock: Clock, mode: str = "live") -> App:
    return App(settings(folder, f"[communities.default]\nmode = '{mode}'"), gather((TALKER, BRIEF)), {"chat": shower}, clock)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 5, 4, 12, tzinfo=UTC))


@pytest.fixture
async def scene(tmp_path: Path, clock: Clock) -> AsyncIterator[Scene]:
    shower = Shower()
    async with app(tmp_path, shower, clock) as running:
        running.start(announce=False)
        yield Scene(running, shower)


async def test_the_whole_state_is_told_after_each_change(scene: Scene) -> None:
    await scene.says(times=1)
    assert scene.shower.shown == {"chat:ana": {"talker": 1, "brief": 1}}
    await scene.says(times=1)
    assert scene.shower.shown == {"chat:ana": {"talker": 2, "brief": 1}}
    assert (len(scene.shower.told), await scene.due()) == (2, [])
    await scene.says(times=1)
    assert len(scene.shower.told) == 2  # nothing changed


async def test_what_is_taken_back_hidden_or_expired_is_shown_no_more(scene: Scene, clock: Clock) -> None:
    ana = await scene.says(times=2)
    acts = scene.app.acts("default")
    await acts.awards.revoke(SYSTEM, "talker", ana, 2)
    await scene.app.rest()
    assert scene.shower.shown["chat:ana"] == {"talker": 1, "brief": 1}
    await acts.privacy.hide(Actor(ana), "talker")
    await scene.app.rest()
    assert scene.shower.shown["chat:ana"] == {"brief": 1}
    clock.now += timedelta(hours=2)
    await scene.app.rest()
    assert scene.shower.shown["chat:ana"] == {}


async def test_all_accounts_of_a_person_are_told_of_when_they_are_linked_and_parted(scene: Scene) -> None:
    ana, alt = await scene.says("ana"), await scene.says("alt", 2)
    links = scene.app.acts("default").links
    code = await links.ask(Actor(ana))
    await links.show(Actor(alt), code)
    await links.answer(Actor(ana), True)
    await scene.app.rest()
    assert scene.shower.shown["chat:ana"]["talker"] == scene.shower.shown["chat:alt"]["talker"] == 2
    await links.unlink(Actor(ana), alt)
    await scene.app.rest()
    assert (scene.shower.shown["chat:ana"]["talker"], scene.shower.shown["chat:alt"]["talker"]) == (1, 2)


async def test_who_is_forgotten_is_shown_with_nothing_and_then_no_more(scene: Scene) -> None:
    ana = await scene.says()
    await scene.app.acts("default").privacy.forget(Actor(ana))
    await scene.app.rest()
    assert (scene.shower.shown, await scene.due()) == ({"chat:ana": {}}, [])


async def test_a_change_while_one_is_told_is_told_again(scene: Scene) -> None:
    scene.shower.meanwhile = lambda: scene.app.put(
        Event("other", "chat", "message.posted", scene.app.clock(), Account("chat", "ana"), community="default")
    )  # fmt: skip
    await scene.says()
    await scene.app.rest()
    assert scene.shower.shown["chat:ana"]["talker"] == 2


async def test_who_asks_to_wait_is_left_alone_so_long(scene: Scene, clock: Clock) -> None:
    scene.shower.script.append(Later(30))
    await scene.says("ana")
    await scene.says("bob")
    assert (len(scene.shower.told), scene.shower.shown) == (1, {})
    clock.now += timedelta(seconds=31)
    await scene.app.rest()
    assert set(scene.shower.shown) == {"chat:ana", "chat:bob"}


async def test_what_only_an_administrator_can_help_with_is_tried_rarely_and_logged_once(scene: Scene, clock: Clock, capsys: Any) -> None:
    scene.shower.script += [Unreachable("no right to")] * 2
    await scene.says("ana")
    await scene.says("bob")
    assert capsys.readouterr().out.count("no right to") == 1
    assert [(due.account, due.error, due.attempts) for due in await scene.due()] == [
        ("chat:ana", "no right to", 1), ("chat:bob", "no right to", 1),
    ]  # fmt: skip
    clock.now += timedelta(minutes=59)
    await scene.app.rest()
    assert scene.shower.shown == {}
    clock.now += timedelta(minutes=2)
    await scene.app.rest()
    assert set(scene.shower.shown) == {"chat:ana", "chat:bob"}


async def test_failures_are_tried_again_after_waits_that_grow(scene: Scene, clock: Clock) -> None:
    scene.shower.script += [OSError("down")] * 3
    await scene.says()
    tried = []
    for _ in range(9):
        tried.append(len(scene.shower.told))
        clock.now += timedelta(seconds=1)
        await scene.app.rest()
    assert tried == [1, 2, 2, 3, 3, 3, 3, 4, 4]
    assert set(scene.shower.shown) == {"chat:ana"}


async def test_it_is_told_after_a_crash(tmp_path: Path, clock: Clock) -> None:
    deaf, heard = Shower(), Shower()
    deaf.script += [OSError("down")]
    async with app(tmp_path, deaf, clock) as running:
        running.start(announce=False)
        await Scene(running, deaf).says()
    clock.now += timedelta(seconds=5)
    async with app(tmp_path, heard, clock) as running:
        await running.rewarder.rest()
    assert heard.shown == {"chat:ana": {"talker": 1, "brief": 1}}


async def test_what_expired_while_nobody_looked_is_shown_no_more(tmp_path: Path, clock: Clock) -> None:
    before, after = Shower(), Shower()
    async with app(tmp_path, before, clock) as running:
        running.start(announce=False)
        await Scene(running, before).says()
    assert before.shown == {"chat:ana": {"talker": 1, "brief": 1}}
    clock.now += timedelta(hours=2)
    async with app(tmp_path, after, clock) as running:
        await running.rewarder.rest()
    assert after.shown == {"chat:ana": {"talker": 1}}


async def test_who_shows_something_new_is_told_of_everybody(tmp_path: Path, clock: Clock) -> None:
    showers = [Shower(""), Shower("medals"), Shower("medals"), Shower("medals and cups")]
    for number, shower in enumerate(showers):
        async with app(tmp_path, shower, clock) as running:
            running.start(announce=False)
            if number == 0:
                assert not await Scene(running, shower).due()
                await Scene(running, shower).says()
                assert await Scene(running, shower).due() == []
            await running.rest()
    assert [len(shower.told) for shower in showers] == [0, 1, 0, 1]


async def test_in_the_shadow_nothing_is_shown_until_it_ends(tmp_path: Path, clock: Clock) -> None:
    shower = Shower()
    async with app(tmp_path, shower, clock, "shadow") as running:
        running.start(announce=False)
        await Scene(running, shower).says()
        assert shower.told == []
        await running.acts("default").steering.mode(SYSTEM, "live")
        await running.rest()
        assert set(shower.shown) == {"chat:ana"}


async def test_who_shows_nothing_any_more_leaves_nothing_behind(tmp_path: Path, clock: Clock) -> None:
    before, after = Shower(), Shower("")
    before.script += [OSError("down")]
    async with app(tmp_path, before, clock) as running:
        running.start(announce=False)
        await Scene(running, before).says()
        assert [due.account for due in await Scene(running, before).due()] == ["chat:ana"]
    async with app(tmp_path, after, clock) as running:
        running.start()
        scene = Scene(running, after)
        for _ in range(100):
            if not await scene.due():
                break
            await asyncio.sleep(0.01)
        await scene.says("bob")
        assert await scene.due() == []
