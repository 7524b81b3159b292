"""Pictures of badges: what Discord shows of them."""

import discord
import pytest

from laurels import Announcement, Place, Won
from laurels_discord.looks import look, marked
from laurels_discord.prose import plain


def announcement(*won: Won, key: str = "laurels-1f-7", withdrawn: bool = False) -> Announcement:
    return Announcement(key, "acme", Place("discord", "1"), "ana", "ana earned it", won, withdrawn=withdrawn)


async def test_a_message_is_known_again_by_its_pictures_alone() -> None:
    won = (Won(1, "a", "A"), Won(2, "b", "B", image="https://example.org/b.png"))
    looks = await look(announcement(*won), discord.Permissions.all())
    message = discord.Object(1)
    message.embeds, message.attachments = looks.embeds, []  # type: ignore[attr-defined]  # Discord names no attachment that an embed shows
    assert marked(message, "laurels-1f-7")  # type: ignore[arg-type]
    assert not marked(message, "laurels-1f-70")  # type: ignore[arg-type]
    assert not marked(message, "laurels-1f-")  # type: ignore[arg-type]
    message.embeds = looks.embeds[1:]  # type: ignore[attr-defined]
    assert marked(message, "laurels-1f-7")  # type: ignore[arg-type]


async def test_where_nothing_can_be_attached_cards_have_no_picture() -> None:
    looks = await look(announcement(Won(1, "a", "A")), discord.Permissions(embed_links=True))
    assert (looks.files, looks.embeds[0].thumbnail.url) == ([], None)


async def test_no_message_is_longer_than_discord_takes() -> None:
    won = [Won(n, "b" * 200, "n" * 300, 2, "l" * 300, "", "d" * 3000, "🏅", "", "*" * 900, "g" * 500) for n in range(20)]
    looks = await look(announcement(*won), discord.Permissions.all(), "s" * 300)
    assert len(looks.embeds) == len(looks.files) == 5
    assert sum(len(embed) for embed in looks.embeds) <= 6000
    assert all(len(embed.title or "") <= 256 for embed in looks.embeds)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**a** _b_ ~~c~~ ||d|| `e`", "\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"),
        ("[free](https://evil.example)", "\\[free\\](https:\u2060//evil.example)"),
        ("# big\n-# small\n> said\n- item", "\\# big\n\\-# small\n\\> said\n\\- item"),
        ("1. first", "\u20601. first"),
        ("<:party_hat:123456789012345678> yay_", "<:party_hat:123456789012345678> yay\\_"),
        ("x" * 30, "x" * 19 + "…"),
        ("a" * 18 + "**", "a" * 18 + "…"),
    ],
)
def test_texts_are_just_these_characters(text: str, shown: str) -> None:
    assert plain(text, 20 if text[0] in "ax" else 100) == shown
