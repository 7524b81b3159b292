"""Bolt's app: what it does with what nobody listens to, with errors, and with what is in the environment."""

import logging
import os
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from laurels_slack import Settings
from slack_app import COMMAND, EVENT, MESSAGE, Small

WANTED = Settings(bot_token="xoxb-1", app_token="xapp-1")
PRESS = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "actions": [{"action_id": "a", "block_id": "b"}]}
VIEW = {"type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": {"callback_id": "c", "type": "modal"}}
SHORTCUT = {"type": "shortcut", "team": {"id": "T1"}, "user": {"id": "U1"}, "callback_id": "c"}
CHOICES = {"type": "block_suggestion", "team": {"id": "T1"}, "user": {"id": "U1"}, "action_id": "a", "block_id": "b", "value": "x"}


@pytest.fixture
def small() -> Small:
    return Small(WANTED)


async def ask(small: Small, body: dict[str, Any]) -> BoltResponse:
    return await small.app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))


@pytest.mark.parametrize(
    "body",
    [
        {**EVENT, "event": {"type": "emoji_changed"}},
        {**EVENT, "event": {"type": "of_next\nyear", "user": {"id": "U1"}}},
        PRESS,
        VIEW,
        {**VIEW, "type": "view_closed"},
        SHORTCUT,
        {**SHORTCUT, "type": "message_action"},
        {**PRESS, "type": "interactive_message", "callback_id": "c"},
    ],
)
async def test_what_nobody_listens_to_is_acknowledged(small: Small, body: dict[str, Any]) -> None:
    answer = await ask(small, body)
    assert (answer.status, answer.body) == (200, "")


async def test_choices_that_nobody_knows_are_none(small: Small) -> None:
    assert (await ask(small, CHOICES)).body == '{"options": []}'


async def test_a_command_that_is_not_ours_is_answered(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    answer = await ask(small, {**COMMAND, "command": "/medals"})
    assert answer.status == 200 and "/medals is not a command that I know" in answer.body
    assert "/medals" in capsys.readouterr().out


async def test_what_a_listener_raises_is_a_failure_that_is_logged_once(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    small.fails = ZeroDivisionError("on purpose")
    assert (await ask(small, EVENT)).status == 500
    printed = capsys.readouterr()
    assert printed.out.count("not taken") == 1 and "ZeroDivisionError: on purpose" in printed.out and printed.err == ""


async def test_an_event_is_not_given_up_because_slack_would_not_say_whose_it_is(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    small.here.fails = SlackApiError("", {"ok": False, "error": "internal_error"})  # type: ignore[no-untyped-call]
    assert (await ask(small, EVENT)).status == 500
    printed = capsys.readouterr().out
    assert "can't talk to Slack: it answers internal_error" in printed and "Traceback" not in printed


async def test_nothing_is_printed_or_logged_by_others(
    small: Small, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for body in (EVENT, COMMAND, PRESS, {**EVENT, "team_id": "T2"}):
            assert (await ask(small, body)).status == 200
    assert capsys.readouterr() == ("", "")
    assert [record for record in caplog.records if "slack" in record.name] == []


async def test_what_bolt_would_take_from_the_environment_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN", "SCOPES", "USER_SCOPES"):
        monkeypatch.setenv(f"SLACK_{name}", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    small = Small(WANTED)
    assert (await ask(small, EVENT)).status == 200
    assert small.taken == [MESSAGE]
    assert small.app.oauth_flow is None and small.app.installation_store is None
    assert not any(os.scandir(tmp_path))


async def test_that_slack_leaves_out_events_is_said(small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    told = {"token": "x", "type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820, "api_app_id": "A1"}
    assert (await ask(small, told)).status == 200
    assert "Slack leaves out events" in (printed := capsys.readouterr().out) and "T1" in printed
