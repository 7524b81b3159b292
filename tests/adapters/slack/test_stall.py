"""Whatever the engine or the store is doing: what was acknowledged is kept, and what isn't kept is told again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from journal import counted, kept
from laurels import Badge, Check, Count, Grant, Level, Verdict
from slack_events import delete, edit, react
from slack_stage import Stage, staged
from slack_town import Human

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=20),))


class Stalling(Badge):
    """A badge whose check doesn't end before it is let go."""

    slug, name, events, timeout = "stalling", "Stalling", ("message.posted",), 600.0

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def award(self, check: Check) -> Verdict:
        self.begun.set()
        await self.go.wait()
        return Grant()


class Listened:
    """How each delivery was answered."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.statuses = stage, list[int]()
        stage.town.deliver = self.deliver

    async def deliver(self, envelope: dict[str, Any]) -> None:
        self.statuses.append((await self.stage.deliver(envelope)).status)


@asynccontextmanager
async def stalled(folder: Path) -> AsyncIterator[tuple[Stage, Listened, Stalling, Human]]:
    """An engine that is in the middle of a check which doesn't end."""
    badge = Stalling()
    async with staged(folder, (badge, TALKER)) as stage:
        heard, ana = Listened(stage), stage.town.human("ana")
        await ana.says(stage.town.room("general"), "la")
        await badge.begun.wait()
        try:
            yield stage, heard, badge, ana
        finally:
            badge.go.set()


async def test_while_the_engine_stalls_every_event_is_kept_and_acknowledged_and_counts_once_after(tmp_path: Path) -> None:
    async with stalled(tmp_path) as (stage, heard, badge, ana):
        general = next(iter(stage.town.rooms.values()))
        for _ in range(18):
            message = await ana.says(general, "la")
            await stage.town.tell(general.event(message))
        await react(ana, general, message, "tada")
        await edit(general, message, "la la")
        await delete(general, await ana.says(general, "never mind"))
        assert not badge.go.is_set()
        assert set(heard.statuses) == {200}
        assert len(await kept(stage)) == 23
        assert await stage.held(ana) == []
        badge.go.set()
        assert len(await counted(stage, "message.posted")) == 19
        assert await stage.held(ana) == ["stalling@1"]
        await ana.says(general, "la")
        await stage.rest()
        assert await stage.held(ana) == ["stalling@1", "talker@1"]


async def test_many_at_once_are_acknowledged_while_the_engine_stalls(tmp_path: Path) -> None:
    async with stalled(tmp_path) as (stage, heard, badge, ana):
        general = next(iter(stage.town.rooms.values()))
        await asyncio.gather(*(ana.says(general, "la") for _ in range(300)))
        assert heard.statuses == [200] * 301
        badge.go.set()
        assert len(await counted(stage, "message.posted")) == 301


async def test_what_the_store_does_not_take_is_not_acknowledged_and_counts_once_when_it_is_told_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, TALKER) as stage:
        heard, ana, ben, general = Listened(stage), stage.town.human("ana"), stage.town.human("ben"), stage.town.room("general")
        accept, failing = stage.app.store.accept, iter([None, OSError("disk full"), OSError("disk full")])

        async def broken(*given: Any) -> Any:
            if error := next(failing):
                raise error
            return await accept(*given)

        with monkeypatch.context() as patch:
            patch.setattr(stage.app.store, "accept", broken)
            message = await ana.says(general, f"thanks {ben.mention}")  # the message is kept, the thanks are not
            await stage.town.tell(general.event(message))  # not even the message
        await stage.town.tell(general.event(message))
        assert heard.statuses == [500, 500, 200]
        assert [event.type for event in await counted(stage)] == ["message.posted", "thanks.given"]


async def test_slack_being_slow_or_down_keeps_nothing_from_being_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.directory.BRIEF", 0.01)
    async with staged(tmp_path) as stage:
        heard, ana, general = Listened(stage), stage.town.human("ana"), stage.town.room("general")
        assert stage.adapter.absence is not None
        directory, let_go = stage.adapter.absence.door.directory, asyncio.Event()
        ask = directory.people._ask

        async def slow(*given: Any) -> Any:
            await let_go.wait()
            return await ask(*given)

        directory.people._ask = slow
        await ana.says(general, "one")
        (event,) = await counted(stage)
        assert (event.actor.key, event.actor.name) == (f"slack:T0TOWN/{ana.id}", "")
        let_go.set()
        await directory.person((await stage.adapter.workspaces.all())[0], ana.id)
        await ana.says(general, "two")
        assert [event.actor.name for event in await counted(stage)] == ["", "ana"]
        assert heard.statuses == [200, 200]
