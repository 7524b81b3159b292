"""The same repository through webhooks and through its history, on a GitHub that we did not write: the same events."""

from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from msgspec import structs

import node
from fake_host import FakeHost
from github_endpoint import SECRET
from github_lists import listing
from laurels_github import GitHubAdapter, Settings

pytestmark = pytest.mark.npm
SEED = Path(__file__).with_name("seed.yaml")
REPOSITORY = "/repos/octocat/hello-world"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

#: What history can't tell, in docs/github.md too.
LIVE_ONLY = {"push", "issue.labeled"}


class Client:
    """Speaks to the emulator as one of its people."""

    def __init__(self, session, url):
        self.session, self.url = session, url

    async def __call__(self, who, method, path, data=None):
        headers = {"Authorization": f"Bearer tok_{who}"}
        async with self.session.request(method, self.url + path, json=data, headers=headers) as response:
            assert response.status < 300, (path, await response.text())
            return await response.json() if response.status != 204 else None


async def work(client):
    """A day of work; what was done is told by webhooks meanwhile."""
    await client("octocat", "PUT", f"{REPOSITORY}/collaborators/alice", {"permission": "push"})
    first = await client("alice", "POST", f"{REPOSITORY}/issues", {"title": "It breaks", "body": "On Mondays."})
    await client("alice", "POST", f"{REPOSITORY}/issues", {"title": "And again"})
    await client("octocat", "POST", f"{REPOSITORY}/issues/{first['number']}/comments", {"body": "thanks @alice, on it"})
    await client("alice", "POST", f"{REPOSITORY}/issues/{first['number']}/comments", {"body": "/badges list"})
    await client("octocat", "PATCH", f"{REPOSITORY}/issues/{first['number']}", {"state": "closed"})
    head = await client("octocat", "GET", f"{REPOSITORY}/git/ref/heads/main")
    for name in ("fix", "other"):
        await client("alice", "POST", f"{REPOSITORY}/git/refs", {"ref": f"refs/heads/{name}", "sha": head["object"]["sha"]})
        change = {"message": name, "content": "aGVsbG8=", "branch": name}
        await client("alice", "PUT", f"{REPOSITORY}/contents/{name}.txt", change)
    pull = await client("alice", "POST", f"{REPOSITORY}/pulls", {"title": "Fix", "head": "fix", "base": "main"})
    where = f"{REPOSITORY}/pulls/{pull['number']}"
    await client("octocat", "POST", f"{REPOSITORY}/issues/{pull['number']}/comments", {"body": "Nice."})
    await client("octocat", "POST", f"{where}/reviews", {"event": "APPROVE", "body": "Good."})
    line = {"body": "Here?", "path": "fix.txt", "line": 1, "commit_id": pull["head"]["sha"]}
    await client("octocat", "POST", f"{where}/comments", line)
    await client("octocat", "PUT", f"{where}/merge", {})
    other = await client("alice", "POST", f"{REPOSITORY}/pulls", {"title": "Other", "head": "other", "base": "main"})
    await client("alice", "PATCH", f"{REPOSITORY}/pulls/{other['number']}", {"state": "closed"})
    await client("octocat", "POST", f"{REPOSITORY}/releases", {"tag_name": "v1.0", "name": "One"})


async def read(host, url, since=LONG_AGO):
    adapter = GitHubAdapter(Settings(secret=SECRET, token="tok_octocat", api_url=url))
    async for page in adapter.backfill(since, host):
        for event in page.events:
            await host.put(event)
        if page.key:
            await host.state.put(page.key, page.cursor)


def comparable(host):
    return {event.id: event for event in host.events if event.type not in LIVE_ONLY and not event.type.startswith("github.")}


def same(event):
    """An event without the two things that this emulator tells otherwise: that a comment is on a pull request (its webhooks don't say),
    and who closed one without a merge (its API doesn't)."""
    if event.type == "pull_request.closed":
        return structs.replace(event, actor=None, others=())
    if event.type == "issue.commented":
        return structs.replace(event, data={**event.data, "pull_request": None})
    return event


async def test_history_gives_the_events_that_the_webhooks_gave(npm, serve):
    live, later = await serve(FakeHost({"octocat": "acme"})), FakeHost({"octocat": "acme"})
    async with node.github(SEED) as url, listing(url) as api, aiohttp.ClientSession() as session:
        client = Client(session, url)
        config = {"url": live.url, "content_type": "json", "secret": SECRET}
        await client("octocat", "POST", f"{REPOSITORY}/hooks", {"events": ["*"], "config": config})
        await work(client)
        await live.host.first("release.published")
        await read(later, api)
        told, found = comparable(live.host), comparable(later)
        assert {event.type for event in found.values()} >= {
            "issue.opened", "issue.closed", "issue.commented", "thanks.given", "pull_request.opened", "pull_request.merged",
            "pull_request.closed", "review.submitted", "review.commented", "release.published",
        }  # fmt: skip
        assert set(found) == set(told)
        assert {id_: same(event) for id_, event in found.items()} == {id_: same(event) for id_, event in told.items()}
        before = len(live.host.journal)
        await read(live.host, api)
        assert len(live.host.journal) == before, "each thing counts once, whichever way it came"
        assert await later.state.get("backfill") is None
