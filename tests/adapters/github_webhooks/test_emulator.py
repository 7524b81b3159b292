"""A GitHub that we did not write: its API is used, its signed webhooks come in, its comments are written."""

from pathlib import Path

import aiohttp
import pytest

import node
from fake_host import FakeHost
from github_endpoint import SECRET
from laurels import Announcement, Place, Receipt
from laurels_github import GitHubAdapter, Settings

pytestmark = pytest.mark.npm
SEED = Path(__file__).with_name("seed.yaml")
REPOSITORY = "/repos/octocat/hello-world"


class Client:
    """Speaks to the emulator as one of its two people."""

    def __init__(self, session, url):
        self.session, self.url = session, url

    async def __call__(self, who, method, path, data=None):
        headers = {"Authorization": f"Bearer tok_{who}"}
        async with self.session.request(method, self.url + path, json=data, headers=headers) as response:
            assert response.status < 300, (path, await response.text())
            return await response.json() if response.status != 204 else None


@pytest.fixture
async def github(npm, serve):
    """The emulator with a webhook to the endpoint: (client, endpoint, address)."""
    endpoint = await serve(FakeHost({"octocat": "acme"}))
    async with node.github(SEED) as url, aiohttp.ClientSession() as session:
        client = Client(session, url)
        config = {"url": endpoint.url, "content_type": "json", "secret": SECRET}
        await client("octocat", "POST", f"{REPOSITORY}/hooks", {"events": ["*"], "config": config})
        await client("octocat", "PUT", f"{REPOSITORY}/collaborators/alice", {"permission": "push"})
        yield client, endpoint, url


async def branch(client, who, name, path):
    head = await client("octocat", "GET", f"{REPOSITORY}/git/ref/heads/main")
    await client(who, "POST", f"{REPOSITORY}/git/refs", {"ref": f"refs/heads/{name}", "sha": head["object"]["sha"]})
    change = {"message": "change", "content": "aGVsbG8=", "branch": name}
    await client(who, "PUT", f"{REPOSITORY}/contents/{path}", change)


async def test_a_day_of_work_is_told_with_the_right_people(github):
    client, endpoint, _ = github
    issue = await client("alice", "POST", f"{REPOSITORY}/issues", {"title": "It breaks", "body": "On Mondays."})
    number = issue["number"]
    opened = await endpoint.host.first("issue.opened")
    assert (opened.actor.name, opened.place.name, opened.realm) == ("alice", f"octocat/hello-world#{number}", "octocat")
    assert opened.actor.id.isdecimal()

    await client("octocat", "POST", f"{REPOSITORY}/issues/{number}/comments", {"body": "thanks @alice, on it"})
    commented, thanks = await endpoint.host.first("issue.commented"), await endpoint.host.first("thanks.given")
    assert (commented.actor.name, commented.data["answered"]) == ("octocat", opened.actor.key)
    assert (thanks.actor.name, thanks.data["receiver"]) == ("octocat", opened.actor.key)

    await branch(client, "alice", "fix", "fix.txt")
    pull = await client("alice", "POST", f"{REPOSITORY}/pulls", {"title": "Fix", "head": "fix", "base": "main"})
    number = pull["number"]
    assert (await endpoint.host.first("pull_request.opened")).actor.name == "alice"
    await client("octocat", "POST", f"{REPOSITORY}/pulls/{number}/reviews", {"event": "APPROVE", "body": "Good."})
    review = await endpoint.host.first("review.submitted")
    assert (review.actor.name, review.data["state"], review.data["answered"]) == ("octocat", "approved", opened.actor.key)

    await client("octocat", "PUT", f"{REPOSITORY}/pulls/{number}/merge", {})
    merged = await endpoint.host.first("pull_request.merged")
    assert (merged.actor.name, merged.data["author"]) == ("octocat", opened.actor.key)
    assert merged.data["reviewers"] == [review.actor.key]

    await client("octocat", "POST", f"{REPOSITORY}/releases", {"tag_name": "v1.0", "name": "One"})
    released = await endpoint.host.first("release.published")
    assert (released.actor.name, released.data["tag"], released.data["prerelease"]) == ("octocat", "v1.0", False)


async def test_a_push_is_the_pushers(github):
    client, endpoint, _ = github
    await client("alice", "PUT", f"{REPOSITORY}/contents/new.txt", {"message": "new", "content": "aGVsbG8="})
    pushed = await endpoint.host.first("push")
    assert (pushed.actor.name, pushed.data["branch"], pushed.data["default_branch"]) == ("alice", "main", True)
    assert pushed.data["commits"] >= 1


async def test_closing_reopening_and_labels_are_states(github):
    client, endpoint, _ = github
    issue = await client("alice", "POST", f"{REPOSITORY}/issues", {"title": "Again"})
    path = f"{REPOSITORY}/issues/{issue['number']}"
    await client("octocat", "PATCH", path, {"state": "closed"})
    await endpoint.host.first("issue.closed")
    await client("octocat", "PATCH", path, {"state": "open"})
    reopened = await endpoint.host.first("issue.closed", 2)
    assert not reopened.on
    assert "issue.closed" not in [event.type for event in endpoint.host.counted()]
    await client("octocat", "POST", f"{path}/labels", {"labels": ["bug"]})
    assert (await endpoint.host.first("issue.labeled")).data["label"] == "bug"
    await client("octocat", "DELETE", f"{path}/labels/bug")
    assert not (await endpoint.host.first("issue.labeled", 2)).on
    assert "issue.labeled" not in [event.type for event in endpoint.host.counted()]


async def test_an_award_is_commented_found_again_and_edited(github):
    client, endpoint, url = github
    issue = await client("alice", "POST", f"{REPOSITORY}/issues", {"title": "Mine"})
    place = Place("github", "octocat/hello-world", str(issue["number"]))
    adapter = GitHubAdapter(Settings(secret=SECRET, token="tok_octocat", comment=True, api_url=url))
    award = Announcement("award:1", "acme", place, "alice", "alice earned First Steps (@alice)", ())
    receipt = await adapter.announce(award, None)
    assert isinstance(receipt, Receipt)
    assert (await adapter.announce(award, None)).id == receipt.id
    await adapter.announce(Announcement("award:1", "acme", place, "alice", "Taken back.", (), withdrawn=True), receipt)
    (comment,) = await client("alice", "GET", f"{REPOSITORY}/issues/{issue['number']}/comments")
    assert comment["body"] == "Taken back.\n\n<!-- laurels:award:1 -->"
    await client("alice", "POST", f"{REPOSITORY}/issues/{issue['number']}/comments", {"body": "Oh."})
    assert (await endpoint.host.first("issue.commented")).actor.name == "alice", "laurels' own comment is none"


async def test_the_emulator_is_gone_when_its_test_is_over(npm):
    async with node.github(SEED) as url:
        pass
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"{url}/meta")
