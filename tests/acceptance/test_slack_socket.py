"""The app over Socket Mode: a bridge puts Slack's WebSockets in front of a simulated Slack, and breaks them as Slack and networks do."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from laurels import Badge, Count, Level
from laurels.app import App
from slack_bridge import APP_TOKEN, Bridge
from slack_running import PATIENCE, configured, holding, line, messages, running, shell, until
from slack_town import TOKEN, Town

COUNTED = Badge(slug="counted", name="Counted", measure=Count("message.posted"), levels=tuple(Level(str(at), at=at) for at in range(1, 9)))


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with Town(start=time.time() - 60).open() as town:
        yield town


@pytest.fixture
async def bridge(town: Town) -> AsyncIterator[Bridge]:
    async with Bridge(town.api).open() as bridge:
        town.deliver = bridge.deliver
        yield bridge


@asynccontextmanager
async def connected(folder: Path, bridge: Bridge) -> AsyncIterator[App]:
    """laurels, connected to Slack."""
    path = configured(folder, bridge.api, f'app_token = "{APP_TOKEN}"')
    async with running(path, COUNTED, bot_token=TOKEN, app_token=APP_TOKEN, api_url=bridge.api) as app:
        await bridge.until(lambda: bridge.links)
        yield app
    await bridge.until(lambda: not bridge.links)


async def test_what_happens_is_acknowledged_counted_and_announced(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")
    async with connected(tmp_path, bridge) as app:
        await ana.says(general, "hello")
        assert list(bridge.acks.values()) == [None]
        await holding(app, "ana counted@1")
        await until(lambda: len(general.texts) == 2)
    assert "Counted" in general.texts[1]


async def test_a_slash_command_is_acknowledged_at_once_and_answered(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")
    async with connected(tmp_path, bridge):
        command = {
            "command": "/badges", "text": "settings", "team_id": town.team, "channel_id": general.id, "user_id": ana.id,
            "response_url": town.response_url(), "trigger_id": "1.2.3", "api_app_id": town.app_id,
        }  # fmt: skip
        assert await bridge.deliver(command) is None
        await until(lambda: town.responses)
    assert "stored about you" in json.dumps(town.responses) and town.responses[0]["response_type"] == "ephemeral"


async def test_slack_may_ask_for_another_connection(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")
    async with connected(tmp_path, bridge) as app:
        await ana.says(general, "one")
        await bridge.disconnect("refresh_requested")
        await ana.says(general, "two")
        await bridge.until(lambda: bridge.left == [1000] and len(bridge.links) == 1)
        await ana.says(general, "three")
        await holding(app, "ana counted@1", "ana counted@2", "ana counted@3")
    assert bridge.greeted == 2


async def test_a_socket_that_drops_is_opened_again(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")
    async with connected(tmp_path, bridge) as app:
        await ana.says(general, "one")
        bridge.drop()
        await bridge.until(lambda: not bridge.links)
        await ana.says(general, "two")
        await holding(app, "ana counted@1", "ana counted@2")
    assert bridge.greeted == 2


async def test_a_drop_in_the_middle_of_an_event_counts_it_once(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")

    async def drop() -> None:
        del bridge.before["users.info"]
        bridge.drop()
        await bridge.until(lambda: bridge.greeted == 2)

    async with connected(tmp_path, bridge) as app:
        bridge.before["users.info"] = drop
        await ana.says(general, "one")
        await ana.says(general, "two")
        await holding(app, "ana counted@1", "ana counted@2")
        assert await messages(app) == 2
    assert [envelope["retry_attempt"] for envelope in bridge.envelopes] == [0, 1, 0]
    assert len({envelope["envelope_id"] for envelope in bridge.envelopes}) == 3


async def test_an_acknowledgement_that_got_lost_has_the_event_told_again_and_counted_once(
    tmp_path: Path, town: Town, bridge: Bridge
) -> None:
    ana, general = town.human("ana"), town.room("general")
    async with connected(tmp_path, bridge) as app:
        await ana.says(general, "one")
        for attempt in range(3):
            told = bridge.envelopes[0]["payload"]
            await bridge.deliver({**told, "event_id": f"Ev{attempt}"})
        await ana.says(general, "two")
        await holding(app, "ana counted@1", "ana counted@2")
        assert await messages(app) == 2


async def test_a_busy_hour_on_a_bad_network_loses_nothing_and_counts_nothing_twice(
    tmp_path: Path, town: Town, bridge: Bridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laurels_slack.socket._LONGEST", 0.01)
    people, general = [town.human(name) for name in ("ana", "bob", "cem")], town.room("general")
    town.tick = 0.01
    async with connected(tmp_path, bridge) as app:
        for breaks in (0, 20, 59):
            bridge.hears = breaks
            await asyncio.gather(*(person.says(general, "hello") for person in people * 20))
        assert await messages(app) == 180
    assert len(bridge.envelopes) == 180 + 60 + 40 + 1


async def test_once_socket_mode_is_switched_on_the_app_comes_in_by_itself(
    tmp_path: Path, town: Town, bridge: Bridge, capsys: pytest.CaptureFixture[str]
) -> None:
    ana, general = town.human("ana"), town.room("general")
    bridge.refusal = {"error": "link_disabled"}
    path = configured(tmp_path, bridge.api, f'app_token = "{APP_TOKEN}"')
    async with running(path, COUNTED, bot_token=TOKEN, app_token=APP_TOKEN, api_url=bridge.api) as app:
        await bridge.until(lambda: bridge.asked)
        bridge.refusal = None
        await ana.says(general, "hello")
        await holding(app, "ana counted@1")
    printed = capsys.readouterr().out
    assert "adapter can't run; trying again" in printed and "Socket Mode is switched off for the app" in printed
    assert "Traceback" not in printed


async def test_the_program_runs_by_its_configuration_alone_and_leaves(tmp_path: Path, town: Town, bridge: Bridge) -> None:
    ana, general = town.human("ana"), town.room("general")
    path = configured(tmp_path, bridge.api, 'app_token = "env:SLACK_APP_TOKEN"')
    process = await shell(path, "run", SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN=APP_TOKEN)
    await bridge.until(lambda: bridge.links)
    await ana.says(general, "hello")
    await until(lambda: any("Talker" in text for text in general.texts))
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert bridge.left == [1000]


async def test_a_wrong_token_is_said_in_a_line_that_names_the_setting(tmp_path: Path, bridge: Bridge) -> None:
    path = configured(tmp_path, bridge.api, 'app_token = "env:SLACK_APP_TOKEN"')
    process = await shell(path, "run", SLACK_BOT_TOKEN="xoxb-wrong", SLACK_APP_TOKEN=APP_TOKEN)
    printed = await line(process, "can't run")
    assert "adapters.slack: bot_token: Slack does not take it" in printed and "choose the app" in printed
    process.terminate()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
