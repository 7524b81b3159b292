"""GitHub end to end: an API that we did not write is used, and what it tells becomes awards that are announced."""

import asyncio
import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

import node
from laurels import Announcement, Badge, Count, Host, Level, Receipt, all_of
from laurels.app import App, serve
from laurels.config import load
from laurels.loaded import Loaded, Sourced
from laurels_github import GitHubAdapter, Settings
from laurels_github.translate import translate

pytestmark = pytest.mark.npm
SECRET = "it is a secret to everybody"
SEED = Path(__file__).parent.parent / "adapters" / "github_webhooks" / "seed.yaml"
REPOSITORY = "/repos/octocat/hello-world"
ONCE = (Level(at=1),)
BADGES = (
    Badge(slug="reporter", name="Reporter", measure=Count("issue.opened"), levels=ONCE),
    Badge(slug="thanked", name="Thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=ONCE),
    Badge(slug="talker", name="Talker", measure=Count("issue.commented"), levels=ONCE),
    Badge(slug="pusher", name="Pusher", measure=Count("push"), levels=ONCE),
    Badge(slug="merged", name="Merged", measure=Count("pull_request.merged", to="event.data.author"), levels=ONCE),
    Badge(slug="reviewer", name="Reviewer", measure=Count("review.submitted", where="event.data.state == 'approved'"), levels=ONCE),
    Badge(slug="releaser", name="Releaser", measure=Count("release.published"), levels=ONCE),
    Badge(slug="both", name="Both", requires=all_of("reviewer", "releaser")),
)
CONFIG = """
[store]
url = "sqlite:///{folder}/x.db"
[http]
listen = "127.0.0.1:{port}"
[badges]
files = []
[communities.acme]
github.owners = ["*"]
realms.hall = ["*"]
announce = ["hall:awards"]
mode = "live"
"""


class Hall:
    """A place for announcements."""

    name = "hall"

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def run(self, host: Host) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        self.texts.append(announcement.text)
        return Receipt(announcement.key, announcement.place)


@pytest.fixture
async def laurels(tmp_path: Path):
    """A running laurels: (app, hall, address of the webhook)."""
    hall, path = Hall(), tmp_path / "laurels.toml"
    path.write_text(CONFIG.format(folder=tmp_path, port=0))
    packs = Loaded(tuple(Sourced(badge, "test") for badge in BADGES))
    async with App(load(path), packs, {"github": GitHubAdapter(Settings(secret=SECRET)), "hall": hall}) as app:
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(serve(app, ready=ready.set_result))
        yield app, hall, await asyncio.wait_for(ready, 20) + "/webhooks/github"
        task.cancel()
        await asyncio.wait([task])


async def test_a_day_of_work_on_github_is_announced(npm, laurels):
    app, hall, url = laurels
    async with node.github(SEED) as github, aiohttp.ClientSession() as session:

        async def call(who: str, method: str, path: str, data: object = None) -> dict:
            headers = {"Authorization": f"Bearer tok_{who}"}
            async with session.request(method, github + path, json=data, headers=headers) as response:
                assert response.status < 300, (path, await response.text())
                return await response.json() if response.status != 204 else {}

        hook = {"events": ["*"], "config": {"url": url, "content_type": "json", "secret": SECRET}}
        await call("octocat", "POST", f"{REPOSITORY}/hooks", hook)
        await call("octocat", "PUT", f"{REPOSITORY}/collaborators/alice", {"permission": "push"})
        issue = await call("alice", "POST", f"{REPOSITORY}/issues", {"title": "It breaks"})
        await call("octocat", "POST", f"{REPOSITORY}/issues/{issue['number']}/comments", {"body": "thanks @alice, on it"})
        head = await call("octocat", "GET", f"{REPOSITORY}/git/ref/heads/main")
        await call("alice", "POST", f"{REPOSITORY}/git/refs", {"ref": "refs/heads/fix", "sha": head["object"]["sha"]})
        await call("alice", "PUT", f"{REPOSITORY}/contents/fix.txt", {"message": "fix", "content": "aGVsbG8=", "branch": "fix"})
        pull = await call("alice", "POST", f"{REPOSITORY}/pulls", {"title": "Fix", "head": "fix", "base": "main"})
        await call("octocat", "POST", f"{REPOSITORY}/pulls/{pull['number']}/reviews", {"event": "APPROVE", "body": "Good."})
        await call("octocat", "PUT", f"{REPOSITORY}/pulls/{pull['number']}/merge", {})
        await call("octocat", "POST", f"{REPOSITORY}/releases", {"tag_name": "v1.0", "name": "One"})
        async with asyncio.timeout(20):
            while "Both" not in {award.name for award in await app.store.awards("acme")}:
                await asyncio.sleep(0.02)
            await app.rest()

    won = {(award.person, award.name) for award in await app.store.awards("acme")}
    told = " ".join(hall.texts)
    assert won == {
        ("alice", "Reporter"), ("alice", "Thanked"), ("alice", "Pusher"), ("alice", "Merged"),
        ("octocat", "Talker"), ("octocat", "Reviewer"), ("octocat", "Releaser"), ("octocat", "Both"),
    }  # fmt: skip
    assert all(name in told for _, name in won)


async def test_every_documented_payload_lands_in_the_journal_or_is_ignored_by_name(examples, laurels):
    app, _, url = laurels
    distinct: set[str] = set()
    async with aiohttp.ClientSession() as session:
        for number, (name, payload) in enumerate(examples):
            body = json.dumps(payload).encode()
            signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
            headers = {
                "content-type": "application/json", "x-github-event": name, "x-github-delivery": str(number),
                "x-hub-signature-256": signature,
            }  # fmt: skip
            async with session.post(url, data=body, headers=headers) as response:
                assert 200 <= response.status < 300, (name, await response.text())
            distinct |= {event.id for event in translate(name, payload, datetime.now(UTC))}
    await app.rest()
    counted = await app.store.counted()
    assert number + 1 == 329
    assert counted.journal >= len(distinct) > 260
    assert (counted.work, counted.parked) == (0, 0)
