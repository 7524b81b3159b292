"""Commands in comments are answered once, whatever happens in between."""

import asyncio
import re
import time

import pytest
from aiohttp import web

from fake_host import FakeHost, FakeState
from github_api import APP, keys, limited
from github_payloads import BOB, comment, user
from laurels import ADMIN, Reply
from laurels_github import commander as module

REPO = "/repos/octocat/hello"
TOKEN = {"token": "t0ken"}
COMMAND = comment("created", 20, "/badges show helper", html_url="https://github.com/octocat/hello/issues/7#c")


def of_organization(payload, **more):
    repository = {**payload["repository"], "owner": user("octocat", 9, type="Organization")}
    return payload | {"repository": repository} | more


async def until(holds):
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


async def answered(github, number=1):
    """Return once so many commands were answered."""
    await until(lambda: len([content for _, content in github.reactions if content != "eyes"]) >= number)


@pytest.fixture
async def endpoint(serve, github):
    return await serve(FakeHost(), api_url=github.url, **TOKEN)


async def test_a_command_is_seen_asked_answered_and_done(endpoint, github):
    endpoint.host.reply = Reply("Helper: for those who help.")
    assert await endpoint.send("issue_comment", COMMAND) == 202
    assert endpoint.answer == "a command"
    await answered(github)
    assert github.comments == {9001: ("octocat/hello#7", "Helper: for those who help.\n\n<!-- laurels:command:800 -->")}
    assert github.reactions == [(800, "eyes"), (800, "+1")]
    (command,) = endpoint.host.asked
    assert (command.name, command.words, command.actor.name) == ("badges", ("show", "helper"), "bob")
    assert not endpoint.host.journal


async def test_the_webhook_is_answered_before_github_is_asked_anything(endpoint, github):
    gate = asyncio.Event()
    answer = github.handle

    async def held(request):
        await gate.wait()
        return await answer(request)

    github.hold(held)
    began = time.monotonic()
    assert await endpoint.send("issue_comment", COMMAND) == 202
    assert time.monotonic() - began < 5
    assert "commands/800" in endpoint.host.state.kept, "it is durable by then"
    gate.set()
    await answered(github)


async def test_what_was_refused_is_said_by_another_reaction(endpoint, github):
    endpoint.host.reply = Reply("No badge 'helper'.", ok=False)
    await endpoint.send("issue_comment", COMMAND)
    await answered(github)
    assert github.reactions == [(800, "eyes"), (800, "confused")]
    assert github.answers() == ["No badge 'helper'."]


async def test_a_private_answer_is_only_pointed_to(endpoint, github):
    endpoint.host.reply = Reply("The code is s3cret", (("code", "s3cret"),), private=True)
    await endpoint.send("issue_comment", COMMAND)
    await answered(github)
    assert "s3cret" not in str(github.comments)
    assert "in private" in github.answers()[0]


async def test_a_redelivery_is_answered_once(endpoint, github):
    for _ in range(3):
        assert await endpoint.send("issue_comment", COMMAND) == 202
    await answered(github)
    assert await endpoint.send("issue_comment", COMMAND | {"installation": {"id": 3}}) == 202
    await endpoint.send("issue_comment", comment("created", 21, "/badges list", id=801))
    await answered(github, 2)
    assert len(endpoint.host.asked) == len(github.comments) == 2


@pytest.mark.parametrize(
    "payload",
    [
        comment("created", 20, "It breaks."),
        comment("edited", 20, "/badges", was="x"),
        comment("created", 20, "/badges", user("ci[bot]", 5)),
        comment("created", 20, "Take `/badges list`"),
    ],
)
async def test_a_comment_that_nobody_asked_for_is_never_written(endpoint, github, payload):
    await endpoint.send("issue_comment", payload)
    await endpoint.send("issue_comment", comment("created", 21, "/badges", id=801))
    await answered(github)
    assert len(github.comments) == 1
    assert {id_ for id_, _ in github.reactions} == {801}


async def test_without_token_or_app_a_command_is_ignored_in_plain_words(serve, github):
    endpoint = await serve(FakeHost(), api_url=github.url)
    assert await endpoint.send("issue_comment", COMMAND) == 202
    assert endpoint.answer.startswith("issue_comment is ignored: a command, and laurels has neither a GitHub App nor a token")
    assert not endpoint.host.journal
    assert not endpoint.host.state.kept


