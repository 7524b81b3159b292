"""``laurels github``: the App's manifest, and its secrets."""

import html
import json
import re
import shlex
import subprocess
import tomllib
from asyncio import to_thread

import msgspec
import pytest
from aiohttp import web
from typer.testing import CliRunner

from github_api import keys
from laurels.cli import app
from laurels_github import Settings
from laurels_github.manifest import Unusable, configuration, environment, manifest, new
from laurels_github.rights import PERMISSIONS
from laurels_github.translate import TABLE

MADE = {
    "id": 4711, "slug": "laurels-acme", "html_url": "https://github.com/apps/laurels-acme", "pem": keys().private,
    "webhook_secret": "it's a s3cret", "client_secret": "not needed",
}  # fmt: skip


def laurels(*args, status=0):
    result = CliRunner().invoke(app, ["github", *args])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_manifest_asks_for_what_is_used_and_no_more():
    made = json.loads(laurels("manifest", "--url", "https://badges.example.org/").stdout)
    assert made["hook_attributes"] == {"url": "https://badges.example.org/webhooks/github", "active": True}
    assert made["public"] is False
    assert set(made["default_events"]) == {key.partition(".")[0] for key in TABLE}
    assert made["default_permissions"] == {
        "issues": "write", "pull_requests": "write", "contents": "read", "discussions": "read", "members": "read", "metadata": "read",
    }  # fmt: skip
    assert PERMISSIONS.keys() == made["default_permissions"].keys()


def test_the_address_comes_from_the_configuration_wherever_that_is_named(folder):
    for name, place in (("laurels.toml", []), ("other.toml", ["--config", "other.toml"])):
        (folder / name).write_text(f'[http]\npublic_url = "https://{name}"\n[adapters.github_webhooks]\nsecret = "env:NOT_SET_YET"\n')
        assert json.loads(laurels("manifest", *place).stdout)["url"] == f"https://{name}"
    before = CliRunner().invoke(app, ["--config", "other.toml", "github", "manifest"])
    assert json.loads(before.stdout)["url"] == "https://other.toml"


@pytest.mark.parametrize("url", ["", "http://badges.example.org", "badges.example.org"])
def test_an_address_that_github_can_not_reach_is_refused(url):
    with pytest.raises(Unusable):
        manifest(url, "laurels")
    assert "https://badges.example.org" in laurels("manifest", "--url", url, status=2).stderr


def test_the_page_sends_the_manifest_to_github(folder):
    said = laurels("manifest", "--url", "https://b.example.org", "--org", "acme", "--name", 'Ana\'s "<App>"', "--page", "app.html")
    page = (folder / "app.html").read_text()
    assert 'action="https://github.com/organizations/acme/settings/apps/new"' in page
    sent = json.loads(html.unescape(re.search(r'name="manifest" value="([^"]*)"', page)[1]))
    assert sent == json.loads(said.stdout)
    assert sent["name"] == 'Ana\'s "<App>"'
    assert "laurels github convert CODE" in said.stderr


def test_a_persons_app_is_made_elsewhere_and_another_github_has_its_own_page():
    assert new("") == "https://github.com/settings/apps/new"
    assert new("acme", "https://github.example.org/") == "https://github.example.org/organizations/acme/settings/apps/new"


def test_what_convert_prints_is_what_the_adapter_takes(tmp_path):
    (tmp_path / "laurels.env").write_text(environment(MADE))
    look = 'import json, os; print(json.dumps({k: os.environ[k] for k in ("GITHUB_WEBHOOK_SECRET", "GITHUB_APP_PRIVATE_KEY")}))'
    command = f". ./laurels.env && python3 -c {shlex.quote(look)}"
    variables = json.loads(subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout)
    table = tomllib.loads(configuration(MADE, "https://api.github.com"))["adapters"]["github_webhooks"]
    given = {key: variables.get(str(value).removeprefix("env:"), value) for key, value in table.items()}
    settings = msgspec.convert(given, Settings)
    assert settings.problems() == []
    assert (settings.app_id, settings.secret, settings.key) == (4711, "it's a s3cret", keys().private)


async def test_a_code_becomes_the_apps_secrets_over_http(github, tmp_path):
    github.refuse = lambda request: web.json_response(MADE, status=201) if request.path == "/app-manifests/c0de/conversions" else None
    result = await to_thread(laurels, "convert", "c0de", "--api-url", github.url)
    assert result.stdout == environment(MADE)
    assert f'api_url = "{github.url}"' in result.stderr
    assert "https://github.com/apps/laurels-acme/installations/new" in result.stderr
    assert "not needed" not in result.output
    assert [request.method for request in github.seen] == ["POST"]
    wrong = await to_thread(laurels, "convert", "old", "--api-url", github.url, status=2)
    assert "GitHub answered 404" in wrong.stderr
    assert "a code works once and for an hour" in wrong.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["https://x/?code=c0de"], "is no code: it is what stands behind ?code="),
        (["c0de", "--api-url", "http://127.0.0.1:1"], "http://127.0.0.1:1 does not answer"),
    ],
)
def test_what_can_not_be_converted_is_said(args, said):
    assert said in laurels("convert", *args, status=2).stderr


def test_an_answer_without_secrets_is_refused():
    with pytest.raises(Unusable, match="lacks pem, webhook_secret"):
        environment({"id": 1})
