"""From a place to a workspace and a channel: never another community's, never a guess."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from msgspec import structs
from slack_sdk.errors import SlackApiError

from laurels import Place, Unreachable
from laurels_slack import Settings
from laurels_slack.where import AGE, MISSED, Finder
from laurels_slack.workspaces import Workspace
from slack_town import TOKEN, Refusal, Town

ONE = Workspace("T0ONE", TOKEN, name="One")


class Fixed:
    """Those that are given."""

    def __init__(self, *its: Workspace) -> None:
        self.its = list(its)

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        return next((its for its in self.its if its.team == team), None)

    async def all(self) -> Sequence[Workspace]:
        return self.its


class Scene:
    """A finder over *its* installations; *whose* realms belong to communities."""

    def __init__(self, town: Town, its: Sequence[Workspace], whose: dict[str, str], **options: object) -> None:
        self.town, self.now = town, 1000.0
        wanted = Settings(bot_token=TOKEN, app_token="xapp-simulated", api_url=town.api, **options)
        self.finder = Finder(wanted, Fixed(*its), whose.get, lambda: self.now)

    async def find(self, channel: str, realm: str = "", community: str = "acme") -> tuple[str, str]:
        spot = await self.finder.find(Place("slack", channel, realm=realm), community)
        return spot.its.realm, spot.channel


@asynccontextmanager
async def scene(*its: Workspace, whose: dict[str, str] | None = None, **options: object) -> AsyncIterator[Scene]:
    async with Town().open() as town:
        yield Scene(town, its or (ONE,), whose if whose is not None else {"T0ONE": "acme"}, **options)


async def test_a_channel_is_found_by_id_and_by_name() -> None:
    async with scene() as it:
        hall = it.town.room("hall")
        assert await it.find(hall.id, "T0ONE") == ("T0ONE", hall.id)
        assert it.town.calls == []
        for name in ("#hall", "hall", "#Hall"):
            assert await it.find(name, "T0ONE") == ("T0ONE", hall.id)
        assert len(it.town.calls) == 1


async def test_all_pages_are_read() -> None:
    async with scene() as it:
        rooms = [it.town.room(f"room-{number}") for number in range(401)]
        assert await it.find("#room-400") == ("T0ONE", rooms[-1].id)
        assert len(it.town.calls) == 3


async def test_private_channels_are_found_where_they_are_read() -> None:
    async with scene() as it:
        it.town.room("council", "group")
        with pytest.raises(Unreachable):
            await it.find("#council")
    async with scene(private_channels=True) as it:
        council = it.town.room("council", "group")
        assert await it.find("#council") == ("T0ONE", council.id)


async def test_a_name_that_is_not_known_says_what_to_do_and_is_looked_for_again() -> None:
    async with scene() as it:
        with pytest.raises(Unreachable, match="write /invite and its name in #hall"):
            await it.find("#hall")
        hall = it.town.room("hall")
        with pytest.raises(Unreachable):
            await it.find("#hall")
        it.now += MISSED + 1
        assert (await it.find("#hall"))[1] == hall.id


async def test_names_are_believed_for_a_while() -> None:
    async with scene() as it:
        hall = it.town.room("hall")
        await it.find("#hall")
        hall.name = "lobby"
        assert (await it.find("#hall"))[1] == hall.id
        it.now += AGE + 1
        with pytest.raises(Unreachable):
            await it.find("#hall")


async def test_a_workspace_that_is_not_installed_or_not_ones_own_is_not_written_in() -> None:
    async with scene() as it:
        for realm, community in (("T0TWO", "acme"), ("T0ONE", "others"), ("", "others")):
            with pytest.raises(Unreachable, match="not installed in that workspace, or the workspace is not this community's"):
                await it.find("#hall", realm, community)
        assert it.town.calls == []


async def test_a_team_belongs_to_its_own_community_rather_than_to_that_of_its_enterprise() -> None:
    teams = [structs.replace(ONE, team=team, enterprise="E0ALL") for team in ("T0ONE", "T0TWO")]
    async with scene(*teams, whose={"T0TWO": "others", "E0ALL": "acme"}) as it:
        hall = it.town.room("hall")
        assert await it.find("#hall", "E0ALL") == ("T0ONE", hall.id)
        with pytest.raises(Unreachable):
            await it.find("#hall", "T0TWO")
        assert await it.find("#hall", "T0TWO", "others") == ("T0TWO", hall.id)


async def test_a_name_that_several_workspaces_have_is_no_guess() -> None:
    async with scene(ONE, structs.replace(ONE, team="T0TWO", name="Two"), whose={"T0ONE": "acme", "T0TWO": "acme"}) as it:
        it.town.room("hall")
        assert (await it.find("#hall"))[0] == "T0ONE"  # the same channel, shared by both
        it.finder._names["T0TWO"] = it.now, {"hall": "C0OTHER1"}
        with pytest.raises(Unreachable, match=r"several workspaces have a channel of that name \(One, Two\)"):
            await it.find("#hall")
        assert (await it.find("#hall", "T0TWO"))[1] == "C0OTHER1"


async def test_an_id_leads_to_the_workspace_that_has_it() -> None:
    async with scene(ONE, structs.replace(ONE, team="T0TWO"), whose={"T0ONE": "acme", "T0TWO": "acme"}) as it:
        hall, lobby = it.town.room("hall"), it.town.room("lobby")
        it.town.refuse("conversations.info", Refusal("channel_not_found"))
        assert (await it.find(hall.id))[0] == "T0TWO"
        for passing in (Refusal("internal_error"), Refusal("ratelimited", 429)):
            it.town.refuse("conversations.info", passing)
            with pytest.raises(SlackApiError):
                await it.find(lobby.id)
        assert [(await it.find(lobby.id))[0] for _ in range(3)] == ["T0ONE"] * 3
        assert len(it.town.calls) == 4  # where it was seen is remembered


async def test_what_is_installed_in_an_enterprise_serves_its_teams_but_not_those_of_another_community() -> None:
    whole = structs.replace(ONE, team="", enterprise="E0ALL")
    async with scene(whole, whose={"T0ONE": "acme", "T0TOWN": "others"}) as it:
        hall = it.town.room("hall")
        assert await it.find(hall.id, "T0TOWN", "others") == ("E0ALL", hall.id)
        with pytest.raises(Unreachable, match="workspace of another community"):
            await it.find(hall.id, "T0ONE")
        assert (await it.find("#hall", "T0ONE"))[1] == hall.id
        assert it.town.asked("users.conversations")[0]["team_id"] == "T0ONE"


async def test_a_team_of_an_enterprise_that_nobody_names_is_not_written_in() -> None:
    async with scene(structs.replace(ONE, team="", enterprise="E0ALL"), whose={}) as it:
        with pytest.raises(Unreachable, match="not this community's"):
            await it.find("C0HALL01", "T0ONE")


async def test_a_whole_enterprise_has_no_names() -> None:
    whole = structs.replace(ONE, team="", enterprise="E0ALL")
    async with scene(whole, whose={"E0ALL": "acme"}) as it:
        with pytest.raises(Unreachable, match="write the channel's id"):
            await it.find("#hall", "E0ALL")
        with pytest.raises(Unreachable, match="write the channel's id"):
            await it.find("#hall")


async def test_somebody_is_reached_where_they_are() -> None:
    async with scene(ONE, structs.replace(ONE, team="T0TWO"), whose={"T0ONE": "acme", "T0TWO": "acme"}) as it:
        ana = it.town.human("ana")
        it.town.refuse("conversations.open", Refusal("user_not_found"))
        realm, channel = await it.find(f"@{ana.id}")
        assert (realm, it.town.rooms[channel].kind) == ("T0TWO", "im")
        assert (await it.find(f"@{ana.id}", "T0TWO"))[1] == channel
        assert len(it.town.calls) == 2  # what was opened is remembered


async def test_a_winner_whose_enterprise_nobody_names_is_reached_through_ones_own_team() -> None:
    teams = [structs.replace(ONE, team=team, enterprise="E0ALL") for team in ("T0ONE", "T0TWO", "T0OTHERS")]
    async with scene(*teams, whose={"T0TWO": "acme", "T0OTHERS": "others"}) as it:
        ana = it.town.human("ana")
        assert (await it.find(f"@{ana.id}", "E0ALL"))[0] == "T0TWO"
        with pytest.raises(Unreachable):
            await it.find("C0HALL01", "E0ALL")
