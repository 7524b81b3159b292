"""What Slack makes the app from: what is used, and no more."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from laurels_slack import Settings
from laurels_slack.commands import ANYWHERE, MESSAGE
from laurels_slack.manifest import Unusable, link, manifest, read
from laurels_slack.scopes import asked, heard

URL = "https://badges.example.org"


def of(url: str = "", **options: Any) -> dict[str, Any]:
    return manifest(Settings(), url, **options)


def commands(made: dict[str, Any]) -> list[Any]:
    return made["features"]["slash_commands"]


def test_by_default_slack_sends_over_a_socket_and_needs_no_address() -> None:
    made = of()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https://" not in json.dumps(made) and "redirect_urls" not in made["oauth_config"]
    assert not made["settings"]["org_deploy_enabled"] and not made["settings"]["token_rotation_enabled"]


def test_by_http_everything_goes_to_one_address() -> None:
    made = of(URL + "/", http=True)
    settings = made["settings"]
    to = {
        settings["event_subscriptions"]["request_url"], settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"], *(command["url"] for command in commands(made)),
    }  # fmt: skip
    assert to == {f"{URL}/slack/events"} and settings["socket_mode_enabled"] is False


def test_several_workspaces_come_back_to_where_they_install_it() -> None:
    made = of(URL, several=True)
    assert made["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert made["settings"]["socket_mode_enabled"] is True and "url" not in commands(made)[0]


def test_it_asks_for_the_scopes_and_events_of_the_table_by_the_settings() -> None:
    for wanted in (Settings(), Settings(private_channels=True), Settings(private_channels=("C0123",))):
        made = manifest(wanted, "")
        assert made["oauth_config"]["scopes"] == {"bot": [need.name for need in asked(wanted)]}
        assert made["settings"]["event_subscriptions"]["bot_events"] == [event.name for event in heard(wanted)]
    assert "groups:history" not in of()["oauth_config"]["scopes"]["bot"]


def test_commands_come_with_ids_and_are_called_as_configured() -> None:
    made = manifest(Settings(command="/laurels"), "")
    assert [command["command"] for command in commands(made)] == ["/laurels", "/laurels-admin"]
    assert all(command["should_escape"] is True for command in commands(made))
    assert "/laurels-admin" in made["display_information"]["long_description"]


def test_shortcuts_home_and_messages_are_there() -> None:
    features = of()["features"]
    assert {(each["type"], each["callback_id"]) for each in features["shortcuts"]} == {("message", MESSAGE), ("global", ANYWHERE)}
    assert features["app_home"] == {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}


def test_it_keeps_to_slacks_limits() -> None:
    made = manifest(Settings(command="/" + "b" * 25), URL, "A" * 35, http=True, several=True)
    about = made["display_information"]
    assert len(about["description"]) <= 140 and 174 <= len(about["long_description"]) <= 4000
    assert all(len(each["name"]) <= 24 and len(each["description"]) <= 150 for each in made["features"]["shortcuts"])
    assert all(len(each["command"]) <= 32 for each in commands(made))
    assert re.fullmatch("[a-z0-9._-]{1,80}", manifest(Settings(), "", "Acme Badges!")["features"]["bot_user"]["display_name"])


@pytest.mark.parametrize("url", ["", "http://badges.example.org", "badges.example.org", "https://", "https://a b", "https://a?b"])
def test_an_address_that_slack_can_not_reach_is_refused(url: str) -> None:
    for options in ({"http": True}, {"several": True}):
        with pytest.raises(Unusable, match=r"https://badges\.example\.org"):
            of(url, **options)


@pytest.mark.parametrize("name", ["", "A" * 36])
def test_a_name_that_slack_does_not_take_is_refused(name: str) -> None:
    with pytest.raises(Unusable, match="1 to 35 characters"):
        of(name=name)


def test_what_is_configured_wrong_is_refused() -> None:
    with pytest.raises(Unusable, match="laurels check"):
        read({"comand": "/badges"})
    with pytest.raises(Unusable, match="no command that Slack takes"):
        read({"command": "badges"})
    assert read({"bot_token": "env:NOT_SET", "private_channels": ["C0123"]}).private_channels == ("C0123",)


def test_the_link_has_it_filled_in() -> None:
    made = of()
    query = parse_qs(urlsplit(link(made)).query)
    assert json.loads(query["manifest_json"][0]) == made and query["new_app"] == ["1"]
