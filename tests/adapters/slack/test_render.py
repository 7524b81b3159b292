"""What Slack shows of texts: just these characters, within its limits."""

import pytest

import block_kit
from laurels import Reply
from laurels_slack import prose, render
from slack_office import read


def spans(text: str, limit: int = 3000) -> list[tuple[str, str]]:
    """The elements of a text: how each is shown, and what it says."""
    return [
        (next(iter(its.get("style", {its["type"]: True}))), its.get("text") or its.get("url") or its["name"])
        for its in prose.spans(text, limit)
    ]


@pytest.mark.parametrize(
    "text", ["*bold* _it_ ~no~", "<@U1> <!channel> <https://x.example|y>", "&amp; & < >", "# head\n> quote\n- list", "a ` b", "10:30:45"]
)
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    assert spans(text) == [("text", text)]


def test_backticks_are_code_and_links_to_messages_links() -> None:
    url = "https://town.slack.com/archives/C1/p1767225600000001?thread_ts=1.2&cid=C1"
    assert spans(f"Write `show <badge>`, see {url}!") == [
        ("text", "Write "), ("code", "show <badge>"), ("text", ", see "), ("link", url), ("text", "!"),
    ]  # fmt: skip
    for other in ("https://evil.example/archives/C1/p1", "https://-.slack.com/archives/C1", "https://..slack.com/archives/C1/p1"):
        assert spans(other) == [("text", other)]


def test_emojis_of_the_workspace_are_shown() -> None:
    assert spans(":party-parrot: Dancer") == [("emoji", "party-parrot"), ("text", " Dancer")]


def test_what_is_too_long_is_cut() -> None:
    assert prose.cut("abcdef", 6) == "abcdef" and prose.cut("abcdefg", 6) == "abcde…"
    assert sum(len(text) for _, text in spans("x" * 5000, 100)) == 100
    assert prose.escaped("<" * 10, 3) == "&lt;&lt;…"


def test_rows_follow_the_text_and_long_answers_have_pages() -> None:
    reply = Reply("Badges:", tuple((f"Badge {number}", "good") for number in range(30)))
    first, last = render.page(reply, footer="Page {page} of {pages}"), render.page(reply, 99, footer="Page {page} of {pages}")
    assert (first.number, first.of, last.number) == (0, 3, 2)
    assert read(first.blocks).splitlines()[:2] == ["Badges:", "Badge 0: good"] and read(first.blocks).endswith("Page 1 of 3")
    assert first.text.splitlines()[:2] == ["Badges:", "Badge 0: good"]
    whole = render.page(reply, more="… and {count} more")
    assert whole.of == 1 and "Badge 29: good" in read(whole.blocks)


def test_an_answer_that_can_not_be_turned_says_how_much_is_left_out() -> None:
    page = render.page(Reply("Done:", tuple((str(number), "x") for number in range(100))), more="… and {count} more")
    assert read(page.blocks).endswith("… and 40 more") and page.text.endswith("… and 40 more")


def test_a_picture_stands_beside_the_text() -> None:
    page = render.page(Reply("Badge\nIts story"), picture={"image_url": "https://x.example/a.png"})
    (section,) = page.blocks
    assert section["accessory"]["alt_text"] == "Badge" and section["text"]["type"] == "plain_text"


@pytest.mark.parametrize("text", ["", " ", "x", "`", "``", "&<>" * 3000, "\n" * 50, "`" + "x" * 5000 + "`", ":a:" * 3000])
@pytest.mark.parametrize("rows", [0, 1, 100])
def test_whatever_is_said_slack_takes_it(text: str, rows: int) -> None:
    reply = Reply(text, tuple((text, text) for _ in range(rows)))
    for number in range(3):
        for picture in (None, {"image_url": "https://x.example/a.png"}):
            page = render.page(reply, number, picture=picture, footer="{page} {pages}")
            block_kit.check_message({"text": page.text, "blocks": page.blocks})
            assert block_kit.pings(page.blocks) == []
