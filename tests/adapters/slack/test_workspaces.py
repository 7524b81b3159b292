"""Where the app is installed, and whom each token is for."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from cryptography.fernet import Fernet

from fake_host import FakeState
from laurels import Later
from laurels_slack import Settings
from laurels_slack.installations import AGAIN, AGE, Installations, workspaces
from laurels_slack.workspaces import OneWorkspace, Workspace
from slack_town import TOKEN, Refusal, Town


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town().open() as there:
        yield there


def one(town: Town, **options: Any) -> OneWorkspace:
    return OneWorkspace(Settings(**{"bot_token": TOKEN, "api_url": town.api, **options}))


async def test_slack_is_asked_once_whose_the_token_is(town: Town) -> None:
    its = one(town)
    found = await asyncio.gather(*(its.of("T0TOWN") for _ in range(5)), its.all())
    assert len(town.asked("auth.test")) == 1
    assert found[0] == Workspace(
        "T0TOWN", TOKEN, "", "Town", "U0LAURELS", "B0LAURELS", url="https://town.slack.com/", app="laurels"
    )  # fmt: skip


async def test_it_serves_its_own_team_and_no_other(town: Town) -> None:
    its = one(town)
    assert await its.of("T0OTHER") is None and await its.of("") is None and await its.of("", "E1") is None


async def test_the_token_of_an_enterprise_serves_all_its_teams(town: Town) -> None:
    token = town.offer("c0de", "", enterprise="E1")
    its = one(town, bot_token=token)
    for team in ("T1", "T2", "E1", ""):
        found = await its.of(team, "E1")
        assert found is not None and (found.team, found.realm) == ("", "E1")
    assert await its.of("T1", "E2") is None


async def test_a_token_of_a_team_in_an_enterprise_is_for_that_team(town: Town) -> None:
    its = one(town, bot_token=town.offer("c0de", "T1", enterprise="E1"))
    found = await its.of("T1", "E1")
    assert found is not None and found.realm == "T1"
    assert await its.of("T2", "E1") is None


async def test_where_slack_does_not_say_it_is_asked_again_later(town: Town) -> None:
    its = one(town)
    town.refuse("auth.test", Refusal("internal_error"), Refusal("ratelimited", 429, {"Retry-After": "7"}))
    for _ in range(2):
        with structlog.testing.capture_logs() as logs, pytest.raises(Later):
            await its.of("T0TOWN")
        assert logs[0]["event"] == "Slack does not say whose bot_token is"
    assert await its.of("T0TOWN") is not None


async def test_a_network_that_is_down_is_for_later_too() -> None:
    with pytest.raises(Later):
        await OneWorkspace(Settings(bot_token=TOKEN, api_url="http://127.0.0.1:1/api/")).all()


def test_the_settings_say_which_there_are(town: Town) -> None:
    key = Fernet.generate_key().decode()
    assert isinstance(workspaces(Settings(bot_token=TOKEN), FakeState()), OneWorkspace)
    assert isinstance(workspaces(Settings(client_id="1.2", client_secret="s", encryption_key=key), FakeState()), Installations)


def test_a_token_is_not_shown() -> None:
    assert TOKEN not in repr(Workspace("T1", TOKEN, refresh="xoxe-1")) and "xoxe" not in repr(Workspace("T1", TOKEN, refresh="xoxe-1"))


# several


class Counted(FakeState):
    """Counts how often it was looked through."""

    looks = 0

    async def all(self, prefix: str) -> dict[str, Any]:
        self.looks += 1
        return await super().all(prefix)


def several(state: FakeState) -> Installations:
    return Installations(Settings(client_id="1.2", client_secret="s", encryption_key=KEY), state)


KEY = Fernet.generate_key().decode()


async def test_the_database_is_not_asked_for_every_event(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("laurels_slack.installations.time.monotonic", lambda: clock[0])
    state = Counted()
    its = several(state)
    await its.save(Workspace("T1", "xoxb-1"))
    for _ in range(100):
        assert await its.of("T1") is not None
        assert await its.of("T2") is None
    assert state.looks == 1
    clock[0] += AGE
    await its.all()
    assert state.looks == 2


async def test_a_workspace_that_another_process_installed_is_known_at_its_first_event(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, state = [1000.0], FakeState()
    monkeypatch.setattr("laurels_slack.installations.time.monotonic", lambda: clock[0])
    mine, other = several(state), several(state)
    assert await mine.all() == []
    await other.save(Workspace("T1", "xoxb-1"))
    clock[0] += 1.5
    found = await mine.of("T1")
    assert found is not None and found.token == "xoxb-1"
    await other.save(Workspace("T1", "xoxb-2"))
    clock[0] += AGE
    found = await mine.of("T1")
    assert found is not None and found.token == "xoxb-2"
    await other.forget(found)
    clock[0] += AGE
    assert await mine.of("T1") is None


async def test_what_was_installed_anew_meanwhile_is_not_forgotten() -> None:
    state = FakeState()
    mine, other = several(state), several(state)
    await mine.save(old := Workspace("T1", "xoxb-1"))
    await other.save(Workspace("T1", "xoxb-2"))
    await mine.forget(old)
    found = await mine.of("T1")
    assert found is not None and found.token == "xoxb-2"


async def test_a_token_that_can_not_be_renewed_is_not_asked_for_with_every_event(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, its = [1000.0], ending(town)
    monkeypatch.setattr("laurels_slack.installations.time.monotonic", lambda: clock[0])
    await its.save(Workspace("T1", "xoxb-1", refresh="xoxe-1", ends=time.time() + 600))
    for _ in range(2):
        for found in await asyncio.gather(*(its.of("T1") for _ in range(20))):
            assert found is not None and found.token == "xoxb-1"
        clock[0] += AGAIN
    assert len(town.asked("oauth.v2.access")) == 2


async def test_nobody_waits_while_a_token_is_renewed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    its, hold, asked = ending(town), asyncio.Event(), asyncio.Event()

    async def exchanged(wanted: Settings, **given: str) -> Any:
        asked.set()
        await hold.wait()
        return {"access_token": "xoxb-2", "refresh_token": "xoxe-2", "expires_in": 43_200}

    monkeypatch.setattr("laurels_slack.installations.exchanged", exchanged)
    await its.save(Workspace("T1", "xoxb-1", refresh="xoxe-1", ends=time.time() + 600))
    await its.save(Workspace("T2", "xoxb-3"))
    renewing = asyncio.create_task(its.of("T1"))
    await asked.wait()
    async with asyncio.timeout(5):
        assert [found.token for found in (await its.of("T1"), await its.of("T2")) if found] == ["xoxb-1", "xoxb-3"]
    hold.set()
    assert [found.token for found in (await renewing, await its.of("T1")) if found] == ["xoxb-2", "xoxb-2"]


async def test_a_token_that_has_ended_is_waited_for(town: Town) -> None:
    its, fresh = ending(town), {"access_token": "xoxb-2", "refresh_token": "xoxe-2", "expires_in": 43_200}
    town.codes["xoxe-1"] = fresh
    await its.save(Workspace("T1", "xoxb-1", refresh="xoxe-1", ends=time.time() - 1))
    found = await asyncio.gather(*(its.of("T1") for _ in range(5)))
    assert [each.token for each in found if each] == ["xoxb-2"] * 5


def ending(town: Town) -> Installations:
    wanted = Settings(client_id="4711.0815", client_secret="client-secret", encryption_key=KEY, api_url=town.api)
    return Installations(wanted, FakeState())
