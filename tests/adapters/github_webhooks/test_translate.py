"""Who did what, when, and whether it still counts."""

import random
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from fake_host import FakeHost
from github_payloads import ANA, BOB, CYD, GHOST, around, at, comment, issue, merge, pull, review, star, user
from laurels_github import Malformed, translate

RECEIVED = datetime(2024, 6, 1, 13, tzinfo=UTC)
BOT = user("renovate[bot]", 40, type="Bot")


def only(name, payload):
    (event,) = translate(name, payload, RECEIVED)
    return event


async def counted(*told, shuffle=None):
    """What is in force after these webhooks, each delivered one to three times, in a shuffled order where asked."""
    host = FakeHost()
    deliveries = [item for item in told for _ in range(shuffle.randint(1, 3) if shuffle else 1)]
    if shuffle:
        shuffle.shuffle(deliveries)
    for name, payload in deliveries:
        for event in translate(name, payload, RECEIVED):
            await host.put(event)
    return [(event.type, event.time, event.actor and event.actor.name) for event in host.counted()]


def time(second):
    return datetime.fromisoformat(at(second))


def test_an_opened_issue_is_told_whole():
    event = only("issues", issue("opened", labels=[{"id": 1, "name": "bug"}]))
    assert (event.type, event.time, event.thing, event.on, event.realm) == ("issue.opened", time(0), "issue:500", True, "octocat")
    assert (event.actor.key, event.actor.name, event.actor.bot) == ("github:1", "ana", False)
    assert event.data == {"repository": "octocat/hello", "number": 7, "labels": ["bug"], "association": "NONE", "newcomer": True}
    place = event.place
    assert (place.platform, place.channel, place.thread, place.realm) == ("github", "octocat/hello", "7", "octocat")
    assert (place.name, place.url, place.private) == ("octocat/hello#7", "https://github.com/octocat/hello/issues/7", False)


async def test_an_issue_closed_and_reopened_and_closed_was_closed_once_by_the_last():
    closed = lambda second, by: ("issues", issue("closed", second, by, state="closed", closed_at=at(second)))  # noqa: E731
    told = [closed(1, BOB), ("issues", issue("reopened", 2)), closed(3, CYD)]
    for order in permutations(told):
        assert await counted(*order) == [("issue.closed", time(3), "cyd")]
    assert await counted(*told[:2]) == []


@pytest.mark.parametrize("seed", range(5))
async def test_a_pull_request_closed_reopened_and_merged_was_merged_once(seed):
    told = [
        ("pull_request", pull("opened")),
        ("pull_request", pull("closed", 1, state="closed", closed_at=at(1))),
        ("pull_request", pull("reopened", 2)),
        ("pull_request", merge(3)),
    ]
    found = await counted(*told, shuffle=random.Random(seed))
    assert found == [("pull_request.opened", time(0), "ana"), ("pull_request.merged", time(3), "bob")]


@pytest.mark.parametrize("kind", ["issues", "pull_request"])
@pytest.mark.parametrize("seed", range(5))
async def test_a_label_put_on_twice_counts_once_and_taken_away_not_at_all(kind, seed):
    make = {"issues": issue, "pull_request": pull}[kind]
    label = {"label": {"id": 3, "name": "confirmed"}}
    told = [(kind, make("labeled", 1) | label), (kind, make("unlabeled", 2) | label), (kind, make("labeled", 3, CYD) | label)]
    shuffle = random.Random(seed)
    assert await counted(*told, shuffle=shuffle) == [("issue.labeled", time(3), "cyd")]
    assert await counted(*told[:2], shuffle=shuffle) == []
    another = {"label": {"id": 4, "name": "bug"}}
    assert len(await counted(*told, (kind, make("labeled", 1) | another), shuffle=shuffle)) == 2


