"""Pictures of badges: what chats show of them."""

from pathlib import Path
from zlib import crc32

import pytest

from laurels import LAUREL, METALS, draw, metal, picture_url
from laurels.drawing.images import png
from laurels.drawing.medal import medal

PNG = b"\x89PNG"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="red"/></svg>'
BRONZE, SILVER, GOLD, DIAMOND = METALS


async def test_svg_becomes_png(tmp_path: Path) -> None:
    file = tmp_path / "badge.svg"
    file.write_text(SVG)
    picture, ending = await draw(str(file), GOLD)
    assert (picture[:4], ending) == (PNG, ".png")
    assert picture[16:24] == (256).to_bytes(4) * 2


async def test_a_picture_that_chats_show_is_sent_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "badge.WebP"
    file.write_bytes(b"RIFF...")
    assert await draw(str(file), GOLD) == (b"RIFF...", ".webp")


@pytest.mark.parametrize("content", ["<svg", "", "<svg xmlns='http://www.w3.org/2000/svg'><text>" + "x" * 2_000_000])
async def test_a_file_that_is_no_picture_costs_only_itself(tmp_path: Path, content: str) -> None:
    file = tmp_path / "badge.svg"
    file.write_text(content)
    assert await draw(str(file), GOLD) == (png(medal(GOLD)), ".png")


@pytest.mark.parametrize("image", ["", "missing.png", "/etc/hostname", "https://example.org/badge.svg"])
async def test_a_badge_without_a_picture_gets_a_medal_in_its_metal(image: str) -> None:
    assert await draw(image, SILVER) == (png(medal(SILVER)), ".png")
    assert crc32(png(medal(SILVER))) != crc32(png(medal(GOLD)))


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("https://example.org/badge.png", "https://example.org/badge.png"),
        ("http://example.org/badge?size=2", "http://example.org/badge?size=2"),
        ("https://example.org/badge.svg?v=1", ""),  # no chat shows SVG
        ("ftp://example.org/badge.png", ""),
        ("https:badge.png", ""),
        ("images/badge.png", ""),
        ("", ""),
    ],
)
def test_what_is_in_the_web_is_not_fetched_by_us(image: str, address: str) -> None:
    assert picture_url(image) == address


@pytest.mark.parametrize(
    ("level", "name", "its"),
    [
        (1, "", LAUREL), (1, "Bronze", BRONZE), (3, "bronze", BRONZE), (1, "Gold Reviewer", GOLD), (2, "Silber", SILVER),
        (2, "", SILVER), (3, "Expert", GOLD), (9, "Expert", DIAMOND), (1, "Goldsmith", BRONZE), (1, "Platinum", DIAMOND),
    ],
)  # fmt: skip
def test_the_metal_is_that_of_the_name_or_else_of_the_number(level: int, name: str, its: object) -> None:
    assert metal(level, name) == its
