"""What is a command in a comment, and what is not."""

from datetime import UTC, datetime

import pytest

from github_payloads import ANA, BOB, comment, user
from laurels import Account
from laurels_github import translate
from laurels_github.commands import asked, split

NOW = datetime(2024, 6, 1, tzinfo=UTC)


def ask(body, by=BOB, action="created", **more):
    return asked("issue_comment", comment(action, 20, body, by, html_url="https://github.com/octocat/hello/issues/7#c", **more))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("/badges", ()),
        ("/badges show helper", ("show", "helper")),
        ("\n\n  /badges   show\thelper  \r\nand more\n", ("show", "helper")),
        ("> when was that?\n> /badges list\n\n/badges recent", ("recent",)),
        ("<!-- a template\n/badges list -->\n/badges recent", ("recent",)),
        ('/badges why "First Steps" @ana', ("why", "First Steps", "@ana")),
        ("/badges show `helper`", ("show", "helper")),
        ("/badges nominate ana \u201cwell done\u201d", ("nominate", "ana", "well done")),
        ("/badges nominate ana it's ana's 'best work'", ("nominate", "ana", "it's", "ana's", "best work")),
        ('/badges show "helper', ("show", '"helper')),
        ("/badges thanks @ana # great\\n", ("thanks", "@ana", "#", "great\\n")),
    ],
)
def test_the_first_line_is_a_command(body, words):
    found = ask(body)
    assert (found.command.name, found.command.words) == ("badges", words)


@pytest.mark.parametrize(
    "body",
    [
        "", None, "Try\n/badges list", "`/badges list`", "    /badges list", "```\n/badges list\n```", "~~~\n~~~\n/badges list",
        "> /badges list", "> quoted\n/badges list", "/badgeslist", "/badges-admins", "badges list", "//badges", "<!-- /badges list -->",
        "/other list",
    ],
)  # fmt: skip
def test_talk_quotes_and_code_are_none(body):
    assert ask(body) is None


def test_the_admins_command_is_another_one_and_case_does_not_matter():
    assert ask("/Badges-Admin award helper ana").command.name == "badges-admin"


def test_who_asks_where_is_what_the_comment_says():
    found = ask("/badges")
    command = found.command
    assert (command.actor, command.realm, command.private) == (Account("github", "2"), "octocat", False)
    assert (command.place.channel, command.place.thread, command.place.name) == ("octocat/hello", "7", "octocat/hello#7")
    assert command.message == "https://github.com/octocat/hello/issues/7#c"
    assert (found.comment, found.owner, found.organization, found.installation) == ("800", "9", False, 0)


def test_the_apps_installation_is_remembered():
    payload = comment("created", 20, "/badges") | {"installation": {"id": 77}}
    payload["repository"]["owner"]["type"] = "Organization"
    found = asked("issue_comment", payload)
    assert (found.installation, found.organization) == (77, True)


@pytest.mark.parametrize("action", ["edited", "deleted"])
def test_an_edited_comment_is_no_second_command(action):
    assert ask("/badges", action=action) is None


@pytest.mark.parametrize("by", [user("helper[bot]", 5), user("helper", 5, type="Bot"), user("ghost", 10137), None])
def test_programs_and_nobody_are_not_answered(by):
    assert ask("/badges", by) is None


def test_laurels_own_comments_are_not_answered():
    assert ask("/badges\n\n<!-- laurels:command:1 -->") is None


@pytest.mark.parametrize("name", ["pull_request_review_comment", "discussion_comment", "commit_comment"])
def test_only_comments_on_issues_and_pull_requests_are_asked(name):
    assert asked(name, comment("created", 20, "/badges")) is None


def test_a_command_counts_as_no_comment():
    assert translate("issue_comment", comment("created", 20, "/badges thanks @ana\n\nthanks @ana", BOB), NOW) == ()


def test_a_comment_that_becomes_a_command_counts_no_more_and_one_that_was_one_counts_then():
    became = translate("issue_comment", comment("edited", 30, "/badges", BOB, was="thanks @ana"), NOW)
    assert [(event.type, event.on) for event in became] == [("issue.commented", False), ("thanks.given", False)]
    (was,) = translate("issue_comment", comment("edited", 30, "It breaks.", ANA, was="/badges"), NOW)
    assert was.on


@pytest.mark.parametrize("line", ["/badges " + '"' * 60_000, "/badges " + "a " * 60_000, "/badges " + "'" * 2000, "/badges \0 \0'"])
def test_nothing_that_is_typed_takes_long_or_raises(line):
    assert len(ask(line).command.words) < 60


def test_words_never_lose_an_apostrophe():
    assert split("it's 'a b' isn't") == ["it's", "a b", "isn't"]
