"""Entering GitHub's API: as an App through installation tokens, or with a plain token."""

import asyncio
import subprocess
import sys

import pytest

from github_api import APP, keys, limited
from laurels import Announcement, Later, Place, Unreachable
from laurels_github import GitHubAdapter, Settings
from laurels_github.access import Access

HELLO = "/repos/acme/hello"


def app(github, **more):
    return Settings(**({"secret": "s", "app_id": APP, "private_key": keys().private, "api_url": github.url} | more))


async def look(access, owner="acme", installation=0):
    async with access.api(owner, installation) as api:
        return await api.getitem(HELLO)


@pytest.fixture
def installed(github):
    github.objects |= {"/orgs/acme/installation": {"id": 7}, "/users/ana/installation": {"id": 8}, HELLO: {"name": "hello"}}
    github.valid = set()
    return github


async def test_an_app_enters_through_its_installation_and_asks_for_a_token_once(installed):
    access = Access(app(installed))
    assert await look(access) == {"name": "hello"}
    assert await look(access, "Acme") == {"name": "hello"}
    assert list(installed.tokens.values()) == [7]
    assert len(installed.asked("GET", "/orgs/acme/installation")) == 1


async def test_many_at_once_ask_for_one_token(installed):
    access = Access(app(installed))
    await asyncio.gather(*(look(access) for _ in range(20)))
    assert list(installed.tokens.values()) == [7]


async def test_each_owner_has_its_installation_and_a_persons_is_found_too(installed):
    access = Access(app(installed))
    await look(access)
    await look(access, "ana")
    assert list(installed.tokens.values()) == [7, 8]
    assert [request.path for request in installed.asked("GET", "installation$")] == [
        "/orgs/acme/installation", "/orgs/ana/installation", "/users/ana/installation",
    ]  # fmt: skip


async def test_what_a_webhook_says_of_its_installation_saves_the_question(installed):
    await look(Access(app(installed)), "acme", 99)
    assert list(installed.tokens.values()) == [99]
    assert not installed.asked("GET", "installation$")


async def test_a_token_that_is_about_to_end_is_replaced(installed):
    installed.life = 200
    access = Access(app(installed))
    await look(access)
    await look(access)
    assert len(installed.tokens) == 2


async def test_a_token_that_was_taken_back_is_replaced_at_the_next_try(installed, monkeypatch):
    monkeypatch.setattr("laurels_github.access._RETRY", -1.0)
    access = Access(app(installed))
    await look(access)
    installed.valid.clear()
    with pytest.raises(Later):
        await look(access)
    assert await look(access) == {"name": "hello"}


async def test_a_fresh_token_that_is_refused_is_not_asked_for_again_and_again(installed):
    access = Access(app(installed))
    await look(access)
    installed.valid.clear()
    with pytest.raises(Unreachable, match="401"):
        await look(access)


async def test_where_it_is_not_installed_it_says_so(installed):
    with pytest.raises(Unreachable, match="not installed at nobody: open its page on GitHub and press Install"):
        await look(Access(app(installed)), "nobody")


@pytest.mark.parametrize("body", ["bm90IGEga2V5", "MIIB"])
async def test_a_key_that_is_none_is_named_as_that(installed, body):
    broken = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"
    with pytest.raises(Unreachable, match="private_key can't be read"):
        await look(Access(app(installed, private_key=broken)))


async def test_a_key_from_an_environment_file_may_have_its_lines_on_one(installed):
    assert await look(Access(app(installed, private_key=keys().private.strip().replace("\n", "\\n")))) == {"name": "hello"}


async def test_an_app_id_of_another_app_is_refused(installed):
    with pytest.raises(Unreachable, match="401: Integration not found"):
        await look(Access(app(installed, app_id=1)))


async def test_a_limit_on_tokens_is_waited_for_like_any_other(installed):
    installed.refuse = lambda request: limited(Retry_After="9") if request.path.endswith("access_tokens") else None
    with pytest.raises(Later) as later:
        await look(Access(app(installed)))
    assert later.value.seconds == 9


async def test_a_plain_token_enters_everywhere(github):
    github.objects[HELLO] = {"name": "hello"}
    github.valid = {"t0ken"}
    assert await look(Access(Settings(secret="s", token="t0ken", api_url=github.url))) == {"name": "hello"}
    assert not github.asked("POST", "")


async def test_announcements_are_the_apps_own(installed):
    adapter = GitHubAdapter(app(installed, comment=True))
    receipt = await adapter.announce(Announcement("award:1", "acme", Place("github", "acme/hello", "7"), "Ana", "Ana won", ()), None)
    assert installed.comments[int(receipt.id)] == ("acme/hello#7", "Ana won\n\n<!-- laurels:award:1 -->")


def test_cryptography_is_imported_for_an_app_only():
    look = "import sys, laurels_github as it; it.GitHubAdapter(it.Settings(secret='s', token='t')); print('jwt' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.strip() == "False"
