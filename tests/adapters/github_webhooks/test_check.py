"""``laurels check`` for GitHub: what is missing, in plain words."""

import pytest
from aiohttp import web

from github_api import APP, keys, limited
from laurels import Note
from laurels_github import GitHubAdapter, Settings
from laurels_github.rights import EVENTS, PERMISSIONS

ALL = {name: level for name, (level, _) in PERMISSIONS.items()}
HOME = "https://github.com/apps/laurels-acme"


def adapter(github, **how):
    return GitHubAdapter(Settings(secret="s", api_url=github.url, **how))


async def said(github, **how):
    return [str(problem).removeprefix("adapters.github_webhooks: ") for problem in await adapter(github, **how).check()]


@pytest.fixture
def app(github):
    github.objects |= {
        "/app": {"html_url": HOME, "permissions": dict(ALL), "events": list(EVENTS)},
        "/app/installations": [{"id": 1, "account": {"login": "acme"}, "permissions": dict(ALL), "suspended_at": None}],
    }
    return github


async def look(github):
    return await said(github, app_id=APP, private_key=keys().private)


async def test_without_app_and_token_nothing_is_wrong_but_it_is_said_what_can_not_be(github):
    (note,) = await adapter(github).check()
    assert isinstance(note, Note)
    assert str(note) == (
        "adapters.github_webhooks: commands in comments are not answered, and no history can be read: there is neither a GitHub App nor a "
        'token (`laurels github manifest` makes an App; or write token = "env:GITHUB_TOKEN")'
    )
    assert not github.seen


async def test_an_app_that_has_all_is_fine(app):
    assert await look(app) == []


async def test_each_missing_permission_is_named_with_its_purpose(app):
    app.objects["/app"]["permissions"] = {**ALL, "issues": "read", "members": None}
    hint = f"({HOME}: Permissions & events; then accept it where it is installed)"
    assert await look(app) == [
        f"app_id: the App lacks the permission {lacking} {hint}"
        for lacking in (
            "issues: write (to hear of issues and comments, and to answer commands and react to them)",
            "members: read (to know organization owners and teams, and to hear of new members)",
        )
    ]


async def test_more_than_is_needed_is_enough(app):
    app.objects["/app"]["permissions"] |= {"contents": "write", "administration": "write"}
    assert await look(app) == []


async def test_what_an_owner_has_not_accepted_yet_is_named(app):
    app.objects["/app/installations"][0]["permissions"].pop("pull_requests")
    (problem,) = await look(app)
    assert problem.startswith("app_id: at acme nobody has accepted yet that the App needs pull requests: write (to hear of pull requests")


async def test_a_suspended_app_and_one_that_is_nowhere_are_named(app):
    app.objects["/app/installations"][0]["suspended_at"] = "2026-01-01T00:00:00Z"
    assert await look(app) == ["app_id: the App is suspended at acme (its owner can unsuspend it under Installed GitHub Apps)"]
    app.objects["/app/installations"] = []
    assert await look(app) == [f"app_id: the App is installed nowhere (open {HOME} and press Install)"]


async def test_webhooks_that_are_not_sent_are_worth_knowing(app):
    app.objects["/app"]["events"].remove("star")
    (note,) = await adapter(app, app_id=APP, private_key=keys().private).check()
    assert isinstance(note, Note)
    assert "the App is not told of: star" in str(note)


async def test_an_id_and_a_key_that_do_not_belong_together_are_named(app):
    (problem,) = await said(app, app_id=1, private_key=keys().private)
    assert problem == (
        "app_id: GitHub does not take it: GitHub answered 401: Integration not found (do app_id and private_key belong to one App?)"
    )


async def test_a_key_that_is_none_is_named(app):
    broken = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"
    (problem,) = await said(app, app_id=APP, private_key=broken)
    assert problem == "private_key: the App's private_key can't be read: it has to be the whole PEM file that GitHub made"


async def test_an_address_where_nobody_answers_is_named(app):
    (problem,) = [str(found) for found in await GitHubAdapter(Settings(secret="s", token="t", api_url="http://127.0.0.1:1")).check()]
    assert "api_url: http://127.0.0.1:1 does not answer: ClientConnectorError" in problem


async def scoped(github, scopes):
    headers = {} if scopes is None else {"X-OAuth-Scopes": scopes}
    github.refuse = lambda request: web.json_response({}, headers=headers)
    return await said(github, token="t0ken")


@pytest.mark.parametrize("scopes", ["repo, user", "public_repo", None])
async def test_a_token_that_may_write_is_fine_and_a_fine_grained_one_does_not_tell(github, scopes):
    assert await scoped(github, scopes) == []


@pytest.mark.parametrize("scopes", ["", "read:org, user"])
async def test_a_token_that_may_not_write_is_named(github, scopes):
    (problem,) = await scoped(github, scopes)
    assert problem.startswith("token: may neither comment nor react: commands can't be answered")


async def test_a_limit_is_no_fault_of_the_set_up_but_said(app):
    app.refuse = lambda request: limited(429, Retry_After="5")
    (problem,) = await look(app)
    assert "does not answer" in problem
