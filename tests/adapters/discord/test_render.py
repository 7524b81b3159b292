"""Answers as Discord shows them, within its limits."""

import discord
import pytest

from laurels import Reply
from laurels_discord import render


def test_a_sentence_is_a_sentence() -> None:
    page = render.page(Reply("Done."))
    assert (page.content, page.embed, page.of) == ("Done.", None, 1)


def test_rows_make_a_card() -> None:
    page = render.page(Reply("Badges:", (("Helper", "since May"), ("", "and more"), ("Bare", ""))))
    assert page.embed is not None and page.embed.description == "Badges:\n**Helper**: since May\nand more\n**Bare**"


def test_what_people_wrote_is_shown_as_they_wrote_it() -> None:
    text = render.prose("snake_case_name **b** ||s|| [x](https://e.example) `/badges list_all` <:wave_hi:123456789012345678>", 500)
    assert "`/badges list_all`" in text and "<:wave_hi:123456789012345678>" in text
    assert r"snake\_case\_name \*\*b\*\* \|\|s\|\|" in text and "](https://" not in text


def test_a_backtick_alone_is_a_letter() -> None:
    assert render.prose("it`s *", 100) == r"it\`s \*"


def test_links_to_messages_can_be_followed() -> None:
    assert render.prose("https://discord.com/channels/1/2/3", 100) == "https://discord.com/channels/1/2/3"
    assert "https://" not in render.prose("https://evil.example", 100)


@pytest.mark.parametrize("reply", [
    Reply("x" * 10_000),
    Reply("*" * 10_000, tuple(("_" * 3000, "|" * 3000) for _ in range(60))),
    Reply("`" * 3001, (("n", "v"),) * 500),
])  # fmt: skip
def test_nothing_is_longer_than_discord_takes(reply: Reply) -> None:
    first = render.page(reply, footer="Page {page} of {pages}")
    for number in range(first.of):
        page = render.page(reply, number, footer="Page {page} of {pages}")
        assert page.embed is not None and len(page.embed) <= 6000 and len(page.embed.description or "") <= 4096


def test_pages_have_all_rows_once_and_end_somewhere() -> None:
    reply = Reply("List:", tuple((f"row {number}", "") for number in range(50)))
    pages = [render.page(reply, number, footer="{page}/{pages}") for number in range(render.page(reply).of)]
    rows = [line for page in pages if page.embed for line in (page.embed.description or "").splitlines()[1:]]
    assert rows == [f"**row {number}**" for number in range(50)] and len(pages) == 5
    assert [page.embed.footer.text for page in pages if page.embed][-1] == "5/5"
    assert render.page(reply, 99, footer="").number == 4 and render.page(reply, -1, footer="").number == 0


def test_what_has_no_pages_says_how_much_is_left_out() -> None:
    page = render.page(Reply("Wrong:", tuple(("", f"fault {number}") for number in range(70))), more="and {count} more")
    assert page.of == 1 and page.embed is not None and (page.embed.description or "").endswith("fault 59\nand 10 more")


def test_a_picture_stands_beside_the_text() -> None:
    page = render.page(Reply("Helper"), picture="https://example.org/a.png")
    assert page.embed is not None and page.embed.thumbnail.url == "https://example.org/a.png"


def test_a_line_is_added_to_what_a_message_says() -> None:
    assert render.added([], "Nominated.", "Bob *accepts*.").content == "Nominated.\nBob \\*accepts\\*."
    card = render.added([discord.Embed(description="x" * 4090)], "", "Bob accepts.").embed
    assert card is not None and len(card.description or "") <= 4096