@pytest.mark.parametrize("seed", range(5))
async def test_starred_unstarred_and_starred_again_is_one_star(seed):
    told = [("star", star("created", 1)), ("star", star("deleted", 2)), ("star", star("created", 3))]
    assert await counted(*told, shuffle=random.Random(seed)) == [("star.added", time(3), "bob")]
    assert await counted(*told[:2], shuffle=random.Random(seed)) == []
    assert len(await counted(*told, ("star", star("created", 1, CYD)), shuffle=random.Random(seed))) == 2


@pytest.mark.parametrize("seed", range(5))
async def test_a_comment_keeps_its_time_when_it_is_edited_and_is_gone_when_deleted(seed):
    told = [
        ("issue_comment", comment("created", 10, "short")),
        ("issue_comment", comment("edited", 20, "much longer", was="short")),
        ("issue_comment", comment("deleted", 20, "much longer")),
    ]
    shuffle = random.Random(seed)
    assert await counted(*told[:2], shuffle=shuffle) == [("issue.commented", time(10), "bob")]
    edited = only(*told[1])
    assert (edited.time, edited.revised, edited.data["length"]) == (time(10), time(20), 11)
    assert await counted(*told, shuffle=shuffle) == []


async def test_a_deletion_wins_even_where_this_clock_is_behind_githubs():
    payload = comment("created", 10, "hi", updated_at="2024-06-01T13:00:07Z", created_at="2024-06-01T13:00:07Z")
    assert await counted(("issue_comment", payload), ("issue_comment", payload | {"action": "deleted"})) == []
    assert await counted(("issue_comment", payload | {"action": "deleted"}), ("issue_comment", payload)) == []


async def test_a_deleted_issue_takes_its_closing_and_its_labels_with_it():
    labels = [{"id": 3, "name": "confirmed"}]
    told = [
        ("issues", issue("opened")),
        ("issues", issue("labeled", 1, BOB, label=3)),
        ("issues", issue("closed", 2, BOB, state="closed", closed_at=at(2), labels=labels)),
    ]
    assert len(await counted(*told)) == 3
    assert await counted(*told, ("issues", issue("deleted", 2, BOB, state="closed", closed_at=at(2), labels=labels))) == []


async def test_a_transferred_issue_was_opened_once_and_keeps_its_label():
    new = issue("opened", 5, BOB, id=501, number=2) | {"changes": {"old_issue": {"id": 500}}}
    told = [("issues", issue("opened")), ("issues", issue("labeled", 1, BOB, label=3)), ("issues", issue("transferred", 5, BOB))]
    assert await counted(*told, ("issues", new)) == [("issue.opened", time(0), "ana"), ("issue.labeled", time(1), "bob")]


@pytest.mark.parametrize("seed", range(5))
async def test_a_dismissed_review_counts_no_more_and_does_not_come_back_by_an_edit(seed):
    told = [
        ("pull_request_review", review("submitted", 5)),
        ("pull_request_review", review("dismissed", 5, state="dismissed")),
        ("pull_request_review", review("edited", 5, state="dismissed", body="typo")),
    ]
    assert await counted(told[0]) == [("review.submitted", time(5), "bob")]
    assert await counted(*told[:2], shuffle=random.Random(seed)) == []
    assert await counted(*told, shuffle=random.Random(seed)) == []


async def test_a_release_taken_back_and_published_again_is_one_release():
    def release(action, second):
        found = {"id": 5, "tag_name": "1.0", "prerelease": False, "published_at": at(second), "author": BOT}
        return "release", around(action, release=found)

    told = [release("published", 1), ("release", release("unpublished", 1)[1])]
    assert await counted(told[0]) == [("release.published", time(1), "bob")]
    assert await counted(*told) == []
    later = datetime(2024, 6, 1, 14, tzinfo=UTC)
    again = release("published", 7_199)[1]
    again["release"]["published_at"] = later.isoformat()
    assert await counted(*told, ("release", again)) == [("release.published", later, "bob")]


