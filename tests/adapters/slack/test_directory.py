"""Who and what Slack's ids stand for: asked once, remembered for a while, and known anew when it changes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from journal import counted
from laurels_slack import Settings, knowing
from laurels_slack.asking import Unlearnt
from laurels_slack.directory import Channel, Directory, Person
from laurels_slack.knowing import Knowledge
from laurels_slack.workspaces import OneWorkspace, Workspace
from slack_events import change_profile
from slack_stage import staged
from slack_town import TOKEN, Refusal, Town

T1 = Workspace("T0TOWN", TOKEN, bot_user="U0LAURELS")


@asynccontextmanager
async def open_town() -> AsyncIterator[tuple[Town, Directory]]:
    async with Town().open() as town:
        wanted = Settings(bot_token=TOKEN, app_token="xapp-1", api_url=town.api)
        directory = Directory(wanted, OneWorkspace(wanted))
        try:
            yield town, directory
        finally:
            await directory.close()


async def test_somebody_is_asked_for_once_however_many_want_to_know() -> None:
    async with open_town() as (town, directory):
        ana = town.human("ana", is_admin=True, locale="de-DE")
        found = await asyncio.gather(*(directory.person(T1, ana.id) for _ in range(50)))
        assert set(found) == {Person(ana.id, "ana", False, True, "de-DE", "T0TOWN")}
        assert await directory.person(T1, ana.id) == found[0]
        assert len(town.asked("users.info")) == 1


async def test_whom_slack_does_not_know_is_not_asked_for_again() -> None:
    async with open_town() as (town, directory):
        for _ in range(2):
            assert await directory.person(T1, "U0NOBODY") == Person("U0NOBODY", home="T0TOWN")
            assert await directory.channel(T1, "C0NONE") == Channel("C0NONE", host="T0TOWN")
        assert (len(town.asked("users.info")), len(town.asked("conversations.info"))) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "facts", "is_"),
    [
        ("channel", {}, Channel("", "general", False, "channel", "T0TOWN")),
        ("group", {}, Channel("", "general", True, "group", "T0TOWN")),
        ("im", {}, Channel("", "general", True, "im", "T0TOWN")),
        ("mpim", {"is_mpim": True}, Channel("", "general", True, "mpim", "T0TOWN")),
        ("channel", {"is_ext_shared": True, "conversation_host_id": "T9"}, Channel("", "general", False, "channel", "T9", True)),
        ("channel", {"is_ext_shared": True, "shared_team_ids": ["T9", "T0TOWN"]}, Channel("", "general", False, "channel", "T0TOWN", True)),
    ],
)
async def test_what_a_channel_is(kind: str, facts: dict[str, Any], is_: Channel) -> None:
    async with open_town() as (town, directory):
        room = town.room("general", kind)
        room.facts = facts
        found = await directory.channel(T1, room.id)
        assert found == Channel(room.id, is_.name, is_.private, is_.kind, is_.host, is_.shared)


async def test_who_was_asked_too_often_is_left_alone_as_long_as_they_want() -> None:
    async with open_town() as (town, directory):
        now = 0.0
        directory.people._clock = lambda: now
        ana, ben = town.human("ana"), town.human("ben")
        town.refuse("users.info", Refusal("ratelimited", 429, {"Retry-After": "30"}))
        assert await directory.person(T1, ana.id) == Person(ana.id, home="T0TOWN")
        now = 29.0
        assert await directory.some(T1, [ana.id, ben.id]) == {}
        assert len(town.asked("users.info")) == 1
        now = 31.0
        assert set(await directory.some(T1, [ana.id, ben.id])) == {ana.id, ben.id}


async def test_what_was_known_serves_while_slack_is_down() -> None:
    async with open_town() as (town, directory):
        now = 0.0
        directory.people._clock = lambda: now
        ana = town.human("ana")
        assert (await directory.person(T1, ana.id)).name == "ana"
        ana.facts["profile"] = {"display_name": "Ana Maria"}
        now = knowing.FRESH - 1
        assert (await directory.person(T1, ana.id)).name == "ana"
        now = knowing.FRESH + 1
        town.refuse("users.info", Refusal("internal_error", 500))
        assert (await directory.person(T1, ana.id)).name == "ana"
        assert (await directory.person(T1, ana.id)).name == "Ana Maria"


@pytest.mark.parametrize("refusal", [Refusal("fatal_error"), Refusal("backend", 502), Refusal("", 503), Refusal("ratelimited", 429)])
async def test_what_slack_could_not_say_is_asked_again(refusal: Refusal) -> None:
    async with open_town() as (town, directory):
        now = 0.0
        directory.people._clock = lambda: now
        ana = town.human("ana")
        town.refuse("users.info", refusal)
        assert (await directory.person(T1, ana.id)).name == ""
        now = 60.0
        assert (await directory.person(T1, ana.id)).name == "ana"


async def test_who_changes_their_name_is_called_so_from_then_on(tmp_path: Any) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        await ana.says(general, "one")
        await change_profile(ana, profile={"display_name": "Ana Maria"})
        await ana.says(general, "two")
        assert [event.actor.name for event in await counted(stage)] == ["ana", "Ana Maria"]
        assert len(stage.town.asked("users.info")) == 1


async def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowing, "MOST", 3)
    asked = []

    async def ask(its: Workspace, id_: str) -> str:
        asked.append(id_)
        return id_.lower()

    knowledge = Knowledge(ask)
    for id_ in "ABCDA":
        assert await knowledge.get(T1, id_) == id_.lower()
    assert asked == ["A", "B", "C", "D", "A"]


async def test_only_so_many_are_asked_for_at_once() -> None:
    at_once, most = 0, 0

    async def ask(its: Workspace, id_: str) -> str:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        return id_

    knowledge = Knowledge(ask)
    await asyncio.gather(*(knowledge.get(T1, str(number)) for number in range(100)))
    assert most == knowing.AT_ONCE


async def test_who_can_not_wait_hears_later_and_nothing_is_asked_twice() -> None:
    go, asked = asyncio.Event(), []

    async def ask(its: Workspace, id_: str) -> str:
        asked.append(id_)
        await go.wait()
        return "ana"

    knowledge = Knowledge(ask)
    for _ in range(2):
        with pytest.raises(Unlearnt, match="in time"):
            await knowledge.get(T1, "U1", 0.001)
    go.set()
    assert await knowledge.get(T1, "U1") == "ana"
    assert asked == ["U1"]


async def test_who_can_wait_asks_again_when_slack_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    waited, answers = [], iter([Unlearnt("too often", 7.0), "ana", Unlearnt("down")])

    async def ask(its: Workspace, id_: str) -> str:
        answer = next(answers)
        if isinstance(answer, Unlearnt):
            raise answer
        return answer

    async def rest(seconds: float) -> None:
        waited.append(round(seconds))
        knowledge._shut.clear()

    knowledge = Knowledge(ask)
    monkeypatch.setattr(knowing, "sleep", rest)
    assert await knowledge.learn(T1, "U1") == "ana"
    assert waited == [7]
    with pytest.raises(Unlearnt, match="down"):
        await knowledge.learn(T1, "U2")


async def test_at_its_end_nothing_is_asked_any_more() -> None:
    async def ask(its: Workspace, id_: str) -> str:
        await asyncio.Event().wait()
        return ""

    knowledge = Knowledge(ask)
    with pytest.raises(Unlearnt):
        await knowledge.get(T1, "U1", 0.001)
    await knowledge.close()
    assert len(asyncio.all_tasks()) == 1


async def test_what_is_refused_to_a_token_that_no_longer_works_is_no_answer() -> None:
    async with open_town() as (town, directory):
        ana, general = town.human("ana"), town.room("general")
        town.refuse("users.info", Refusal("token_expired"))
        town.refuse("conversations.info", Refusal("invalid_auth"))
        for get, id_ in ((directory.people.get, ana.id), (directory.channels.get, general.id)):
            with pytest.raises(Unlearnt):
                await get(T1, id_)
        assert (await directory.person(T1, ana.id)).name == "ana"
        assert (await directory.channel(T1, general.id)).name == "general"


async def test_a_channel_that_may_not_be_asked_for_is_not_asked_for_with_every_message(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        stage.town.refuse("conversations.info", always=Refusal("missing_scope", needed="channels:read"))
        for _ in range(5):
            await ana.says(general, "hi")
        assert [event.place.name for event in await counted(stage)] == [""] * 5
        assert len(stage.town.asked("conversations.info")) == 1
