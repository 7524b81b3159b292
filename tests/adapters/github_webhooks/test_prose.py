"""Reading people's Markdown: their own words, mentions, thanks."""

import time

import pytest

from laurels_github.translate.prose import read


@pytest.mark.parametrize(
    ("markdown", "thanked"),
    [
        ("thanks @bob", ("bob",)),
        ("Thank you so much, @Bob!", ("bob",)),
        ("THX @bob, @cyd and @dee-2.", ("bob", "cyd", "dee-2")),
        ("kudos to @bob & @bob", ("bob",)),
        ("It works.\nthanks @bob", ("bob",)),
        ("1. thanks @bob", ("bob",)),
        ("**thanks @bob**", ("bob",)),
        ("no thanks @bob", ()),
        ("thanks! I asked @bob", ()),
        ("thanks @org/team", ()),
        ("thanks bob@example.org", ()),
        ("thanksgiving @bob", ()),
        ("> thanks @bob", ()),
        ("> they said\nthanks @bob", ()),
        ("> they said\n\nthanks @bob", ("bob",)),
        ("   > thanks @bob", ()),
        ("`thanks @bob`", ()),
        ("``a ` thanks @bob``", ()),
        ("it's ` thanks @bob", ("bob",)),
        ("```\nthanks @bob\n```", ()),
        ("```\n> thanks @bob\n```\nthanks @cyd", ("cyd",)),
        ("~~~ python\nthanks @bob\n```\nthanks @cyd", ()),
        ("code:\n\n    thanks @bob\n\nthanks @cyd", ("cyd",)),
        ("<!-- thanks @bob -->thanks @cyd<!-- thanks @dee", ("cyd",)),
        (None, ()),
        (17, ()),
    ],
)
def test_thanks_are_read_where_they_are_said(markdown, thanked):
    assert read(markdown).thanked == thanked


def test_mentions_are_logins_outside_quotes_code_and_addresses():
    markdown = "@Ana and (@bob-b), not a@b.c, `@cyd`, @org/team or @-x\n> @dee"
    assert read(markdown).mentions == ("ana", "bob-b")


def test_ones_own_words_are_those_outside_quotes():
    assert read("> a long quote\n\n`yes`  \n<!-- template -->\n").own == "`yes`"


@pytest.mark.parametrize(
    "unit", ["`", "` `` ", "thanks ", "thanks @", "@a,", "thanks @a and ", "> ", "<!--", "[", "~~~\n", "\n\n", "    \n", "no "]
)
def test_no_text_takes_long_to_read(unit):
    text = (unit * 65_536)[:65_536]
    began = time.perf_counter()
    found = read(text)
    assert len(found.thanked) <= 20
    assert found.mentions is not None
    assert time.perf_counter() - began < 0.5


def test_a_command_thanks_by_being_answered_and_mentions_nobody() -> None:
    found = read("/badges thanks @ana\n\nthanks @bob")
    assert (found.thanked, found.mentions) == (("bob",), ("bob",))
    assert found.own.startswith("/badges thanks @ana")
