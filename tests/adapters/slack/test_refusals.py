"""What Slack answers, and what becomes of the announcement."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from laurels import Later, LaurelsError, Unreachable
from laurels_slack.refusals import said, understood


def answer(error: str, status: int = 200, headers: dict[str, str] | None = None, **more: Any) -> SlackApiError:
    data = {"ok": False, "error": error, **more}
    return SlackApiError("no", SimpleNamespace(status_code=status, headers=headers or {}, data=data, get=data.get))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("channel_not_found", "there is no such channel, or the app may not see it"),
        ("not_in_channel", "the app is not in the channel: write /invite"),
        ("is_archived", "the channel is archived"),
        ("restricted_action", "administrators don't let the app write there"),
        ("restricted_action_thread_locked", "the thread is locked"),
        ("message_not_found", "the message was deleted"),
        ("msg_too_long", "longer than Slack takes"),
        ("account_inactive", "the app was uninstalled, or its token revoked: install it again"),
        ("token_revoked", "the app was uninstalled, or its token revoked: install it again"),
        ("invalid_auth", "Slack does not know the app's token"),
        ("user_not_found", "there is no such person"),
    ],
)
def test_what_is_refused_for_good_is_said_in_plain_words(error: str, words: str) -> None:
    with pytest.raises(Unreachable, match=re.escape(words)), understood():
        raise answer(error)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (answer("missing_scope", needed="im:write"), "the app lacks the scope im:write: install it again"),
        (answer("missing_scope"), "the app lacks the scope that this takes: install it again"),
    ],
)
def test_a_missing_scope_is_named(error: SlackApiError, words: str) -> None:
    with pytest.raises(Unreachable, match=words), understood():
        raise error


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (answer("ratelimited", 429, {"Retry-After": "7"}), 7),
        (answer("", 429, {"Retry-After": "0.5"}), 0.5),
        (answer("ratelimited"), 30),
        (answer("message_limit_exceeded"), 30),
        (answer("ratelimited", 429, {"Retry-After": "-1"}), 0),
    ],
)
def test_slack_that_is_asked_too_often_says_how_long_to_wait(error: SlackApiError, seconds: float) -> None:
    with pytest.raises(Later) as later, understood():
        raise error
    assert later.value.seconds == seconds


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (answer("internal_error"), "Slack answers internal_error"),
        (answer("fatal_error", 500), "Slack answers fatal_error"),
        (answer("", 503), "Slack answers 503"),
        (SlackApiError("no JSON", "<html>"), "Slack answers nothing that it should"),
    ],
)
def test_what_may_pass_is_left_to_the_next_try(error: SlackApiError, words: str) -> None:
    with pytest.raises(LaurelsError, match=words) as told, understood():
        raise error
    assert not isinstance(told.value, Later | Unreachable)


def test_what_is_no_answer_of_slacks_api_has_no_name() -> None:
    assert said(SlackApiError("no JSON", "<html>")) == ""
