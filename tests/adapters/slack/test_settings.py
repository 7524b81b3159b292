"""What can't work is said before laurels starts: all of it at once, each with what would be right."""

from typing import Any

import pytest
from cryptography.fernet import Fernet

from laurels import ConfigError
from laurels_slack import Settings, SlackAdapter

KEY = Fernet.generate_key().decode()
ONE = {"bot_token": "xoxb-1", "app_token": "xapp-1"}
SEVERAL = {"client_id": "1.2", "client_secret": "s", "encryption_key": KEY, "signing_secret": "s"}


def refused(**settings: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        SlackAdapter(Settings(**settings))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "settings",
    [
        ONE, SEVERAL, {**ONE, "signing_secret": ["a", "b"]}, {**SEVERAL, "encryption_key": [KEY, KEY]},
        {**ONE, "command": "/laurels", "private_channels": ("C0123ABCD", "G0123ABCD"), "catch_up": ""},
        {**ONE, "thanks": ("pray", "+1", "danke_schön")},
        {**ONE, "private_channels": True, "catch_up": "7d", "api_url": "http://127.0.0.1:8080/api"},
    ],
)  # fmt: skip
def test_what_can_work_is_taken(settings: dict[str, Any]) -> None:
    SlackAdapter(Settings(**settings))


def test_nothing_at_all_is_told_what_is_needed() -> None:
    transport, token = refused()
    assert "app_token: is missing, and so is signing_secret" in transport and 'app_token = "env:SLACK_APP_TOKEN"' in transport
    assert 'bot_token: is missing: laurels could not answer (write bot_token = "env:SLACK_BOT_TOKEN"' in token


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = refused(
        bot_token="xapp-1", app_token="xoxb-1", command="badges", catch_up="1 day", api_url="slack.com", private_channels=("#secret",),
        thanks=(":pray:", "🙏"), nominate={"🏅": "kindness"},
    )  # fmt: skip
    assert [line.split(": ")[1] for line in said] == [
        "app_token", "bot_token", "command", "private_channels", "thanks", "thanks", "nominate", "catch_up", "api_url",
    ]  # fmt: skip
    assert all(line.endswith(")") for line in said)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({**ONE, "client_id": "1.2"}, "bot_token: is that of one workspace, and client_id is for several (leave one of them out)"),
        ({**ONE, "encryption_key": KEY}, "bot_token: is that of one workspace, and encryption_key is for several"),
        ({**ONE, "bot_token": "xoxp-1"}, "bot_token: is no bot's token: those begin with xoxb-"),
        ({**ONE, "bot_token": "xoxb-1\n"}, "bot_token: is no bot's token"),
        ({**ONE, "signing_secret": ["good", " "]}, "signing_secret: is empty, so anyone could send awards"),
        ({**ONE, "signing_secret": "xoxb-1"}, "signing_secret: is a token"),
        ({**SEVERAL, "client_secret": ""}, "client_secret: is missing: several workspaces need client_id, client_secret"),
        ({**SEVERAL, "encryption_key": ""}, "encryption_key: is missing: several workspaces need"),
        ({**SEVERAL, "client_id": "A0123"}, "client_id: is no client ID: those are two numbers with a dot between them"),
        ({**SEVERAL, "encryption_key": "secret"}, "encryption_key: is no key (make one with: laurels slack key)"),
        ({**SEVERAL, "encryption_key": [KEY, KEY[:-4]]}, "encryption_key: number 2 is no key"),
        ({**ONE, "command": "/remind"}, "command: '/remind' is Slack's own (take another, like '/badges')"),
        ({**ONE, "command": "/Badges"}, "command: '/Badges' is no command that Slack takes"),
        ({**ONE, "command": "/" + "b" * 26}, "is no command that Slack takes"),
        ({**ONE, "private_channels": ("general",)}, "private_channels: 'general' is no channel's id"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_sentence(settings: dict[str, Any], said: str) -> None:
    (line,) = refused(**settings)
    assert said in line


def test_secrets_are_not_shown() -> None:
    assert "xoxb" not in repr(Settings(**ONE)) and KEY not in repr(Settings(**SEVERAL))