def discussion(action, second=0, sender=ANA, answer=None, old=None, **more):
    found = {"id": 300, "number": 4, "user": ANA, "category": {"name": "Q&A"}, "created_at": at(0), "updated_at": at(second)} | more
    extra = ({"answer": answer} if answer else {}) | ({"old_answer": old} if old else {})
    return around(action, sender, discussion=found, **extra)


@pytest.mark.parametrize("seed", range(5))
async def test_a_discussion_has_one_accepted_answer_the_last(seed):
    first, second = {"id": 31, "user": BOB, "html_url": "https://x/#31"}, {"id": 32, "user": CYD}
    told = [
        ("discussion", discussion("answered", 1, answer=first, answer_chosen_at=at(1))),
        ("discussion", discussion("unanswered", 2, old=first)),
        ("discussion", discussion("answered", 3, answer=second, answer_chosen_at=at(3))),
    ]
    host, shuffle = FakeHost(), random.Random(seed)
    shuffle.shuffle(told)
    for name, payload in told:
        for event in translate(name, payload, RECEIVED):
            await host.put(event)
    assert [event.data["author"] for event in host.counted()] == ["github:3"]
    assert await counted(*(item for item in told if item[1]["discussion"]["updated_at"] != at(3)), shuffle=shuffle) == []


async def test_the_accepted_answer_goes_with_its_comment():
    answer = {"id": 31, "user": BOB, "html_url": "https://github.com/x#31", "created_at": at(1), "updated_at": at(1), "body": "so"}
    told = ("discussion", discussion("answered", 2, answer=answer, answer_chosen_at=at(2)))
    gone = discussion("deleted", 2, answer_html_url=answer["html_url"]) | {"comment": answer}
    assert len(await counted(told)) == 1
    assert await counted(told, ("discussion_comment", gone)) == []


def test_a_merge_is_the_mergers_and_names_its_author():
    event = only("pull_request", merge(9) | {"sender": CYD})
    assert (event.type, event.time, event.actor.name, event.data["author"]) == ("pull_request.merged", time(9), "bob", "github:1")
    assert [person.name for person in event.others] == ["ana"]
    assert (event.data["additions"], event.data["deletions"], event.data["pull_request"], event.data["reviewers"]) == (3, 0, "600", [])


def test_without_merged_by_the_sender_merged():
    assert only("pull_request", pull("closed", 1, CYD, merged=True, merged_at=at(1))).actor.name == "cyd"


def test_a_merge_that_a_bot_carried_out_is_whose_it_was_asked_by():
    queue = {"id": 9, "login": "merge-queue[bot]", "type": "Bot"}
    merged = merge(9) | {"sender": queue}
    merged["pull_request"] |= {"merged_by": queue, "auto_merge": {"enabled_by": BOB}}
    assert only("pull_request", merged).actor.name == "bob"
    merged["pull_request"]["auto_merge"] = None
    assert only("pull_request", merged).actor.bot


def test_a_review_is_the_reviewers_in_lower_case_and_answers_the_author():
    event = only("pull_request_review", review("submitted", 5, state="APPROVED") | {"sender": CYD})
    assert (event.actor.name, event.data["state"], event.data["answered"]) == ("bob", "approved", "github:1")
    assert event.data["pull_request"] == "600"


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("issue_comment", comment("created", 10, "hm", by=ANA)),
        ("pull_request_review", review("submitted", 5, by=ANA, state="commented")),
        ("pull_request_review_comment", pull("created") | {"comment": {"id": 1, "user": ANA, "body": "hm"}}),
        ("discussion_comment", discussion("created") | {"comment": {"id": 1, "user": ANA, "body": "hm"}}),
    ],
)
def test_who_answers_themselves_answered_nobody(name, payload):
    event = only(name, payload)
    assert event.data["answered"] == ""
    assert not event.others


