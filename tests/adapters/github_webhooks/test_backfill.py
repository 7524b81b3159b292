"""History: the same events as live ones, through pages, limits, refusals and interruptions."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from aiohttp import web

import github_history
from fake_host import FakeHost
from github_api import APP, keys, limited
from github_history import REPO
from github_payloads import at, user
from laurels import Backfills, Unreachable
from laurels_github import GitHubAdapter, Settings, translate
from laurels_github.backfill import reader
from laurels_github.reviewers import Reviewers

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def filled(github):
    github_history.install(github)
    return github


def adapter(github, **how):
    return GitHubAdapter(Settings(**({"secret": "s", "token": "t0ken", "api_url": github.url} | how)))


class Stops(Exception):
    """Somebody pressed Ctrl-C."""


async def read(github, host, since=LONG_AGO, stop=None, **how):
    """As the command does it, until the page number *stop*; the pages that were read."""
    pages = []
    async for page in adapter(github, **how).backfill(since, host):
        if len(pages) == stop:
            raise Stops
        for event in page.events:
            await host.put(event)
        if page.key:
            await host.state.put(page.key, page.cursor)
        pages.append(page)
    return pages


async def live(host):
    for name, payload in github_history.webhooks():
        for event in translate(name, payload, datetime.now(UTC)):
            await Reviewers(host).put(event)


def told(host):
    return {event.id: event for event in host.events}


async def test_it_is_an_adapter_that_reads_history(filled):
    assert isinstance(adapter(filled), Backfills)


async def test_history_gives_the_very_events_that_the_webhooks_gave(filled):
    webhooks, history = FakeHost(), FakeHost()
    await live(webhooks)
    await read(filled, history)
    assert len(webhooks.events) == 18
    assert told(history) == told(webhooks)
    merged = next(event for event in history.events if event.type == "pull_request.merged")
    assert merged.data["reviewers"] == ["github:2", "github:3"]


@pytest.mark.parametrize("first", [live, None])
async def test_each_thing_counts_once_in_whatever_order_it_came(filled, first):
    host = FakeHost()
    if first:
        await first(host)
        await read(filled, host)
    else:
        await read(filled, host)
        await live(host)
    assert len(host.journal) == 18


async def test_a_second_run_adds_nothing_and_begins_at_the_beginning(filled):
    host = FakeHost()
    first = await read(filled, host)
    assert len(await read(filled, host)) == len(first)
    assert len(host.journal) == 18


@pytest.mark.parametrize("size", [1, 2, 3])
async def test_every_page_is_read(filled, size):
    filled.page, host = size, FakeHost()
    await read(filled, host)
    assert len(host.journal) == 18
    assert len(filled.asked("GET", "stargazers")) == -(-4 // size)


async def test_an_interrupted_run_goes_on_wherever_it_was(filled):
    filled.page, whole = 1, FakeHost()
    pages = len(await read(filled, whole))
    for stop in range(pages):
        host = FakeHost()
        with pytest.raises(Stops):
            await read(filled, host, stop=stop)
        before = len(filled.seen)
        await read(filled, host)
        assert told(host) == told(whole), stop
        if stop == pages - 1:
            assert len(filled.seen) - before < 5, "what was read is not read again"


async def test_in_the_middle_of_a_page_no_pull_request_is_asked_for_again(filled):
    pages = await read(filled, FakeHost())
    behind_the_first = next(number for number, page in enumerate(pages) if page.cursor and page.cursor["cursor"]["skip"] == 1) + 1
    host = FakeHost()
    with pytest.raises(Stops):
        await read(filled, host, stop=behind_the_first)
    filled.seen.clear()
    await read(filled, host)
    assert [request.path for request in filled.asked("GET", r"/pulls/\d+$")] == [f"{REPO}/pulls/9"]
    assert len(host.journal) == 18


async def test_what_is_known_of_reviews_is_remembered_only_after_the_events_are_kept(filled):
    host, kept = FakeHost(), []
    put = host.state.put

    async def noting(key, value):
        kept.append((key, len(host.journal)))
        await put(key, value)

    host.state.put = noting
    await read(filled, host)
    noted = next(journal for key, journal in kept if key == "octocat/pull_request:600")
    assert noted >= [event.type for event in host.events].index("pull_request.merged") + 1


async def test_a_review_from_before_the_webhook_reaches_the_merge_that_is_known(filled):
    host = FakeHost()
    hook = github_history.webhooks()[7]
    for event in translate(*hook, datetime.now(UTC)):
        await Reviewers(host).put(event)
    await read(filled, host)
    (merged,) = [event for event in host.counted() if event.type == "pull_request.merged"]
    assert merged.data["reviewers"] == ["github:2", "github:3"]


async def test_another_since_begins_anew(filled):
    host = FakeHost()
    with pytest.raises(Stops):
        await read(filled, host, stop=9)
    await read(filled, host, datetime(2019, 1, 1, tzinfo=UTC))
    assert len(host.journal) == 18


async def test_only_what_happened_since_then_is_told(filled):
    host = FakeHost()
    await read(filled, host, datetime.fromisoformat(at(100)))
    assert {event.type for event in host.events} == {"star.added", "release.published", "fork.created"}
    assert {request.query["since"] for request in filled.asked("GET", "/issues$")} == {at(100)}
    assert not filled.asked("GET", "/pulls/8$"), "a pull request that nothing happened to since costs no request"


async def test_the_bar_moves_forward(filled):
    pages = await read(filled, FakeHost())
    done = [page.done for page in pages]
    assert done == sorted(done)
    assert (done[-1], pages[-1].total) == (7, 7)
    assert "octocat/hello: stars" in {page.label for page in pages}


async def test_limits_are_waited_out(filled):
    slept, given = [], iter([
        limited(403, Retry_After="3"), limited(429, Retry_After="4"), limited(429),
        limited(403, X_RateLimit_Limit="60", X_RateLimit_Remaining="0", X_RateLimit_Reset=str(int(time.time()) + 90)),
    ])  # fmt: skip

    async def sleep(seconds):
        slept.append(round(seconds))

    patch = pytest.MonkeyPatch()
    patch.setattr(reader, "asyncio", type("Asyncio", (), {"sleep": staticmethod(sleep)}))
    filled.refuse = lambda request: next(given, None) if "stargazers" in request.path else None
    host = FakeHost()
    await read(filled, host)
    patch.undo()
    assert slept[:3] == [3, 4, 60]
    assert 85 <= slept[3] <= 90
    assert len(host.journal) == 18


async def test_a_limit_at_every_other_request_is_only_slow(filled):
    turn = iter(range(10_000))
    filled.refuse = lambda request: limited(429, Retry_After="0") if next(turn) % 2 else None
    filled.page, host = 1, FakeHost()
    await read(filled, host)
    assert len(host.journal) == 18


async def test_trouble_passes_or_is_said(filled, monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(reader, "asyncio", type("Asyncio", (), {"sleep": staticmethod(sleep)}))
    broken = iter([502, 503, 500])
    filled.refuse = lambda request: web.json_response({}, status=status) if (status := next(broken, None)) else None
    host = FakeHost()
    await read(filled, host)
    assert len(host.journal) == 18
    assert waited == [2, 4, 8]
    filled.refuse = lambda request: web.json_response({"message": "we are down"}, status=503)
    with pytest.raises(Unreachable, match="GitHub does not answer: we are down"):
        await read(filled, host)


async def test_what_a_repository_does_not_have_is_passed_over(filled):
    gone = {f"{REPO}/issues": 410, f"{REPO}/forks": 404, f"{REPO}/pulls/9": 404, f"{REPO}/releases": 451}
    filled.refuse = lambda request: web.json_response({"message": "gone"}, status=gone[request.path]) if request.path in gone else None
    host = FakeHost()
    await read(filled, host)
    assert {event.type for event in host.events} == {
        "issue.commented", "thanks.given", "pull_request.opened", "review.submitted", "review.commented", "pull_request.merged",
        "star.added",
    }  # fmt: skip


async def test_a_refusal_names_what_could_not_be_read(filled):
    no = {"message": "Resource not accessible by integration"}
    filled.refuse = lambda request: web.json_response(no, status=403) if request.path.endswith("/releases") else None
    with pytest.raises(
        Unreachable, match=r"releases of octocat/hello can't be read: GitHub answered 403: Resource .*; `laurels check` knows"
    ):
        await read(filled, FakeHost())


async def test_without_token_or_app_it_says_so(filled):
    with pytest.raises(Unreachable, match="there is neither"):
        await read(filled, FakeHost(), token="")


async def test_only_owners_of_a_community_are_read_and_all_of_them_are_looked_for(filled):
    filled.objects |= {
        "/users/acme": user("acme", 30, type="Organization"),
        "/orgs/acme/repos": [{"id": 5, "name": "site", "full_name": "acme/site", "owner": user("acme", 30)}],
    }
    host = FakeHost({"acme": "acme", "misspelt": "acme"})
    await read(filled, host)
    assert not host.journal
    assert not filled.asked("GET", REPO)
    assert filled.asked("GET", "/repos/acme/site/issues")


async def test_no_repository_at_all_is_an_error(filled):
    with pytest.raises(Unreachable, match="there is no repository that the token can see and that belongs to a community"):
        await read(filled, FakeHost({"nobody": "acme"}))


async def test_an_app_reads_what_it_was_installed_for_with_tokens_that_are_renewed(filled):
    filled.valid, filled.life = set(), 0
    filled.objects |= {
        "/app/installations": [
            {"id": 3, "account": {"login": "octocat"}}, {"id": 4, "account": {"login": "stranger"}},
            {"id": 5, "account": {"login": "acme"}, "suspended_at": at(1)},
        ],
        "/orgs/octocat/installation": {"id": 3},
        "/installation/repositories": {"total_count": 1, "repositories": filled.objects.pop("/user/repos")},
    }  # fmt: skip
    host = FakeHost({"octocat": "acme", "acme": "acme"})
    await read(filled, host, token="", app_id=APP, private_key=keys().private)
    assert len(host.journal) == 18
    assert set(filled.tokens.values()) == {3}
    assert len(filled.tokens) > 5


async def test_a_page_elsewhere_is_not_followed_with_our_token(filled):
    async def elsewhere(request):
        response = await filled.handle(request)
        if request.path.endswith("stargazers"):
            response.headers["Link"] = '<http://127.0.0.1:1/steal>; rel="next"'
        return response

    filled.hold(elsewhere)
    with pytest.raises(Unreachable, match="points to another address"):
        await read(filled, FakeHost())


async def test_what_can_not_be_understood_is_left_out(filled):
    filled.objects[f"{REPO}/releases"][0].pop("id")
    filled.objects[f"{REPO}/stargazers"].insert(0, {"starred_at": "never", "user": None})
    host = FakeHost()
    await read(filled, host)
    assert len(host.journal) == 17


async def test_a_thousand_comments_on_unknown_issues_ask_for_each_issue_once(filled):
    listed = filled.objects[f"{REPO}/issues/comments"]
    filled.objects[f"{REPO}/issues"] = []
    filled.objects[f"{REPO}/issues/7"] = {"number": 7, "user": user("ana", 1)}
    listed += [listed[0] | {"id": 5000 + number} for number in range(1000)]
    host = FakeHost()
    await read(filled, host)
    assert len([event for event in host.events if event.type == "issue.commented"]) == 1001
    assert len(filled.asked("GET", f"{REPO}/issues/7$")) == 1


async def test_stopping_in_the_middle_leaves_nothing_open(filled):
    pages = adapter(filled).backfill(LONG_AGO, FakeHost())
    assert await anext(pages)
    await pages.aclose()
    await asyncio.sleep(0)
    assert [task for task in asyncio.all_tasks() if "laurels_github" in str(task.get_coro())] == []
