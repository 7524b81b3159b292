"""Announcements as comments."""

from laurels import Announcement, Place
from laurels_github.render import comment, marker, plain


def announcement(text, key="award:1"):
    return Announcement(key, "acme", Place("github", "octocat/hello", "7"), "Ana", text, ())


def test_a_comment_is_the_text_and_a_hidden_marker():
    assert comment(announcement("Ana earned Helper")) == "Ana earned Helper\n\n<!-- laurels:award:1 -->"


def test_nobody_is_pinged_and_no_other_issue_is_mentioned():
    assert plain("@ana @org/team") == "@\u2060ana @\u2060org/team"
    assert plain("see #12 and GH-12") == "see \\#12 and GH-\u206012"


def test_names_are_shown_as_they_are_and_are_no_markdown():
    assert plain("[money](http://evil) <img> `x` *y*") == "\\[money\\]\\(http:\u2060//evil\\) \\<img\\> \\`x\\` \\*y\\*"


def test_no_key_can_end_the_marker():
    assert marker("a-->b @c\n") == "<!-- laurels:a%2D%2D%3Eb%20%40c%0A -->"
