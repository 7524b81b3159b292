"""``laurels slack``: the app's manifest, and keys."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from laurels.cli import app


def laurels(*args: str, status: int = 0) -> Any:
    result = CliRunner().invoke(app, args)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_configuration_it_is_for_one_workspace_and_a_socket() -> None:
    said = laurels("slack", "manifest")
    made = json.loads(said.stdout)
    assert made["settings"]["socket_mode_enabled"] is True and made["display_information"]["name"] == "laurels"
    assert 'app_token = "env:SLACK_APP_TOKEN"' in said.stderr and "connections:write" in said.stderr


@pytest.mark.parametrize(
    ("table", "socket", "several"),
    [
        ('bot_token = "env:NOT_SET"\napp_token = "env:NOT_SET"', True, False),
        ('bot_token = "env:NOT_SET"\nsigning_secret = "env:NOT_SET"', False, False),
        ('client_id = "env:NOT_SET"\nsigning_secret = ["env:NOT_SET", "env:NEITHER"]', False, True),
        ('client_id = "env:NOT_SET"\napp_token = "env:NOT_SET"\nsigning_secret = "env:NOT_SET"', True, True),
    ],
)
def test_the_configuration_says_how_it_is_to_be(folder: Path, table: str, socket: bool, several: bool) -> None:
    text = f'[http]\npublic_url = "https://home.example.org"\n[adapters.slack]\ncommand = "/laurels"\n{table}\n'
    (folder / "other.toml").write_text(text)
    for args in (("--config", "other.toml", "slack", "manifest"), ("slack", "manifest", "--config", "other.toml")):
        said = laurels(*args)
        made = json.loads(said.stdout)
        assert made["settings"]["socket_mode_enabled"] is socket
        assert ("redirect_urls" in made["oauth_config"]) is several
        assert ("https://home.example.org/slack/install" in said.stderr) is several
        assert ("https://home.example.org/slack/events" in said.stderr) is not socket
        assert made["features"]["slash_commands"][0]["command"] == "/laurels"


def test_options_say_more(folder: Path) -> None:
    made = json.loads(laurels("slack", "manifest", "--http", "--several", "--org", "--url", "https://a.example", "--name", "Acme").stdout)
    assert made["settings"]["org_deploy_enabled"] is True and made["settings"]["socket_mode_enabled"] is False
    assert made["oauth_config"]["redirect_urls"] == ["https://a.example/slack/oauth_redirect"]
    assert made["display_information"]["name"] == "Acme"


def test_a_link_is_to_be_opened_rather_than_pasted() -> None:
    said = laurels("slack", "manifest", "--link")
    assert said.stdout.startswith("https://api.slack.com/apps?new_app=1&manifest_json=%7B")
    assert "1. Open this address" in said.stderr and "paste this" not in said.stderr


def test_what_can_not_be_is_said_in_a_sentence(folder: Path) -> None:
    assert "write public_url under [http], or give --url" in laurels("slack", "manifest", "--http", status=2).stderr
    (folder / "laurels.toml").write_text('[adapters.slack]\ncomand = "/x"\n')
    assert "`laurels check` tells more" in laurels("slack", "manifest", status=2).stderr


def test_a_key_is_one() -> None:
    Fernet(laurels("slack", "key").stdout.strip())
