"""What ``laurels check`` finds, against a Slack over real HTTP, in plain words."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from cryptography.fernet import Fernet

from fake_host import FakeState
from laurels import Note, Problem, Tenant
from laurels_slack import Settings, SlackAdapter
from laurels_slack.installations import Installations
from laurels_slack.scopes import SCOPES, asked
from laurels_slack.workspaces import Workspace
from slack_town import TOKEN, Refusal, Town

EVERY = (Tenant("default", ("*",)),)
KEY = Fernet.generate_key().decode()


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town().open() as there:
        there.room("general")
        there.scopes = {need.name for need in SCOPES}
        yield there


def settings(town: Town, **options: Any) -> Settings:
    return Settings(**{"bot_token": TOKEN, "app_token": "xapp-simulated", "api_url": town.api, **options})


async def found(town: Town, tenants: Sequence[Tenant] = EVERY, **options: Any) -> list[str]:
    """Problems and notes as they are printed, notes with a word before."""
    return told(await SlackAdapter(settings(town, **options)).check(tenants))


def told(problems: Sequence[Problem]) -> list[str]:
    return [f"note: {problem}" if isinstance(problem, Note) else str(problem) for problem in problems]


async def test_where_all_is_well_nothing_is_said_and_nothing_was_done(town: Town) -> None:
    town.scopes = {need.name for need in asked(settings(town))}
    announcing = (Tenant("acme", (town.team,), ("#general",)),)
    assert await found(town, announcing) == []
    assert {call.method for call in town.calls} <= {"apps.connections.open", "auth.test", "bots.info", "users.conversations"}


async def test_a_wrong_token_is_said_with_where_to_get_one(town: Town) -> None:
    (line,) = await found(town, bot_token="xoxb-wrong")
    assert line.startswith(
        "adapters.slack: bot_token: Slack does not take it (https://api.slack.com/apps: choose the app, OAuth & Permissions"
    )


async def test_both_tokens_are_looked_at_in_one_run(town: Town) -> None:
    app, bot = await found(town, bot_token="xoxb-wrong", app_token="xapp-wrong")
    assert "app_token: Slack does not take it" in app and "bot_token: Slack does not take it" in bot


async def test_a_token_that_was_revoked_is_told_from_a_wrong_one(town: Town) -> None:
    town.revoked.add(TOKEN)
    (line,) = await found(town)
    assert "bot_token: it was revoked, or the app was taken out of the workspace" in line


async def test_an_app_token_without_its_scope_and_a_socket_mode_that_is_off(town: Town) -> None:
    for error, said in (
        ("missing_scope", "lacks the scope connections:write"),
        ("link_disabled", "Socket Mode is switched off for the app"),
    ):
        town.refuse("apps.connections.open", Refusal(error))
        (line,) = await found(town)
        assert line.startswith(f"adapters.slack: app_token: {said}")


async def test_without_a_network_there_is_one_line() -> None:
    wanted = Settings(bot_token=TOKEN, app_token="xapp-1", api_url="http://127.0.0.1:1/api/")
    (line,) = told(await SlackAdapter(wanted).check(EVERY))
    assert line.startswith("adapters.slack: can't talk to Slack: ") and line.endswith("(is the network up, and is api_url right?)")


async def test_something_else_that_answers_is_one_line_too(town: Town) -> None:
    (line,) = await found(town, api_url=town.address + "/nowhere/")
    assert line.startswith("adapters.slack: can't talk to Slack: ")


async def test_tokens_of_two_apps_are_noticed(town: Town) -> None:
    town.app_token = "xapp-1-A0OTHER-1-abc"
    (line,) = await found(town, app_token=town.app_token)
    assert "app_token: is of the app A0OTHER, and the token for Town of the app A0LAURELS" in line
    town.app_token = "xapp-1-A0LAURELS-1-abc"
    assert await found(town, app_token=town.app_token) == []


async def test_a_missing_scope_is_said_with_what_it_is_for(town: Town) -> None:
    town.scopes = {need.name for need in asked(settings(town))} - {"reactions:read"}
    (line,) = await found(town)
    assert line.startswith("adapters.slack: in Town the app lacks reactions:read (to count reactions")
    assert "`laurels slack manifest` prints" in line and "Reinstall" in line


async def test_scopes_for_private_channels_are_missed_only_where_they_are_read(town: Town) -> None:
    town.scopes = {need.name for need in asked(settings(town))}
    assert await found(town) == []
    line, *_ = await found(town, private_channels=True)
    assert "groups:history (" in line and "; groups:read (" in line


async def test_a_bot_that_is_in_no_channel_is_noted(town: Town) -> None:
    for room in town.rooms.values():
        room.members.clear()
    (line,) = await found(town)
    assert line.startswith(
        "note: adapters.slack: the app is in no channel of Town, so nothing counts there (write /invite @laurels there, for"
    )


async def test_channels_that_are_announced_in_and_can_not_be_are_named(town: Town) -> None:
    town.room("badges").members.clear()
    town.room("old").archived = True
    lines = await found(town, (Tenant("acme", (town.team,), ("#badges", "old", "#nowhere", "#general")),))
    assert lines == [
        "communities.acme: announce: the app is not in '#badges' of Town, so it can't write there (write /invite @laurels there)",
        "communities.acme: announce: the channel 'old' of Town is archived (unarchive it, or name another)",
        (
            "communities.acme: announce: there is no channel '#nowhere' in Town, or it is private and the app is not in it "
            "(write /invite @laurels there)"
        ),
    ]


async def test_a_channel_can_be_named_by_its_id_and_whatever_the_case(town: Town) -> None:
    general = next(iter(town.rooms))
    assert await found(town, (Tenant("acme", (town.team,), (general, "#GENERAL")),)) == []


async def test_a_private_channel_that_is_announced_in_by_its_id_may_well_be_right(town: Town) -> None:
    (line,) = await found(town, (Tenant("acme", (town.team,), (town.room("secret", "group").id,)),))
    assert line.startswith("note: communities.acme: announce: there is no channel 'C00000002' in Town, or it is private")


async def test_private_channels_that_are_to_be_read_and_are_not_are_named(town: Town) -> None:
    inside, outside = town.room("inside", "group"), town.room("outside", "group")
    outside.members.clear()
    (line,) = await found(town, private_channels=(inside.id, outside.id))
    assert (
        line
        == f"adapters.slack: private_channels: the app is not in {outside.id} of Town, so it is not read (write /invite @laurels there)"
    )


async def test_teams_that_are_configured_but_not_installed_and_the_other_way_round(town: Town) -> None:
    lines = await found(town, (Tenant("acme", ("T0OTHER",)),))
    assert lines == [
        "communities.acme: slack.teams: the app is not installed in T0OTHER (bot_token is that of Town; several need client_id instead)",
        'adapters.slack: Town belongs to no community: nothing is read there (slack.teams = ["T0TOWN"] takes it in)',
    ]


async def test_user_groups_that_are_not_there_are_named_with_what_would_be_right(town: Town) -> None:
    town.groups = {"S0123": ("mods", [])}
    tenant = Tenant("acme", (town.team,), (), ("group:S0123", "group:@mods", "group:S0999"))
    assert await found(town, (tenant,)) == [
        "communities.acme: roles: Town has no user group of the id '@mods' (write slack:group:S0123)",
        "communities.acme: roles: Town has no user group of the id 'S0999' (there are S0123 (@mods))",
    ]
    town.refuse("usergroups.list", Refusal("paid_teams_only"))
    (line,) = await found(town, (tenant,))
    assert "Town has no user groups: its plan lacks them" in line


# several workspaces

TWO = (Tenant("acme", ("T1", "T2")),)


async def several(town: Town, state: FakeState | None, tenants: Sequence[Tenant] = TWO, keys: str = KEY) -> list[str]:
    oauth = {"bot_token": "", "client_id": "4711.0815", "client_secret": "client-secret", "encryption_key": keys}
    adapter = SlackAdapter(settings(town, **oauth))
    if state is not None:
        adapter.remember(state)
    return told(await adapter.check(tenants))


async def installed(town: Town, *teams: str, enterprise: str = "") -> tuple[FakeState, list[str]]:
    state = FakeState()
    wanted = settings(town, bot_token="", client_id="4711.0815", client_secret="client-secret", encryption_key=KEY)
    kept, tokens = Installations(wanted, state), []
    for team in teams:
        tokens.append(town.offer("c0de", team, enterprise=enterprise))
        await kept.save(Workspace(team, tokens[-1], enterprise, name=f"The {team or enterprise}", bot="B1"))
    return state, tokens


async def test_before_anybody_installed_it_the_way_is_told(town: Town) -> None:
    for state in (None, FakeState()):
        (line,) = await several(town, state)
        assert line.startswith(
            "note: adapters.slack: client_id: no workspace has installed the app (once laurels has run, open /slack/install"
        )


async def test_that_anybody_can_come_in_is_noted(town: Town) -> None:
    state, _ = await installed(town, "T1")
    (line,) = await several(town, state, EVERY)
    assert (
        "default takes in every workspace, and anybody who finds /slack/install can add theirs (name the workspaces in slack.teams)" in line
    )


async def test_every_installation_is_looked_into_with_its_own_token(town: Town) -> None:
    state, tokens = await installed(town, "T1", "T2")
    assert await several(town, state) == []
    assert {call.token for call in town.calls if call.method == "users.conversations"} == set(tokens)
    town.revoked.add(tokens[1])
    (line,) = await several(town, state)
    assert "the app is no longer installed in The T2: it was revoked" in line and "/slack/install" in line


async def test_one_that_is_not_installed_and_one_that_nobody_takes_in(town: Town) -> None:
    state, _ = await installed(town, "T1")
    missing, strange = await several(town, state, (Tenant("acme", ("T3",)),))
    assert missing.startswith("communities.acme: slack.teams: the app is not installed in T3 (once laurels has run, open /slack/install")
    assert strange.startswith("note: adapters.slack: The T1 belongs to no community")


async def test_a_lost_key_is_said(town: Town) -> None:
    state, _ = await installed(town, "T1")
    line, missing = await several(town, state, keys=Fernet.generate_key().decode())
    assert line.startswith(
        "adapters.slack: encryption_key: does not open the token of T1: laurels can't speak there (add the key that was there"
    )
    assert missing.startswith("communities.acme: slack.teams: the app is not installed in T2 ")


async def test_an_enterprise_stands_for_its_teams(town: Town) -> None:
    state, _ = await installed(town, "", enterprise="E1")
    assert await several(town, state, (Tenant("acme", ("T1", "T2")),)) == []
    assert await several(town, state, (Tenant("acme", ("E1",)),)) == []