@pytest.mark.parametrize("nobody", [None, GHOST, {}, "ana", {"login": "x"}, {"id": 5}, {"id": True, "login": "x"}])
def test_deleted_people_are_nobody(nobody):
    assert only("issues", issue("opened", user=nobody)).actor is None
    event = only("pull_request", merge(3, nobody) | {"sender": nobody})
    assert event.actor is None
    assert event.data["author"] == "github:1"
    assert only("issue_comment", comment("created", 10, "thanks @ana", by=nobody)).actor is None
    assert only("pull_request", pull("closed", 1, merged=True, user=nobody)).data["author"] == ""
    assert only("star", star("created", 1, nobody)).type == "github.star.created"


def test_bots_are_known_as_bots():
    assert only("issues", issue("opened", user=BOT)).actor.bot
    assert only("issues", issue("opened", user=user("dependabot[bot]", 5))).actor.bot


def pushed(ref="refs/heads/main", commits=2, **more):
    found = [{"id": str(n), "distinct": n < 2, "timestamp": "2031-01-01T00:00:00Z"} for n in range(commits)]
    return around("", ref=ref, before="a" * 40, after="b" * 40, commits=found, **more)


def test_a_push_counts_its_new_commits_at_githubs_time():
    event = only("push", pushed(commits=3))
    assert event.data == {"repository": "octocat/hello", "branch": "main", "commits": 2, "default_branch": True}
    assert event.time == datetime.fromtimestamp(1717243200, UTC)


@pytest.mark.parametrize("payload", [pushed(commits=0), pushed("refs/tags/v1"), pushed(deleted=True), pushed(ref=None)])
def test_what_brings_no_commits_to_a_branch_stays_raw(payload):
    assert only("push", payload).type == "github.push"


def test_the_same_commits_pushed_away_and_again_are_two_pushes():
    again = pushed()
    again["repository"]["pushed_at"] += 60
    assert only("push", pushed()).thing != only("push", again).thing


def test_whoever_comes_into_the_organization_joined_whoever_let_them_in():
    payload = {"action": "member_added", "organization": {"id": 3, "login": "Acme"}, "membership": {"user": CYD}, "sender": BOB}
    event = only("organization", payload)
    assert (event.type, event.actor.name, event.realm, event.place.private) == ("member.joined", "cyd", "acme", True)


def thanks(payload, name="issue_comment"):
    return [(event.data["receiver"], event.on) for event in translate(name, payload, RECEIVED) if event.type == "thanks.given"]


def test_thanks_go_to_those_whom_the_payload_proves_and_never_to_oneself():
    assert thanks(comment("created", 10, "Thanks @Ana and @nobody, thanks @bob!")) == [("github:1", True)]
    assert thanks(comment("created", 10, "thanks @octocat")) == [("github:9", True)]
    assert thanks(review("submitted", 5, body="thx @ana"), "pull_request_review") == [("github:1", True)]


def test_an_edit_takes_back_the_thanks_that_it_removes():
    first = comment("created", 10, "thanks @ana", assignees=[])
    edited = comment("edited", 20, "thanks @octocat", was="thanks @ana and @stranger")
    assert thanks(first) == [("github:1", True)]
    assert thanks(edited) == [("github:9", True), ("github:1", False), ("", False)]
    assert thanks(comment("deleted", 20, "thanks @octocat")) == [("github:9", False)]


async def test_thanks_edited_away_and_back_are_one():
    told = [
        ("issue_comment", comment("created", 10, "thanks @ana")),
        ("issue_comment", comment("edited", 20, "never mind", was="thanks @ana")),
        ("issue_comment", comment("edited", 30, "thanks @ana", was="never mind")),
    ]
    for order in permutations(told):
        assert [kind for kind, *_ in await counted(*order)] == ["issue.commented", "thanks.given"]
    for order in permutations(told[:2]):
        assert [kind for kind, *_ in await counted(*order)] == ["issue.commented"]


def test_what_laurels_wrote_itself_is_nobodys():
    assert translate("issue_comment", comment("created", 10, "Ana earned Helper\n\n<!-- laurels:k -->"), RECEIVED) == ()


