"""The pictures in the documentation are of what laurels says now."""

import pytest

from pictures.draw import FOLDER, PLATFORMS, Platform, told

AGAIN = "draw them again: PYTHONPATH=tests/support python -m pictures.draw, and look at them"


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
async def test_the_pictures_show_what_is_said_now(platform: Platform) -> None:
    assert told(await platform.all()) == platform.data.read_text(encoding="utf-8"), AGAIN


@pytest.mark.parametrize(("platform", "name"), [(platform, name) for platform in PLATFORMS.values() for name in platform.scenes])
def test_there_is_a_picture_of_each_scene(platform: Platform, name: str) -> None:
    assert platform.file(name).read_bytes().startswith(b"\x89PNG"), AGAIN


def test_there_is_no_other_picture() -> None:
    assert set(FOLDER.glob("*.png")) == {platform.file(name) for platform in PLATFORMS.values() for name in platform.scenes}


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=PLATFORMS)
async def test_a_picture_can_be_drawn(platform: Platform) -> None:
    assert len(platform.png(await platform.played("award"))) > 20_000
