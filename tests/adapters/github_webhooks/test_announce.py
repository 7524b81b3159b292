"""Comments, where they are asked for: written once, found again, edited."""

import time

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from laurels import Announcement, Later, Place, Receipt, Unreachable
from laurels_github import GitHubAdapter, Settings

ISSUE = Place("github", "octocat/hello", "7", "octocat", "octocat/hello#7")


def announcement(key="award:1", text="Ana earned Helper", place=ISSUE, **more):
    return Announcement(key, "acme", place, "Ana", text, (), **more)


class GitHub:
    """As much of GitHub's API as comments need, with two comments to a page; *refuses* is answered instead while it is set."""

    def __init__(self):
        self.comments, self.refuses, self.seen = {}, None, []
        app = web.Application(middlewares=[self.refuse])
        app.router.add_get("/rate_limit", self.limits)
        app.router.add_get("/repos/octocat/hello/issues/7/comments", self.listed)
        app.router.add_post("/repos/octocat/hello/issues/7/comments", self.written)
        app.router.add_patch("/repos/octocat/hello/issues/comments/{id}", self.edited)
        self.server = TestServer(app)

    @web.middleware
    async def refuse(self, request, handler):
        self.seen.append((request.method, request.headers.get("Authorization")))
        return web.json_response(**self.refuses) if self.refuses else await handler(request)

    async def limits(self, request):
        return web.json_response({})

    async def listed(self, request):
        assert request.query["since"]
        page = int(request.query.get("page", 1))
        found = list(self.comments.items())[2 * page - 2 : 2 * page]
        more = {"Link": f'<{request.url.update_query(page=page + 1)}>; rel="next"'} if 2 * page < len(self.comments) else {}
        return web.json_response([{"id": id_, "body": body} for id_, body in found], headers=more)

    async def written(self, request):
        id_ = 100 + len(self.comments)
        self.comments[id_] = (await request.json())["body"]
        return web.json_response({"id": id_, "html_url": f"https://github.com/c/{id_}"}, status=201)

    async def edited(self, request):
        self.comments[int(request.match_info["id"])] = (await request.json())["body"]
        return web.json_response({"id": int(request.match_info["id"])})


@pytest.fixture
async def github():
    made = GitHub()
    await made.server.start_server()
    yield made
    await made.server.close()


@pytest.fixture
def adapter(github):
    return GitHubAdapter(Settings(secret="s", token="t0ken", comment=True, api_url=str(github.server.make_url(""))))


async def test_an_award_is_commented_where_it_was_earned(github, adapter):
    receipt = await adapter.announce(announcement(), None)
    assert receipt == Receipt("100", ISSUE, "https://github.com/c/100")
    assert github.comments == {100: "Ana earned Helper\n\n<!-- laurels:award:1 -->"}
    assert {token for _, token in github.seen} == {"token t0ken"}


async def test_a_comment_that_got_through_before_a_crash_is_found_on_any_page(github, adapter):
    for number in range(3):
        await adapter.announce(announcement(f"other:{number}"), None)
    first = await adapter.announce(announcement(), None)
    assert (await adapter.announce(announcement(), None)).id == first.id
    assert len(github.comments) == 4


async def test_a_withdrawn_award_is_edited_where_it_stands(github, adapter):
    receipt = await adapter.announce(announcement(), None)
    await adapter.announce(announcement(text="Ana no longer holds Helper", withdrawn=True), receipt)
    assert github.comments == {100: "Ana no longer holds Helper\n\n<!-- laurels:award:1 -->"}


async def test_what_was_never_posted_is_not_posted_to_withdraw_it(github, adapter):
    with pytest.raises(Unreachable):
        await adapter.announce(announcement(withdrawn=True), None)
    assert not github.comments


async def test_without_being_asked_nothing_is_posted(github):
    silent = GitHubAdapter(Settings(secret="s", token="t0ken", api_url=str(github.server.make_url(""))))
    with pytest.raises(Unreachable, match="comments are off"):
        await silent.announce(announcement(), None)
    assert not github.seen


@pytest.mark.parametrize("place", [Place("github", "octocat/hello"), Place("github", "octocat"), Place("github", "../../user", "7")])
async def test_only_issues_can_be_commented(github, adapter, place):
    with pytest.raises(Unreachable, match="is no issue or pull request"):
        await adapter.announce(announcement(place=place), None)
    assert not github.seen


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422])
async def test_what_github_refuses_for_good_is_unreachable(github, adapter, status):
    github.refuses = {"data": {"message": "No"}, "status": status}
    with pytest.raises(Unreachable, match=rf"GitHub answered {status}: No"):
        await adapter.announce(announcement(), None)


@pytest.mark.parametrize(
    ("refuses", "seconds"),
    [
        ({"data": {"message": "slow down"}, "status": 429}, 60),
        ({"data": {"message": "slow down"}, "status": 429, "headers": {"Retry-After": "17"}}, 17),
        ({"data": {"message": "You have exceeded a secondary rate limit."}, "status": 403}, 60),
        ({"data": {"message": "No"}, "status": 403, "headers": {"Retry-After": "17"}}, 17),
        ({"data": {"message": "broken"}, "status": 502}, 30),
        ({"data": None, "text": "<html>", "status": 200, "content_type": "application/json"}, 30),
        ({"data": None, "text": "<html>", "status": 599, "content_type": "text/html"}, 30),
    ],
)
async def test_what_may_pass_is_tried_later(github, adapter, refuses, seconds):
    github.refuses = refuses
    with pytest.raises(Later) as later:
        await adapter.announce(announcement(), None)
    assert later.value.seconds == seconds


@pytest.mark.parametrize("status", [403, 429])
async def test_a_used_up_limit_is_waited_out(github, adapter, status):
    limits = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 100)}
    github.refuses = {"data": {"message": "API rate limit exceeded"}, "status": status, "headers": limits}
    with pytest.raises(Later) as later:
        await adapter.announce(announcement(), None)
    assert 95 < later.value.seconds <= 100


async def test_an_unreachable_github_is_tried_later(github, adapter):
    await github.server.close()
    with pytest.raises(Later):
        await adapter.announce(announcement(), None)


async def test_a_bad_token_is_a_problem_in_plain_words(github, adapter):
    assert await adapter.check() == []
    github.refuses = {"data": {"message": "Bad credentials"}, "status": 401}
    (problem,) = await adapter.check()
    assert "GitHub does not take it: GitHub answered 401: Bad credentials" in str(problem)