def test_what_can_be_done_once_has_one_id_whoever_tells_of_it():
    first, second = only("issues", issue("opened")), only("issues", issue("opened") | {"installation": {"id": 1}})
    assert first.id == second.id == "issue:500:issues.opened"


def test_what_can_be_done_again_is_told_apart_by_when_or_by_the_payload():
    closed = [only("issues", issue("closed", second, closed_at=at(second))) for second in (5, 9)]
    assert [event.id for event in closed] == [f"issue:500:closed:issues.closed:{at(second)}" for second in (5, 9)]
    first, second = (only("issues", issue("reopened", 7, **more)) for more in ({}, {"number": 8}))
    assert first.thing == second.thing == closed[0].thing
    assert first.id != second.id


def test_what_nothing_translates_arrives_raw_and_trimmed():
    payload = around(
        "completed",
        workflow_run={"id": 1, "conclusion": "success", "run_attempt": 2, "updated_at": at(9), "logs_url": "x", "body": "secret words"},
        installation={"id": 2, "node_id": "y"},
        long=["x" * 1000] * 100,
        huge=2**80,
    )
    event = only("workflow_run", payload)
    assert (event.type, event.time, event.actor.name, event.thing) == ("github.workflow_run.completed", time(9), "bob", "")
    assert event.data["workflow_run"] == {"id": 1, "conclusion": "success", "run_attempt": 2, "updated_at": at(9)}
    assert event.data["repository"]["full_name"] == "octocat/hello"
    assert event.data["sender"] == {"id": 2, "login": "bob", "type": "User"}
    assert event.data["huge"] == str(2**80)
    assert len(event.data["long"]) == 30


def test_a_deep_payload_is_cut_off():
    deep = {"value": 1}
    for _ in range(50):
        deep = {"more": deep}
    assert str(only("something_new", around("", something=deep)).data).count("more") < 10


def test_an_edited_text_is_told_without_the_text():
    event = only("issues", issue("edited", 3) | {"changes": {"body": {"from": "old secret"}, "title": {"from": "old title"}}})
    assert event.data["changes"] == {"body": {}, "title": {"from": "old title"}}


def test_an_action_that_people_name_is_made_part_of_a_name():
    assert only("repository_dispatch", around("deploy to: prod!")).type == "github.repository_dispatch.deploy_to__prod_"


@pytest.mark.parametrize("name", ["secret_scanning_alert", "dependabot_alert", "org_block"])
def test_leaks_and_weaknesses_are_private_in_a_public_repository(name):
    assert only(name, around("created", alert={"number": 1})).place.private


def test_a_private_repository_is_a_private_place():
    payload = issue("opened")
    payload["repository"]["private"] = True
    assert only("issues", payload).place.private


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "yesterday", 10**30, None, [], True])
def test_an_impossible_time_is_the_time_of_receipt(value):
    assert only("issues", issue("opened", created_at=value)).time == RECEIVED


def test_a_time_in_any_zone_is_the_same_time():
    assert only("issues", issue("opened", created_at="2024-06-01T14:00:00.000+02:00")).time == RECEIVED - timedelta(hours=1)


@pytest.mark.parametrize(
    ("payload", "lack"),
    [
        ({"action": "opened"}, "issue is missing or no object"),
        (around("opened"), "issue is missing or no object"),
        (issue("opened", id=None), "issue.id is missing or no number"),
        ({"action": "opened", "issue": {"id": 1}}, "repository is missing or no object"),
        ({"action": "opened", "issue": {"id": 1}, "repository": {"owner": {"login": "a"}}}, "repository.name is missing"),
        ({"action": "pinned", "repository": {}}, "no repository, organization or sponsored account says whose this is"),
    ],
)
def test_what_lacks_what_it_needs_is_refused_by_name(payload, lack):
    with pytest.raises(Malformed, match=lack.replace(".", r"\.")):
        translate("issues", payload, RECEIVED)