async def test_an_owner_that_no_community_names_is_not_answered(serve, github):
    endpoint = await serve(FakeHost({"acme": "acme"}), api_url=github.url, **TOKEN)
    assert await endpoint.send("issue_comment", COMMAND) == 202
    assert not endpoint.host.state.kept


async def test_an_app_answers_through_the_installation_that_the_webhook_names(serve, github):
    github.valid = set()
    endpoint = await serve(FakeHost(), api_url=github.url, app_id=APP, private_key=keys().private)
    await endpoint.send("issue_comment", COMMAND | {"installation": {"id": 55}})
    await answered(github)
    assert set(github.tokens.values()) == {55}
    assert len(github.comments) == 1


async def roles(endpoint, github, payload):
    await endpoint.send("issue_comment", payload)
    await answered(github)
    return endpoint.host.asked[0].roles


async def test_roles_are_permission_ownership_and_teams(endpoint, github):
    github.objects = {
        f"{REPO}/collaborators/bob/permission": {"permission": "write", "role_name": "maintain"},
        "/orgs/octocat/memberships/bob": {"role": "admin", "state": "active"},
        "/orgs/octocat/teams": [{"slug": "core"}, {"slug": "docs"}, {"slug": "asked"}],
        "/orgs/octocat/teams/core/memberships/bob": {"state": "active", "role": "member"},
        "/orgs/octocat/teams/asked/memberships/bob": {"state": "pending", "role": "member"},
    }
    assert await roles(endpoint, github, of_organization(COMMAND)) == ("permission:maintain", ADMIN, "team:core")


async def test_a_member_is_no_owner_and_an_outsider_is_nothing(endpoint, github):
    github.objects = {"/orgs/octocat/memberships/bob": {"role": "member", "state": "active"}}
    assert await roles(endpoint, github, of_organization(COMMAND)) == ()


async def test_one_who_was_only_invited_is_no_owner(endpoint, github):
    github.objects = {"/orgs/octocat/memberships/bob": {"role": "admin", "state": "pending"}}
    assert await roles(endpoint, github, of_organization(COMMAND)) == ()


async def test_a_persons_own_repository_is_theirs(endpoint, github):
    octocat = comment("created", 20, "/badges", user("octocat", 9))
    assert await roles(endpoint, github, octocat) == (ADMIN,)


async def test_a_repository_of_that_name_is_not_enough_to_be_its_owner(endpoint, github):
    assert await roles(endpoint, github, comment("created", 20, "/badges", user("octocat", 10))) == ()


async def test_roles_are_asked_for_once_in_some_minutes(endpoint, github):
    for number in range(3):
        await endpoint.send("issue_comment", comment("created", 20, "/badges", id=800 + number))
        await answered(github, number + 1)
    assert len(github.asked("GET", "permission$")) == 1


async def test_trouble_with_roles_is_no_refusal_but_waited_for(endpoint, github):
    github.refuse = failing("permission$", limited(429, Retry_After="0"))
    github.objects = {f"{REPO}/collaborators/bob/permission": {"role_name": "admin"}}
    assert await roles(endpoint, github, COMMAND) == ("permission:admin",)


def failing(pattern, *answers):
    """Answer requests whose method and path match with these, one after the other, then no more."""
    left = list(answers)

    def refuse(request):
        return left.pop(0) if left and re.search(pattern, f"{request.method} {request.path}") else None

    return refuse


@pytest.mark.parametrize("pattern", ["reactions", "POST .*comments$", "permission"])
async def test_a_limit_is_waited_out_and_the_question_put_once(endpoint, github, pattern):
    github.refuse = failing(pattern, limited(403, Retry_After="0"), limited(429, Retry_After="0"))
    await endpoint.send("issue_comment", COMMAND)
    await answered(github)
    assert len(endpoint.host.asked) == 1
    assert len(github.comments) == 1


async def test_an_answer_that_got_through_though_github_said_otherwise_is_found(endpoint, github):
    def lost(request):
        if request.method == "POST" and request.path.endswith("/issues/7/comments") and not github.comments:
            github.comments[1] = ("octocat/hello#7", "Done.\n\n<!-- laurels:command:800 -->")
            return limited(403, Retry_After="0")
        return None

    github.refuse = lost
    await endpoint.send("issue_comment", COMMAND)
    await answered(github)
    assert list(github.comments) == [1]


