"""A GitHub App in an organization, on a GitHub that we did not write: commands in comments are answered, and history counts once."""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import node
from github_api import APP, keys
from github_lists import listing
from laurels.app import App, serve
from laurels.config import load
from laurels.loaded import Loaded
from laurels_github import GitHubAdapter, Settings
from laurels_github.manifest import manifest

pytestmark = pytest.mark.npm
SECRET = "it is a secret to everybody"
REPOSITORY = "/repos/acme/hello"
RULES = """
[reporter]
name = "Reporter"
on = "issue.opened"
at = 1

[kindness]
name = "Kindness"
"""
CONFIG = """
[store]
url = "sqlite:///{folder}/x.db"
[http]
listen = "127.0.0.1:{port}"
[badges]
packs = []
[adapters.github_webhooks]
secret = "{secret}"
app_id = {app}
private_key = "env:GITHUB_APP_PRIVATE_KEY"
api_url = "{github}"
[communities.acme]
github.owners = ["acme"]
mode = "live"
"""


def seed(port: int) -> dict[str, Any]:
    """An organization of octocat's, with alice in it, and the App that `laurels github manifest` would make."""
    made = manifest("https://badges.example.org", "laurels")
    app = {
        "app_id": APP, "slug": "laurels", "name": "laurels", "private_key": keys().private, "events": made["default_events"],
        "permissions": made["default_permissions"], "webhook_url": f"http://127.0.0.1:{port}/webhooks/github", "webhook_secret": SECRET,
        "installations": [{"installation_id": 100, "account": "acme"}],
    }  # fmt: skip
    users = ("octocat", "alice", "mallory")
    members = [{"login": "octocat", "role": "admin"}, {"login": "alice", "role": "member"}]
    return {
        "tokens": {f"tok_{login}": {"login": login, "scopes": ["repo", "user", "admin:org"]} for login in users},
        "github": {
            "users": [{"login": login} for login in users],
            "orgs": [{"login": "acme", "members": members}],
            "repos": [{"owner": "acme", "name": "hello", "auto_init": True}],
            "apps": [app],
        },
    }


class People:
    """Speaks to GitHub as its people."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def __call__(self, who: str, method: str, path: str, data: Any = None) -> Any:
        headers = {"Authorization": f"Bearer tok_{who}"}
        async with self.session.request(method, self.url + path, json=data, headers=headers) as response:
            assert response.status < 300, (path, await response.text())
            return await response.json()

    async def says(self, who: str, number: int, text: str) -> str:
        """Comment, and return the answer once it is there."""
        path = f"{REPOSITORY}/issues/{number}/comments"
        await self(who, "POST", path, {"body": text})
        async with asyncio.timeout(20):
            while not (last := (await self("octocat", "GET", f"{path}?per_page=100"))[-1])["body"].endswith("-->"):
                await asyncio.sleep(0.05)
        assert last["user"]["login"] == "laurels[bot]"
        return str(last["body"].partition("\n\n<!--")[0])


@pytest.fixture
async def world(npm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A running laurels with the App's credentials, and GitHub: (app, people, folder)."""
    monkeypatch.setenv("GITHUB_APP_PRIVATE_KEY", keys().private)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "seed.json").write_text(json.dumps(seed(port)))
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges" / "rules.toml").write_text(RULES)
    async with (
        node.github(tmp_path / "seed.json") as emulator, listing(emulator, "acme/hello") as github, aiohttp.ClientSession() as session
    ):  # fmt: skip
        people = People(session, emulator)
        await people("octocat", "POST", f"{REPOSITORY}/issues", {"title": "From before laurels came"})
        path = tmp_path / "laurels.toml"
        path.write_text(CONFIG.format(folder=tmp_path, port=port, secret=SECRET, app=APP, github=github))
        adapter = GitHubAdapter(Settings(secret=SECRET, app_id=APP, private_key=keys().private, api_url=github))
        async with App(load(path), Loaded(), {"github_webhooks": adapter}) as app:
            ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            task = asyncio.create_task(serve(app, ready=ready.set_result))
            await asyncio.wait_for(ready, 20)
            yield app, people, tmp_path
            task.cancel()
            await asyncio.wait([task])


async def test_people_ask_in_comments_and_owners_are_admins(world):
    app, people, _ = world
    issue = await people("alice", "POST", f"{REPOSITORY}/issues", {"title": "It breaks"})
    number = issue["number"]
    async with asyncio.timeout(20):
        while not await app.store.awards("acme"):
            await asyncio.sleep(0.02)
    assert "Reporter" in await people.says("alice", number, "/badges")
    assert "Reporter" in await people.says("mallory", number, "> what is there?\n\n/badges list")
    refused = await people.says("alice", number, "/badges-admin award kindness @alice")
    assert "Kindness" not in {award.name for award in await app.store.awards("acme")}, refused
    await people.says("octocat", number, "/badges-admin award kindness @alice")
    await app.rest()
    assert {(award.person, award.name) for award in await app.store.awards("acme")} == {("alice", "Reporter"), ("alice", "Kindness")}
    await people("mallory", "POST", f"{REPOSITORY}/issues/{number}/comments", {"body": "Nice. `/badges`"})
    comments = await people("octocat", "GET", f"{REPOSITORY}/issues/{number}/comments?per_page=100")
    assert sum(comment["user"]["login"] == "laurels[bot]" for comment in comments) == 4, "nobody asked for more"


async def laurels(folder: Path, *args: str) -> str:
    command = [sys.executable, "-c", "from laurels.cli import main; main()", *args]
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=os.environ
    )
    out, err = await process.communicate()
    assert process.returncode == 0, (out, err)
    return out.decode()


async def test_history_beside_a_running_laurels_counts_what_was_missed_and_nothing_twice(world):
    app, people, folder = world
    await people("alice", "POST", f"{REPOSITORY}/issues", {"title": "It breaks"})
    async with asyncio.timeout(20):
        while not await app.store.awards("acme"):
            await asyncio.sleep(0.02)
    kept = (await app.store.counted()).journal
    for _ in range(2):
        told = await laurels(folder, "backfill", "github", "--since", "2020-01-01")
        assert told == "read 2 events since 2020-01-01 00:00:00\n"
        assert (await app.store.counted()).journal == kept + 1
    async with asyncio.timeout(20):
        while len(await app.store.awards("acme")) < 2:
            await asyncio.sleep(0.02)
    await app.rest()
    assert sorted(award.person for award in await app.store.awards("acme")) == ["alice", "octocat"]


async def test_check_knows_the_app(world):
    _, _, folder = world
    assert "0 errors" in await laurels(folder, "check")
