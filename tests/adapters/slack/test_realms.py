"""Whose is what: workspaces of one community and of several, enterprises, channels that several workspaces share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

import laurels.testing.settings
from journal import counted, journal
from laurels import Badge, Count, Level, Page
from laurels_slack import adapter
from laurels_slack.workspaces import Workspace
from slack_events import arrive, delete, edit, enter, file, react
from slack_stage import Stage, staged
from slack_town import TOKEN, Human, Refusal, Room

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))
LIKED = Badge(slug="liked", name="Liked", measure=Count("reaction.added", to="event.data.author"), levels=(Level("", at=1),))

ONE = '[communities.acme]\nslack.teams = ["T1", "T2"]\nmode = "live"\n'
TWO = '[communities.acme]\nslack.teams = ["T1"]\n[communities.other]\nslack.teams = ["T2"]\n'
GRID = '[communities.acme]\nslack.teams = ["E1", "T2"]\nmode = "live"\n'


class Installed:
    """Where the app is."""

    def __init__(self, *its: Workspace) -> None:
        self.its = its

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        own = next((its for its in self.its if its.team and its.team == team), None)
        return own or next((its for its in self.its if not its.team and its.enterprise == enterprise and enterprise), None)

    async def all(self) -> Any:
        return self.its


class Sides:
    """One channel, told of to several workspaces."""

    def __init__(self, stage: Stage, *its: Workspace) -> None:
        self.stage, self.town, self.its = stage, stage.town, its
        self.general = stage.town.room("general")
        self.ana, self.ben = stage.town.human("ana", team_id="T1"), stage.town.human("ben", team_id="T2")
        self.statuses: list[int] = []
        stage.town.deliver = self.deliver
        self.shared, self.to = False, list(its)

    def share(self, host: str = "T1") -> None:
        self.shared = True
        self.general.facts = {"is_shared": True, "is_ext_shared": True, "conversation_host_id": host, "shared_team_ids": ["T2", "T1"]}

    async def deliver(self, envelope: dict[str, Any]) -> None:
        for number, its in enumerate(self.to):
            install = {"enterprise_id": its.enterprise or None, "team_id": its.team or "T8", "user_id": its.bot_user, "is_bot": True,
                       "is_enterprise_install": not its.team}  # fmt: skip
            body = envelope | {"authorizations": [install], "is_ext_shared_channel": self.shared, "event_id": f"Ev{number}"}
            self.statuses.append((await self.stage.deliver(body)).status)

    async def history(self) -> list[Page]:
        host = self.stage.app.host("slack")
        return [page async for page in self.stage.adapter.backfill(datetime(2026, 1, 1, tzinfo=UTC), host)]

    async def say(self, human: Human, text: str, team: str = "", room: Room | None = None, **more: Any) -> dict[str, Any]:
        own = {"user_team": team, "source_team": team} if team else {}
        return await human.says(room or self.general, text, **own, **more)


@asynccontextmanager
async def sides(folder: Path, monkeypatch: pytest.MonkeyPatch, configuration: str, *its: Workspace, pack: Any = ()) -> AsyncIterator[Sides]:
    installed = Installed(*its)
    monkeypatch.setattr(adapter, "workspaces", lambda wanted, state: installed)
    monkeypatch.setattr(laurels.testing.settings, "_open", lambda community: structs.replace(community, mode="live"))
    async with staged(folder, pack, configuration=configuration) as stage:
        yield Sides(stage, *its)


def workspace(team: str, enterprise: str = "", name: str = "") -> Workspace:
    its = team or enterprise
    return Workspace(team, TOKEN, enterprise, name or its, f"U{its}BOT", f"B{its}BOT", url=f"https://{its.lower()}.slack.com/")


async def test_a_channel_shared_by_two_workspaces_of_a_community_counts_once_and_people_are_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2"), pack=(TALKER, LIKED)) as scene:
        scene.share()
        message = await scene.say(scene.ana, f"thanks {scene.ben.mention}", "T1", files=[file("F1")])
        answer = await scene.say(scene.ben, "gladly", "T2", thread=message["ts"], parent_user_id=scene.ana.id)
        await react(scene.ben, scene.general, message, "tada")
        await react(scene.ana, scene.general, answer, "tada")
        await enter(scene.ben, scene.general, scene.ana)
        await edit(scene.general, message, f"thank you {scene.ben.mention}")
        assert set(scene.statuses) == {200}
        found = [(event.type, event.actor.key) for event in await counted(scene.stage)]
        ana, ben = f"slack:T1/{scene.ana.id}", f"slack:T2/{scene.ben.id}"
        assert sorted(found) == sorted(
            [
                ("message.posted", ana), ("thanks.given", ana), ("file.shared", ana), ("message.posted", ben), ("reaction.added", ben),
                ("reaction.added", ana), ("channel.joined", ben),
            ]
        )  # fmt: skip
        (thanks,) = await counted(scene.stage, "thanks.given")
        assert (thanks.data["receiver"], thanks.data["message"]) == (ben, f"T1:{scene.general.id}:{message['ts']}")
        assert [event.data.get("answered") for event in await counted(scene.stage, "message.posted")] == [None, ana]
        await delete(scene.general, answer)
        assert [event.actor.key for event in await counted(scene.stage, "message.posted")] == [ana]
        await scene.say(scene.ben, "in my own workspace", room=scene.town.room("home"))


async def test_at_home_and_in_the_shared_channel_somebody_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2")) as scene:
        scene.to = [scene.its[1]]
        await scene.say(scene.ben, "at home", room=scene.town.room("home"))
        scene.share()
        scene.to = [scene.its[0]]
        await scene.say(scene.ben, "at theirs", "T2")
        await react(scene.ben, scene.general, {"ts": "1767225600.000100", "user": scene.ana.id}, "tada")
        assert {event.actor.key for event in await counted(scene.stage)} == {f"slack:T2/{scene.ben.id}"}


async def test_what_was_written_before_a_channel_was_shared_is_the_same_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2")) as scene:
        scene.to = [scene.its[0]]
        message = await scene.say(scene.ana, "alone")
        scene.share()
        scene.to = [scene.its[1]]
        await edit(scene.general, message, "together", user_team="T1")
        (event,) = await counted(scene.stage)
        assert (event.data["words"], event.data["length"], event.actor.key) == (1, 8, f"slack:T1/{scene.ana.id}")


async def test_whose_a_shared_channel_is_has_to_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2")) as scene:
        scene.share()
        scene.to = [scene.its[0]]
        scene.town.refuse("conversations.info", Refusal("internal_error", 500), Refusal("ratelimited", 429, {"Retry-After": "0"}))
        message = await scene.say(scene.ana, "hello", "T1")
        for _ in range(2):
            await scene.town.tell(scene.general.event(message))
        assert scene.statuses == [500, 500, 200]
        scene.town.refuse("users.info", Refusal("service_unavailable", 503))
        told = await react(scene.ben, scene.general, message, "tada")
        await scene.town.tell(told["event"])
        assert scene.statuses[3:] == [500, 200]
        assert [event.type for event in await counted(scene.stage)] == ["message.posted", "reaction.added"]


async def test_a_stranger_of_another_company_is_of_their_own_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1")) as scene:
        scene.share("T9")
        dan, eve = scene.town.human("dan", team_id="T9"), scene.town.human("eve", team_id="E9")
        await scene.say(dan, "hello", "T9")
        await scene.say(eve, "hello", "E9")
        await react(eve, scene.general, {"ts": "1767225600.000100", "user": dan.id}, "tada")
        assert [event.actor.key for event in await counted(scene.stage)] == [
            f"slack:T9/{dan.id}", f"slack:E9/{eve.id}", f"slack:E9/{eve.id}",
        ]  # fmt: skip
        assert {event.id.partition(":")[0] for event in await counted(scene.stage)} == {"T9"}


async def test_in_an_enterprise_a_channel_of_several_workspaces_counts_once_by_whatever_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = (workspace("T7", "E1"), workspace("", "E1"))
    async with sides(tmp_path, monkeypatch, GRID, *grid) as scene:
        message = await scene.say(scene.ana, "hello")
        await react(scene.ben, scene.general, message, "tada")
        assert [(event.id, event.actor.key, event.realm) for event in await journal(scene.stage, "message.posted")] == [
            (f"E1:{scene.general.id}:{message['ts']}", f"slack:E1/{scene.ana.id}", "E1")
        ]
        assert [event.actor.key for event in await journal(scene.stage, "reaction.added")] == [f"slack:E1/{scene.ben.id}"]
        assert scene.statuses == [200] * 4


async def test_an_enterprise_and_a_workspace_outside_of_it_share_a_channel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, GRID, workspace("T7", "E1"), workspace("T2")) as scene:
        scene.share("T7")
        scene.ana.facts |= {"team_id": "T7", "enterprise_user": {"id": "W1", "enterprise_id": "E1"}}
        await scene.say(scene.ana, "hello", "E1")
        await react(scene.ana, scene.general, {"ts": "1767225600.000100", "user": scene.ben.id}, "tada")
        events = await journal(scene.stage)
        assert [event.actor.key for event in events] == [f"slack:E1/{scene.ana.id}"] * 2
        assert {event.id.partition(":")[0] for event in events} == {"E1"}


async def test_history_of_a_shared_channel_is_read_once_and_is_what_was_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2")) as scene:
        scene.share()
        scene.to = [scene.its[1]]
        heard = await scene.say(scene.ana, "hello", "T1")
        unheard = scene.general.keep({"type": "message", "user": scene.ben.id, "text": "hi", "user_team": "T2"})
        for page in await scene.history():
            for event in page.events:
                await scene.stage.app.host("slack").put(event)
        assert [(event.id, event.actor.key) for event in await journal(scene.stage)] == [
            (f"T1:{scene.general.id}:{heard['ts']}", f"slack:T1/{scene.ana.id}"),
            (f"T1:{scene.general.id}:{unheard['ts']}", f"slack:T2/{scene.ben.id}"),
        ]
        assert len(scene.town.asked("conversations.history")) == 1


async def test_history_of_an_enterprise_is_that_of_its_workspaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, GRID, workspace("", "E1")) as scene:
        said = scene.general.keep({"type": "message", "user": scene.ana.id, "text": "hi"})
        (page, _) = await scene.history()
        assert [(event.id, event.actor.key, event.realm) for event in page.events] == [
            (f"E1:{scene.general.id}:{said['ts']}", f"slack:E1/{scene.ana.id}", "E1")
        ]
        assert [given["team_id"] for given in scene.town.asked("users.conversations")] == ["T0TOWN"]


async def test_one_workspace_that_refuses_costs_only_its_own_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1"), workspace("T2")) as scene:
        scene.general.keep({"type": "message", "user": scene.ben.id, "text": "hi"})
        scene.town.refuse("users.conversations", Refusal("token_revoked"))
        (page, _) = await scene.history()
        assert [event.realm for event in page.events] == ["T2"]


async def test_two_communities_know_nothing_of_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, TWO, workspace("T1"), workspace("T2"), pack=TALKER) as scene:
        for its, human in zip(scene.its, (scene.ana, scene.ben), strict=True):
            scene.to = [its]
            await scene.say(human, "hello")
        await scene.stage.rest()
        store = scene.stage.app.store
        held = {name: [award.accounts for award in await store.awards(name)] for name in ("acme", "other")}
        assert held == {"acme": [(f"slack:T1/{scene.ana.id}",)], "other": [(f"slack:T2/{scene.ben.id}",)]}


async def test_a_workspace_that_no_configuration_names_is_shown_and_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only = '[communities.acme]\nslack.teams = ["T1"]\n'
    async with sides(tmp_path, monkeypatch, only, workspace("T1"), workspace("T2")) as scene:
        scene.to = [scene.its[1]]
        await scene.say(scene.ben, "hello")
        await arrive(scene.ben)
        assert await journal(scene.stage) == []
        assert scene.town.asked("users.info") == scene.town.asked("conversations.info") == []
        strangers = await scene.stage.app.store.strangers()
        assert [found[:2] for found in strangers] == [("slack", "T2")]


async def test_where_the_app_is_not_installed_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1")) as scene:
        scene.to = [workspace("T2")]
        await scene.say(scene.ben, "hello")
        assert await journal(scene.stage) == []


async def test_history_waits_until_it_is_known_whose_an_account_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sides(tmp_path, monkeypatch, ONE, workspace("T1")) as scene:
        scene.share()
        scene.to = []
        guest = scene.town.human("guest", team_id="T9")
        await scene.say(scene.ana, f"hi {guest.mention}", "T1")
        monkeypatch.setattr(scene.town, "_users_list", lambda given: {"members": [scene.ana.profile]})
        scene.town.refuse("users.info", Refusal("ratelimited", 429, {"Retry-After": "0.1"}))
        (event,) = [event for page in await scene.history() for event in page.events]
        assert event.data["mentions"] == [f"slack:T9/{guest.id}"]