async def test_reactions_that_are_not_allowed_keep_nobody_from_an_answer(endpoint, github):
    no = {"message": "Resource not accessible by integration"}
    github.refuse = lambda request: web.json_response(no, status=403) if "reactions" in request.path else None
    await endpoint.send("issue_comment", COMMAND)
    await until(lambda: github.comments and "commands/800" not in endpoint.host.state.kept)
    assert github.answers() == ["Done."]


async def test_where_comments_are_not_allowed_it_is_given_up_and_remembered(endpoint, github):
    github.refuse = lambda request: web.json_response({"message": "locked"}, status=403) if request.method == "POST" else None
    await endpoint.send("issue_comment", COMMAND)
    await until(lambda: "commands/800" not in endpoint.host.state.kept)
    github.refuse = lambda request: None
    await endpoint.send("issue_comment", COMMAND)
    await endpoint.send("issue_comment", comment("created", 21, "/badges", id=801))
    await answered(github)
    assert len(github.comments) == 1


async def test_what_a_store_can_not_keep_is_not_acknowledged(endpoint, github):
    async def full(key, value):
        raise OSError("disk full")

    endpoint.host.state.put = full
    assert await endpoint.send("issue_comment", COMMAND) == 503
    assert not github.seen


CRASHES = ["eyes", "permission", "ask", "comments", "+1"]


@pytest.mark.parametrize("at", CRASHES)
async def test_a_command_survives_a_crash_wherever_it_happens(serve, github, monkeypatch, at):
    """The first process stops answering at some point, without a word; the next goes on, and there is one answer."""
    monkeypatch.setattr(module, "LEASE", 0.2)
    host, hung = FakeHost(), asyncio.Event()
    first = await serve(host, api_url=github.url, **TOKEN)
    handle = github.handle

    async def handling(request):
        response = await handle(request)
        step = {"reactions": github.reactions[-1][1] if github.reactions else ""}.get(request.path.rpartition("/")[2], "")
        if at in (step, request.path.rpartition("/")[2]) and request.method == ("GET" if at == "permission" else "POST"):
            hung.set()
            await asyncio.Event().wait()
        return response

    async def asking(command):
        host.asked.append(command)
        hung.set()
        await asyncio.Event().wait()

    asks = host.ask
    if at == "ask":
        host.ask = asking
    else:
        github.hold(handling)
    await first.send("issue_comment", COMMAND)
    await asyncio.wait_for(hung.wait(), 10)
    await first.stop()
    host.ask = asks
    github.hold(handle)
    second = FakeHost()
    second.state = host.state
    await serve(second, api_url=github.url, **TOKEN)
    await answered(github, 2 if at == "+1" else 1)
    assert len(github.comments) == 1
    assert len(second.asked) == (0 if at in {"comments", "+1"} else 1)
    await until(lambda: "commands/800" not in host.state.kept)


async def test_what_another_process_has_in_hand_is_left_to_it(serve, github, monkeypatch):
    monkeypatch.setattr(module, "LEASE", 1.0)
    host, gate = FakeHost(), asyncio.Event()

    async def slowly(command):
        host.asked.append(command)
        await gate.wait()
        return Reply("Done.")

    host.ask = slowly
    first = await serve(host, api_url=github.url, **TOKEN)
    await first.send("issue_comment", COMMAND)
    await until(lambda: host.asked)
    other, looked = FakeHost(), []

    class Watched(FakeState):
        async def get(self, key):
            looked.append((key, await super().get(key)))
            return looked[-1][1]

    other.state = Watched()
    other.state.kept = host.state.kept
    await serve(other, api_url=github.url, **TOKEN)
    gate.set()
    await answered(github)
    await until(lambda: ("commands/800", None) in looked)
    assert not other.asked
    assert len(github.comments) == 1


async def test_answers_older_than_a_month_are_forgotten(endpoint, github, monkeypatch):
    await endpoint.host.state.put("commands", {"waiting": [], "done": {"1": time.time() - 40 * 86400, "2": time.time()}})
    await endpoint.send("issue_comment", COMMAND)
    await answered(github)
    await until(lambda: "commands/800" not in endpoint.host.state.kept)
    assert set((await endpoint.host.state.get("commands"))["done"]) == {"2", "800"}


async def test_two_people_are_answered_at_once(endpoint, github):
    for number in range(12):
        await endpoint.send("issue_comment", comment("created", 20, "/badges", BOB, id=800 + number))
    await answered(github, 12)
    assert len(github.comments) == 12
