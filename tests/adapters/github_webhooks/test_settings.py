"""What the adapter refuses to start with."""

import msgspec
import pytest

from laurels import Adapter, Checks, ConfigError
from laurels_github import GitHubAdapter, Settings

KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "adapters.github_webhooks: secret: no webhook secret is set, so anyone could send awards"),
        ({"secret": ""}, "no webhook secret is set"),
        ({"secret": []}, "no webhook secret is set"),
        ({"secret": "  "}, "secret: a secret is empty"),
        ({"secret": ["good", ""]}, "secret: a secret is empty"),
        ({"secret": "good", "communities": {"acme": ""}}, "communities.acme: a secret is empty"),
        ({"secret": "good", "communities": {"acme": []}}, "communities.acme: a secret is empty"),
        ({"secret": "good", "comment": True}, "token: comments are asked for, but there is no token"),
        ({"secret": "good", "app_id": 1, "private_key": KEY, "token": "t"}, "token: there is a GitHub App as well as a token (leave one"),
        ({"secret": "good", "app_id": 1}, "private_key: is missing: a GitHub App needs it beside app_id"),
        ({"secret": "good", "private_key": KEY}, "app_id: is missing: a GitHub App needs it beside private_key (its App ID stands on"),
        ({"secret": "good", "app_id": 1, "private_key": "app.pem"}, "private_key: is no private key: it has to be the whole text"),
        ({"secret": "good", "app_id": 1, "private_key": KEY[:40]}, "private_key: is no private key"),
        ({"secret": "good", "max_body": 0}, "max_body: 0 bytes let no webhook in"),
    ],
)
def test_what_could_not_be_safe_does_not_start(settings, said):
    with pytest.raises(ConfigError) as refused:
        GitHubAdapter(msgspec.convert(settings, Settings))
    assert said in str(refused.value)


@pytest.mark.parametrize("id_", [4711, "4711", "Iv23liexample"])
def test_an_app_is_named_by_its_number_or_its_client_id(id_):
    settings = msgspec.convert({"secret": "good", "app_id": id_, "private_key": KEY, "comment": True}, Settings)
    assert GitHubAdapter(settings).announces_in_place


def test_a_secret_of_a_community_is_enough():
    assert GitHubAdapter(Settings(communities={"acme": "good"})).name == "github"


def test_settings_never_show_a_secret():
    assert "hidden" not in repr(Settings(secret="hidden", communities={"acme": "hidden"}, token="hidden", private_key="hidden"))


def test_a_misspelt_key_is_refused():
    with pytest.raises(msgspec.ValidationError, match="secrets"):
        msgspec.convert({"secrets": "x"}, Settings)


def test_it_is_an_adapter_that_checks_itself():
    adapter = GitHubAdapter(Settings(secret="good"))
    assert isinstance(adapter, Adapter)
    assert isinstance(adapter, Checks)
    assert GitHubAdapter.Settings is Settings
