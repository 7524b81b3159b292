"""Announcements and answers as comments."""

import re

import pytest

from laurels import Announcement, Button, File, Place, Reply
from laurels_github.render import answer, comment, marker, plain, prose


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


KEY = "command:800"
END = "\n\n<!-- laurels:command:800 -->"


def test_an_answer_has_text_rows_links_and_what_to_type():
    reply = Reply(
        "Ana_1 holds `helper`.",
        fields=(("Silver", "at 50\n@bob"), ("a|b", "`x|y`")),
        image="https://badges.example.org/helper.svg",
        buttons=(Button("Second it", ("nominations", "second", "3 a")), Button("No", (), "badges-admin")),
    )
    assert answer(reply, KEY) == (
        "Ana\\_1 holds `helper`.\n\n"
        "| | |\n|---|---|\n| **Silver** | at 50<br>@\u2060bob |\n| **a\\|b** | `x\\|y` |\n\n"
        "[image](<https://badges.example.org/helper.svg>)\n\n"
        '- Second it: comment `/badges nominations second "3 a"`\n- No: comment `/badges-admin`' + END
    )


@pytest.mark.parametrize("ok", [True, False])
def test_what_is_private_is_never_written_down(ok):
    reply = Reply(
        "Your code is 1234", (("code", "1234"),), "https://x/1234", True, ok, (Button("1234", ("claim", "1234")),), File("1234", "1234")
    )
    said = answer(reply, KEY)
    assert "1234" not in said
    assert "in private" in said
    assert said.startswith("That was not done.") is not ok


@pytest.mark.parametrize("text", ["odd ` @bob", "`a\n\n@bob`", "``@bob``", "a ` @bob ` @bob `"])
def test_no_text_pings_anybody(text):
    shown = prose(text)
    assert re.search(r"@bob", re.sub(r"`[^`\n]+`", "", shown)) is None


def test_a_file_stands_in_a_fence_that_it_cannot_leave():
    assert answer(Reply("Here.", file=File("a.json", "```\n@bob")), KEY) == "Here.\n\na.json:\n\n````\n```\n@bob\n````" + END


def test_what_is_too_long_for_a_comment_is_cut():
    assert len(answer(Reply("x" * 100_000), KEY)) < 65_536
    assert answer(Reply("Here.", file=File("a", "x" * 100_000)), KEY) == "Here.\n\na is too long for a comment." + END


def test_an_image_that_is_a_file_of_the_operators_is_no_link():
    assert answer(Reply("Here.", image="helper.svg"), KEY) == "Here." + END
