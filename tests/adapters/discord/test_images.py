"""Pictures of badges: what Discord shows of them."""

from pathlib import Path
from zlib import crc32

import discord
import pytest

from laurels import Announcement, Place, Won
from laurels_discord import images
from laurels_discord.looks import look, marked
from laurels_discord.medal import medal
from laurels_discord.metals import LAUREL, METALS, metal
from laurels_discord.prose import plain

PNG = b"\x89PNG"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="red"/></svg>'
BRONZE, SILVER, GOLD, DIAMOND = METALS


def announcement(*won: Won, key: str = "laurels-1f-7", withdrawn: bool = False) -> Announcement:
    return Announcement(key, "acme", Place("discord", "1"), "ana", "ana earned it", won, withdrawn=withdrawn)


async def test_svg_becomes_png(tmp_path: Path) -> None:
    file = tmp_path / "badge.svg"
    file.write_text(SVG)
    picture, ending = await images.drawn(str(file), GOLD)
    assert (picture[:4], ending) == (PNG, ".png")
    assert picture[16:24] == (256).to_bytes(4) * 2


async def test_a_picture_that_discord_shows_is_sent_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "badge.WebP"
    file.write_bytes(b"RIFF...")
    assert await images.drawn(str(file), GOLD) == (b"RIFF...", ".webp")


@pytest.mark.parametrize("content", ["<svg", "", "<svg xmlns='http://www.w3.org/2000/svg'><text>" + "x" * 2_000_000])
async def test_a_file_that_is_no_picture_costs_only_itself(tmp_path: Path, content: str) -> None:
    file = tmp_path / "badge.svg"
    file.write_text(content)
    assert await images.drawn(str(file), GOLD) == (images.png(medal(GOLD)), ".png")


@pytest.mark.parametrize("image", ["", "missing.png", "/etc/hostname", "https://example.org/badge.svg"])
async def test_a_badge_without_a_picture_gets_a_medal_in_its_metal(image: str) -> None:
    assert await images.drawn(image, SILVER) == (images.png(medal(SILVER)), ".png")
    assert crc32(images.png(medal(SILVER))) != crc32(images.png(medal(GOLD)))


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("https://example.org/badge.png", "https://example.org/badge.png"),
        ("http://example.org/badge?size=2", "http://example.org/badge?size=2"),
        ("https://example.org/badge.svg?v=1", ""),  # Discord shows no SVG
        ("ftp://example.org/badge.png", ""),
        ("https:badge.png", ""),
        ("images/badge.png", ""),
        ("", ""),
    ],
)
def test_what_is_in_the_web_is_not_fetched_by_us(image: str, address: str) -> None:
    assert images.address(image) == address


@pytest.mark.parametrize(
    ("level", "name", "its"),
    [
        (1, "", LAUREL), (1, "Bronze", BRONZE), (3, "bronze", BRONZE), (1, "Gold Reviewer", GOLD), (2, "Silber", SILVER),
        (2, "", SILVER), (3, "Expert", GOLD), (9, "Expert", DIAMOND), (1, "Goldsmith", BRONZE), (1, "Platinum", DIAMOND),
    ],
)  # fmt: skip
def test_the_metal_is_that_of_the_name_or_else_of_the_number(level: int, name: str, its: object) -> None:
    assert metal(level, name) == its


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
