"""Who may what: administrators and owners of the workspace, who installed the app, and user groups."""

from pathlib import Path

from msgspec import structs

from laurels import ADMIN
from laurels_slack import Settings
from laurels_slack.commands.groups import Groups
from laurels_slack.commands.who import Asker
from laurels_slack.workspaces import Workspace
from slack_office import Office, living
from slack_town import TOKEN, Human, Refusal, Town

JUDGED = """
[communities.home.roles]
awarders = ["slack:group:S0JUDGES"]
"""


async def roles(office: Office, who: Human, **its: str) -> tuple[str, ...]:
    """As they are handed to laurels."""
    commands = office.stage.adapter.commands
    assert commands is not None
    workspace = await office.stage.adapter.workspaces.of(office.town.team)
    assert workspace is not None
    asker = Asker(structs.replace(workspace, **its), office.town.team, who.id, office.hall.id)
    return (await commands.clerk.who.actor(asker)).roles


async def test_administrators_and_owners_look_after_badges(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        owner, primary = office.town.human("owner", is_owner=True), office.town.human("primary", is_owner=True, is_primary_owner=True)
        assert await roles(office, office.eve) == await roles(office, owner) == await roles(office, primary) == (ADMIN,)
        assert await roles(office, office.ana) == ()


async def test_who_installed_the_app_does_too(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        assert await roles(office, office.ana, installer=office.ana.id) == (ADMIN,)
        assert await roles(office, office.bob, installer=office.ana.id) == ()


async def test_who_is_in_a_user_group_has_its_roles(tmp_path: Path) -> None:
    async with living(tmp_path, configuration=f"[communities.home]\n{JUDGED}") as office:
        office.town.groups = {"S0JUDGES": ("judges", [office.ana.id]), "S0OTHER": ("other", [office.ana.id, office.bob.id])}
        assert await roles(office, office.ana) == ("group:S0JUDGES", "group:S0OTHER")
        assert (await office.slash(office.ana, f"award closed {office.zoe.mention}", admin=True)).kind == "all"
        assert (await office.slash(office.bob, f"award closed {office.zoe.mention}", admin=True)).text.startswith("You may not do that.")


async def test_a_role_is_given_to_a_group_by_naming_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        office.town.groups = {"S0JUDGES": ("judges", [office.ana.id])}
        await office.slash(office.eve, "roles awarders <!subteam^S0JUDGES|@judges>", admin=True)
        assert (await office.slash(office.ana, f"award closed {office.zoe.mention}", admin=True)).kind == "all"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_groups_are_asked_for_once_a_minute() -> None:
    async with Town().open() as town:
        clock, groups, its = Clock(), groups_of(town), Workspace(town.team, TOKEN)
        groups._clock = clock
        town.groups = {"S1": ("one", ["U1"])}
        assert await groups.of(its, town.team, "U1") == ("S1",) and await groups.of(its, town.team, "U2") == ()
        town.groups["S2"] = ("two", ["U1"])
        clock.now += 59
        assert await groups.of(its, town.team, "U1") == ("S1",) and len(town.asked("usergroups.list")) == 1
        clock.now += 1
        assert await groups.of(its, town.team, "U1") == ("S1", "S2") and len(town.asked("usergroups.list")) == 2


async def test_where_slack_refuses_there_are_none_and_it_is_logged_once(capsys: object) -> None:
    async with Town().open() as town:
        clock, groups, its = Clock(), groups_of(town), Workspace(town.team, TOKEN)
        groups._clock = clock
        town.groups = {"S1": ("one", ["U1"])}
        town.refuse("usergroups.list", Refusal("paid_teams_only"), Refusal("paid_teams_only"), None, Refusal("ratelimited", 429))
        for expected in ((), (), ("S1",), ("S1",)):
            assert await groups.of(its, town.team, "U1") == expected
            clock.now += 60
        assert groups._refused == {(town.team, "paid_teams_only")}


def groups_of(town: Town) -> Groups:
    return Groups(Settings(bot_token=TOKEN, app_token="xapp-simulated", api_url=town.api))


async def test_who_administers_another_company_that_shares_a_channel_administers_nothing_here(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        mallory = office.town.human("mallory", team_id="T0OTHER", is_admin=True, is_owner=True)
        assert await roles(office, mallory) == ()
        (refused,) = await office.mention(mallory, f"<@{office.town.bot_user}> admin award closed {office.bob.mention}")
        assert refused.kind == "alone" and refused.text.startswith("You may not do that.")
